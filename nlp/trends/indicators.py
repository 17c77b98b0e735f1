"""Figures of the official tables over the years, or by region, level or body."""

from collections.abc import Mapping, Sequence
from statistics import median, quantiles

import msgspec

from ...data.bodies import Body
from ...data.store import YearReport
from ...data.store.views import PanelColumn
from ..context_checks import is_government
from .groups import By, Group, Grouped, grouped, throughout

# Shown where none is named: how many ask, what they get, what is left, who goes on.
KEY_COLUMNS = (
    *("new_requests", "granted", "partially_granted", "refused", "unavailable", "total_handled"),
    *("carried_forward", "reconsideration", "litigation"),
)

Figures = Mapping[str, Mapping[str, float]]


class IndicatorPoint(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator in a group: how many reports have it (`number`) and have not (`blank`), and its spread.

    `same_number`, `same_total` and `same_median` are, by year, of the bodies that have it in every year in
    which any has. Blanks are never counted as 0; without a number all else is None.
    """

    group: Group
    column: str
    number: int
    blank: int
    total: float | None = None
    least: float | None = None
    lower: float | None = None
    median: float | None = None
    upper: float | None = None
    most: float | None = None
    same_number: int = 0
    same_total: float | None = None
    same_median: float | None = None


class IndicatorChange(msgspec.Struct, frozen=True, kw_only=True):
    """How the total goes from the first group to the last: `value` is the sum of the three parts.

    `same_bodies` is the change of the bodies that have the figure in both, `came` the total of those that
    have it in the last only, `went`, negative, of those in the first only.
    """

    column: str
    first: Group
    last: Group
    value: float
    same_bodies: float
    same_number: int
    came: float
    came_number: int
    went: float
    went_number: int


class IndicatorTrends(msgspec.Struct, frozen=True, kw_only=True):
    """Points of every indicator and group.

    `nested` is the number of reports of bodies below a government whose report is there too: a government's
    table may hold their figures, and then a total counts them twice.
    """

    by: By
    columns: tuple[PanelColumn, ...]
    groups: tuple[Group, ...]
    points: tuple[IndicatorPoint, ...]
    changes: tuple[IndicatorChange, ...] = ()
    reports: int = 0
    bodies: int = 0
    throughout: int = 0
    nested: int = 0

    def of(self, column: str) -> tuple[IndicatorPoint, ...]:
        """The points of one indicator, group by group."""
        return tuple(point for point in self.points if point.column == column)


def indicator_trends(
    reports: Sequence[YearReport], figures: Figures, columns: Sequence[PanelColumn], by: By = "year"
) -> IndicatorTrends:
    """The trends of these reports (see `Store.year_reports`, `Store.figures`)."""
    groups = grouped(reports, by)
    return IndicatorTrends(
        by=by,
        columns=tuple(columns),
        groups=tuple(group for group, _ in groups),
        points=tuple(point for column in columns for point in _points(groups, figures, column.column, by)),
        changes=tuple(_changes(groups, figures, columns)) if by == "year" else (),
        reports=len(reports),
        bodies=len({report.body for report in reports}),
        throughout=len(throughout(groups)),
        nested=nested(reports),
    )


def nested(reports: Sequence[YearReport]) -> int:
    """How many reports are of bodies that lie below a government whose report of the year is there too."""
    places = [(report.year, report.region.code or "", is_government(report.org)) for report in reports]
    governments = {(year, code) for year, code, governing in places if governing and code}
    return sum(
        any((year, above) in governments for above in _above(code, governing))
        for year, code, governing in places
        if code
    )


def _above(code: str, governing: bool) -> set[str]:
    """Codes of the governments over a body: those of its place too where it is none itself."""
    return {code[:2] + "0000", code[:4] + "00", code} - ({code} if governing else set())


def _points(groups: Grouped, figures: Figures, column: str, by: By) -> list[IndicatorPoint]:
    held = [_values(some, figures, column, by) for _, some in groups]
    sets = [frozenset(values) for values in held if values]
    same = frozenset.intersection(*sets) if sets else frozenset()
    return [
        _point(group, len(some), column, values, [values[body] for body in same if body in values])
        for (group, some), values in zip(groups, held, strict=True)
    ]


def _values(reports: Sequence[YearReport], figures: Figures, column: str, by: By) -> dict[Body | str, float]:
    """The numbers there are: of a year by body, else by report."""
    held = ((one.body if by == "year" else one.id, figures.get(one.id, {}).get(column)) for one in reports)
    return {key: value for key, value in held if value is not None}


def _point(
    group: Group, reports: int, column: str, values: Mapping[Body | str, float], same: Sequence[float]
) -> IndicatorPoint:
    numbers = sorted(values.values())
    if not numbers:
        return IndicatorPoint(group=group, column=column, number=0, blank=reports)
    lower, middle, upper = quantiles(numbers, n=4, method="inclusive") if len(numbers) > 1 else numbers * 3
    return IndicatorPoint(
        group=group,
        column=column,
        number=len(numbers),
        blank=reports - len(numbers),
        total=sum(numbers),
        least=numbers[0],
        lower=lower,
        median=middle,
        upper=upper,
        most=numbers[-1],
        same_number=len(same),
        same_total=sum(same) if same else None,
        same_median=median(same) if same else None,
    )


def _changes(groups: Grouped, figures: Figures, columns: Sequence[PanelColumn]) -> list[IndicatorChange]:
    found = [_change(groups, figures, column.column) for column in columns] if len(groups) > 1 else []
    return [change for change in found if change is not None]


def _change(groups: Grouped, figures: Figures, column: str) -> IndicatorChange | None:
    """Between the first and the last group that have the figure at all."""
    held = [(group, values) for group, some in groups if (values := _values(some, figures, column, "year"))]
    if len(held) < 2:
        return None
    (first, before), (last, after) = held[0], held[-1]
    same, came, went = (
        before.keys() & after.keys(),
        after.keys() - before.keys(),
        before.keys() - after.keys(),
    )
    return IndicatorChange(
        column=column,
        first=first,
        last=last,
        value=sum(after.values()) - sum(before.values()),
        same_bodies=sum(after[body] - before[body] for body in same),
        same_number=len(same),
        came=sum(after[body] for body in came),
        came_number=len(came),
        went=-sum(before[body] for body in went),
        went_number=len(went),
    )
