"""The data dictionary says what the schema has: every table and column, with type, labels and version."""

import sqlite3
from fnmatch import fnmatchcase

import pytest
from sqlite_utils import Database

from nianbao.data.errors import ResourceError
from nianbao.data.exports import dictionary_tables
from nianbao.data.exports.stata_names import stata_names
from nianbao.data.store import schema_dictionary
from nianbao.data.store.dictionary import read_descriptions
from nianbao.data.store.export import table_names
from nianbao.data.store.schema import migrations, schema_version
from nianbao.data.terms import codes, term

DICTIONARY = schema_dictionary()
COLUMNS = [(table.name, column) for table in DICTIONARY.tables for column in table.columns]
IDS = [f"{table}.{column.name}" for table, column in COLUMNS]


@pytest.mark.parametrize("table", DICTIONARY.tables, ids=lambda table: table.name)
def test_every_table_is_described(table):
    assert table.meaning and table.since, f"describe {table.name} in data/store/dictionary.tsv"
    assert table.chinese != table.name and not table.chinese.isascii()


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=IDS)
def test_every_column_is_described(table, column):
    assert column.meaning and column.since, f"describe {table}.{column.name} in data/store/dictionary.tsv"
    assert column.chinese and column.english
    assert column.codes is None or all(term(column.codes, code) != code for code in codes(column.codes))


def test_the_dictionary_has_the_tables_of_the_database(store):
    assert [table.name for table in DICTIONARY.tables] == list(store.tables())
    for table in DICTIONARY.tables:
        assert [column.name for column in table.columns] == store.columns(table.name)
    assert store.dictionary() == DICTIONARY and DICTIONARY.schema == schema_version()


def test_nothing_is_described_that_is_not_there():
    there = {(table, column.name) for table, column in COLUMNS}
    there |= {(table.name, "*") for table in DICTIONARY.tables} | {("*", name) for _, name in there}
    assert set(read_descriptions()) - there == set()


def test_versions_are_those_of_the_migrations():
    with Database(memory=True, execute_plugins=False) as db:
        names = [each.name for each in migrations.pending(db)]
        since = {}
        for number, following in enumerate([*names[1:], None], 1):
            migrations.apply(db, stop_before=following) if following else migrations.apply(db)
            for table in {*table_names(db)} & {*db.table_names()}:
                for column in db.table(table).columns:
                    since.setdefault((table, column.name), number)
    stated = {(t.name, c.name): c.since for t in DICTIONARY.tables if t.kind == "table" for c in t.columns}
    assert stated == {key: since[key] for key in stated}


def test_codes_in_the_data_are_in_the_dictionary(archive):
    connection = sqlite3.connect(archive)
    for table, column in COLUMNS:
        if column.codes:
            sql = f'select distinct "{column.name}" from "{table}" where "{column.name}" is not null'
            found = {str(row[0]) for row in connection.execute(sql)}
            assert found <= set(codes(column.codes)), f"{table}.{column.name}"
    connection.close()


def test_a_table_that_nobody_described_bears_its_own_name(store):
    with Database(store.path) as db:
        db["extra"].insert({"id": 1, "a": 0.5}, pk="id")
    entry = store.dictionary().table("extra")
    assert [(column.name, column.type) for column in entry.columns] == [("id", "integer"), ("a", "number")]


def test_dictionary_tables():
    made = {table.name: list(table.read()) for table in dictionary_tables(DICTIONARY)}
    assert len(made["dictionary"]) == len(COLUMNS) + len(DICTIONARY.tables)
    assert ("label", "problem", "存在问题", "problem") in made["dictionary_codes"]
    cells = {row[:3]: row[3:] for row in made["dictionary_cells"]}
    row, column, _ = cells["2021", "requests", "granted.total"]
    assert "予以公开" in row and "总计" in column


def test_cells_of_the_panel_have_labels(store):
    cells = {row[1:3] for row in dictionary_tables(DICTIONARY)[2].read()}
    for row in store.rows("panel_columns"):
        for cell in (row["cells"] or "").split():
            table, _, code = cell.partition("/")
            assert any(name == table and fnmatchcase(each, code) for name, each in cells), cell


@pytest.mark.parametrize(
    "line",
    [
        "a\tb",
        "a\tb\t-\t-\t-\t1\t甲\tA\t-",
        "a\tb\tdecimal\t-\t-\t1\t甲\tA\tm",
        "a\tb\t-\t-\tcolour\t1\t甲\tA\tm",
        "a\tb\t-\t-\t-\t1\t甲\tA\tm\na\tb\t-\t-\t-\t1\t甲\tA\tm",
    ],
)
def test_the_file_is_checked(tmp_path, line):
    path = tmp_path / "dictionary.tsv"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"dictionary\.tsv:[12]:"):
        read_descriptions(path)


def test_names_for_stata():
    names = [column.name for column in DICTIONARY.table("panel").columns]
    short = stata_names(names)
    assert len(set(short.values())) == len(names) and max(map(len, short.values())) <= 32
    assert short["litigation_after_reconsideration_corrected"] == "litigati_after_reconsid_correcte"
    assert stata_names(["end", "a" * 40, "a" * 50]) == {
        "end": "end_",
        "a" * 40: "a" * 32,
        "a" * 50: "a" * 29 + "_2",
    }
