"""`nianbao tables`: the official tables of a report as its form prints them."""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated, Any

import typer
from rich.box import SIMPLE
from rich.table import Table as Shown
from rich.text import Text

from ..data.forms import Block, Form, FormTable, Row
from ..data.records import Cell, Check, Report, Table
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json
from .report_source import named_report

_REMARK = re.compile(r"（[^（）]{12,}）$")
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


def _placed(report: Report) -> Iterator[tuple[Table, Form, FormTable]]:
    from ..nlp.cell_sums import form_of

    for table in report.tables:
        form = form_of(report, table)
        if form is not None:
            yield table, form, form.table(table.table)


def failing_cells(checks: Iterable[Check]) -> frozenset[str]:
    """Cells that a failed check names."""
    return frozenset(cell for check in checks if check.state == "fails" for cell in check.cells)


def _rows(report: Report, failing: frozenset[str]) -> Iterator[dict[str, Any]]:
    """A row for each cell of the form, and for those that the text has beyond it."""
    head = {"report_id": report.id, "org": report.org, "year": report.year}
    for table, form, official in _placed(report):
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
    for table, form, official in _placed(report):
        stdout.print()
        stdout.print(Text(f"{official.title}（{form.id}年式样）", style="bold"))
        if official.layout == "one_row":
            stdout.print(_across(table, official, failing), soft_wrap=False)
        else:
            for block in official.blocks:
                stdout.print(_block(table, official, block, failing), soft_wrap=False)
        for remark in table.notes:
            stdout.print(Text(f"未能对应：{remark}", style="yellow"))
    stdout.print()
    for line in explanations(checks):
        stdout.print(line)


def _block(table: Table, official: FormTable, block: Block, failing: frozenset[str]) -> Shown:
    codes = {code.partition(".")[2] for code in table.cells}
    columns = [column for column in block.columns if not column.optional or column.code in codes]
    shown = _grid(block.label or official.unit or "", [column.label for column in columns], _digits(table))
    for row in block.rows:
        if _has_cells(table, row):
            cells = [f"{row.code}.{column.code}" for column in columns if _is_value(table, row)]
            shown.add_row(_indented(official, row), *(_cell(table, code, failing) for code in cells))
    return shown


def _has_cells(table: Table, row: Row) -> bool:
    """Whether a row is to be shown: always, but for optional ones the text does not have."""
    return not row.optional or any(code.startswith(f"{row.code}.") for code in table.cells)


def _is_value(table: Table, row: Row) -> bool:
    """Whether a row has numbers: a value row, or a head row that carries some."""
    return row.kind == "value" or any(code.startswith(f"{row.code}.") for code in table.cells)


def _across(table: Table, official: FormTable, failing: frozenset[str]) -> Shown:
    """A table printed as one row of numbers, a line for each of its groups."""
    columns = official.blocks[0].columns
    shown = _grid(official.unit or "", [column.label for column in columns], _digits(table))
    for row in official.rows:
        cells = [f"{row.code}.{column.code}" for column in columns if row.kind == "value"]
        shown.add_row(_indented(official, row), *(_cell(table, code, failing) for code in cells))
    return shown


def _digits(table: Table) -> int:
    """Characters of the longest number."""
    return max((len(f"{cell.value:,}") for cell in table.cells.values() if cell.value is not None), default=1)


def _grid(corner: str, labels: list[str], digits: int) -> Shown:
    shown = Shown(header_style="dim", box=SIMPLE)
    shown.add_column(corner, overflow="fold")
    narrow = max(4, digits) if len(labels) > _WIDE else None
    for label in labels:
        shown.add_column(label, justify="right", overflow="fold", max_width=narrow)
    return shown


def _indented(official: FormTable, row: Row) -> Text:
    depth, above = 0, row.parent
    while above:
        depth += 1
        above = next((each.parent for each in official.rows if each.code == above), None)
    return Text("　" * depth + _REMARK.sub("", row.label), style="dim" if row.kind == "header" else "")


def _cell(table: Table, code: str, failing: frozenset[str]) -> Text:
    cell = table.cells.get(code)
    style = "bold red" if code in failing else ""
    if cell is None or cell.state == "absent":
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
