"""`nianbao tables` and `nianbao check`, on a database of made-up reports."""

import csv
import io
import json
from types import SimpleNamespace

import pytest

from nianbao.cli import check, tables
from nianbao.data.errors import NotFound
from nianbao.data.forms import load_forms
from nianbao.data.records import Cell, Report, Table
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.checks import check_report

FORM = load_forms()["2021"]


def table_of(name, **values):
    cells = {code: Cell(value=0, raw="0", state="zero") for code in FORM.table(name).cells}
    for code, value in values.items():
        state = "blank" if value is None else "value"
        cells[code.replace("__", ".")] = Cell(value=value, raw=str(value or ""), state=state)
    return Table(table=name, form="2021", cells=cells)


def report_of(id_, org, year, *found):
    report = Report(
        id=id_ * 16,
        text=f"{org}{year}年报。",
        title=f"{org}{year}年报",
        org=org,
        year=year,
        form="2021",
        tables=found,
    )
    return Report(
        **{name: getattr(report, name) for name in report.__struct_fields__}
        | {"checks": check_report(report)}
    )


REPORTS = [
    report_of(
        "a", "云川县水务局", 2022, table_of("reviews", reconsideration__upheld=3, reconsideration__total=1)
    ),
    report_of("b", "云川县水务局", 2023, table_of("proactive", regulations__made=None)),
    report_of("c", "白沙县教育局", 2022, table_of("requests", carried_forward__total=9)),
    report_of("d", "白沙县教育局", 2023, table_of("requests", carried_over__total=2)),
    report_of("e", "青山市司法局", 2023),
]


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("checks") / "checks.db"
    with Store.open(path, create=True) as store:
        for report in REPORTS:
            source = SourceFile(path=f"{report.id}.txt", size=1, mtime_ns=1, sha256=report.id)
            store.add(
                source,
                report,
                "1",
                indexed=make_indexed(report.text, list(range(len(report.text))), None, None),
            )
    return path


@pytest.fixture
def run(db, capsys):
    """Run a command; answers what it wrote."""

    def call(module, *words, **options):
        capsys.readouterr()
        module.command(*words, db=db, **options)
        written = capsys.readouterr()
        return SimpleNamespace(out=written.out, err=written.err)

    return call


def test_tables_are_shown_by_their_labels(run):
    out = run(tables, "云川县水务局2022").out
    for wanted in ("行政复议", "结果维持", "复议后起诉", "相差2", "2021年式样"):
        assert wanted in out


def test_blank_and_not_shown_are_not_nought(run):
    lines = run(tables, "云川县水务局2023").out.splitlines()
    row = next(line.split() for line in lines if "规章" in line)
    assert row[1:] == ["空", "0", "0"]


def test_tables_as_json(run):
    found = json.loads(run(tables, "云川县水务局2022", as_json=True).out)
    assert found["tables"][0]["cells"]["reconsideration.upheld"]["value"] == 3
    assert "fails" in {check["state"] for check in found["checks"]}


def test_tables_as_csv(run):
    rows = list(csv.DictReader(io.StringIO(run(tables, "云川县水务局2022", as_csv=True).out)))
    assert len(rows) == len(FORM.table("reviews").cells)
    failing = {row["code"] for row in rows if row["failing"] == "1"}
    assert failing == {code for code in FORM.table("reviews").cells if code.startswith("reconsideration.")}
    assert {row["state"] for row in rows} == {"value", "zero"}


def test_blank_cells_are_empty_in_csv(run):
    rows = csv.DictReader(io.StringIO(run(tables, "云川县水务局2023", as_csv=True).out))
    (row,) = [row for row in rows if row["code"] == "regulations.made"]
    assert (row["value"], row["state"], row["row"], row["column"]) == ("", "blank", "规章", "本年制发件数")


def test_a_report_without_tables(run):
    done = run(tables, "青山市司法局2023")
    assert done.out == ""
    assert "No official table" in done.err


def rows_of(run, *words, **options):
    return json.loads(run(check, *words, as_json=True, **options).out)


def test_the_whole_archive_is_checked(run):
    rows = rows_of(run)
    assert {row["state"] for row in rows} == {"fails"}
    found = {(row["org"], row["year"], row["kind"]) for row in rows}
    assert ("云川县水务局", 2022, "identity") in found
    assert ("白沙县教育局", 2023, "series") in found


def test_a_row_tells_both_numbers_and_the_rule(run):
    (row,) = [row for row in rows_of(run) if row["kind"] == "series"]
    assert tuple(row) == check.COLUMNS
    assert (row["left"], row["right"], row["difference"], row["severity"]) == (2, 9, -7, "error")
    assert row["rule"] == "2021.x.carry.total"
    assert row["name"] in row["message"]


def test_named_reports_alone(run):
    assert {row["org"] for row in rows_of(run, ["云川县水务局2022"])} == {"云川县水务局"}
    series = rows_of(run, ["白沙县教育局2023"], kind="series")
    assert [row["difference"] for row in series] == [-7]
    assert rows_of(run, ["白沙县教育局2022"], kind="series") == []


@pytest.mark.parametrize("state", ["holds", "not_assessable", "all"])
def test_other_states(run, state):
    states = {row["state"] for row in rows_of(run, state=state)}
    assert states == ({"holds", "fails", "not_assessable"} if state == "all" else {state})


SORTED = [
    ("difference", lambda row: -abs(row["difference"] or 0)),
    ("year", lambda row: row["year"]),
    ("org", lambda row: row["org"]),
    ("rule", lambda row: row["rule"]),
    ("severity", lambda row: ["error", "warning", "info"].index(row["severity"])),
]


@pytest.mark.parametrize(("sort", "key"), SORTED)
def test_sorted(run, sort, key):
    keys = [key(row) for row in rows_of(run, sort=sort, state="all")]
    assert keys == sorted(keys)


def test_the_formats_say_the_same(run):
    as_json = rows_of(run)
    lines = run(check, as_jsonl=True).out.splitlines()
    as_csv = list(csv.DictReader(io.StringIO(run(check, as_csv=True).out)))
    assert [json.loads(line) for line in lines] == as_json
    assert [row["message"] for row in as_csv] == [row["message"] for row in as_json]
    assert [row["cells"].split() for row in as_csv] == [row["cells"] for row in as_json]


def test_messages_stand_under_body_and_year(run):
    done = run(check)
    lines = done.out.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("云川县水务局  2022"))
    assert "✗" in lines[at + 1]
    assert "不符" in done.err


def test_nothing_to_report(run):
    done = run(check, ["青山市司法局2023"])
    assert done.out == ""
    assert "Nothing" in done.err


def test_unknown_reports_are_an_error(run):
    with pytest.raises(NotFound):
        run(check, ["无名县2023"])
