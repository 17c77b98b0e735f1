"""Texts that break careless writers come back as they were, from every format."""

import json
import re
import sqlite3

import pytest

from nianbao.data.exports import Export, write_export

ODD = {
    "nul": "前\0后",
    "lone carriage return": "甲\r乙",
    "quotation marks": '他说："好",“好”\'',
    "line ends": "一\n二\r\n三",
    "formula": "=1+1",
    "other formulas": "+1 @SUM(A1) -2",
    "error": "#N/A",
    "beyond the first plane": "𠀀𪚥😀👨\u200d👩\u200d👧",
    "radicals": "⼀⾏⻓",
    "separators": "a,b;c\td|e\u2028f",
    "blanks": "  前后  ",
    "escaped look": "_x000D_ _x0041_",
    "controls": "\x01\x08\x1f\x7f\ufffe",
    "half width": "ｱﾊﾟｰﾄ①",
    "not a number": "NA",
    "null": "null",
    "zeros": "007",
    "long": "长" * 30_000,
}


@pytest.fixture
def odd(store, put):
    """A store of reports whose titles and texts are odd."""
    for name, text in ODD.items():
        put(f"{text}。", path=f"{name}.txt", title=text, org="甲县", year=2021)
    return store


@pytest.fixture
def written(odd, tmp_path):
    def write(suffix, **how):
        out = tmp_path / f"out.{suffix}"
        export = Export(tables=("reports",), format=suffix, **how)
        return out, write_export(odd, export, out)

    return write


@pytest.fixture
def stored(odd):
    return {row["id"]: (row["title"], row["text"]) for row in odd.rows("reports")}


def titles(ids, titles, texts):
    return dict(zip(ids, zip(titles, texts, strict=True), strict=True))


def columns(frame):
    return titles(*(list(frame[name]) for name in ("id", "title", "text")))


def test_csv_in_pandas(written, stored):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    out, _ = written("csv")
    for engine in ("c", "python"):
        frame = pandas.read_csv(out, dtype=str, keep_default_na=False, engine=engine)
        assert columns(frame) == stored


def test_csv_in_polars(written, stored):
    polars = pytest.importorskip("polars", reason="Polars is not installed")
    out, _ = written("csv")
    assert columns(polars.read_csv(out, infer_schema=False)) == stored


def test_csv_in_duckdb(written, stored):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    out, _ = written("csv")
    rows = duckdb.sql(f"select id, title, text from read_csv('{out}')").fetchall()
    assert titles(*zip(*rows, strict=True)) == stored


def test_csv_for_excel_begins_with_a_mark(written):
    out, _ = written("csv", bom=True)
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,")


def test_json_lines(written, stored):
    out, _ = written("jsonl")
    rows = [json.loads(line) for line in out.read_bytes().split(b"\n") if line]
    assert titles(*([row[name] for row in rows] for name in ("id", "title", "text"))) == stored


def test_parquet(written, stored):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    out, _ = written("parquet")
    assert columns(parquet.read_table(out).to_pydict()) == stored


def test_stata(written, stored):
    pandas = pytest.importorskip("pandas", reason="pandas is not installed")
    out, _ = written("dta")
    assert columns(pandas.read_stata(out)) == stored


def test_database(written, stored):
    out, _ = written("sqlite")
    connection = sqlite3.connect(out)
    rows = connection.execute("select id, title, text from reports").fetchall()
    connection.close()
    assert titles(*zip(*rows, strict=True)) == stored


def unescaped(text):
    """What Excel shows of a text: ECMA-376, 22.9.2.19."""
    return re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_workbook(written, stored):
    import openpyxl

    out, done = written("xlsx")
    [_, sheet, *_] = openpyxl.load_workbook(out)
    names = [cell.value for cell in sheet[2]]
    wanted = [names.index(name) for name in ("id", "title", "text")]
    cells = list(sheet.iter_rows(min_row=3))
    rows = [[unescaped(row[at].value) for at in wanted] for row in cells]
    assert titles(*zip(*rows, strict=True)) == stored
    assert {row[at].data_type for row in cells for at in wanted} == {"s"}
    assert done.remarks == ()


def test_a_text_too_long_for_a_cell_is_cut_by_name(store, put, tmp_path):
    import openpyxl

    text = "😀" * 20_000
    put(text, org="甲县", year=2021)
    done = write_export(store, Export(tables=("reports",), format="xlsx"), tmp_path / "a.xlsx")
    [about, sheet, *_] = openpyxl.load_workbook(tmp_path / "a.xlsx")
    [cell] = [cell for cell in sheet[3] if isinstance(cell.value, str) and cell.value.startswith("😀")]
    assert cell.value.endswith("（全文20000字，Excel单元格只能容纳到此）")
    assert len(cell.value.encode("utf-16-le")) // 2 <= 32_767
    assert any("reports.text" in remark for remark in done.remarks)
    assert any("reports.text" in str(row[2]) for row in about.iter_rows(values_only=True))


def test_rows_beyond_a_sheet_go_on_a_further_one(store, put, tmp_path, monkeypatch):
    import openpyxl

    from nianbao.data.exports import workbook

    monkeypatch.setattr(workbook, "ROWS_MAX", 5)
    for number in range(7):
        put(f"第{number}份。", org="甲县", year=2021)
    done = write_export(store, Export(tables=("reports",), format="xlsx"), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    names = ["报告 reports", "报告 reports (2)", "报告 reports (3)"]
    assert [book[name].max_row - 2 for name in names] == [3, 3, 1]
    assert any("reports: more rows" in remark for remark in done.remarks)


def test_what_is_no_date_is_left_empty_by_name(store, put, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    put("一。", published="2022-03-01")
    put("二。", published="2022年3月")
    done = write_export(store, Export(tables=("reports",), format="parquet"), tmp_path / "a.parquet")
    days = parquet.read_table(tmp_path / "a.parquet")["published"].to_pylist()
    assert [str(day) for day in days] == ["2022-03-01", "None"]
    assert done.remarks == ("reports.published: left empty where it is no date, 1 times, first '2022年3月'",)
