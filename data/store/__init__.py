"""Records to rows and back: the one place that writes SQL.

`Store` is a database file: reports with their facts, the files they came from, and search over them. The file
opens with stock SQLite 3.40 and in Datasette, with no extension.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ..query import Scope
from ..records import Report, ReportTables, SourceText
from ._tables import Database
from .connection import guarded, open_database, transaction
from .containers import adopt_parts, drop_held, members_of, record_container, record_part
from .contents import Contents
from .corrections import Correction, apply_corrections, write_correction
from .dictionary import ColumnEntry, Dictionary, FieldType, TableEntry, schema_dictionary
from .facets import Facet, FacetCount, facets_of
from .failures import Failure, read_failures
from .findings import Findings
from .gaps import Evidence, Gap, GapFilters, GapKind, read_gaps
from .hits import Hit
from .holdings import Holding, read_holdings
from .index import Index
from .indexed import Indexed, make_indexed
from .load import find_report, load_report
from .originals import read_original
from .paging import Sort
from .passage_facts import PassageFact
from .prune import Vanished, find_vanished, prune
from .query import plain_match
from .related import Related
from .report_facets import write_report_kinds
from .report_tables import read_report_tables
from .runs import begin_run, end_run
from .saved import SavedSearch
from .search import Explanation, Filters, Part, SearchResult, Years
from .searches import Searches
from .selection import ColumnType, Selection
from .sought import Sought
from .sources import (
    Refusal,
    SourceFile,
    SourceRow,
    facts_source,
    files_of,
    least_paths,
    mark_read,
    outdated_reports,
    read_remarks,
    read_source,
    record_failure,
    stale_files,
    touch_source,
    write_source,
)
from .stats import Stats, count_all
from .subset import ExtraTable, Subset
from .term_counts import Term, TermCounts, read_terms
from .trends import LabelCounts, YearReport
from .write import drop_orphan, write_report

__all__ = [
    "ColumnEntry",
    "ColumnType",
    "Correction",
    "Dictionary",
    "Evidence",
    "Explanation",
    "ExtraTable",
    "Facet",
    "FacetCount",
    "Failure",
    "FieldType",
    "Filters",
    "Gap",
    "GapKind",
    "Hit",
    "Holding",
    "Indexed",
    "LabelCounts",
    "Part",
    "PassageFact",
    "Refusal",
    "Related",
    "SavedSearch",
    "Scope",
    "SearchResult",
    "Selection",
    "Sort",
    "Sought",
    "SourceFile",
    "SourceRow",
    "Stats",
    "Store",
    "Subset",
    "TableEntry",
    "Term",
    "TermCounts",
    "Vanished",
    "YearReport",
    "Years",
    "facets_of",
    "fts_match",
    "make_indexed",
    "read_terms",
    "schema_dictionary",
]


def fts_match(words: str) -> str:
    """The FTS5 expression for a query of words, to match `report_bigrams` (rowid: `reports.number`) or
    `statement_bigrams` (rowid: `statements.id`) with; raises QueryError.
    """
    return plain_match(words)


class Store(Searches, Contents, Findings):
    """An open database; a context manager that closes it.

    Every method raises DatabaseError where SQLite fails (disk full, locked, damaged).
    """

    def __init__(self, db: Database, path: Path) -> None:
        self._db = db
        self._index = Index(db)
        self.path = path

    @classmethod
    def open(
        cls, path: Path | str, *, create: bool = False, read_only: bool = False, any_thread: bool = False
    ) -> Self:
        """Open the database at `path`, or make it where `create` is true and there is none.

        Raises DatabaseError when there is none, when the file is not SQLite, another program's or of a newer
        schema; such a file is not touched. `read_only` changes nothing at all; with `any_thread` such a store
        may go from thread to thread, used by one at a time.
        """
        path = Path(path)
        return cls(open_database(path, create=create, read_only=read_only, any_thread=any_thread), path)

    def close(self) -> None:
        """Close the file; the write-ahead log is folded into it."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def source(self, path: str) -> SourceRow | None:
        """What is known of the file at `path`; None where it was never read."""
        with guarded(self.path):
            return read_source(self._db, path)

    def add(
        self,
        source: SourceFile,
        report: Report,
        pipeline: str,
        *,
        indexed: Indexed,
        made: SourceText | None = None,
    ) -> None:
        """Write what a file holds, in one transaction, in place of what it held before.

        `indexed` is what `make_indexed` gives for the text's view; `made` what the reader made of the file,
        to be read again without it. The same text from several files is stored once, with the facts of the
        file whose path is the least.
        """
        with guarded(self.path):
            self._add(source, report, pipeline, indexed, made)

    def _add(
        self, source: SourceFile, report: Report, pipeline: str, indexed: Indexed, made: SourceText | None
    ) -> None:
        with transaction(self._db), self._index.restored():
            before = read_source(self._db, source.path)
            first = facts_source(self._db, report.id, pipeline)
            if first is None or source.path <= first:
                write_report(self._db, self._index, report, indexed, made)
                apply_corrections(self._db, report.id)
                write_report_kinds(self._db, report.id)
            write_source(self._db, source, pipeline, report_id=report.id, status="ok")
            adopt_parts(self._db, source.path, report.id)
            drop_held(self._db, self._index, source.path)
            if before and before.report_id not in (None, report.id):
                drop_orphan(self._db, self._index, str(before.report_id), source.path)

    def rewrite(self, report: Report, pipeline: str, *, indexed: Indexed, made: SourceText) -> None:
        """Write a report that was read again from its stored text; its files are up to date then."""
        with guarded(self.path), transaction(self._db), self._index.restored():
            write_report(self._db, self._index, report, indexed, made)
            apply_corrections(self._db, report.id)
            write_report_kinds(self._db, report.id)
            mark_read(self._db, report.id, pipeline)

    def stale(self) -> list[str]:
        """Files to be read again though the same: the one that gave the facts of their text has changed."""
        with guarded(self.path):
            return stale_files(self._db)

    def outdated(self, pipeline: str) -> list[str]:
        """Ids of the reports that another version of the pipeline read, in order."""
        with guarded(self.path):
            return outdated_reports(self._db, pipeline)

    def original(self, report_id: str) -> tuple[str | None, SourceText]:
        """The path and the source text that a report was read from, to read it again.

        Raises NotFound where there is no such report.
        """
        with guarded(self.path):
            return read_original(self._db, report_id)

    def fail(self, source: SourceFile, refusal: Refusal, pipeline: str) -> None:
        """Note that a file could not be read, and why.

        Its earlier report is taken out where the content changed (`sha256` differs), and kept, with status
        `kept`, where it is the same or unknown.
        """
        with guarded(self.path):
            record_failure(self._db, self._index, source, refusal, pipeline)

    def seen(self, source: SourceFile) -> None:
        """Note the size and time of a file whose content is the known one."""
        with guarded(self.path):
            touch_source(self._db, source)

    def add_part(self, source: SourceFile, pipeline: str) -> None:
        """Note that a file continues the one named by `source.container`, in whose report it stands."""
        with guarded(self.path):
            record_part(self._db, self._index, source, pipeline)

    def add_container(
        self,
        source: SourceFile,
        pipeline: str,
        members: Collection[str],
        refusal: Refusal | None = None,
    ) -> None:
        """Note that all members of an archive have been read; what it held before and not now goes.

        `refusal` says why where not all of it could be read.
        """
        with guarded(self.path):
            record_container(self._db, self._index, source, pipeline, members, refusal)

    def members(self, path: str) -> list[SourceRow]:
        """What is known of all that stands in a container, at any depth."""
        with guarded(self.path):
            return members_of(self._db, path)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Write several reports in one transaction: three times as fast, and all or none of them are kept.

        An `add` or `fail` inside that raises takes back only its own changes. Searches see what is added
        when the batch ends.
        """
        with guarded(self.path), transaction(self._db), self._index.batch():
            yield

    def begin_run(self, pipeline: str) -> int:
        """Record that a run began; answers its number."""
        with guarded(self.path):
            return begin_run(self._db, pipeline)

    def end_run(self, run: int, *, added: int, unchanged: int, failed: int) -> None:
        """Record that a run ended, with its counts of files."""
        with guarded(self.path):
            end_run(self._db, run, added=added, unchanged=unchanged, failed=failed)

    def report(self, key: str) -> Report:
        """The report of this id (or beginning of one), source path or file name, title, or body and year.

        Raises NotFound naming what comes near, or all that it could be.
        """
        with guarded(self.path):
            return load_report(self._db, find_report(self._db, key))

    def remarks(self, report_id: str) -> list[str]:
        """What a reader of a report's figures has to know of its files: recognised from pictures, say."""
        with guarded(self.path):
            return read_remarks(self._db, report_id)

    def files(self, report_id: str) -> list[SourceRow]:
        """The files in which a report stands, by path; none for an unknown one."""
        with guarded(self.path):
            return files_of(self._db, report_id)

    def correct(self, correction: Correction) -> None:
        """Put one field of one fact right; it stays so when the text is read again."""
        with guarded(self.path), transaction(self._db):
            write_correction(self._db, correction)
            write_report_kinds(self._db, correction.report_id)

    def report_tables(self, reports: Sequence[str] | None = None) -> Iterator[ReportTables]:
        """The tables of each body's report of each year, by body and year; of several the last published.

        Reports whose body or year is unknown are left out; `reports` are ids of those wanted, None for all.
        """
        with guarded(self.path):
            yield from read_report_tables(self._db, reports)

    def failures(self, kind: str | None = None) -> Iterator[Failure]:
        """The files that could not be read, by kind and path: all, or those of one kind (`broken_file`)."""
        with guarded(self.path):
            yield from read_failures(self._db, kind)

    def least_paths(self) -> dict[str, str]:
        """The least of the paths that have each report's text, by report: whose reading gives its facts."""
        with guarded(self.path):
            return least_paths(self._db)

    def holdings(
        self,
        *,
        org: str | None = None,
        region: str | None = None,
        years: Years | None = None,
        reports: tuple[str, ...] | None = None,
    ) -> Iterator[Holding]:
        """How many reports of each year there are of each body and genre, by name; filters as in `gaps`."""
        with guarded(self.path):
            yield from read_holdings(self._db, org, region, years, reports)

    def gaps(
        self,
        *,
        org: str | None = None,
        region: str | None = None,
        years: Years | None = None,
        kind: GapKind | None = None,
        reports: tuple[str, ...] | None = None,
    ) -> Iterator[Gap]:
        """What is missing, doubled or suspicious, by kind, body and year.

        `org` is a part of the body's name, `region` a GB/T 2260 code, its beginning, or a name, `years`
        (first, last), either None: years of it outside those that a body has are missing too. `reports` are
        the ids of those looked at, None for all.
        """
        with guarded(self.path):
            yield from read_gaps(self._db, GapFilters(org, region, years, kind, reports))

    def vanished(self, under: Sequence[str] = ()) -> Vanished:
        """Sources whose file is no longer on the disk, all or those at or below absolute paths."""
        with guarded(self.path):
            return find_vanished(self._db, under)

    def prune(self, vanished: Vanished, each: Callable[[int], Any] = lambda _: None) -> None:
        """Take out what has vanished, with the reports that no other source has.

        `each` is told how many sources are done; stopped in the middle, nothing is half taken out. Another
        file with the same text as one that gave the facts is marked to be read again.
        """
        with guarded(self.path):
            prune(self._db, self._index, vanished.sources, each)

    def stats(self) -> Stats:
        """What the database holds, in figures."""
        with guarded(self.path):
            return count_all(self._db)

    def rebuild_index(self) -> None:
        """Make the full-text tables anew from what is stored."""
        with guarded(self.path):
            self._index.rebuild()
