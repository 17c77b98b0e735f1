"""Trends of what a store holds."""

from collections.abc import Sequence
from typing import Literal

from ...data.records import Genre, Label
from ...data.store import Sought, Store, YearReport
from ...data.store.views import PanelColumn
from .categories import CategoryTrends, category_trends
from .groups import By
from .indicators import IndicatorTrends, indicator_trends

Of = Literal["problems", "initiatives", "plans", "indicators"]
LABELS: dict[str, Label] = {"problems": "problem", "initiatives": "initiative", "plans": "plan"}


def category_trends_of(
    store: Store, label: Label, by: By, among: Sought, genre: Genre, categories: Sequence[str] = ()
) -> CategoryTrends:
    """Of the reports of a genre that a search finds; raises QueryError."""
    return category_trends(
        label, _reports(store, among, genre), store.label_counts(label, among), by, categories
    )


def indicator_trends_of(
    store: Store, columns: Sequence[PanelColumn], by: By, among: Sought, genre: Genre
) -> IndicatorTrends:
    """Of the reports of a genre that a search finds; raises QueryError."""
    return indicator_trends(_reports(store, among, genre), store.figures(columns, among), columns, by)


def _reports(store: Store, among: Sought, genre: Genre) -> list[YearReport]:
    return [report for report in store.year_reports(among) if report.genre == genre]
