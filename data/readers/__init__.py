"""Readers: a file becomes text, grids and the fields that it names itself.

The content decides which reader takes a file, its suffix only where the content does not: pages saved from
the web are HTML whatever they are called. To read another format, write a `Reader` and name it in an entry
point of the group `nianbao.readers`; it is asked before those that come with the package.
"""

import stat
from collections.abc import Mapping
from functools import cache
from pathlib import Path, PurePath

from ..errors import BrokenFile, EmptyText, LimitExceeded, UnknownFormat, UnreadableFile
from ..limits import DEFAULT_LIMITS, Limits
from ..plugged import plugged
from ..records import SourceText
from .doc import DocReader
from .docx import DocxReader
from .epub import EpubReader
from .file_kinds import DAMAGED, unread_kind
from .html import HtmlReader
from .image import ImageReader
from .mhtml import MhtmlReader
from .odt import OdtReader
from .ofd import OfdReader
from .pdf import PdfReader
from .reader import Reader
from .rtf import RtfReader
from .text import TextReader
from .xlsx import XlsxReader

__all__ = ["ENTRY_POINTS", "Reader", "load_bytes", "read", "read_bytes", "readers"]

# The group in which other packages name their readers.
ENTRY_POINTS = "nianbao.readers"

# In the order they are asked; text takes what is left.
_OURS: tuple[Reader, ...] = (
    PdfReader(),
    ImageReader(),
    DocxReader(),
    DocReader(),
    OdtReader(),
    OfdReader(),
    EpubReader(),
    XlsxReader(),
    RtfReader(),
    MhtmlReader(),
    HtmlReader(),
    TextReader(),
)


@cache
def readers() -> Mapping[str, Reader]:
    """Every reader by name, in the order they are asked: those of other packages first.

    Raises ResourceError where an entry point does not load or is no reader.
    """
    others = plugged(ENTRY_POINTS, Reader)
    return {reader.name: reader for reader in (*others, *_OURS)}


def read(path: Path, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text, grids and fields of the file at `path`; raises what `load_bytes` and `read_bytes` raise."""
    return read_bytes(load_bytes(path, limits), str(path), limits)


def load_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The content of the file at `path`, not interpreted.

    Raises UnreadableFile: missing, a directory, no permission, no regular file; LimitExceeded: too large.
    """
    try:
        status = path.stat()
        _check(status.st_mode, status.st_size, path, limits)
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableFile(f"{path}: there is no such file. Check the path.") from None
    except PermissionError:
        raise UnreadableFile(f"{path}: it may not be opened. Ask for the right to read it.") from None
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path}: it cannot be opened ({error}). Check the path.") from None


def read_bytes(data: bytes, name: str, limits: Limits = DEFAULT_LIMITS) -> SourceText:
    """The text, grids and fields of a file's content; `name` is its name, for its suffix and for errors.

    Raises an InputError that says why there is none: LimitExceeded, UnknownFormat, BrokenFile,
    EncryptedFile, EmptyText or ToolMissing.
    """
    _check_size(len(data), name, limits)
    if not data.strip(b"\x00 \t\r\n"):
        raise EmptyText(f"{name}: the file is empty. Fetch it again, or leave it out.")
    source = _reader(data, name).read(data, name, limits)
    _check_text(source, name, limits)
    return source


def _check(mode: int, size: int, path: Path, limits: Limits) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableFile(f"{path}: this is a directory. Give the files in it.")
    if not stat.S_ISREG(mode):
        raise UnreadableFile(f"{path}: this is no regular file. Save its content to a file first.")
    _check_size(size, str(path), limits)


def _check_size(size: int, name: str, limits: Limits) -> None:
    if size > limits.file_mb * 2**20:
        raise LimitExceeded(
            f"{name}: {size / 2**20:.0f} MB are more than the {limits.file_mb} MB that are read "
            "(--max-file-mb). Split the file, or save its text alone."
        )


def _check_text(source: SourceText, name: str, limits: Limits) -> None:
    if len(source.text) > limits.characters:
        raise LimitExceeded(
            f"{name}: its text has {len(source.text):,} characters, more than {limits.characters:,} "
            "(--max-characters). Split it, or allow more."
        )
    cells = sum(len(row) for grid in source.grids for row in grid.rows)
    if cells > limits.cells:
        raise LimitExceeded(
            f"{name}: its tables have {cells:,} cells, more than {limits.cells:,} (--max-cells). "
            "Split it, or allow more."
        )


def _reader(data: bytes, name: str) -> Reader:
    unread = unread_kind(data)
    for reader in readers().values():
        if not unread and reader.accepts(data):
            return _by_suffix(reader, name)
    if unread == DAMAGED:
        raise BrokenFile(f"{name}: this is {unread[0]}. {unread[1]}")
    if unread:
        raise UnknownFormat(f"{name}: this is {unread[0]}, which is not read. {unread[1]}")
    raise UnknownFormat(
        f"{name}: this is no text and no document of a known kind. Convert it to PDF, HTML or plain text."
    )


def _by_suffix(found: Reader, name: str) -> Reader:
    """`found`, or HTML where the content only shows that it is some text and the suffix says page."""
    page = readers()[HtmlReader.name]
    is_page = found.name == TextReader.name and PurePath(name).suffix.lower() in page.suffixes
    return page if is_page else found
