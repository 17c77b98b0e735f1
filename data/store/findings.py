"""What a store answers about its reports taken together: trends, and what returns from year to year."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..records import Label
from ._tables import Database
from .connection import guarded
from .failing import FailingCheck, FailingRule, read_failing, read_failing_rules
from .holdings import BodyReports, read_bodies
from .promises import Succession, SuccessionFilters, read_successions
from .repeat_rows import NewRepeat, are_current, data_version, write_repeats
from .repeat_sources import ReportStatements, count_standing, read_standing
from .repeats import Repeat, RepeatFilters, RepeatPair, count_repeats, read_pairs, read_repeats
from .sought import Sought
from .stated import StatedIn, read_stated
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

    def repeats(
        self,
        filters: RepeatFilters = RepeatFilters(),  # noqa: B008 - frozen
        limit: int | None = None,
    ) -> Iterator[Repeat]:
        """Statements that return, what a body says longest first, as they were found the last time.

        Between bodies, where most text was copied first. `nlp.repeats.make_repeats` finds them anew.
        """
        with guarded(self.path):
            yield from read_repeats(self._db, filters, limit)

    def count_repeats(self, filters: RepeatFilters = RepeatFilters()) -> int:  # noqa: B008 - frozen
        """How many statements return."""
        with guarded(self.path):
            return count_repeats(self._db, filters)

    def repeat_pairs(
        self,
        filters: RepeatFilters = RepeatFilters(),  # noqa: B008 - frozen
        limit: int | None = None,
    ) -> Iterator[RepeatPair]:
        """Pairs of bodies that share text, those with most text that few others have first."""
        with guarded(self.path):
            yield from read_pairs(self._db, filters, limit)

    def repeats_current(self) -> bool:
        """Whether the repeats that are kept were found in the archive as it is now."""
        with guarded(self.path):
            return are_current(self._db)

    def data_version(self) -> int:
        """A number that changes when another connection has changed the file."""
        with guarded(self.path):
            return data_version(self._db)

    def count_standing(self) -> int:
        """How many reports `standing` gives."""
        with guarded(self.path):
            return count_standing(self._db)

    def standing(self, reports: Sequence[str] | None = None) -> Iterator[ReportStatements]:
        """The report that stands for each body, genre and year with its statements, the oldest first.

        `reports` are the ids of those looked at, None for all.
        """
        with guarded(self.path):
            yield from read_standing(self._db, reports)

    def write_repeats(self, repeats: Iterable[NewRepeat], found_in: int) -> None:
        """Keep what was found when `data_version` was `found_in`; a store to be read keeps it for itself."""
        with guarded(self.path):
            write_repeats(self._db, repeats, found_in)

    def bodies(self, name: str) -> tuple[BodyReports, ...]:
        """Each body that a report calls exactly this, with its reports under other names too, by region."""
        with guarded(self.path):
            return tuple(read_bodies(self._db, name))

    def stated(self, reports: Sequence[str]) -> Iterator[StatedIn]:
        """The statements of these reports, report by report in their order."""
        with guarded(self.path):
            yield from read_stated(self._db, reports)

    def failing(self, reports: Sequence[str]) -> Iterator[FailingCheck]:
        """The checks that fail in these reports, by year."""
        with guarded(self.path):
            yield from read_failing(self._db, reports)

    def failing_rules(
        self,
        among: Sought = Sought(),  # noqa: B008 - frozen
        examples: int = 5,
    ) -> list[FailingRule]:
        """The rules of checks that fail in the reports a search finds, in most reports first.

        With so many examples of each. Raises QueryError.
        """
        with guarded(self.path):
            return read_failing_rules(self._db, among, examples)

    def successions(
        self,
        filters: SuccessionFilters = SuccessionFilters(),  # noqa: B008 - frozen
    ) -> Iterator[Succession]:
        """Each report beside the next one of the same body and genre, with the statements of both."""
        with guarded(self.path):
            yield from read_successions(self._db, filters)
