"""`nianbao tables`: the official tables of a report as its form prints them."""

from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.table import Table as Shown
from rich.text import Text

from ..data.forms import FormTable
from ..data.records import Cell, Check, Report, Table
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json
from .report_source import named_report
from .table_layout import LaidBlock, LaidRow, failing_cells, laid_blocks, placed_tables

# Beside so many columns of numbers, labels need the room that long heads would take.
_WIDE = 5
# How cells without a number are shown; a nil mark is shown as it stands.
BLANK, ABSENT = "空", "·"
SEVERITIES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_COLUMNS = (
    *("report_id", "org", "year", "table", "form", "code", "row", "column"),
    *("value", "unit", "state", "raw", "note", "start", "end", "failing"),
)


def command(
    report: Annotated[
        str, typer.Argument(help="Its id, its path, its title, or organisation and year (平安县2023).")
    ],
    db: Database = DEFAULT_DATABASE,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write a row a cell as CSV.")] = False,
) -> None:
    """Show the official tables of a report by the form's labels, wrong sums in red, the reason below.

    A blank is shown as 空, a cell that the text does not show as ·: neither is 0.

    Example: nianbao tables 平安县2023 --db 年报.db
    """
    found = named_report(report, db)
    checks = found.checks or _checked(found)
    if as_json:
        write_json({"id": found.id, "tables": found.tables, "checks": checks})
    elif as_csv:
        write_csv(_rows(found, failing_cells(checks)), _COLUMNS)
    elif not found.tables:
        note("No official table was found in this report.")
    else:
        _print(found, checks)


def _checked(report: Report) -> tuple[Check, ...]:
    """The checks of a report that was kept before there were any."""
    from ..nlp.checks import check_report

    return check_report(report)


def _rows(report: Report, failing: frozenset[str]) -> Iterator[dict[str, Any]]:
    """A row for each cell of the form, and for those that the text has beyond it."""
    head = {"report_id": report.id, "org": report.org, "year": report.year}
    for table, form, official in placed_tables(report):
        for block in official.blocks:
            for row in block.rows:
                for column in block.columns:
                    code = f"{row.code}.{column.code}"
                    cell = table.cells.get(code)
                    if cell is None and code not in official.cells:
                        continue
                    cell = cell or Cell(state="absent", unit=official.unit_of(code))
                    names = {"table": table.table, "form": form.id, "code": code}
                    labels = {"row": row.label, "column": column.label, "failing": int(code in failing)}
                    fields = {name: getattr(cell, name) for name in _COLUMNS[8:-1]}
                    yield head | names | labels | fields


def _print(report: Report, checks: tuple[Check, ...]) -> None:
    stdout.print(
        Text(f"{report.title or report.org or report.id}　{report.year or '年份不明'}", style="bold")
    )
    failing = failing_cells(checks)
    for table, form, official in placed_tables(report):
        stdout.print()
        stdout.print(Text(f"{official.title}（{form.id}年式样）", style="bold"))
        _print_blocks(table, official, failing)
        for remark in table.notes:
            stdout.print(Text(f"未能对应：{remark}", style="yellow"))
    stdout.print()
    for line in explanations(checks):
        stdout.print(line)


def _print_blocks(table: Table, official: FormTable, failing: frozenset[str]) -> None:
    blocks, digits = laid_blocks(table, official), _digits(table)
    if official.layout == "one_row":
        # One grid, a line for each of its groups.
        rows = tuple(row for block in blocks for row in block.rows)
        blocks = [LaidBlock(official.unit or "", blocks[0].columns, rows)]
    for block in blocks:
        shown = _grid(block.corner, block.columns, digits)
        for row in block.rows:
            shown.add_row(_label(row), *(_cell(code, cell, failing) for code, cell in row.cells))
        stdout.print(shown, soft_wrap=False)


def _label(row: LaidRow) -> Text:
    return Text("　" * row.depth + row.label, style="dim" if row.is_head else "")


def _digits(table: Table) -> int:
    """Characters of the longest number."""
    return max((len(f"{cell.value:,}") for cell in table.cells.values() if cell.value is not None), default=1)


def _grid(corner: str, labels: tuple[str, ...], digits: int) -> Shown:
    shown = Shown(header_style="dim", box=SIMPLE)
    shown.add_column(corner, overflow="fold")
    narrow = max(4, digits) if len(labels) > _WIDE else None
    for label in labels:
        shown.add_column(label, justify="right", overflow="fold", max_width=narrow)
    return shown


def _cell(code: str, cell: Cell, failing: frozenset[str]) -> Text:
    style = "bold red" if code in failing else ""
    if cell.state == "absent":
        return Text(ABSENT, style=style or "dim")
    if cell.state == "blank":
        return Text(BLANK, style=style or "dim")
    if cell.state == "nil" or cell.value is None:
        return Text(cell.raw or "", style=style)
    return Text(f"{cell.value:,}", style=style)


def explanations(checks: Iterable[Check]) -> list[Text]:
    """A line for each failed check, and how many held or could not be judged."""
    listed = list(checks)
    failed = [check for check in listed if check.state == "fails"]
    lines = [Text(f"✗ {check.message}", style=SEVERITIES[check.severity]) for check in failed]
    open_ = [check for check in listed if check.state == "not_assessable" and check.kind != "identity"]
    lines += [Text(f"? {check.message}", style="dim") for check in open_]
    states = {
        state: sum(check.state == state for check in listed) for state in ("holds", "fails", "not_assessable")
    }
    told = "，".join(f"{term('state', state)}{number}项" for state, number in states.items())
    return [*lines, Text(f"校验{len(listed)}项：{told}。", style="dim")]
