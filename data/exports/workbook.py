"""An Excel workbook for people: Chinese heads, widths, frozen panes, a first sheet that explains."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from ..store import ColumnEntry
from .tables import ExportTable, Row
from .text_files import Tick
from .values import Remarks, as_date, as_moment

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

# Excel specifications and limits (Microsoft): rows of a sheet, UTF-16 units of a cell, characters of a name.
ROWS_MAX = 1_048_576
_TEXT_MAX = 32_767
_NAME_MAX = 31
# Whole numbers beyond this are not told apart by Excel.
_WHOLE_MAX = 2**53
_HEAD_ROWS = 2
# Rows by which widths are told; widths in characters.
_TRIED = 200
_NARROW, _WIDE = 8, 60
# Excel's days begin in 1900, and two months later to be safe from its leap day of 1900.
_FIRST_DAY = date(1900, 3, 1)
_EXPLAINED = "说明 about"

# ECMA-376, 22.9.2.19: what XML cannot hold is written _xHHHH_, and what only looks so likewise.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# Taken for a formula, or for an error, where it is not said that it is text.
_TAKEN = re.compile(r"[=+\-@\t#]")


class _Book:
    """A workbook that is written sheet by sheet; the first is filled last."""

    def __init__(self, remarks: Remarks) -> None:
        self.remarks = remarks
        self.book = Workbook(write_only=True)
        self.about = self.book.create_sheet(_EXPLAINED)
        self.sheets: list[tuple[str, ExportTable, int]] = []
        self.bold = Font(bold=True)
        self.grey = Font(color="666666", italic=True)
        self.fill = PatternFill("solid", start_color="DDE8F3")
        self.wrapped = Alignment(vertical="top", wrap_text=True)

    def cell(self, sheet: "WriteOnlyWorksheet", value: Any, **style: Any) -> Any:  # noqa: ANN401
        """A value with its style, text as text."""
        cell: Any = WriteOnlyCell(sheet, value)
        if isinstance(value, str):
            cell.data_type = "s"
        for name, each in style.items():
            setattr(cell, name, each)
        return cell


def write_workbook(
    tables: Sequence[ExportTable], path: Path, about: Sequence[tuple[str, str]], remarks: Remarks, tick: Tick
) -> None:
    """Write a sheet for each table (several where it has too many rows), behind one that explains them.

    `about` are lines of a label and a text for that sheet. Text that Excel cannot hold whole is cut, with
    a remark.
    """
    book = _Book(remarks)
    for table in sorted(tables, key=lambda table: table.name != "panel"):
        _write_table(book, table, tick)
    _write_about(book, about)
    book.book.save(path)


def _write_table(book: _Book, table: ExportTable, tick: Tick) -> None:
    rows = _ticking(table, tick)
    row, number = next(rows, None), 0
    while row is not None or not number:
        number += 1
        part = islice(chain(() if row is None else (row,), rows), ROWS_MAX - _HEAD_ROWS)
        _write_sheet(book, table, _sheet_name(table, number), part)
        row = next(rows, None)
    if number > 1:
        book.remarks.add(f"{table.name}: more rows than a sheet of Excel holds; it stands on {number} sheets")


def _ticking(table: ExportTable, tick: Tick) -> Iterator[Row]:
    for batch in table.batches():
        yield from batch
        tick(len(batch))


def _write_sheet(book: _Book, table: ExportTable, name: str, rows: Iterator[Row]) -> None:
    sheet = book.book.create_sheet(name)
    columns = table.entry.columns
    tried = list(islice(rows, _TRIED))
    for number, column in enumerate(columns):
        width = _width(column, (row[number] for row in tried))
        sheet.column_dimensions[get_column_letter(number + 1)].width = width
    fixed = [column.name for column in columns].index("year") + 1 if _begins_named(columns) else 0
    sheet.freeze_panes = f"{get_column_letter(fixed + 1)}{_HEAD_ROWS + 1}"
    sheet.append([book.cell(sheet, column.chinese, font=book.bold, fill=book.fill) for column in columns])
    sheet.append([book.cell(sheet, column.name, font=book.grey, fill=book.fill) for column in columns])
    count = 0
    for row in chain(tried, rows):
        values = zip(columns, row, strict=True)
        sheet.append([_value(book, sheet, table, column, value) for column, value in values])
        count += 1
    sheet.auto_filter.ref = f"A{_HEAD_ROWS}:{get_column_letter(len(columns))}{_HEAD_ROWS + count}"
    book.sheets.append((name, table, count))


def _begins_named(columns: Sequence[ColumnEntry]) -> bool:
    return [column.name for column in columns[:2]] == ["org", "year"]


def _sheet_name(table: ExportTable, number: int) -> str:
    tail = f" {table.name}" + (f" ({number})" if number > 1 else "")
    return table.entry.chinese[: _NAME_MAX - len(tail)] + tail


def _width(column: ColumnEntry, values: Iterable[object]) -> float:
    """Characters, of which a Chinese one takes two; the name of a column does not make it wide."""
    widest = max((_extent(str(value)[:_WIDE]) for value in values if value is not None), default=0)
    return min(_WIDE, max(_NARROW, widest, _extent(column.chinese), min(len(column.name), 16)) + 2)


def _extent(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _value(
    book: _Book,
    sheet: "WriteOnlyWorksheet",
    table: ExportTable,
    column: ColumnEntry,
    value: Any,  # noqa: ANN401
) -> object:
    if isinstance(value, str):
        return _moment(column, value) or _text(book, sheet, table, column, value)
    if isinstance(value, int | float) and not -_WHOLE_MAX < value < _WHOLE_MAX:
        return str(value)
    return value


def _moment(column: ColumnEntry, value: str) -> date | None:
    """A day or time that Excel can hold; times are in UTC."""
    if column.type == "date":
        day = as_date(value)
        return day if day and day >= _FIRST_DAY else None
    moment = as_moment(value) if column.type == "datetime" else None
    return moment.replace(tzinfo=None) if moment and moment.date() >= _FIRST_DAY else None


def _text(
    book: _Book, sheet: "WriteOnlyWorksheet", table: ExportTable, column: ColumnEntry, value: str
) -> object:
    text = _ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", value)
    if len(text) > _TEXT_MAX // 2:
        text = _cut(text, len(value), f"{table.name}.{column.name}", book.remarks)
    return book.cell(sheet, text, quotePrefix=True) if _TAKEN.match(text) else text


def _cut(text: str, length: int, place: str, remarks: Remarks) -> str:
    """The text as far as a cell holds it, counted as Excel counts: in UTF-16."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * _TEXT_MAX:
        return text
    mark = f"…（全文{length}字，Excel单元格只能容纳到此）"
    remarks.add(f"{place}: texts longer than a cell of Excel ({_TEXT_MAX:,} characters) are cut, with a mark")
    return units[: 2 * (_TEXT_MAX - len(mark))].decode("utf-16-le", "ignore") + mark


def _write_about(book: _Book, about: Sequence[tuple[str, str]]) -> None:
    sheet = book.about
    for letter, width in (("A", 34), ("B", 16), ("C", 90)):
        sheet.column_dimensions[letter].width = width
    for label, text in about:
        sheet.append(_said(book, label, text))
    sheet.append([])
    heads = ("工作表 Sheet", "行数 Rows", "每行是什么 A row is")
    sheet.append([book.cell(sheet, head, font=book.bold, fill=book.fill) for head in heads])
    for name, table, count in book.sheets:
        link = book.cell(sheet, name, hyperlink=f"#'{name}'!A1", style="Hyperlink")
        sheet.append([link, count, book.cell(sheet, table.entry.meaning, alignment=book.wrapped)])
    sheet.append([])
    for remark in book.remarks.all():
        sheet.append(_said(book, "注意 Note", remark))


def _said(book: _Book, label: str, text: str) -> list[Any]:
    head = book.cell(book.about, label, font=book.bold)
    return [head, None, book.cell(book.about, text, alignment=book.wrapped)]
