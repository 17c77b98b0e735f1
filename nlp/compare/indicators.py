"""Figures of two reports by what they mean, whatever the forms of their tables."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from ...data.indicator_bases import base_of
from ...data.indicators import indicators
from ...data.records import Bound, Cell, CellState, Figure, Report
from ...data.store.views import PanelColumn, cells_of_forms, panel_columns
from ..cell_sums import number_in
from ..summaries.outline import summarise


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """What a report has of a figure: its number, or why there is none.

    A blank and a nil mark (`raw`) are not 0; `absent` is what the text does not show. `start` and `end` are
    its place; of a sum of cells, and where the file's table has none, there is none.
    """

    state: CellState
    value: int | float | None = None
    raw: str | None = None
    bound: Bound = "exact"
    start: int | None = None
    end: int | None = None


class IndicatorChange(msgspec.Struct, frozen=True, kw_only=True):
    """A figure in both reports: `difference` is right less left, `ratio` that by left (None where left is 0).

    `source` is `table` (`column` of the panel) or `prose` (a key figure of the text, `column` None).
    `share_of` is the figure's whole, `left_share` and `right_share` its shares of it.
    """

    source: Literal["table", "prose"]
    column: str | None
    chinese: str
    english: str | None
    unit: str | None
    left: Held
    right: Held
    difference: float | None = None
    ratio: float | None = None
    share_of: str | None = None
    left_share: float | None = None
    right_share: float | None = None

    @property
    def changed(self) -> bool:
        """Whether the two differ, be it in why there is no number."""
        return (self.left.value, self.left.state) != (self.right.value, self.right.state)


_ABSENT = Held(state="absent")
# Of the cells of a sum, what is said of the whole where one has no number.
_WORST: tuple[CellState, ...] = ("blank", "nil", "absent")


def compare_indicators(left: Report, right: Report) -> tuple[IndicatorChange, ...]:
    """Every figure that one of the two shows: the panel's in order, then key figures of the prose."""
    sides = [_tabled(report) for report in (left, right)]
    found = [
        _change("table", column.column, column.chinese, column.english, column.unit, *held)
        for column in panel_columns()
        if any((held := [side[column.column] for side in sides])[n].state != "absent" for n in (0, 1))
    ]
    return tuple(_with_shares(found) + list(_prose(left, right)))


def _change(
    source: Literal["table", "prose"],
    column: str | None,
    chinese: str,
    english: str | None,
    unit: str | None,
    left: Held,
    right: Held,
) -> IndicatorChange:
    known = left.value is not None and right.value is not None
    difference = round((right.value or 0) - (left.value or 0), 6) if known else None
    ratio = round(difference / left.value, 6) if difference is not None and left.value else None
    return IndicatorChange(
        source=source,
        column=column,
        chinese=chinese,
        english=english,
        unit=unit,
        left=left,
        right=right,
        difference=difference,
        ratio=ratio,
    )


def _with_shares(changes: list[IndicatorChange]) -> list[IndicatorChange]:
    by_column = {change.column: change for change in changes}
    found = []
    for change in changes:
        base = base_of(change.column or "")
        whole = by_column.get(base) if base else None
        if whole is not None:
            shares = [_share(change.left, whole.left), _share(change.right, whole.right)]
            change = msgspec.structs.replace(
                change, share_of=base, left_share=shares[0], right_share=shares[1]
            )
        found.append(change)
    return found


def _share(part: Held, whole: Held) -> float | None:
    return round(part.value / whole.value, 6) if part.value is not None and whole.value else None


def _tabled(report: Report) -> dict[str, Held]:
    """What the official tables have of each column of the panel."""
    cells: dict[tuple[str, str], Cell] = {}
    for table in report.tables:
        for code, cell in table.cells.items():
            if number_in(cells.get((table.table, code))) is None:
                cells[table.table, code] = cell
    forms = {table.form for table in report.tables if table.form}
    return {column.column: _of_column(column, cells, forms) for column in panel_columns()}


def _of_column(column: PanelColumn, cells: dict[tuple[str, str], Cell], forms: set[str]) -> Held:
    """The first that has a number, else the first that is shown at all."""
    held = [_of_cells(table, codes, cells) for table, codes in _addresses(column, forms)]
    numbered = (one for one in held if one.value is not None)
    return next(numbered, next((one for one in held if one.state != "absent"), _ABSENT))


def _addresses(column: PanelColumn, forms: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for table, code in column.cells:
        if "*" not in code:
            yield table, (code,)
        else:
            fitting = cells_of_forms(table, code)
            yield from ((table, codes) for form, codes in fitting.items() if form in forms)


def _of_cells(table: str, codes: tuple[str, ...], cells: dict[tuple[str, str], Cell]) -> Held:
    found = [cells.get((table, code), Cell(state="absent")) for code in codes]
    if len(found) == 1:
        cell = found[0]
        return Held(state=cell.state, value=number_in(cell), raw=cell.raw, start=cell.start, end=cell.end)
    numbers = [number for cell in found if (number := number_in(cell)) is not None]
    if len(numbers) == len(found):
        total = sum(numbers)
        return Held(state="value" if total else "zero", value=total)
    if all(cell.state == "absent" for cell in found):
        return _ABSENT
    states = {cell.state for cell in found}
    return Held(state=next(state for state in _WORST if state in states))


def _prose(left: Report, right: Report) -> Iterator[IndicatorChange]:
    """Key figures that stand in the prose of both in the same unit, or of one."""
    sides = [{figure.indicator: figure for figure in summarise(report).figures} for report in (left, right)]
    for indicator in indicators(left.genre):
        figures = [side.get(indicator.label) for side in sides]
        if indicator.cells or not any(figures):
            continue
        units = {figure.unit for figure in figures if figure}
        if len(units) == 1:
            yield _change(
                "prose", None, indicator.label, None, units.pop(), *(_figure(figure) for figure in figures)
            )


def _figure(figure: Figure | None) -> Held:
    if figure is None:
        return _ABSENT
    return Held(
        state="value",
        value=figure.value,
        raw=figure.text,
        bound=figure.bound,
        start=figure.start,
        end=figure.end,
    )
