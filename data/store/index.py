"""Put a report into the three full-text tables and take it out again."""

from bisect import bisect_left
from collections.abc import Iterator

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


def add_to_index(db: Database, report_id: str, indexed: Indexed) -> None:
    """Index a report whose row and statements are written."""
    _put(db, _ADD, report_id, indexed)


def take_out_of_index(db: Database, report_id: str) -> None:
    """Take out what was indexed of a report, while its row, reading and statements still stand."""
    _put(db, _TAKE_OUT, report_id, read_indexed(db, report_id))


def read_indexed(db: Database, report_id: str) -> Indexed:
    """How the text of a report reads; the report must be there."""
    found = db.execute("select body from readings where report_id = ?", (report_id,)).fetchone()
    return unpack(found[0])


def rebuild_index(db: Database) -> None:
    """Empty the full-text tables and fill them again from what is stored."""
    with transaction(db):
        for name in _ADD:
            db.execute(f"insert into {name}({name}) values ('delete-all')")
        for (report_id,) in db.execute("select report_id from readings").fetchall():
            add_to_index(db, report_id, read_indexed(db, report_id))


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
