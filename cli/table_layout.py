"""Official tables laid out as their form prints them: heads, rows, in each place a cell or what it lacks."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..data.forms import Block, Form, FormTable, Row
from ..data.records import Cell, Check, Report, Table

_REMARK = re.compile(r"（[^（）]{12,}）$")


class LaidRow(NamedTuple):
    """A row: its label, how deep it stands below others, whether it only heads them, and its cells."""

    label: str
    depth: int
    is_head: bool
    cells: tuple[tuple[str, Cell], ...]


class LaidBlock(NamedTuple):
    """Rows under one head of columns; cells stand with their codes."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[LaidRow, ...]


def placed_tables(report: Report) -> Iterator[tuple[Table, Form, FormTable]]:
    """The tables of a report whose form is known, with it."""
    from ..nlp.cell_sums import form_of

    for table in report.tables:
        form = form_of(report, table)
        if form is not None:
            yield table, form, form.table(table.table)


def failing_cells(checks: Iterable[Check]) -> frozenset[str]:
    """Cells that a failed check names."""
    return frozenset(cell for check in checks if check.state == "fails" for cell in check.cells)


def laid_blocks(table: Table, official: FormTable) -> list[LaidBlock]:
    """The blocks of a table; what the text does not show is `absent`."""
    return [_laid(table, official, block) for block in official.blocks]


def _laid(table: Table, official: FormTable, block: Block) -> LaidBlock:
    # A table printed as one row of numbers has the columns of its first block throughout.
    across = official.layout == "one_row"
    of = official.blocks[0] if across else block
    codes = {code.partition(".")[2] for code in table.cells}
    columns = [column for column in of.columns if across or not column.optional or column.code in codes]
    rows = tuple(
        _row(table, official, row, [column.code for column in columns])
        for row in block.rows
        if across or _has_cells(table, row)
    )
    corner = block.label or official.unit or ""
    return LaidBlock(corner, tuple(column.label for column in columns), rows)


def _row(table: Table, official: FormTable, row: Row, columns: list[str]) -> LaidRow:
    codes = [f"{row.code}.{column}" for column in columns] if _is_value(table, row) else []
    cells = tuple((code, table.cells.get(code) or Cell(state="absent")) for code in codes)
    return LaidRow(_REMARK.sub("", row.label), _depth(official, row), row.kind == "header", cells)


def _has_cells(table: Table, row: Row) -> bool:
    """Whether a row is to be shown: always, but for optional ones the text does not have."""
    return not row.optional or any(code.startswith(f"{row.code}.") for code in table.cells)


def _is_value(table: Table, row: Row) -> bool:
    """Whether a row has numbers: a value row, or a head row that carries some."""
    return row.kind == "value" or any(code.startswith(f"{row.code}.") for code in table.cells)


def _depth(official: FormTable, row: Row) -> int:
    depth, above = 0, row.parent
    while above:
        depth += 1
        above = next((each.parent for each in official.rows if each.code == above), None)
    return depth
