"""What a power cut may leave of a write-ahead log: https://sqlite.org/walformat.html.

With `synchronous=normal` the log is flushed before pages go over into the database, and else not: what was
written after the last such moment may be there, be lost, or be there in part. How far pages have gone over
stands in the shared-memory file (nBackfillAttempted).
"""

from pathlib import Path
from random import Random

_HEADER, _FRAME = 32, 24
_PAGE_SIZE_AT = 8
_ATTEMPTED_AT = 128
_SECTOR = 512


def cut_power(db: Path, rng: Random) -> str:
    """Lose the end of the log as a power cut may; says what was done."""
    wal, shm = db.with_name(db.name + "-wal"), db.with_name(db.name + "-shm")
    flushed = _flushed(shm)
    shm.unlink(missing_ok=True)
    if not wal.exists() or wal.stat().st_size <= _HEADER:
        return "no log"
    data = bytearray(wal.read_bytes())
    page = int.from_bytes(data[_PAGE_SIZE_AT : _PAGE_SIZE_AT + 4], "big")
    safe = _HEADER + flushed * (_FRAME + page)
    if safe >= len(data):
        return "all flushed"
    at = rng.randrange(safe, len(data))
    match rng.randrange(4):
        case 0:
            del data[at:]
        case 1:
            data[at:] = bytes(len(data) - at)
        case 2:
            for _ in range(rng.randint(1, 12)):
                _damage(data, rng.randrange(safe, len(data)), rng)
        case _:
            _damage(data, at, rng)
            del data[rng.randrange(at, len(data)) :]
    wal.write_bytes(data)
    return f"log of {len(data)} bytes from {at}"


def _flushed(shm: Path) -> int:
    """Frames that were flushed to disk for certain."""
    try:
        return int.from_bytes(shm.read_bytes()[_ATTEMPTED_AT : _ATTEMPTED_AT + 4], "little")
    except FileNotFoundError:
        return 0


def _damage(data: bytearray, at: int, rng: Random) -> None:
    start = max(_HEADER, at - at % _SECTOR)
    end = min(len(data), start + _SECTOR)
    data[start:end] = rng.choice([bytes(end - start), rng.randbytes(end - start)])
