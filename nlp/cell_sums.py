"""Sums of cells of official tables, with what in them is not known."""

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ..data.forms import Form, load_forms
from ..data.forms.form import Operator
from ..data.records import Cell, CheckState, Report, ReportTables, Table

Cells = Mapping[str, Cell]
Verdict = tuple[CheckState, Literal["", "as_nought", "blank", "absent"]]

# Sums of amounts with decimals differ by less than this where they are the same.
_TOLERANCE = 1e-6


class Term(NamedTuple):
    """A cell in a sum: `value` None where it is not known, `shown` False where the text has no such cell."""

    address: str
    value: float | None
    shown: bool
    sign: int = 1


class Total(NamedTuple):
    """A sum of cells: `value` of those known, which may be none.

    `blank` tells whether a cell is shown without a number, `absent` whether one is not shown.
    """

    terms: tuple[Term, ...]
    value: float
    known: bool
    blank: bool
    absent: bool


def total(terms: Iterable[Term]) -> Total:
    """The sum of cells."""
    listed = tuple(terms)
    numbers = [term.sign * term.value for term in listed if term.value is not None]
    if len(numbers) == len(listed):
        return Total(listed, round(sum(numbers), 6), bool(numbers), False, False)
    unknown = [term.shown for term in listed if term.value is None]
    return Total(listed, round(sum(numbers), 6), bool(numbers), any(unknown), not all(unknown))


def number_in(cell: Cell | None) -> float | None:
    """The number in a cell; None for a blank, a nil mark and a cell not shown."""
    return cell.value if cell and cell.state in ("value", "zero") else None


def total_of(form: Form, cells: Cells, addresses: tuple[str, ...]) -> Total:
    """The sum of the cells; where a head row carries the numbers of its children, it stands for them."""
    wanted = _with_heads(form, cells, list(addresses)) if _has_heads(form.id, addresses) else addresses
    return total([term_of(cells, address) for address in wanted])


def term_of(cells: Cells, address: str, sign: int = 1) -> Term:
    """A cell as a term of a sum."""
    cell = cells.get(address)
    if cell is None:
        return Term(address, None, False, sign)
    return Term(address, number_in(cell), cell.state != "absent", sign)


# Few of a form's sums run over all children of a head.
@lru_cache(maxsize=4096)
def _has_heads(form: str, addresses: tuple[str, ...]) -> bool:
    """Whether a head row might stand for some of the cells."""
    rows = [address.partition(".")[0] for address in addresses]
    return any(sum(row in children for row in rows) == len(children) for _, children in _totalled(form))


def _with_heads(form: Form, cells: Cells, addresses: list[str]) -> list[str]:
    for head, children in _totalled(form.id):
        here = [address for address in addresses if address.partition(".")[0] in children]
        if len(here) == len(children) and all(number_in(cells.get(each)) is None for each in here):
            own = f"{head}.{here[0].partition('.')[2]}"
            if own in cells:
                at = addresses.index(here[0])
                addresses[at : at + len(here)] = [own]
    return addresses


@cache
def _totalled(form: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """The head rows that may carry numbers, with their children."""
    return tuple(
        (row.code, frozenset(child.code for child in table.children(row.code)))
        for table in load_forms()[form].tables
        for row in table.rows
        if row.totals_children
    )


def judge(op: Operator, left: Total, right: Total) -> Verdict:
    """Whether a comparison holds, and how cells without a number bear on it.

    A blank may hide any number from 0 up: read as 0 it may make the sides meet (`as_nought`), but only a
    difference that no number could mend is a failure.
    """
    if not (left.known or right.known):
        return "not_assessable", "absent" if left.absent or right.absent else "blank"
    if left.absent or right.absent:
        return "not_assessable", "absent"
    return _judge(op, left, right)


def _judge(op: Operator, left: Total, right: Total) -> Verdict:
    difference = left.value - right.value
    blank = left.blank or right.blank
    meets = abs(difference) < _TOLERANCE
    if meets or (op == "<=" and difference < 0) or (op == ">=" and difference > 0):
        return "holds", "as_nought" if blank else ""
    open_side = right if difference > 0 else left
    if open_side.blank or any(term.sign < 0 and term.value is None for term in left.terms + right.terms):
        return "not_assessable", "blank"
    return "fails", ""


def form_of(report: Report | ReportTables, table: Table) -> Form | None:
    """The form of a table: its own, else the report's, else the newest that was due and has such a table."""
    forms = load_forms()
    for name in (table.form, report.form):
        if name in forms and any(each.table == table.table for each in forms[name].tables):
            return forms[name]
    due = [form for form in forms.values() if report.year is None or form.due_in(report.year)]
    for form in (*due, *forms.values()):
        if any(each.table == table.table for each in form.tables):
            return form
    return None
