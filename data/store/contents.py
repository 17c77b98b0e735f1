"""What a store holds, as tables: names, columns, rows, the data dictionary, and copies of a part."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from ._tables import Database
from .connection import guarded
from .dictionary import Dictionary, read_dictionary
from .export import count_tables, read_columns, read_rows
from .selection import ColumnType, Selection, column_types, count_rows, select_rows, stream_rows
from .sought import Sought
from .subset import ExtraTable, Subset, write_subset


class Contents:
    """A database whose tables can be read and exported."""

    _db: Database
    path: Path

    def tables(self) -> dict[str, int]:
        """Tables and views fit for export with their numbers of rows."""
        with guarded(self.path):
            return count_tables(self._db)

    def rows(self, table: str, *, among: Sought | None = None) -> Iterator[dict[str, Any]]:
        """Rows of a table or view, read as they are taken: all, or those that a search finds.

        A table of facts has the facts that it finds, whatever `among.in_` says, any other the rows of the
        reports it finds. Raises NotFound naming the tables there are, QueryError where rows have no report.
        """
        with guarded(self.path):
            if among is None:
                return self._guarded(read_rows(self._db, table))
            wanted = Selection(table=table, query=among.words or None, filters=among.filters, found=True)
            columns, rows = column_types(self._db, wanted), stream_rows(self._db, wanted)
        return self._guarded(dict(zip(columns, row, strict=True)) for row in rows)

    def columns(self, table: str) -> list[str]:
        """Names of the columns of a table or view. Raises NotFound naming the tables there are."""
        with guarded(self.path):
            return read_columns(self._db, table)

    def select(
        self, selection: Selection, start: int = 0, stop: int | None = None
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of a table or view from `start` to `stop`, read as they are taken, as `types` has them.

        Raises NotFound naming the tables there are, and QueryError.
        """
        with guarded(self.path):
            stop = count_rows(self._db, selection) if stop is None else stop
            yield from select_rows(self._db, selection, start, stop)

    def stream(self, selection: Selection) -> Iterator[tuple[Any, ...]]:
        """All rows, read as they are taken, in the order in which they lie; raises as `select` does."""
        with guarded(self.path):
            yield from stream_rows(self._db, selection)

    def count(self, selection: Selection) -> int:
        """How many rows there are; raises as `select` does."""
        with guarded(self.path):
            return count_rows(self._db, selection)

    def count_reports(self, among: Sought) -> int:
        """How many reports a search finds; raises QueryError."""
        return self.count(Selection(table="reports", query=among.words or None, filters=among.filters))

    def types(self, selection: Selection) -> dict[str, ColumnType]:
        """The columns of rows in order with their types. Raises NotFound naming the tables there are."""
        with guarded(self.path):
            return column_types(self._db, selection)

    def dictionary(self) -> Dictionary:
        """What each table and column is."""
        with guarded(self.path):
            return read_dictionary(self._db)

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside is of one moment, whatever another program writes meanwhile."""
        with guarded(self.path):
            self._db.execute("begin")
            try:
                yield
            finally:
                self._db.rollback()

    def subset(
        self,
        target: Path,
        subset: Subset,
        extra: Iterable[ExtraTable] = (),
        each: Callable[[int], Any] = lambda _: None,
    ) -> None:
        """Write a database of the same schema that holds a part of this one, with its search index.

        `target` must not exist; `extra` are tables put beside; `each` is told how many reports are written.
        Raises QueryError.
        """
        with guarded(target):
            write_subset(self._db, target, subset, extra, each)

    def _guarded(self, rows: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        with guarded(self.path):
            yield from rows
