"""What trends are counted from: reports that stand for a body and year, labels, figures."""

import pytest

from nianbao.data.records import Cell, Region, Report, Statement, Table
from nianbao.data.store import Filters, Sought, SourceFile, Store, make_indexed
from nianbao.data.store.views import panel_cells, panel_columns

REGION = Region(code="320813", province="江苏省", city="淮安市", county="洪泽区")


def stated(*kinds):
    """Statements of label and category, one after the other."""
    return tuple(
        Statement(text="字", start=n, end=n + 1, label=label, category=category, uncertain=n == 0)
        for n, (label, category) in enumerate(kinds)
    )


def table(**cells):
    held = {
        code.replace("__", "."): Cell(value=value, state="value" if value else "zero")
        for code, value in cells.items()
    }
    held["total_handled.total"] = Cell(state="blank")
    return (Table(table="requests", form="2021", cells=held),)


REPORTS = [
    Report(id="a" * 16, text="字" * 9 + "一", org="洪泽区人民政府", region=REGION, year=2023, published="2024-01-05",
           statements=stated(("problem", "staff"))),
    Report(id="b" * 16, text="字" * 9 + "二", org="淮安市洪泽区人民政府", region=REGION, year=2023, published="2024-03-01",
           statements=stated(("problem", "staff"), ("problem", "content"), ("problem", "content"), ("plan", "staff")),
           tables=table(new_requests__total=7, granted__total=0)),
    Report(id="c" * 16, text="字" * 9 + "三", org="淮安市洪泽区人民政府", region=REGION, year=2023, genre="work"),
    Report(id="d" * 16, text="字" * 9 + "四", org="淮安市洪泽区人民政府", region=REGION, year=2024,
           statements=stated(("problem", None))),
    Report(id="e" * 16, text="字" * 9 + "五", org=None, year=2024),
    Report(id="f" * 16, text="字" * 9 + "六", org="北山县人民政府", year=None),
]  # fmt: skip


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    path = tmp_path_factory.mktemp("trends") / "trends.db"
    with Store.open(path, create=True) as store:
        for report in REPORTS:
            indexed = make_indexed(report.text, list(range(len(report.text))), report.title, report.org)
            source = SourceFile(path=f"/{report.id}.txt", size=1, mtime_ns=1, sha256=report.id)
            store.add(source, report, "1", indexed=indexed)
        yield store


def test_one_report_for_each_body_genre_and_year(store):
    found = [(one.id[0], one.year, one.genre) for one in store.year_reports()]
    assert sorted(found) == [("b", 2023, "disclosure"), ("c", 2023, "work"), ("d", 2024, "disclosure")]
    assert len({one.body for one in store.year_reports()}) == 1


def test_filters_are_those_of_search(store):
    assert [one.id[0] for one in store.year_reports(Sought(filters=Filters(years=(2024, None))))] == ["d"]
    assert {one.id[0] for one in store.year_reports(Sought(words="label:plan"))} == {"b"}
    assert store.label_counts("problem", Sought(words="year:2024")).keys() == {"d" * 16}


def test_statements_by_label_and_category(store):
    found = store.label_counts("problem")
    assert found["b" * 16].categories == {"staff": 1, "content": 2}
    assert found["b" * 16].uncertain == 1
    assert found["d" * 16].categories == {"general": 1}
    assert "c" * 16 not in found
    assert store.label_counts("plan")["b" * 16].categories == {"staff": 1}


def test_figures_and_blanks(store):
    columns = [
        column for column in panel_columns() if column.column in ("new_requests", "granted", "total_handled")
    ]
    assert store.figures(columns) == {"b" * 16: {"new_requests": 7, "granted": 0}}
    assert store.figures(columns, Sought(words="year:2024")) == {}
    assert store.figures([]) == {}


def test_figures_are_those_of_the_panel(archive):
    columns = panel_columns()
    with Store.open(archive, read_only=True) as store:
        figures = store.figures(columns)
        for row in store.rows("panel"):
            held = {column.column: row[column.column] for column in columns if row[column.column] is not None}
            assert figures.get(row["report_id"], {}) == held


def test_cells_of_a_sum():
    sums = {column.column: panel_cells(column) for column in panel_columns()}
    assert ("requests", "denied_state_secret.total") in sums["refused"]
    assert sums["carried_over"] == (("requests", "carried_over.total"),)


def test_counting_statements_does_not_read_their_texts(store):
    sql = "explain query plan select report_id, category, sum(uncertain) from statements where label = 'plan' group by 1, 2"
    assert "COVERING INDEX" in str(store._db.execute(sql).fetchall())
