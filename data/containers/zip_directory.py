"""What the end of a ZIP archive says of it, read before its directory is: how many entries, how many disks.

Format: PKWARE APPNOTE 6.3.10, sections 4.3.14-4.3.16.
"""

import struct
from pathlib import Path
from typing import BinaryIO, NamedTuple

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_ENTRY = b"PK\x01\x02"
# The end record stands before a comment of at most 64 KB.
_TAIL = _END.size + 0xFFFF
_CHUNK = 2**20


class Ending(NamedTuple):
    """Entries that the directory holds, by its marks rather than its word, and whether disks are missing."""

    entries: int
    split: bool


def ending(path: Path) -> Ending | None:
    """The end of the archive at `path`; None where it has none, as where it was cut off."""
    with path.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(0, size - _TAIL))
        tail = stream.read(_TAIL)
        at = tail.rfind(b"PK\x05\x06")
        if at < 0 or len(tail) - at < _END.size:
            return None
        _, disk, first_disk, _, _, length, _, _ = _END.unpack_from(tail, at)
        end = max(0, size - _TAIL) + at
        if length == 0xFFFFFFFF:
            end, length = _zip64(stream, end) or (end, 0)
        split = 0 < disk < 0xFFFF or 0 < first_disk < 0xFFFF
        return Ending(_entries(stream, max(0, end - length), end), split)


def _zip64(stream: BinaryIO, end: int) -> tuple[int, int] | None:
    """Where the 64-bit end record stands, and the length of the directory before it."""
    at = max(0, end - _LOCATOR.size - _END64.size)
    stream.seek(at)
    record = stream.read(_END64.size)
    if len(record) < _END64.size or not record.startswith(b"PK\x06\x06"):
        return None
    return at, _END64.unpack(record)[8]


def _entries(stream: BinaryIO, start: int, end: int) -> int:
    stream.seek(start)
    found, rest = 0, b""
    while start < end:
        piece = stream.read(min(_CHUNK, end - start))
        if not piece:
            break
        start += len(piece)
        piece = rest + piece
        found += piece.count(_ENTRY)
        rest = piece[-3:]
    return found
