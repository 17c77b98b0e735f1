"""The archive: one database, its reports, facts and tables, and what writes to it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ...data.archive_files import archive_files
from ...data.errors import DatabaseError, NotFound, QueryError
from ...data.limits import DEFAULT_LIMITS, Limits
from ...data.query import SCOPES, Scope, read_query
from ...data.records import Genre, Report
from ...data.store import (
    Correction,
    Explanation,
    Failure,
    Filters,
    Gap,
    GapKind,
    Hit,
    Holding,
    Related,
    Selection,
    Sort,
    Sought,
    SourceRow,
    Stats,
    Store,
)
from . import notebook
from .listing import Records, Results, Rows
from .repeats import Repeating
from .sources import HitSource, RecordSource, RowSource
from .stores import Stores
from .trends import Comparing

if TYPE_CHECKING:
    from ..indexing import Outcome, Watcher
    from ..promises import Promise

# One year, or the first and the last, either None for no bound.
Year = int | tuple[int | None, int | None]

# What a list of reports says of each; the text is in `Archive.report`, and in the table.
_HEAD = (
    *("id", "title", "org", "genre", "level", "year", "region_code", "province", "city", "county"),
    *("published", "period_start", "period_end", "index_number", "document_number", "form", "length"),
)
# What search calls by another name than the table.
_TABLES = {"cells": "table_cells"}


def open_archive(path: Path | str, *, create: bool = False, write: bool = False) -> "Archive":
    """The archive in the database at `path`, to be read; with `write` also to be changed.

    `create` makes the database where there is none, and implies `write`. A database of an older version is
    brought up to date when it is opened with `write`. Raises DatabaseError when there is none, or the file
    is not a database of nianbao's; such a file is not touched.
    """
    return Archive(Path(path), create=create, write=write or create)


class Archive(Comparing, Repeating):
    """A database of reports; a context manager that closes it. Made by `nianbao.open`.

    May be used from several threads, and after a fork: each reads through a connection of its own. `year` is
    one year or the pair (first, last), either None; `org` a part of the body's name; `region` a GB/T 2260
    code, its beginning, or the beginning of a name; `query` a query (see `docs/search.md`) that the report
    must answer. Every method raises DatabaseError where the database fails.
    """

    def __init__(self, path: Path, *, create: bool = False, write: bool = False) -> None:
        self.path = path.absolute()
        self.writable = write
        if write:
            Store.open(self.path, create=create).close()
        self._stores = Stores(self.path)
        with self._stores.borrowed():
            pass

    def close(self) -> None:
        """Close the database; listings that come from it can be read no more."""
        self._stores.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __reduce__(self) -> tuple[Any, ...]:
        # Sent to another process, it is the same database opened there.
        return _reopened, (self.path, self.writable)

    def search(
        self,
        query: str,
        in_: Scope = "reports",
        *,
        year: Year | None = None,
        org: str | None = None,
        region: str | None = None,
        section: str | None = None,
        label: str | None = None,
        sort: Sort = "score",
        limit: int | None = None,
        near: bool = False,
    ) -> Results:
        """Reports (`in_`: `statements`, `counts`, `dates`, `zeros`, `citations`, `cells`) a query is true of.

        Best first or in another order (`year`, `-year`, `org` …), read as they are looked at, all or `limit`
        of them; `section` and `label` are those of the statement that holds the words. With `near`, where
        there is none, what comes near (`Results.near`). Raises QueryError where the query cannot be read.
        """
        if in_ not in SCOPES:
            raise QueryError(f"{in_!r} cannot be searched; choose from {', '.join(SCOPES)}.")
        if limit is not None and limit < 0:
            raise QueryError(f"limit {limit}: give a number from 0 on, or None for all.")
        read_query(query)
        filters = Filters(years=_years(year), org=org, region=region, section=section, label=label)
        sought = Sought(words=query, in_=in_, filters=filters)
        return Results(HitSource(self._stores, sought, sort, limit, near=near))

    def explain(self, query: str, in_: Scope = "reports") -> Explanation:
        """How a query is read, and how many reports each part of it finds; raises QueryError."""
        with self._stores.borrowed() as store:
            return store.explain(query, in_)

    def similar(self, statement: int, limit: int = 10) -> tuple[Hit, ...]:
        """Statements that speak of the same as the one of this number (`Hit.statement_id`), likest first."""
        with self._stores.borrowed() as store:
            return store.similar(statement, limit)

    def related(self, words: str, limit: int = 10) -> tuple[Related, ...]:
        """Words that stand beside these more often than elsewhere; raises QueryError on fields."""
        with self._stores.borrowed() as store:
            return store.related(words, limit)

    def report(self, key: str) -> Report:
        """The report of this id (or beginning of one), path, title, or body and year (`泾县2023`).

        Raises NotFound naming what comes near, or all that it could be.
        """
        with self._stores.borrowed() as store:
            return store.report(key)

    def files(self, report_id: str) -> list[SourceRow]:
        """The files in which a report stands, by path; none for an unknown one."""
        with self._stores.borrowed() as store:
            return store.files(report_id)

    def reports(
        self,
        query: str | None = None,
        *,
        year: Year | None = None,
        org: str | None = None,
        region: str | None = None,
    ) -> Rows:
        """What is known of each report, without its text and facts, by body and year."""
        filters = Filters(years=_years(year), org=org, region=region)
        return self._rows(Selection(table="reports", columns=_HEAD, query=query, filters=filters))

    def whole_reports(
        self,
        query: str | None = None,
        *,
        year: Year | None = None,
        org: str | None = None,
        region: str | None = None,
    ) -> Iterator[Report]:
        """Each of these reports with its text and all facts, one at a time."""
        for row in self.reports(query, year=year, org=org, region=region):
            yield self.report(row["id"])

    def facts(
        self,
        kind: str = "facts",
        query: str | None = None,
        *,
        year: Year | None = None,
        org: str | None = None,
        region: str | None = None,
    ) -> Rows:
        """Facts of a kind (`counts`, `statements`, `cells`, `problems` … or all), with body and year.

        `query` and the rest choose the reports. Raises NotFound where nothing of that name belongs to
        reports.
        """
        table = _TABLES.get(kind, kind)
        with self._stores.borrowed() as store:
            columns = store.types(Selection(table=table))
        if "report_id" not in columns:
            raise NotFound(f"{kind!r} is no kind of fact; its rows: archive.table({kind!r}).")
        filters = Filters(years=_years(year), org=org, region=region)
        named = "org" not in columns
        return self._rows(Selection(table=table, named=named, query=query, filters=filters))

    def table(self, name: str) -> Rows:
        """A table or view whole, as the database has it. Raises NotFound naming those there are."""
        return self._rows(Selection(table=name))

    def tables(self) -> dict[str, int]:
        """The tables and views there are, with their numbers of rows."""
        with self._stores.borrowed() as store:
            return store.tables()

    def panel(
        self,
        query: str | None = None,
        *,
        year: Year | None = None,
        org: str | None = None,
        region: str | None = None,
    ) -> Rows:
        """A row per body and year, a column per indicator of the official tables; blanks are None, never 0.

        `archive.table("panel_columns")` says what each column is.
        """
        return self.facts("panel", query, year=year, org=org, region=region)

    def failures(self, kind: str | None = None) -> Records[Failure]:
        """The files that could not be read: all, or those of one kind (`broken_file`)."""

        def find() -> list[Failure]:
            with self._stores.borrowed() as store:
                return list(store.failures(kind))

        return Records(RecordSource(Failure, find))

    def gaps(
        self,
        *,
        year: Year | None = None,
        org: str | None = None,
        region: str | None = None,
        kind: GapKind | None = None,
    ) -> Records[Gap]:
        """What is missing, doubled or suspicious; years asked for are missing where a body has none."""

        def find() -> list[Gap]:
            with self._stores.borrowed() as store:
                return list(store.gaps(org=org, region=region, years=_years(year), kind=kind))

        return Records(RecordSource(Gap, find))

    def holdings(
        self, *, year: Year | None = None, org: str | None = None, region: str | None = None
    ) -> Records[Holding]:
        """How many reports of each year there are of each body and genre."""

        def find() -> list[Holding]:
            with self._stores.borrowed() as store:
                return list(store.holdings(org=org, region=region, years=_years(year)))

        return Records(RecordSource(Holding, find))

    def promises(
        self,
        org: str | None = None,
        *,
        year: Year | None = None,
        region: str | None = None,
        genre: Genre | None = None,
    ) -> Records["Promise"]:
        """What became of the plans of each report, by what the body's next one says; `year` is the plans'."""
        from ..promises import Promise, find_promises

        def find() -> list[Promise]:
            with self._stores.borrowed() as store:
                found = find_promises(store, org=org, region=region, years=_years(year), genre=genre)
                return [promise for body in found for promise in body.promises]

        return Records(RecordSource(Promise, find))

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store that this archive is read through, lent to one thread, for what has no method here."""
        with self._stores.borrowed() as store:
            yield store

    def stats(self) -> Stats:
        """What the database holds, in figures."""
        with self._stores.borrowed() as store:
            return store.stats()

    def correct(self, correction: Correction) -> None:
        """Put one field of one fact right; it stays so when the text is read again.

        Raises NotFound where there is no such report, fact or field; needs an archive opened with `write`.
        """
        with self._writing() as store:
            store.correct(correction)

    def index(
        self,
        paths: Path | str | Iterable[Path | str],
        *,
        jobs: int | None = None,
        force: bool = False,
        limits: Limits = DEFAULT_LIMITS,
        text_column: str | None = None,
        watch: "Watcher" = lambda _: None,
    ) -> "Outcome":
        """Read files and folders into the database with `jobs` processes (None: one a core).

        As `nianbao index`: what has not changed is skipped, what cannot be read is named in
        `Outcome.failed`. Call it under `if __name__ == "__main__":` in a script, as it starts processes.
        Needs an archive opened with `write` or `create`.
        """
        from ..indexing import Settings, index_files

        given = [paths] if isinstance(paths, str | Path) else paths
        files = archive_files(map(Path, given), leave_out=[self.path])
        settings = Settings(force=force, limits=limits, text_column=text_column, **_jobs(jobs))
        with self._writing() as store:
            return index_files(store, files, settings, watch)

    def reindex(self, *, jobs: int | None = None, force: bool = False) -> "Outcome":
        """Read again, from what is stored of them, reports of another version; all of them with `force`."""
        from ..indexing import Settings, reindex

        with self._writing() as store:
            return reindex(store, Settings(force=force, **_jobs(jobs)))

    def __repr__(self) -> str:
        return f"nianbao.open({str(self.path)!r})"

    def _repr_html_(self) -> str:
        return notebook.archive(str(self.path), self.stats())

    def _rows(self, selection: Selection) -> Rows:
        source = RowSource(self._stores, selection)
        source.types()
        return Rows(source)

    def _writing(self) -> Store:
        if not self.writable:
            raise DatabaseError(
                f"{self.path} was opened to be read; open it with nianbao.open(…, write=True) to change it."
            )
        return Store.open(self.path)


def _reopened(path: Path, write: bool) -> Archive:
    return Archive(path, write=write)


def _years(year: Year | None) -> tuple[int | None, int | None] | None:
    return (year, year) if isinstance(year, int) else year


def _jobs(jobs: int | None) -> dict[str, Any]:
    return {} if jobs is None else {"jobs": jobs}
