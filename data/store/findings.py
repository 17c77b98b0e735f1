"""What a store answers about its reports taken together: trends, and what returns from year to year."""

from collections.abc import Sequence
from pathlib import Path

from ..records import Label
from ._tables import Database
from .connection import guarded
from .sought import Sought
from .trends import LabelCounts, YearReport, read_figures, read_label_counts, read_year_reports
from .views import PanelColumn


class Findings:
    """A database whose reports are compared with each other."""

    _db: Database
    path: Path

    def year_reports(self, among: Sought = Sought()) -> tuple[YearReport, ...]:  # noqa: B008 - frozen
        """The report of each body, genre and year that a search finds, of several the last published.

        Reports of unknown body or year are left out. Raises QueryError.
        """
        with guarded(self.path):
            return read_year_reports(self._db, among)

    def label_counts(
        self,
        label: Label,
        among: Sought = Sought(),  # noqa: B008 - frozen
    ) -> dict[str, LabelCounts]:
        """By report id, how many statements of a label there are in each category; raises QueryError.

        A report that has none is not there.
        """
        with guarded(self.path):
            return read_label_counts(self._db, label, among)

    def figures(
        self,
        columns: Sequence[PanelColumn],
        among: Sought = Sought(),  # noqa: B008 - frozen
    ) -> dict[str, dict[str, float]]:
        """By report id, the figures of these columns of the panel; a blank is left out, it is not 0.

        Raises QueryError.
        """
        with guarded(self.path):
            return read_figures(self._db, columns, among)
