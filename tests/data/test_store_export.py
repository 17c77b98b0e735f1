import json
import sqlite3
from fnmatch import fnmatchcase

import msgspec
import pytest

from nianbao.data.errors import NotFound, ResourceError
from nianbao.data.forms import load_forms
from nianbao.data.records import Cell, Check, Count, Date, Region, Statement, Table
from nianbao.data.store import Store
from nianbao.data.store.views import panel_columns


def cells_of(**cells):
    states = {None: "blank", 0: "zero"}
    return {code: Cell(value=value, state=states.get(value, "value")) for code, value in cells.items()}


@pytest.fixture
def table_of():
    def make(table, form, **values):
        cells = cells_of(**{code.replace("__", "."): value for code, value in values.items()})
        return Table(table=table, form=form, cells=cells)

    return make


def panel(store):
    return {(row["org"], row["year"]): row for row in store.rows("panel")}


def test_panel_keeps_blank_zero_and_absent_apart(store, put, table_of):
    table = table_of("requests", "2021", new_requests__total=5, carried_over__total=0, granted__total=None)
    put("甲县报告。", org="甲县", year=2021, tables=(table,))
    row = panel(store)["甲县", 2021]
    assert (row["new_requests"], row["carried_over"], row["granted"]) == (5, 0, None)
    assert row["reconsideration"] is None


def test_panel_joins_forms(store, put, table_of):
    put("旧。", org="甲县", year=2016, tables=(table_of("statistics", "2014", received__count=7),))
    put("新。", org="甲县", year=2021, tables=(table_of("requests", "2021", new_requests__total=9),))
    rows = panel(store)
    assert [rows["甲县", year]["new_requests"] for year in (2016, 2021)] == [7, 9]


def test_panel_takes_the_report_published_last(store, put, table_of):
    for number, day in ((3, "2022-01-05"), (4, "2022-03-01"), (5, None)):
        table = table_of("requests", "2021", new_requests__total=number)
        put(f"第{number}稿。", org="甲县", year=2021, published=day, tables=(table,))
    row = panel(store)["甲县", 2021]
    assert (row["new_requests"], row["reports"]) == (4, 3)


def test_panel_prefers_the_report_with_tables(store, put, table_of):
    table = table_of("requests", "2021", new_requests__total=6)
    put("公开年报。", org="甲县", year=2021, published="2022-01-20", tables=(table,))
    put("工作报告。", org="甲县", year=2021, published="2022-02-20", genre="work")
    assert panel(store)["甲县", 2021]["new_requests"] == 6


@pytest.mark.parametrize("numbers", [(1, 2, 3), (3, 2, 1)])
def test_panel_does_not_hang_on_the_order_in_which_reports_came(store, put, table_of, numbers):
    least = min((put_with(put, table_of, number).id, number) for number in numbers)
    assert panel(store)["甲县", 2021]["new_requests"] == least[1]


def put_with(put, table_of, number):
    table = table_of("requests", "2021", new_requests__total=number)
    return put(f"第{number}稿。", org="甲县", year=2021, tables=(table,))


def test_panel_needs_body_and_year(store, put):
    put("无年。", org="甲县")
    put("无机关。", year=2021)
    assert panel(store) == {}


def test_views_of_statements(store, put, report_of):
    text = "已公开。存在不足。将改进。"
    report = report_of(text, org="甲县", year=2021)
    done, problem, plan = report.statements
    plan = msgspec.structs.replace(plan, answers=1)
    put(msgspec.structs.replace(report, statements=(done, problem, plan)))
    for view, quoted in (("initiatives", "已公开。"), ("problems", "存在不足。"), ("plans", "将改进。")):
        (row,) = store.rows(view)
        assert (row["text"], row["org"], row["year"]) == (quoted, "甲县", 2021)
    assert next(store.rows("plans"))["problem"] == "存在不足。"


def test_view_of_facts(store, put, report_of):
    date = Date(text="2021年", start=0, end=5, kind="date", edtf="2021")
    count = Count(text="3件", start=5, end=7, value=3, unit="件")
    put(report_of("2021年3件。", dates=(date,), counts=(count,)))
    facts = [(row["kind"], row["text"], row["value"]) for row in store.rows("facts")]
    assert facts == [("date", "2021年", "2021"), ("count", "3件", 3), ("statement", "2021年3件。", "other")]


def test_rows_are_those_of_the_table(store, put, path):
    report = put("已公开。", title="年报")
    (row,) = store.rows("reports")
    assert (row["id"], row["text"], row["title"], row["length"]) == (report.id, report.text, "年报", 4)
    json.dumps(row)


def test_rows_are_read_as_they_are_taken(store, put):
    for number in range(5):
        put(f"第{number}份。")
    rows = store.rows("reports")
    assert next(rows)["number"] == 1
    rows.close()


@pytest.mark.parametrize("name", ["readings", "report_bigrams", "_sqlite_migrations", "x", 'reports"; drop'])
def test_unknown_table_names_those_there_are(store, name):
    with pytest.raises(NotFound, match="reports, runs, sections"):
        store.rows(name)


def test_tables(store, put):
    put("已公开。", org="甲县", year=2021)
    tables = store.tables()
    assert {name: tables[name] for name in ("reports", "statements", "panel", "dates")} == {
        "reports": 1,
        "statements": 1,
        "panel": 1,
        "dates": 0,
    }
    assert not [name for name in tables if "bigrams" in name or "words" in name or name == "readings"]


def test_stats(store, put):
    put("已公开。存在不足。", year=2019, org="甲县")
    put("将改进。", year=2022, org="甲县")
    stats = store.stats()
    assert (stats.reports, stats.organisations, stats.first_year, stats.last_year) == (2, 1, 2019, 2022)
    assert stats.sources == {"ok": 2}
    assert stats.labels == {"initiative": 1, "problem": 1, "plan": 1}
    assert stats.characters == 13
    assert stats.size > 0


def test_stats_of_an_empty_store(store):
    assert (store.stats().reports, store.stats().first_year, store.stats().characters) == (0, None, 0)


LABELS = "a\t甲\tA\t件"
BROKEN = [
    "New\t甲\tA\t件\trequests/a.b",
    LABELS,
    f"{LABELS}\trequests",
    "a\t甲\t\t件\trequests/a.b",
    f"{LABELS}\tb/c.d\n{LABELS}\tb/c.d",
]


@pytest.mark.parametrize("lines", BROKEN)
def test_panel_file_is_checked(tmp_path, lines):
    path = tmp_path / "panel.tsv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"panel\.tsv:[12]:"):
        panel_columns(path)


def test_panel_codes_are_unlike(store):
    codes = [cell for column in panel_columns() for cell in column.cells]
    assert len(codes) == len(set(codes))
    named = [column.column for column in panel_columns()]
    assert [row[1] for row in _columns(store.path, "panel")][6:] == named


def test_panel_codes_are_those_of_the_forms():
    addresses = {
        (table.table, cell)
        for form in load_forms().values()
        for table in form.tables
        for cell in table.addresses
    }
    for column in panel_columns():
        for table, code in column.cells:
            assert any(table == name and fnmatchcase(cell, code) for name, cell in addresses), code


def test_every_column_of_the_panel_is_in_the_dictionary(store):
    rows = list(store.rows("panel_columns"))
    assert [row["column"] for row in rows] == store.columns("panel")
    labels = {row["column"]: (row["chinese"], row["english"], row["unit"]) for row in rows}
    assert labels["carried_forward"] == ("结转下年度", "Requests carried forward to the next year", "件")
    assert {row["column"]: row["forms"] for row in rows}["normative_documents_in_force"] == "2021"


def test_panel_sums_only_what_is_all_there(store, put):
    form = load_forms()["2021"].table("requests")
    full = {code: 2 for code in form.cells if code.endswith(".total")}
    for number, blank in ((2021, None), (2022, "denied_process_info.total")):
        cells = cells_of(**{**full, **({blank: None} if blank else {})})
        table = Table(table="requests", form="2021", cells=cells)
        put(f"{number}年报。", org="甲县", year=number, tables=(table,))
    rows = panel(store)
    assert [rows["甲县", year]["refused"] for year in (2021, 2022)] == [16, None]
    assert rows["甲县", 2022]["denied_state_secret"] == 2
    assert rows["甲县", 2021]["other_handling"] == 6


def test_panel_keeps_counts_of_two_forms_apart(store, put, table_of):
    old = table_of("proactive", "2019", regulations__total_disclosed=9, regulations__newly_made=1)
    put("旧。", org="甲市", year=2020, tables=(old,))
    row = panel(store)["甲市", 2020]
    assert (row["regulations_in_force"], row["regulations_total_disclosed"]) == (None, 9)
    assert row["regulations_made"] == 1


def test_results_of_checks_have_body_and_year(store, put):
    check = Check(kind="identity", rule="r", state="fails", left=3, right=2, difference=1, message="相差1")
    put("年报。", org="甲县", year=2021, checks=(check,))
    (row,) = store.rows("check_results")
    assert (row["org"], row["year"], row["rule"], row["difference"]) == ("甲县", 2021, "r", 1)


def test_tables_of_reports(store, put, table_of):
    for number, day in ((3, "2022-01-05"), (4, "2022-03-01")):
        table = table_of("requests", "2021", new_requests__total=number, granted__total=None)
        put(f"第{number}稿。", org="甲县", year=2021, published=day, form="2021", tables=(table,))
    put("无表。", org="乙县", year=2021, region=Region(code="330102"))
    put("无年。", org="丙县")
    second, first = sorted(store.report_tables(), key=lambda report: report.org)
    assert (first.org, first.year, first.form) == ("甲县", 2021, "2021")
    assert {code: cell.value for code, cell in first.tables[0].cells.items()} == {
        "new_requests.total": 4,
        "granted.total": None,
    }
    assert (second.tables, second.region) == ((), Region(code="330102"))


def _columns(path, view):
    connection = sqlite3.connect(path)
    found = connection.execute(f"pragma table_info({view})").fetchall()
    connection.close()
    return found


def test_statement_numbers(store, put, report_of):
    statements = tuple(Statement(text="x", start=0, end=1, label="other") for _ in range(3))
    put(msgspec.structs.replace(report_of("xyz"), statements=statements))
    assert [row["n"] for row in store.rows("statements")] == [0, 1, 2]


def test_columns_are_known_without_rows(tmp_path):
    with Store.open(tmp_path / "empty.db", create=True) as store:
        assert list(store.rows("people")) == []
        assert store.columns("people") == ["id", "report_id", "start", "end", "text", "name", "title"]
        with pytest.raises(NotFound, match="people"):
            store.columns("pepole")
