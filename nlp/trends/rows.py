"""Trends as flat rows, a row a group and category or indicator: for CSV and frames."""

from collections.abc import Iterator

import msgspec

from ...data.records import Label
from ...data.terms import term
from .categories import CategoryTrends
from .groups import By
from .indicators import IndicatorTrends


class CategoryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A category in a group.

    Of `reports` reports of `bodies` bodies, `silent` say nothing of the kind and `mentioning` mention the
    category: `share`, with its 95 % interval `low` to `high`. Of `all_statements` of the label `statements`
    are of the category. `few` is 1 where the group has too few reports to go by.
    """

    label: Label
    by: By
    group: str
    reports: int
    bodies: int
    silent: int
    category: str
    name: str
    mentioning: int
    share: float | None
    low: float | None
    high: float | None
    statements: int
    all_statements: int
    statement_share: float | None
    statement_low: float | None
    statement_high: float | None
    few: int


class IndicatorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An indicator in a group: see `IndicatorPoint`; `few` is 1 where there are too few reports."""

    column: str
    name: str
    unit: str | None
    by: By
    group: str
    reports: int
    bodies: int
    number: int
    blank: int
    total: float | None
    least: float | None
    lower: float | None
    median: float | None
    upper: float | None
    most: float | None
    same_number: int
    same_total: float | None
    same_median: float | None
    few: int


def category_rows(trends: CategoryTrends) -> Iterator[CategoryRow]:
    """Category by category, group by group."""
    silent = dict(zip(trends.groups, trends.silent, strict=True))
    for point in trends.points:
        group, share, stated = point.group, point.reports, point.statements
        yield CategoryRow(
            label=trends.label,
            by=trends.by,
            group=str(group.key),
            reports=group.reports,
            bodies=group.bodies,
            silent=silent[group],
            category=point.category,
            name=term("category", point.category),
            mentioning=share.hits,
            share=share.value,
            low=share.low,
            high=share.high,
            statements=stated.hits,
            all_statements=stated.units,
            statement_share=stated.value,
            statement_low=stated.low,
            statement_high=stated.high,
            few=int(group.few),
        )


def indicator_rows(trends: IndicatorTrends) -> Iterator[IndicatorRow]:
    """Indicator by indicator, group by group."""
    columns = {column.column: column for column in trends.columns}
    for point in trends.points:
        group, column = point.group, columns[point.column]
        fields = {name: value for name, value in msgspec.structs.asdict(point).items() if name != "group"}
        yield IndicatorRow(
            name=column.chinese,
            unit=column.unit,
            by=trends.by,
            group=str(group.key),
            reports=group.reports,
            bodies=group.bodies,
            few=int(group.few),
            **fields,
        )
