"""What an archive says of its reports taken together: trends, and two of them side by side."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...data.errors import NotFound
from ...data.records import Genre
from ...data.store import Filters, Sought
from ...data.store.views import panel_columns
from .listing import Records
from .sources import RecordSource
from .stores import Stores

if TYPE_CHECKING:
    from ..compare import Comparison
    from ..trends import By
    from ..trends.archive import Of
    from ..trends.rows import CategoryRow, IndicatorRow

# As `Archive` has it: one year, or the first and the last, either None for no bound.
_Year = int | tuple[int | None, int | None]


class Comparing:
    """An archive whose reports are held against each other."""

    _stores: Stores

    def compare(self, left: str, right: str) -> "Comparison":
        """Two reports by any of their names, as in `report`; of one body the earlier year first."""
        from ..compare import compare

        with self._stores.borrowed() as store:
            reports = store.report(left), store.report(right)
        return compare(*reports)

    def trends(
        self,
        of: "Of" = "problems",
        *,
        by: "By" = "year",
        categories: Sequence[str] = (),
        query: str = "",
        year: _Year | None = None,
        org: str | None = None,
        region: str | None = None,
        genre: Genre = "disclosure",
    ) -> "Records[CategoryRow]":
        """How many reports mention each category of `problems`, `initiatives` or `plans`, with intervals.

        A row a category and year (`region`, `level`, `org`); `categories` are those wanted, none for all.
        """
        from ..trends.archive import LABELS, category_trends_of
        from ..trends.rows import CategoryRow, category_rows

        if of not in LABELS:
            raise NotFound(f"{of!r} has no categories; choose from {', '.join(LABELS)}.")

        def find() -> list[CategoryRow]:
            with self._stores.borrowed() as store:
                among = _sought(query, year, org, region)
                return list(
                    category_rows(category_trends_of(store, LABELS[of], by, among, genre, categories))
                )

        return Records(RecordSource(CategoryRow, find))

    def indicator_trends(
        self,
        columns: Sequence[str] = (),
        *,
        by: "By" = "year",
        query: str = "",
        year: _Year | None = None,
        org: str | None = None,
        region: str | None = None,
        genre: Genre = "disclosure",
    ) -> "Records[IndicatorRow]":
        """Sums, medians and quartiles of columns of the panel by year, region, level or body.

        Without `columns` the key ones. Raises NotFound where the panel has no such column.
        """
        from ..trends.archive import indicator_trends_of
        from ..trends.indicators import KEY_COLUMNS
        from ..trends.rows import IndicatorRow, indicator_rows

        known = {column.column: column for column in panel_columns()}
        for name in columns:
            if name not in known:
                raise NotFound(
                    f"{name!r} is no column of the panel; archive.table('panel_columns') lists them."
                )
        chosen = [known[name] for name in columns or KEY_COLUMNS]

        def find() -> list[IndicatorRow]:
            with self._stores.borrowed() as store:
                among = _sought(query, year, org, region)
                return list(indicator_rows(indicator_trends_of(store, chosen, by, among, genre)))

        return Records(RecordSource(IndicatorRow, find))


def _sought(query: str, year: _Year | None, org: str | None, region: str | None) -> Sought:
    years = (year, year) if isinstance(year, int) else year
    return Sought(words=query, filters=Filters(years=years, org=org, region=region))
