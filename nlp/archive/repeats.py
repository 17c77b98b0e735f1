"""What an archive says again and again: statements that return, and bodies that share text."""

from collections.abc import Iterator
from contextlib import contextmanager

from ...data.records import Label
from ...data.store import Store
from ...data.store.repeat_rows import RepeatKind
from ...data.store.repeats import Repeat, RepeatFilters, RepeatPair, Where
from .listing import Records
from .sources import RecordSource
from .stores import Stores

# As `Archive` has it: one year, or the first and the last, either None for no bound.
_Year = int | tuple[int | None, int | None]


class Repeating:
    """An archive in which statements return."""

    _stores: Stores
    writable: bool

    def repeats(
        self,
        where: Where | None = None,
        *,
        year: _Year | None = None,
        org: str | None = None,
        region: str | None = None,
        label: Label | None = None,
        category: str | None = None,
        kind: RepeatKind | None = None,
        min_years: int = 1,
        set_phrases: bool | None = False,
    ) -> Records[Repeat]:
        """Statements that return `within` the years of a body, `between` bodies, or either, longest first.

        They are found when the archive has changed, and kept in the database where it is open for writing.
        `min_years` is in how many years of one body; `set_phrases` whether phrases that everybody uses are
        what is wanted (True), left out (False), or neither (None).
        """
        years = (year, year) if isinstance(year, int) else year
        filters = RepeatFilters(org, region, years, label, category, kind, where, min_years, set_phrases)

        def find() -> list[Repeat]:
            with self._with_repeats() as store:
                return list(store.repeats(filters))

        return Records(RecordSource(Repeat, find))

    def repeat_pairs(
        self, *, year: _Year | None = None, org: str | None = None, region: str | None = None
    ) -> Records[RepeatPair]:
        """Pairs of bodies that share text, those with most text that few others have first."""
        years = (year, year) if isinstance(year, int) else year

        def find() -> list[RepeatPair]:
            with self._with_repeats() as store:
                return list(store.repeat_pairs(RepeatFilters(org, region, years)))

        return Records(RecordSource(RepeatPair, find))

    @contextmanager
    def _with_repeats(self) -> Iterator[Store]:
        """A store whose repeats are those of the archive as it is."""
        from ..repeats import make_repeats

        with self._stores.borrowed() as store:
            if self.writable and not store.repeats_current():
                with Store.open(store.path) as written:
                    make_repeats(written)
            make_repeats(store)
            yield store
