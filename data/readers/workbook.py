"""Excel workbooks (ECMA-376, `.xlsx`): the values of their sheets as a person sees them."""

import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any, NamedTuple

from ..errors import BrokenFile, InputError, LimitExceeded
from ..limits import Limits

# What openpyxl raises on damaged files, besides the errors of ZIP; XML that does not parse is a SyntaxError
# to lxml and to the standard library.
DAMAGES = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, SyntaxError),
    *(LookupError, ValueError, TypeError, AttributeError, OverflowError, RuntimeError),
)
_MB = 2**20
# Sheets of numbers shrink to a fifteenth; one that shrinks to less than this share is made to fill memory.
_RATIO_FROM = 16 * _MB
_PERCENT = re.compile(r"0(?:\.(0+))?%")
_MERGE = re.compile(
    rb"<(?:\w{1,20}:)?mergeCell\s[^>]{0,200}?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\""
)
# Cells and rows beyond what a sheet may have: column XFD, row 1048576.
_BEYOND = re.compile(rb"""\sr\s{0,9}=\s{0,9}["'](?:[A-Za-z]{4}|[A-Za-z]{0,3}\d{8})""")
_ROWS = 1_048_576
_CHUNK = 64 * 1024


class Merge(NamedTuple):
    """A block of cells that are one: its first and last row and column, from 1."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(NamedTuple):
    """A sheet that shows: its name, rows of cells as text (empty rows too), and merged blocks."""

    name: str
    rows: Iterator[list[str]]
    merges: tuple[Merge, ...]


@contextmanager
def damages_named(name: str) -> Iterator[None]:
    """Turn what a damaged file makes openpyxl raise into BrokenFile, and keep its warnings to itself."""
    with warnings.catch_warnings():
        # Styles, drawings and rules that it leaves out; only values are wanted.
        warnings.filterwarnings("ignore", module="openpyxl")
        try:
            yield
        except InputError:
            raise
        except DAMAGES as error:
            raise BrokenFile(f"{name}: the Excel file is damaged ({error}). Save it again.") from None


def sheets(file: IO[bytes], name: str, limits: Limits) -> Iterator[Sheet]:
    """The sheets that show, in order; to be used under `damages_named`.

    Raises LimitExceeded where the file unpacks to far more than a workbook does.
    """
    from openpyxl import load_workbook

    with zipfile.ZipFile(file) as archive:
        _check_size(archive, name, limits)
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                if sheet.sheet_state == "visible":
                    sheet.reset_dimensions()
                    path = getattr(sheet, "_worksheet_path", "")
                    merges = _merges(archive, path, name)
                    rows = ([_shown(cell) for cell in row] for row in islice(sheet.iter_rows(), _ROWS))
                    yield Sheet(sheet.title, rows, merges)
        finally:
            book.close()


def _check_size(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    entries = archive.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > max(_RATIO_FROM, packed * limits.ratio) or unpacked > limits.file_mb * _MB * 4:
        raise LimitExceeded(
            f"{name}: its sheets unpack to {unpacked / _MB:.0f} MB, far more than a workbook of its size "
            "holds (--max-ratio, --max-file-mb). Save the sheets you need to a file of their own."
        )


def _shown(cell: Any) -> str:  # noqa: ANN401
    """A cell's value as Excel shows it: percentages, days without a clock, whole numbers without a point."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, (date, time)):
        return value.isoformat(*([" ", "minutes"] if isinstance(value, datetime) else []))
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, (int, float)):
        return _number(value, str(cell.number_format or ""))
    return str(value)


def _number(value: float, form: str) -> str:
    percent = _PERCENT.search(form)
    if percent:
        return f"{value * 100:.{len(percent[1] or '')}f}%"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _merges(archive: zipfile.ZipFile, path: str, name: str) -> tuple[Merge, ...]:
    """Merged blocks, which openpyxl does not give while it streams; refuses cells out of bounds."""
    if not path or path.lstrip("/") not in archive.NameToInfo:
        return ()
    found: list[Merge] = []
    with archive.open(path.lstrip("/")) as stream:
        rest = b""
        while piece := stream.read(_CHUNK):
            rest += piece
            cut = rest.rfind(b">") + 1
            if _BEYOND.search(rest, 0, cut):
                raise BrokenFile(f"{name}: a sheet has cells where Excel has none. Save it again.")
            found += (_merge(match) for match in _MERGE.finditer(rest, 0, cut))
            rest = rest[cut:][-_CHUNK:]
    return tuple(found)


def _merge(match: re.Match[bytes]) -> Merge:
    return Merge(int(match[2]), _column(match[1]), int(match[4]), _column(match[3]))


def _column(letters: bytes) -> int:
    """The number of a column: A is 1, Z 26, AA 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
