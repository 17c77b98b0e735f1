"""Streams of packed bytes: gzip, bzip2, xz and Zstandard, unpacked piece by piece within bounds."""

import bz2
import gzip
import lzma
import zlib
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import IO, cast

from ..errors import BrokenFile, LimitExceeded, ToolMissing
from .spool import Spool

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b\x08", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
)
_DAMAGES = (OSError, EOFError, zlib.error, lzma.LZMAError, ValueError)
_CHUNK = 64 * 1024


def packing(head: bytes) -> str | None:
    """How a file that begins with `head` is packed: `gz`, `bz2`, `xz`, `zst`, or None."""
    return next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)


class PackedStream:
    """Unpacked bytes of a file, read forward only, each counted against the limits of `spool`.

    A file that is not packed is read as it is. `read` raises BrokenFile where the packing is damaged, and
    LimitExceeded as `Spool.check` does. `last` is what the last `read` gave.
    """

    def __init__(self, path: Path, kind: str | None, name: str, spool: Spool | None = None) -> None:
        self._stream = _open(path, kind, name)
        self._plain = kind is None
        self._spool = spool
        self._name = name
        self._at = 0
        self.last = b""

    def __enter__(self) -> "PackedStream":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, size: int = -1) -> bytes:
        """At most `size` bytes, fewer only at the end. Who asks for a whole MB has been lied to."""
        if not 0 <= size <= 2**20:
            raise BrokenFile(f"{self._name}: a header in it is longer than any sound one. Fetch it again.")
        pieces, left = [], size
        while left and (piece := self._piece(left)):
            pieces.append(piece)
            left -= len(piece)
        self.last = b"".join(pieces)
        return self.last

    def tell(self) -> int:
        """How many bytes lie behind."""
        return self._at

    def seek(self, at: int, whence: int = 0) -> int:
        """Go forward to byte `at`, reading what lies between."""
        if self._plain:
            self._at = self._stream.seek(at, whence)
            return self._at
        if whence or at < self._at:
            raise BrokenFile(f"{self._name}: it leads back into itself. Fetch it again.")
        while self._at < at and self.read(min(_CHUNK, at - self._at)):
            pass
        return self._at

    def close(self) -> None:
        """Close the file."""
        self._stream.close()

    def _piece(self, size: int) -> bytes:
        try:
            piece = self._stream.read(min(size, _CHUNK))
        except MemoryError:
            raise LimitExceeded(f"{self._name}: unpacking it takes too much memory. Pack it anew.") from None
        except _damages() as error:
            raise BrokenFile(f"{self._name}: its packing is damaged ({error}). Fetch it again.") from None
        self._at += len(piece)
        if self._spool and not self._plain:
            self._spool.check(self._name, self._at)
        return piece


def _open(path: Path, kind: str | None, name: str) -> IO[bytes]:
    if kind == "zst":
        return _open_zstandard(path, name)
    if kind is None:
        return path.open("rb")
    openers: dict[str, Callable[[Path], object]] = {
        "gz": gzip.GzipFile,
        "bz2": bz2.BZ2File,
        "xz": lzma.LZMAFile,
    }
    return cast(IO[bytes], openers[kind](path))


def _open_zstandard(path: Path, name: str) -> IO[bytes]:
    zstd = _zstd()
    if zstd is None:
        raise ToolMissing(
            f"{name}: Zstandard files need an extra: pip install 'nianbao[zstd]'. Or unpack it yourself."
        )
    return cast(IO[bytes], zstd.ZstdFile(path))


@cache
def _zstd() -> ModuleType | None:
    """Python's module, from 3.14 on its own, before that as a package; None where there is neither."""
    for module in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(module)
        except ImportError:
            continue
    return None


def _damages() -> tuple[type[Exception], ...]:
    zstd = _zstd()
    return (*_DAMAGES, zstd.ZstdError) if zstd else _DAMAGES
