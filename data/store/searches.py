"""What a store answers to queries: hits, facets, counts of terms, saved searches."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from msgspec import structs

from ..query import Scope
from ._tables import Database
from .connection import guarded
from .facets import FacetCount, count_facets, facets_of
from .hits import Hit
from .paging import Sort
from .related import Related, related_words
from .saved import SavedSearch, forget_search, list_saved, load_saved, mark_seen, only_unseen, save_search
from .search import Explanation, Filters, Page, SearchResult, Years, explain_search, run_search
from .similar import similar_statements
from .sought import Sought, find_plan
from .term_counts import Term, TermCounts, count_terms


class Searches:
    """A database that can be searched."""

    _db: Database
    path: Path

    def search(
        self,
        words: str,
        *,
        in_: Scope = "reports",
        years: Years | None = None,
        org: str | None = None,
        region: str | None = None,
        section: str | None = None,
        label: str | None = None,
        sort: Sort = "score",
        limit: int = 20,
        offset: int = 0,
        after: str | None = None,
        unseen: str | None = None,
        fold: bool = True,
        near: bool = False,
    ) -> SearchResult:
        """Reports, statements or facts that a query (see `docs/search.md`) is true of, best first.

        Words stand between blanks, phrases in double quotes; each is found wherever its characters stand,
        over line ends and blanks, in any width, in traditional or simplified characters, A-Z in either case.
        `in_` is what is found: statements and facts are rows of which the words and their own fields are
        true, in reports of which all else is. The other arguments narrow it as the fields of the same
        name do; with `section` or `label` the words must stand in one statement of that kind. `years` is
        (first, last), either None; `region` a GB/T 2260 code, its beginning, or a name. `after` is `next` of
        the page before; `unseen` the name of a saved search: only what it has not shown. `fold` shows of hits
        that say nearly the same the best alone. `near` gives, where there is none, the reports or statements
        that come nearest by score, and says so in the result. Raises QueryError.
        """
        filters = Filters(years=years, org=org, region=region, section=section, label=label)
        page = Page(sort=sort, limit=limit, offset=offset, after=after, folded=fold, near=near)
        with guarded(self.path):
            if unseen is None:
                return run_search(self._db, words, in_, filters, page)
            load_saved(self._db, unseen)
            page = structs.replace(page, near=False)
            return run_search(self._db, words, in_, filters, page, lambda plan: only_unseen(plan, unseen))

    def explain(self, words: str, in_: Scope = "reports") -> Explanation:
        """How a query is read, and how many reports each part of it finds; raises QueryError."""
        with guarded(self.path):
            return explain_search(self._db, words, in_)

    def similar(self, statement: int, limit: int = 10) -> tuple[Hit, ...]:
        """Statements that speak of the same as this one, the likest first, nearly equal ones folded.

        `statement` is `Hit.statement_id`. Raises NotFound where there is none.
        """
        with guarded(self.path):
            return similar_statements(self._db, statement, limit)

    def related(self, words: str, limit: int = 10) -> tuple[Related, ...]:
        """Words that stand beside these more often than elsewhere; raises QueryError on fields."""
        with guarded(self.path):
            return related_words(self._db, words, limit)

    def facets(
        self,
        words: str = "",
        *,
        in_: Scope = "reports",
        filters: Filters = Filters(),  # noqa: B008 - frozen
        of: Sequence[str] | None = None,
        limit: int = 20,
    ) -> dict[str, tuple[FacetCount, ...]]:
        """How many of what a query finds fall under each value of each facet, the most frequent first.

        `of` are facets, None all that there are; without words all that the filters leave is counted. A
        report counts once under each label, category and section of its statements. Raises QueryError.
        """
        with guarded(self.path):
            plan = find_plan(self._db, Sought(words=words, in_=in_, filters=filters))[1]
            return count_facets(self._db, plan, facets_of(in_) if of is None else of, limit)

    def term_counts(
        self,
        terms: Sequence[Term],
        words: str = "",
        *,
        filters: Filters = Filters(),  # noqa: B008 - frozen
    ) -> Iterator[TermCounts]:
        """How often each term stands in each report that a query finds, by body and year; without words all.


        Raises QueryError at once where a term or the query cannot be read.
        """
        with guarded(self.path):
            counted = count_terms(self._db, terms, Sought(words=words, filters=filters))
        return self._guarded_counts(counted)

    def _guarded_counts(self, counted: Iterator[TermCounts]) -> Iterator[TermCounts]:
        with guarded(self.path):
            yield from counted

    def save(self, name: str, sought: Sought) -> None:
        """Keep a search under a name, in place of another of that name; what it finds now is not new.

        Raises QueryError where the name is none, or the query cannot be read.
        """
        with guarded(self.path):
            save_search(self._db, name, sought)

    def saved(self) -> tuple[SavedSearch, ...]:
        """The saved searches by name, each with how many reports are new."""
        with guarded(self.path):
            return list_saved(self._db)

    def saved_search(self, name: str) -> Sought:
        """What the saved search of this name looks for; raises NotFound naming those there are."""
        with guarded(self.path):
            return load_saved(self._db, name)

    def mark_seen(self, name: str, reports: Collection[str]) -> None:
        """Note that these reports, by id, are not new to a saved search any more."""
        with guarded(self.path):
            load_saved(self._db, name)
            mark_seen(self._db, name, reports)

    def forget(self, name: str) -> None:
        """Drop a saved search; raises NotFound naming those there are."""
        with guarded(self.path):
            forget_search(self._db, name)
