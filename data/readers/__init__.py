"""Readers: a file becomes text, grids and the fields that it names itself.

The content decides which reader takes a file, its suffix only where the content does not: pages saved from
the web are HTML whatever they are called. To read another format, write a `Reader` and enter it in
`READERS`.
"""

import stat
from pathlib import Path, PurePath

from ..errors import EmptyText, UnknownFormat, UnreadableFile
from ..records import SourceText
from .docx import DocxReader
from .file_kinds import unread_kind
from .html import HtmlReader
from .pdf import PdfReader
from .reader import Reader
from .text import TextReader

__all__ = ["MAX_BYTES", "READERS", "Reader", "load_bytes", "read", "read_bytes"]

# The largest report met has 3 MB. A file beyond this is a book of scans or no report, and would fill the
# memory.
MAX_BYTES = 64 * 1024 * 1024

# In the order they are asked; text takes what is left.
READERS: dict[str, Reader] = {
    reader.name: reader for reader in (PdfReader(), DocxReader(), HtmlReader(), TextReader())
}


def read(path: Path) -> SourceText:
    """The text, grids and fields of the file at `path`; raises what `load_bytes` and `read_bytes` raise."""
    return read_bytes(load_bytes(path), str(path))


def load_bytes(path: Path) -> bytes:
    """The content of the file at `path`, not interpreted.

    Raises UnreadableFile: missing, a directory, no permission, no regular file, over `MAX_BYTES`.
    """
    try:
        status = path.stat()
        _check(status.st_mode, status.st_size, path)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: there is no such file. Check the path.") from None
    except PermissionError:
        raise UnreadableFile(f"{path}: it may not be opened. Ask for the right to read it.") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path}: it cannot be opened ({error}). Check the path.") from None


def read_bytes(data: bytes, name: str) -> SourceText:
    """The text, grids and fields of a file's content; `name` is its name, for its suffix and for errors.

    Raises UnreadableFile (over `MAX_BYTES`), UnknownFormat, BrokenFile, EncryptedFile or EmptyText.
    """
    if len(data) > MAX_BYTES:
        raise _too_large(len(data), name)
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyText(f"{name}: the file is empty. Fetch it again, or leave it out.")
    return _reader(data, name).read(data, name)


def _check(mode: int, size: int, path: Path) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableFile(f"{path}: this is a directory. Give the files in it.")
    if not stat.S_ISREG(mode):
        raise UnreadableFile(f"{path}: this is no regular file. Save its content to a file first.")
    if size > MAX_BYTES:
        raise _too_large(size, str(path))


def _too_large(size: int, name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: {size / 2**20:.0f} MB are more than the {MAX_BYTES / 2**20:.0f} MB that are read. "
        "Split the file, or save its text alone."
    )


def _reader(data: bytes, name: str) -> Reader:
    unread = unread_kind(data)
    for reader in READERS.values():
        if not unread and reader.accepts(data):
            return _by_suffix(reader, name)
    if unread:
        raise UnknownFormat(f"{name}: this is {unread[0]}, which is not read. {unread[1]}")
    raise UnknownFormat(f"{name}: this is neither text, HTML, PDF nor Word (docx). Convert it to one.")


def _by_suffix(found: Reader, name: str) -> Reader:
    """`found`, or HTML where the content only shows that it is some text and the suffix says page."""
    page = READERS[HtmlReader.name]
    is_page = found.name == TextReader.name and PurePath(name).suffix.lower() in page.suffixes
    return page if is_page else found
