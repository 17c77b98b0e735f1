"""7z archives, through py7zr where it is installed (`nianbao[7z]`)."""

import lzma
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from ..errors import BrokenFile, EncryptedFile, InputError, LimitExceeded, ToolMissing, UnreadableFile
from ..left_out import is_left_out
from .member import Member
from .member_names import cleaned, tricked
from .spool import Copy, Spool

_MAGIC = b"7z\xbc\xaf\x27\x1c"
# The end header is unpacked at once, so that a huge one fills the memory; 100,000 members need 12 MB.
_HEADER_MAX = 32 * 2**20
_SIGNATURE = struct.Struct("<6s2BLQQL")
# What py7zr raises on damaged archives, besides its own errors.
_DAMAGES = (
    *(OSError, EOFError, lzma.LZMAError, zlib.error, struct.error, ValueError, TypeError, KeyError),
    *(IndexError, AttributeError, AssertionError, OverflowError, RuntimeError, NotImplementedError),
)


class SevenZipContainer:
    """Takes 7z archives apart.

    Packed solid, they can only be unpacked from the front: all members that are wanted are written before
    the first comes out.
    """

    name = "7z"
    suffixes = frozenset({".7z"})

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether it begins as one."""
        return head.startswith(_MAGIC)

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Its members in order; raises ToolMissing without py7zr. See `Container.unpack`."""
        try:
            import py7zr
            from py7zr.exceptions import ArchiveError, PasswordRequired, UnsupportedCompressionMethodError
        except ImportError:
            raise ToolMissing(
                f"{name}: 7z archives need an extra: pip install 'nianbao[7z]'. Or unpack it yourself."
            ) from None
        _check_header(path, name)
        done: list[Member] = []
        end: InputError | None = None
        try:
            with path.open("rb") as file, py7zr.SevenZipFile(file) as archive:
                if archive.needs_password():
                    raise PasswordRequired
                spool.count(name, len(archive.files))
                wanted = _wanted(archive, name, spool, done)
                _extract(archive, wanted, name, spool, done)
        except PasswordRequired:
            end = EncryptedFile(f"{name}: it needs a password. Unpack it yourself and give the files.")
        except InputError as error:
            end = error
        except MemoryError:
            end = LimitExceeded(f"{name}: unpacking it takes too much memory. Pack it as ZIP.")
        except UnsupportedCompressionMethodError as error:
            end = BrokenFile(f"{name}: it is packed in a way that is not read ({error}). Pack it as ZIP.")
        except (*_DAMAGES, ArchiveError) as error:
            end = BrokenFile(f"{name}: the 7z archive is damaged ({error}). Fetch it again.")
        yield from done
        if end:
            raise end


def _check_header(path: Path, name: str) -> None:
    with path.open("rb") as file:
        head = file.read(_SIGNATURE.size)
    if len(head) < _SIGNATURE.size:
        raise BrokenFile(f"{name}: the 7z archive is cut off. Fetch it again.")
    offset, size = _SIGNATURE.unpack(head)[4:6]
    if _SIGNATURE.size + offset + size > path.stat().st_size:
        raise BrokenFile(f"{name}: the 7z archive is cut off before its list of members. Fetch it again.")
    if size > _HEADER_MAX:
        raise LimitExceeded(
            f"{name}: its list of members takes {size / 2**20:.0f} MB (--max-members). Split it."
        )


def _wanted(archive: Any, container: str, spool: Spool, done: list[Member]) -> set[str]:  # noqa: ANN401
    """Names to unpack; members that are refused go to `done`."""
    wanted = set()
    for entry in archive.files:
        full = str(entry.filename)
        shown = cleaned(full)
        if entry.is_directory or is_left_out(PurePosixPath(shown)):
            continue
        error = tricked(container, full)
        if entry.is_symlink or entry.is_junction or entry.is_socket:
            reason = f"{container}!/{shown}: it is a link or pipe, no file. Give the file that it leads to."
            error = error or UnreadableFile(reason)
        if error:
            done.append(spool.refuse(shown, error))
        else:
            wanted.add(full)
    return wanted


def _extract(archive: Any, wanted: set[str], container: str, spool: Spool, done: list[Member]) -> None:  # noqa: ANN401
    """Write the members `wanted`; adds them to `done`, the last with an error where unpacking ends there."""
    from py7zr.io import Py7zIO, WriterFactory

    open_copies: list[Copy] = []

    class Writer(Py7zIO):
        def __init__(self, copy: Copy) -> None:
            self.copy = copy
            self.written = 0

        def write(self, s: bytes | bytearray) -> int:
            self.written += len(s)
            self.copy.write(s)
            return len(s)

        def read(self, size: int | None = None) -> bytes:
            return b""

        def seek(self, offset: int, whence: int = 0) -> int:
            return 0

        def flush(self) -> None:
            pass

        def size(self) -> int:
            return self.written

        def close(self) -> None:
            open_copies.remove(self.copy)
            done.append(self.copy.finish())

    class Writers(WriterFactory):
        def create(self, filename: str) -> Writer:
            copy = spool.begin(container, cleaned(filename))
            open_copies.append(copy)
            return Writer(copy)

    try:
        archive.extract(targets=wanted, factory=Writers())
    finally:
        for copy in open_copies:
            done.append(copy.finish(BrokenFile(f"{container}: a member is cut off. Fetch it again.")))
