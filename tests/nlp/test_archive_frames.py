import sys

import pytest

import nianbao
from nianbao.data.errors import ToolMissing
from nianbao.nlp.archive.frames import arrow_table


@pytest.fixture
def opened(archive):
    with nianbao.open(archive) as one:
        yield one


@pytest.fixture
def arrow():
    return pytest.importorskip("pyarrow", reason="pyarrow is not installed")


@pytest.fixture
def pandas(arrow):
    return pytest.importorskip("pandas", reason="pandas is not installed")


@pytest.fixture
def polars(arrow):
    return pytest.importorskip("polars", reason="Polars is not installed")


def listings(opened):
    tables = [opened.table(name) for name in opened.tables()]
    return [
        *tables,
        opened.facts("cells"),
        opened.search("公开", "statements"),
        opened.gaps(),
        opened.holdings(),
    ]


def test_arrow_holds_what_the_rows_hold(opened, arrow):
    for listing in listings(opened):
        table = listing.to_arrow()
        assert table.column_names == listing.columns and table.num_rows == len(listing)
        kinds = {str(field.type) for field in table.schema}
        assert kinds <= {"int64", "double", "string"}
        expected = [value for row in listing.rows() for value in row.values()]
        got = [value for row in table.to_pylist() for value in row.values()]
        same = [a == b or (isinstance(a, str) and a == str(b)) for a, b in zip(got, expected, strict=True)]
        assert all(same)


def test_types_do_not_hang_on_the_rows(opened, arrow):
    for listing in (opened.facts("counts"), opened.panel(), opened.search("公开"), opened.reports()):
        assert listing[:0].to_arrow().schema == listing.to_arrow().schema
    schema = opened.facts("counts").to_arrow().schema
    assert [str(schema.field(name).type) for name in ("year", "value", "unit")] == [
        "int64",
        "double",
        "string",
    ]
    assert str(opened.facts().to_arrow().schema.field("value").type) == "string"


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([1, 2.5, None], "double", [1.0, 2.5, None]),
        ([1, "一"], "string", ["1", "一"]),
        ([None], "double", [None]),
        ([], "double", []),
        ([2**62, -0.5], "double", [float(2**62), -0.5]),
    ],
)
def test_any_values_are_numbers_or_texts(arrow, values, kind, expected):
    column = arrow_table({"value": "any"}, [[value] for value in values])["value"]
    assert (str(column.type), column.to_pylist()) == (kind, expected)


def test_many_rows_come_in_chunks(arrow):
    table = arrow_table({"n": "integer", "v": "any"}, ([n, n / 2] for n in range(40_000)))
    assert table["n"].num_chunks > 1 and table.num_rows == 40_000
    assert table["v"][39_999].as_py() == 19_999.5


def test_pandas_columns_are_nullable(opened, pandas):
    frame = opened.panel().to_pandas()
    assert str(frame.dtypes["year"]) == "Int64" and str(frame.dtypes["new_requests"]) == "Float64"
    assert frame["new_requests"].isna().any() and len(frame) == len(opened.panel())
    assert opened.search("无此词语也")[:].to_pandas().empty


def test_polars_takes_a_listing_as_it_is(opened, polars):
    counts = opened.facts("counts")
    assert polars.DataFrame(counts).equals(counts.to_polars())
    assert counts.to_polars()["value"].dtype == polars.Float64


def test_an_arrow_stream_is_taken_by_pyarrow(opened, arrow):
    assert arrow.table(opened.search("更新")).equals(opened.search("更新").to_arrow())


@pytest.mark.parametrize("call", ["to_arrow", "to_pandas", "to_polars"])
@pytest.mark.parametrize("missing", ["pyarrow", "pandas", "polars"])
def test_what_is_missing_is_named_with_the_remedy(opened, monkeypatch, call, missing):
    if missing not in ("pyarrow", call.removeprefix("to_")):
        pytest.skip("this frame does not need it")
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(ToolMissing, match=rf"{missing} is not installed.*pip install 'nianbao\[frames\]'"):
        getattr(opened.facts("zeros"), call)()
