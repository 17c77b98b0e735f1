"""Stock SQLite proves the full-text tables and makes them again, and what it makes is what we put in."""

import sqlite3
import zlib
from itertools import pairwise

import msgspec
import pytest

from nianbao.data.store import Store
from nianbao.nlp.reading import Reading

TEXTS = (
    "已公开目录。存在公开不及时。",
    "甲县2023年主动公开ABC条，其中Web 3.0平台12条。\n一、总体情况\n（一）主动公开。",
    "𠮷林市😀表情，生僻字𡘙。尾字𪚥",
    "x",
    "第1号\x1f第2号\x00完",
)
TABLES = ("report_bigrams", "statement_bigrams", "report_words")


@pytest.fixture
def stock(store, put, path):
    """The file in stock SQLite, no function of ours registered."""
    for text in TEXTS:
        put(text, title=f"{text[:2]}年报", org=text[:3])
    store.close()
    connection = sqlite3.connect(path)
    yield connection
    connection.close()


def indexed(connection, table):
    vocabulary = f"{table}_terms"
    connection.execute(f"create virtual table temp.{vocabulary} using fts5vocab(main, {table}, instance)")
    found = connection.execute(f"select * from {vocabulary} order by term, doc, col, offset").fetchall()
    connection.execute(f"drop table temp.{vocabulary}")
    return found


@pytest.mark.parametrize("table", TABLES)
def test_what_went_in_is_what_the_views_say(stock, table):
    """With rank 1 the index is compared with the rows of its content."""
    stock.execute(f"insert into {table}({table}, rank) values ('integrity-check', 1)")


@pytest.mark.parametrize("table", TABLES)
def test_rebuild_makes_the_same_index(stock, table):
    before = indexed(stock, table)
    assert before
    stock.execute(f"insert into {table}({table}) values ('delete-all')")
    assert indexed(stock, table) == []
    stock.execute(f"insert into {table}({table}) values ('rebuild')")
    assert indexed(stock, table) == before


def test_a_spoiled_index_is_found_out(stock):
    stock.execute("insert into report_bigrams(rowid, bigrams) values (99, '00410042')")
    with pytest.raises(sqlite3.DatabaseError, match="malformed"):
        stock.execute("insert into report_bigrams(report_bigrams, rank) values ('integrity-check', 1)")


def test_readings_of_older_schemas_are_upgraded(store, put, path):
    """Until the tenth schema a reading was packed whole, and the full-text tables were contentless."""
    for text in TEXTS[:3]:
        put(text)
    found = store.search("公开").total
    with sqlite3.connect(path) as connection:
        readings = connection.execute(
            "select report_id, words, title_words, org_words from readings"
        ).fetchall()
        connection.execute("drop table statement_places")
        for name in ("report_bigrams", "statement_bigrams", "report_words"):
            connection.execute(f"drop table {name}")
            connection.execute(f"drop view {name}_rows")
        for report_id, words, title_words, org_words in readings:
            places = store_places(store, report_id)
            old = {
                "view": words.replace("\x1f", ""),
                "steps": [after - before for before, after in pairwise([0, *places])],
                "title_words": title_words,
                "org_words": org_words,
                "lengths": [len(word) for word in words.split("\x1f")],
            }
            body = zlib.compress(msgspec.msgpack.encode(old))
            connection.execute("update readings set body = ? where report_id = ?", (body, report_id))
        for column in ("words", "title_words", "org_words", "heading_words"):
            connection.execute(f"alter table readings drop column {column}")
        connection.execute("delete from _sqlite_migrations where name = 'm011_rebuildable'")
    store.close()
    with Store.open(path) as again:
        assert again.search("公开").total == found == 2
    with sqlite3.connect(path) as connection:
        for table in TABLES:
            connection.execute(f"insert into {table}({table}, rank) values ('integrity-check', 1)")


def store_places(store, report_id):
    return Reading(store.report(report_id).text).places
