"""Put a report into the three full-text tables and take it out again."""

from bisect import bisect_left
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from sqlite_utils import Database

from .bigrams import bigrams
from .connection import transaction
from .indexed import Indexed, unpack

_ADD = {
    "report_bigrams": "insert into report_bigrams(rowid, bigrams) values (?, ?)",
    "statement_bigrams": "insert into statement_bigrams(rowid, bigrams) values (?, ?)",
    "report_words": "insert into report_words(rowid, title_words, org_words, words) values (?, ?, ?, ?)",
}
_TAKE_OUT = {
    "report_bigrams": "insert into report_bigrams(report_bigrams, rowid, bigrams) values ('delete', ?, ?)",
    "statement_bigrams": "insert into statement_bigrams(statement_bigrams, rowid, bigrams) "
    "values ('delete', ?, ?)",
    "report_words": "insert into report_words(report_words, rowid, title_words, org_words, words) "
    "values ('delete', ?, ?, ?, ?)",
}


class Index:
    """The full-text tables of a database, written at once or, in a batch, at its end.

    Every commit and savepoint makes SQLite write a segment of its own and merge it later; a batch of fifty
    reports cuts the time to a third (0.27 to 0.87 million characters a second).
    """

    def __init__(self, db: Database) -> None:
        self._db = db
        self._waiting: dict[str, Indexed] = {}
        self._batched = False

    def add(self, report_id: str, indexed: Indexed) -> None:
        """Index a report whose row and statements are written."""
        if self._batched:
            self._waiting[report_id] = indexed
        else:
            _put(self._db, _ADD, report_id, indexed)

    def take_out(self, report_id: str) -> None:
        """Take out what was indexed of a report, while its row, reading and statements still stand."""
        if self._waiting.pop(report_id, None) is None:
            _put(self._db, _TAKE_OUT, report_id, read_indexed(self._db, report_id))

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Let what is added wait for the end; inside a transaction."""
        self._batched = True
        try:
            yield
            for report_id, indexed in self._waiting.items():
                _put(self._db, _ADD, report_id, indexed)
        finally:
            self._batched = False
            self._waiting.clear()

    @contextmanager
    def restored(self) -> Iterator[None]:
        """Forget what was to wait since, where an error takes the rows back."""
        before = dict(self._waiting)
        try:
            yield
        except BaseException:
            self._waiting = before
            raise

    def rebuild(self) -> None:
        """Empty the full-text tables and fill them again from what is stored."""
        with transaction(self._db):
            for name in _ADD:
                self._db.execute(f"insert into {name}({name}) values ('delete-all')")
            for (report_id,) in self._db.execute("select report_id from readings").fetchall():
                _put(self._db, _ADD, report_id, read_indexed(self._db, report_id))


def next_number(db: Database, table: Literal["reports", "statements"]) -> int:
    """A number that neither the table nor its index has: rows deleted by hand are still in the index."""
    column, index = ("number", "report_bigrams") if table == "reports" else ("id", "statement_bigrams")
    used = f"select max({column}) as used from {table} union all select max(id) from {index}_docsize"
    number: int = db.execute(f"select coalesce(max(used), 0) + 1 from ({used})").fetchone()[0]
    return number


def read_indexed(db: Database, report_id: str) -> Indexed:
    """How the text of a report reads; the report must be there."""
    found = db.execute("select body from readings where report_id = ?", (report_id,)).fetchone()
    return unpack(found[0])


def _put(db: Database, statements: dict[str, str], report_id: str, indexed: Indexed) -> None:
    number = db.execute("select number from reports where id = ?", (report_id,)).fetchone()[0]
    db.execute(statements["report_bigrams"], (number, bigrams(indexed.view)))
    words = (number, indexed.title_words, indexed.org_words, indexed.words)
    db.execute(statements["report_words"], words)
    db.conn.executemany(statements["statement_bigrams"], list(_statement_rows(db, report_id, indexed)))


def _statement_rows(db: Database, report_id: str, indexed: Indexed) -> Iterator[tuple[int, str]]:
    places, view = indexed.places, indexed.view
    spans = db.execute('select id, start, "end" from statements where report_id = ?', (report_id,))
    for number, start, end in spans:
        yield number, bigrams(view[bisect_left(places, start) : bisect_left(places, end)])
