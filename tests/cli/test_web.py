"""The plugin in Datasette, asked as a browser asks it, in this process."""

import asyncio
import sqlite3
from shutil import copy
from urllib.parse import urlencode

import pytest

pytest.importorskip("datasette", reason="Datasette is not installed")

from datasette.app import Datasette
from datasette.plugins import pm

from nianbao.data.query import viewed
from nianbao.data.store import Selection, Store

TABLES = ["reports", "statements", "problems", "plans", "initiatives"]
ODD = [
    '"',
    "(",
    "更新)",
    "AND",
    "NEAR/3",
    "gov*",
    "label:problem",
    "甲" * 2000,
    "()",
    "-",
    "*",
    'a"b"c"',
    "-更新",
]
STRANGE = [
    "''",
    "; drop table reports",
    "\x00",
    "%",
    "_",
    "\\",
    "𠮷",
    "🎉",
    "，，",
    " ",
    "{bigrams} : x",
    "^",
]


@pytest.fixture(scope="module", autouse=True)
def plugin():
    from nianbao.cli import web

    missing = not pm.is_registered(web)
    if missing:
        pm.register(web)
    yield
    if missing:
        pm.unregister(web)


@pytest.fixture(scope="module")
def databases(archive, tmp_path_factory):
    """The sample archive, and a database of another program's with a search of its own."""
    folder = tmp_path_factory.mktemp("web")
    copy(archive, folder / "ours.db")
    db = sqlite3.connect(folder / "other.db")
    db.executescript(
        "create table reports(id integer primary key, text);"
        "insert into reports(text) values ('open data (monthly)'), ('other things');"
        "create virtual table found using fts5(text, content=\"reports\", content_rowid='id');"
        "insert into found(found) values ('rebuild');"
    )
    db.close()
    return [str(folder / "ours.db"), str(folder / "other.db")]


@pytest.fixture(scope="module")
def get(databases):
    """The answer to an address with parameters."""
    datasette = Datasette(databases, settings={"suggest_facets": False})

    def ask(path, **parameters):
        return asyncio.run(datasette.client.get(f"{path}?{urlencode(parameters)}"))

    yield ask
    for database in datasette.databases.values():
        database.close()


@pytest.fixture(scope="module")
def found(get):
    def ask(table, words):
        answer = get(f"/ours/{table}.json", _search=words, _shape="array", _size=1000)
        assert answer.status_code == 200, answer.text
        return [row["id"] for row in answer.json()]

    return ask


@pytest.mark.parametrize(
    "words",
    [
        "更",
        "更新",
        "更新速度",
        "依申请公开政府信息",
        "更新 速度",
        '"更新速度"',
        "更新 OR 微博",
        "更新 -微博",
        "更新 NEAR/3 速度",
    ],
)
def test_words_of_any_length_find_reports(found, archive, words):
    with Store.open(archive, read_only=True) as store:
        rows = store.select(Selection(table="reports", columns=("id",), query=words))
        assert set(found("reports", words)) == {report_id for (report_id,) in rows} != set()


@pytest.mark.parametrize("words", ["人", "人员", "人员 业务", '"人员"'])
def test_words_of_any_length_find_statements(found, archive, words):
    with Store.open(archive, read_only=True) as store:
        rows = list(store.rows("statements"))
    held = [
        row for row in rows if all(word in viewed(row["text"]) for word in words.replace('"', "").split())
    ]
    assert set(found("statements", words)) == {row["id"] for row in held} != set()
    labels = {"problems": "problem", "plans": "plan", "initiatives": "initiative"}
    for view, label in labels.items():
        assert set(found(view, words)) == {row["id"] for row in held if row["label"] == label}


@pytest.mark.parametrize("table", TABLES)
def test_a_page_has_the_search_box(get, table):
    page = get(f"/ours/{table}")
    assert page.status_code == 200 and 'name="_search"' in page.text


@pytest.mark.parametrize("words", ODD + STRANGE)
@pytest.mark.parametrize("table", ["reports", "problems"])
def test_odd_words_are_answered_or_refused(get, table, words):
    assert get(f"/ours/{table}.json", _search=words, _shape="array").status_code in (200, 400)


@pytest.mark.parametrize("words", ODD)
def test_a_page_always_comes(get, words):
    assert get("/ours/problems", _search=words).status_code == 200


def test_a_wrong_query_is_told_what_is_wrong(get):
    page = get("/ours/reports", _search="公开 (人员 OR")
    assert page.status_code == 200 and "Character 4 of the query" in page.text and "0 rows" in page.text
    told = get("/ours/reports.json", _search="label:problem 人员")
    assert told.status_code == 400 and "Only words" in told.json()["error"]


def test_markup_in_a_wrong_query_is_escaped(get):
    page = get("/ours/reports", _search="(<script>alert(1)</script>")
    assert "Character 1 of" in page.text and "<script>alert" not in page.text


def test_a_wrong_query_in_sql_is_an_error_and_no_crash(get):
    sql = "select rowid from report_bigrams where report_bigrams match escape_fts(:words)"
    answer = get("/ours.json", sql=sql, words="公开 (人员")
    assert answer.status_code == 400 and "Character 4 of the query" in answer.json()["error"]
    sql = "select escape_fts(null) as found"
    assert get("/ours.json", sql=sql, _shape="array").json() == [{"found": None}]


def test_fold_is_there(get):
    sql = "select fold('ＡＢ１２') as folded, fold(null) as none, fold(3) as number"
    for database in ("ours", "other"):
        [row] = get(f"/{database}.json", sql=sql, _shape="array").json()
        assert row == {"folded": "AB12", "none": None, "number": 3}


def test_search_through_sql(get):
    sql = "select count(*) as n from statements where id in (select rowid from statement_bigrams where statement_bigrams match escape_fts(:words))"
    [row] = get("/ours.json", sql=sql, words="人员", _shape="array").json()
    assert row["n"] > 0


@pytest.mark.parametrize(
    ("words", "number"), [("data", 1), ("(monthly)", 1), ('"open', 1), ("nothing", 0), ("-", 0)]
)
def test_other_databases_keep_datasettes_own_search(get, words, number):
    answer = get("/other/reports.json", _search=words, _shape="array")
    assert (answer.status_code, len(answer.json())) == (200, number)


def test_a_memory_database_is_not_ours(get):
    assert get("/_memory.json", sql="select 1 as one", _shape="array").status_code in (200, 404)


def test_the_plugin_is_announced():
    from importlib.metadata import entry_points

    announced = [each.value for each in entry_points(group="datasette") if each.name == "nianbao"]
    assert announced == ["nianbao.cli.web"]
