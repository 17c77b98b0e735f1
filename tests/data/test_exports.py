"""Every export, loaded by its tool, has the rows and the sums of the database."""

import json
import math
import sqlite3
import subprocess
import sys
import zipfile

import pytest

from nianbao.data.exports import REPEATING, Export, format_of, write_export
from nianbao.data.store import Filters, Store, schema_dictionary

ENTRIES = {entry.name: entry for entry in schema_dictionary().tables}
TABLES = [name for name in ENTRIES if name not in REPEATING]
SOME = Export(query="更新", filters=Filters(years=(2020, 2023)))


@pytest.fixture(scope="module")
def opened(archive):
    with Store.open(archive, read_only=True) as store:
        yield store


@pytest.fixture(scope="module")
def exported(opened, tmp_path_factory):
    """All tables in a format, written once; with a name `SUFFIX some` those that a query leaves."""
    made = {}

    def write(name, **how):
        if (name, *how) not in made:
            suffix, _, some = name.partition(" ")
            out = tmp_path_factory.mktemp("export") / f"out{how.pop('end', '')}"
            export = SOME if some else Export()
            export = Export(query=export.query, filters=export.filters, format=suffix, **how)
            write_export(opened, export, out)
            made[name, *how] = out
        return made[name, *how]

    return write


def numeric(name):
    return [column.name for column in ENTRIES[name].columns if column.type in ("integer", "number")]


def figures(path, where=""):
    """Rows and sums of each table, by stock SQLite."""
    connection = sqlite3.connect(path)
    found = {}
    for name in TABLES:
        here = where if {"report_id", "id"} & {column.name for column in ENTRIES[name].columns} else ""
        here = here.replace("report_id", "id") if name == "reports" else here
        sums = "".join(f', total("{column}")' for column in numeric(name))
        has = "report_id" in {column.name for column in ENTRIES[name].columns} or name == "reports"
        found[name] = connection.execute(
            f'select count(*){sums} from "{name}" {here if has else ""}'
        ).fetchone()
    connection.close()
    return found


@pytest.fixture(scope="module", params=["", " some"], ids=["all", "found"])
def which(request):
    return request.param


@pytest.fixture(scope="module")
def expected(archive, opened, which):
    if not which:
        return figures(archive)
    ids = [hit.report_id for hit in opened.search("更新", years=(2020, 2023), limit=1000, fold=False).hits]
    assert 0 < len(ids) < opened.stats().reports
    listed = ", ".join(map(repr, ids))
    return figures(archive, f"where report_id in ({listed})")


def same(found, expected):
    assert found.keys() >= expected.keys()
    for name, numbers in expected.items():
        assert len(found[name]) == len(numbers), name
        for one, other in zip(found[name], numbers, strict=True):
            assert math.isclose(float(one), other, rel_tol=1e-9), name


def sum_of(column):
    """Of nanoseconds whole numbers would overflow."""
    return sum(float(value) for value in column.to_list() if value is not None and value == value)


def of_frames(read):
    found = {}
    for name in TABLES:
        frame = read(name)
        assert set(numeric(name)) <= set(frame.columns), name
        found[name] = (len(frame), *(sum_of(frame[column]) for column in numeric(name)))
    return found


@pytest.fixture
def pandas():
    return pytest.importorskip("pandas", reason="pandas is not installed")


@pytest.fixture
def polars():
    return pytest.importorskip("polars", reason="Polars is not installed")


@pytest.fixture
def duckdb():
    return pytest.importorskip("duckdb", reason="DuckDB is not installed")


def test_csv_in_pandas(exported, pandas, expected, which):
    folder = exported(f"csv{which}")
    same(of_frames(lambda name: pandas.read_csv(folder / f"{name}.csv", low_memory=False)), expected)


def test_json_lines_in_pandas(exported, pandas, expected, which):
    folder = exported(f"jsonl{which}")

    def read(name):
        rows = map(json.loads, (folder / f"{name}.jsonl").read_bytes().splitlines())
        return pandas.DataFrame(rows, columns=[column.name for column in ENTRIES[name].columns])

    same(of_frames(read), expected)


def test_parquet_in_pandas(exported, pandas, expected, which):
    folder = exported(f"parquet{which}")
    same(of_frames(lambda name: pandas.read_parquet(folder / f"{name}.parquet")), expected)


def test_parquet_in_polars(exported, polars, expected, which):
    folder = exported(f"parquet{which}")
    same(of_frames(lambda name: polars.read_parquet(folder / f"{name}.parquet")), expected)


def of_duckdb(duckdb, source):
    found = {}
    for name in TABLES:
        sums = "".join(f', coalesce(sum("{column}"::double), 0)' for column in numeric(name))
        found[name] = duckdb.sql(f"select count(*){sums} from {source(name)}").fetchall()[0]
    return found


def test_parquet_in_duckdb(exported, duckdb, expected, which):
    folder = exported(f"parquet{which}")
    same(of_duckdb(duckdb, lambda name: f"'{folder}/{name}.parquet'"), expected)


def test_parquet_by_year_in_duckdb(exported, duckdb, expected, which):
    folder = exported(f"parquet{which}", by_year=True)
    source = "read_parquet('{}/{}/**/*.parquet', hive_partitioning = true)"
    same(of_duckdb(duckdb, lambda name: source.format(folder, name)), expected)


def test_parquet_by_year_in_pandas_and_polars(exported, pandas, polars, opened):
    folder = exported("parquet", by_year=True)
    expected = sorted(str(row["year"] or "") for row in opened.rows("reports"))
    years = pandas.read_parquet(folder / "reports")["year"]
    assert sorted("" if pandas.isna(year) else str(year) for year in years) == expected
    frame = polars.read_parquet(folder / "counts", hive_partitioning=True)
    assert frame.height == opened.tables()["counts"] and set(frame["year"]) <= set(
        map(int, filter(None, expected))
    )


def test_types_of_parquet_are_those_of_the_dictionary(exported):
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    folder = exported("parquet")
    kinds = {"int64": "integer", "double": "number", "date32[day]": "date", "binary": "blob"}
    kinds |= {"timestamp[us, tz=UTC]": "datetime"}
    for name in TABLES:
        schema = parquet.read_schema(folder / f"{name}.parquet")
        assert schema.names == [column.name for column in ENTRIES[name].columns]
        for field, column in zip(schema, ENTRIES[name].columns, strict=True):
            assert kinds.get(str(field.type), "text") == column.type.replace("json", "text")
            assert field.metadata[b"chinese"].decode() == column.chinese
    read = parquet.ParquetFile(folder / "statements.parquet").metadata.row_group(0)
    encodings = {read.column(at).path_in_schema: read.column(at).encodings for at in range(read.num_columns)}
    assert "RLE_DICTIONARY" in encodings["label"] and "RLE_DICTIONARY" not in encodings["text"]


def test_stata_in_pandas(exported, pandas, expected, which):
    from nianbao.data.exports.stata_names import stata_names

    folder = exported(f"dta{which}")

    def read(name):
        frame = pandas.read_stata(folder / f"{name}.dta", convert_categoricals=False)
        names = {short: long for long, short in stata_names(c.name for c in ENTRIES[name].columns).items()}
        frame = frame.rename(columns=names)
        return frame.assign(**{c: pandas.to_numeric(frame[c]) for c in numeric(name)})

    same(of_frames(read), expected)


def test_stata_in_readstat(exported, opened):
    pyreadstat = pytest.importorskip("pyreadstat", reason="pyreadstat is not installed")
    frame, meta = pyreadstat.read_dta(exported("dta") / "panel.dta")
    assert len(frame) == opened.tables()["panel"] and max(map(len, frame.columns)) <= 32
    labels = meta.column_names_to_labels
    assert labels["new_requests"] == "本年新收申请 Requests received in the year (件)"
    assert labels["litigati_after_reconsid_correcte"].startswith("行政诉讼（复议后）：结果纠正")
    _, meta = pyreadstat.read_dta(exported("dta") / "statements.dta")
    assert "problem 存在问题" in meta.variable_value_labels["label"].values()
    reports, _ = pyreadstat.read_dta(exported("dta") / "reports.dta")
    assert sum(type(day).__name__ == "date" for day in reports["published"]) == sum(
        row["published"] is not None for row in opened.rows("reports")
    )


def test_workbook_in_openpyxl(exported, expected, which):
    import openpyxl

    book = openpyxl.load_workbook(exported(f"xlsx{which}", end=".xlsx"), read_only=True)
    sheets = {name.rpartition(" ")[2]: name for name in book.sheetnames}
    found = {}
    for name in TABLES:
        rows = list(book[sheets[name]].iter_rows(values_only=True, min_row=2))
        at = {column: rows[0].index(column) for column in numeric(name)}
        sums = (
            sum(float((*row, *[None] * len(rows[0]))[place] or 0) for row in rows[1:])
            for place in at.values()
        )
        found[name] = (len(rows) - 1, *sums)
    book.close()
    same(found, expected)


def test_workbook_is_for_people(exported):
    import openpyxl

    book = openpyxl.load_workbook(exported("xlsx", end=".xlsx"))
    assert book.sheetnames[:2] == ["说明 about", "面板 panel"]
    sheet = book["数量 counts"]
    heads = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(max_row=2)]
    assert heads == [["机构", "报告年度", "编号"], ["org", "year", "id"]]
    assert (sheet.freeze_panes, sheet.auto_filter.ref.split(":")[0]) == ("C3", "A2")
    assert 8 < sheet.column_dimensions["A"].width <= 62
    reports = book["报告 reports"]
    at = [cell.value for cell in reports[2]].index("published")
    days = [row[at].value for row in reports.iter_rows(min_row=3)]
    assert {type(day).__name__ for day in days} <= {"datetime", "NoneType"} and any(days)
    assert book["说明 about"]["A9"].hyperlink.location or book["说明 about"]["A9"].value


def test_package_is_valid(exported, which):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    folder = exported(f"datapackage{which}")
    # A process of its own: its libraries warn of themselves.
    code = (
        "import sys, frictionless\nreport = frictionless.validate(sys.argv[1])\n"
        "sys.exit(0 if report.valid else str(report.flatten(['name', 'type', 'note'])[:5]))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, folder / "datapackage.json"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert frictionless


def test_package_says_what_is_what(exported, expected, which):
    folder = exported(f"datapackage{which}")
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {each["name"]: each["rows"] for each in package["resources"]}.items() >= {
        name: numbers[0] for name, numbers in expected.items()
    }.items()
    [schema] = [each["schema"] for each in package["resources"] if each["name"] == "panel"]
    fields = {field["name"]: field for field in schema["fields"]}
    assert fields["new_requests"]["unit"] == "件" and schema["primaryKey"] == ["org", "year"]
    assert schema["foreignKeys"][0]["reference"] == {"resource": "reports", "fields": ["id"]}
    assert package["licenses"] and package["sources"]


def test_package_in_a_zip_is_the_same(exported):
    folder, packed = exported("datapackage"), exported("datapackage", end=".zip")
    with zipfile.ZipFile(packed) as archive:
        assert archive.testzip() is None
        assert set(archive.namelist()) == {path.name for path in folder.iterdir()}
        assert archive.read("counts.csv") == (folder / "counts.csv").read_bytes()


def test_database(exported, expected, which):
    out = exported(f"sqlite{which}", end=".sqlite")
    same(figures(out), expected)
    connection = sqlite3.connect(out)
    assert connection.execute("pragma foreign_key_check").fetchall() == []
    assert connection.execute("pragma integrity_check").fetchone() == ("ok",)
    for index in ("report_bigrams", "statement_bigrams", "report_words"):
        connection.execute(f"insert into {index}({index}) values ('integrity-check')")
    entries = connection.execute("select count(*) from dictionary").fetchone()[0]
    connection.close()
    assert entries == sum(len(entry.columns) + 1 for entry in ENTRIES.values())


def test_database_is_searched_as_the_whole_is(exported, opened):
    out = exported("sqlite some", end=".sqlite")
    with Store.open(out, read_only=True) as part:
        assert "dictionary" not in part.tables()
        found = [(hit.report_id, hit.fact) for hit in part.search("更新", in_="statements", limit=500).hits]
        whole = opened.search("更新", in_="statements", years=(2020, 2023), limit=500).hits
        assert sorted(found) == sorted((hit.report_id, hit.fact) for hit in whole)
        facets = part.facets("更新", of=["label"])
        assert facets == opened.facets("更新", filters=SOME.filters, of=["label"])
    with Store.open(out) as part:
        part.rebuild_index()


def test_database_of_some_tables(opened, tmp_path):
    write_export(opened, Export(tables=("problems", "zeros"), format="sqlite"), tmp_path / "a.db")
    with Store.open(tmp_path / "a.db", read_only=True) as part:
        rows = part.tables()
        assert rows["problems"] == opened.tables()["problems"] and rows["zeros"] and not rows["counts"]
        assert part.search("更新").total == opened.search("更新").total


def test_one_table_has_the_facts_found(opened, tmp_path):
    export = Export(tables=("problems",), query="更新", format="jsonl")
    done = write_export(opened, export, tmp_path / "a.jsonl")
    rows = list(map(json.loads, (tmp_path / "a.jsonl").read_bytes().splitlines()))
    assert done.tables == {"problems": len(rows)}
    assert rows == list(opened.rows("problems", among=export_among(export)))
    assert all("更新" in row["text"].replace("\n", "") for row in rows)


def export_among(export):
    from nianbao.data.exports import filtered

    return filtered(export.filters, export.query)


def test_panel_and_shares_by_duckdb(exported, duckdb, archive):
    folder = exported("parquet", by_year=True)
    files = "read_parquet('{}/{}/**/*.parquet', hive_partitioning = true)"
    panel, statements = (files.format(folder, name) for name in ("panel", "statements"))
    shares = (
        "select year, 1.0 * sum(refused) / sum(total_handled) from {} "
        "where refused is not null and total_handled > 0 group by year order by year"
    )
    labels = "select category, 1.0 * count(*) / sum(count(*)) over () from {} where label = 'problem' group by category order by category"
    connection = sqlite3.connect(archive)
    for sql, source, table in ((shares, panel, "panel"), (labels, statements, "statements")):
        expected = connection.execute(sql.format(table)).fetchall()
        assert len(expected) > 2
        for one, other in zip(duckdb.sql(sql.format(source)).fetchall(), expected, strict=True):
            assert one[0] == other[0] and math.isclose(one[1], other[1])
    connection.close()


@pytest.mark.parametrize(
    ("name", "format_"), [("a.xlsx", "xlsx"), ("a.DB", "sqlite"), ("a.zip", "csv"), ("folder", "csv")]
)
def test_format_by_name(tmp_path, name, format_):
    assert format_of(tmp_path / name) == format_
