"""How each report reads, kept beside it, and what of that goes into the full-text tables."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import Literal

from sqlite_utils import Database

from .bigrams import bigrams
from .indexed import Indexed, pack_steps, unpack_steps
from .rows import upsert_row

_ADD = {
    "report_bigrams": "insert into report_bigrams(rowid, bigrams) values (?, ?)",
    "statement_bigrams": "insert into statement_bigrams(rowid, bigrams) values (?, ?)",
    "report_words": "insert into report_words(rowid, title_words, org_words, heading_words, words) "
    "values (?, ?, ?, ?, ?)",
}
_TAKE_OUT = {
    "report_bigrams": "insert into report_bigrams(report_bigrams, rowid, bigrams) values ('delete', ?, ?)",
    "statement_bigrams": "insert into statement_bigrams(statement_bigrams, rowid, bigrams) "
    "values ('delete', ?, ?)",
    "report_words": "insert into report_words"
    "(report_words, rowid, title_words, org_words, heading_words, words) values ('delete', ?, ?, ?, ?, ?)",
}
INDEXES = tuple(_ADD)


def next_number(db: Database, table: Literal["reports", "statements"]) -> int:
    """A number that neither the table nor its index has: rows deleted by hand are still in the index."""
    column, index = ("number", "report_bigrams") if table == "reports" else ("id", "statement_bigrams")
    used = f"select max({column}) as used from {table} union all select max(id) from {index}_docsize"
    number: int = db.execute(f"select coalesce(max(used), 0) + 1 from ({used})").fetchone()[0]
    return number


def read_indexed(db: Database, report_id: str) -> Indexed:
    """How the text of a report reads; the report must be there."""
    sql = "select body, words, title_words, org_words, heading_words from readings where report_id = ?"
    body, words, title_words, org_words, heading_words = db.execute(sql, (report_id,)).fetchone()
    return Indexed(
        parted=words,
        steps=unpack_steps(body),
        title_words=title_words,
        org_words=org_words,
        heading_words=heading_words,
    )


def write_reading(db: Database, report_id: str, indexed: Indexed, original: bytes | None) -> None:
    """Keep how a text reads whose statements are written, and what a reader made of its file."""
    places = indexed.places
    sql = 'select id, start, "end" from statements where report_id = ?'
    spans = db.execute(sql, (report_id,)).fetchall()
    db.conn.executemany(
        "insert into statement_places(id, first, last) values (?, ?, ?)",
        [(number, bisect_left(places, start), bisect_left(places, end)) for number, start, end in spans],
    )
    reading = {name: getattr(indexed, name) for name in ("title_words", "org_words", "heading_words")}
    reading |= {"report_id": report_id, "body": pack_steps(indexed), "words": indexed.parted}
    upsert_row(db, "readings", reading | {"source": original}, key="report_id")


def put(db: Database, report_id: str, indexed: Indexed) -> None:
    """Index a report whose row, reading and statements are written."""
    _put(db, _ADD, report_id, indexed)


def take_out(db: Database, report_id: str) -> None:
    """Take out what was indexed of a report, while its row, reading and statements still stand."""
    _put(db, _TAKE_OUT, report_id, read_indexed(db, report_id))


def _put(db: Database, statements: dict[str, str], report_id: str, indexed: Indexed) -> None:
    number = db.execute("select number from reports where id = ?", (report_id,)).fetchone()[0]
    db.execute(statements["report_bigrams"], (number, bigrams(indexed.view)))
    words = (indexed.title_words, indexed.org_words, indexed.heading_words, indexed.parted)
    db.execute(statements["report_words"], (number, *words))
    db.conn.executemany(statements["statement_bigrams"], list(_statement_rows(db, report_id, indexed)))


def _statement_rows(db: Database, report_id: str, indexed: Indexed) -> Iterator[tuple[int, str]]:
    sql = "select id, first, last from statements join statement_places using (id) where report_id = ?"
    for number, first, last in db.execute(sql, (report_id,)):
        yield number, bigrams(indexed.view[first:last])
