"""What can still be read of a ZIP archive whose directory is lost: members from the front, one by one.

Format: PKWARE APPNOTE 6.3.10, section 4.3.7. Archives cut off by a broken download have all but their end.
"""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, NamedTuple

from ..errors import BrokenFile
from ..left_out import is_left_out
from .member import Member
from .member_names import cleaned, decoded, tricked
from .spool import Spool

_HEADER = struct.Struct("<4s5H3L2H")
_MARK, _DESCRIPTOR = b"PK\x03\x04", b"PK\x07\x08"
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _SIZE_FOLLOWS, _UTF8 = 0x1, 0x8, 0x800
# A size and sum after the data take up to 24 bytes (APPNOTE 4.3.9).
_AFTER = 24
_CHUNK = 64 * 1024


class _Entry(NamedTuple):
    name: str
    flags: int
    method: int
    crc: int
    packed: int


def remains(path: Path, container: str, spool: Spool) -> Iterator[Member]:
    """Members that are whole, and the one that is cut off with its error; ends where nothing follows."""
    with path.open("rb") as stream:
        while (entry := _next(stream)) is not None:
            spool.count(container)
            start, shown = stream.tell(), cleaned(entry.name)
            data = _Data(stream, entry, f"{container}!/{shown}")
            error = tricked(container, entry.name)
            if not entry.name.endswith("/") and not is_left_out(PurePosixPath(shown)):
                if error:
                    yield spool.refuse(shown, error)
                else:
                    yield spool.add(container, shown, data.chunks())
            if not entry.flags & _SIZE_FOLLOWS:
                stream.seek(start + entry.packed)
            elif not data.whole:
                return


def _next(stream: BinaryIO) -> _Entry | None:
    """The entry whose header stands here, or after the sizes of the one before; None where none does."""
    ahead = stream.read(_AFTER + len(_MARK))
    at = ahead.find(_MARK)
    if at < 0:
        return None
    stream.seek(at - len(ahead), 1)
    header = stream.read(_HEADER.size)
    if len(header) < _HEADER.size:
        return None
    _, _, flags, method, _, _, crc, packed, _, name, extra = _HEADER.unpack(header)
    raw = stream.read(name)
    stream.seek(extra, 1)
    if (
        flags & _ENCRYPTED
        or method not in (_STORED, _DEFLATED)
        or (flags & _SIZE_FOLLOWS and method == _STORED)
    ):
        return None
    return _Entry(
        raw.decode("utf-8", "replace") if flags & _UTF8 else decoded(raw), flags, method, crc, packed
    )


class _Data:
    """The data of one entry; `whole` tells whether all of it was given out."""

    def __init__(self, stream: BinaryIO, entry: _Entry, shown: str) -> None:
        self._stream, self._entry, self._shown = stream, entry, shown
        self.whole = False

    def chunks(self) -> Iterator[bytes]:
        """Unpacked pieces; raises BrokenFile where the data are cut off or wrong."""
        crc = 0
        try:
            for chunk in self._stored() if self._entry.method == _STORED else self._inflated():
                crc = zlib.crc32(chunk, crc)
                yield chunk
        except zlib.error as error:
            raise BrokenFile(f"{self._shown}: it is damaged in the archive ({error}).") from None
        known = not self._entry.flags & _SIZE_FOLLOWS
        if not self.whole or (known and crc != self._entry.crc):
            raise BrokenFile(f"{self._shown}: it is cut off or damaged in the archive. Fetch it again.")

    def _stored(self) -> Iterator[bytes]:
        left = self._entry.packed
        while left and (piece := self._stream.read(min(_CHUNK, left))):
            left -= len(piece)
            yield piece
        self.whole = not left

    def _inflated(self) -> Iterator[bytes]:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        while not inflater.eof and (piece := self._stream.read(_CHUNK)):
            while piece and not inflater.eof:
                yield inflater.decompress(piece, _CHUNK)
                piece = inflater.unconsumed_tail
        self._stream.seek(-len(inflater.unused_data), 1)
        self.whole = inflater.eof
