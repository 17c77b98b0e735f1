import pytest

from nianbao.data.errors import NotFound, QueryError
from nianbao.data.records import Region
from nianbao.data.store import Filters, Selection


@pytest.fixture
def three(store, put):
    put(
        "已公开目录。存在更新不及时。",
        org="甲县水利局",
        year=2021,
        region=Region(code="331121", province="浙江省"),
    )
    put(
        "已公开年报。将加强培训。",
        org="甲县水利局",
        year=2022,
        region=Region(code="331121", province="浙江省"),
    )
    put("存在人员不足。", org="乙市教育局", year=None)
    return store


def texts(store, **selection):
    return [row[-1] for row in store.select(Selection(table="statements", columns=("text",), **selection))]


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({}, 5),
        ({"org": "水利"}, 4),
        ({"years": (2022, None)}, 2),
        ({"region": "3311"}, 4),
        ({"org": "无"}, 0),
    ],
)
def test_rows_of_the_reports_asked_for(three, filters, number):
    selection = Selection(table="statements", filters=Filters(**filters))
    assert three.count(selection) == len(list(three.select(selection))) == number


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("培训", ["已公开年报。", "将加强培训。"]),
        ("更新 OR 人员", ["已公开目录。", "存在更新不及时。", "存在人员不足。"]),
        ("-公开", ["存在人员不足。"]),
        ("label:problem 更新", ["已公开目录。", "存在更新不及时。"]),
        ("公开 year:2021", ["已公开目录。", "存在更新不及时。"]),
    ],
)
def test_rows_of_the_reports_that_a_query_is_true_of(three, query, expected):
    assert sorted(texts(three, query=query)) == sorted(expected)


def test_a_query_and_filters_hold_together(three):
    filters = Filters(years=(2021, 2021))
    assert len(texts(three, query="更新 OR 培训", filters=filters)) == 2


def test_rows_with_the_name_of_their_report(three):
    selection = Selection(table="statements", columns=("text",), named=True, query="人员")
    assert list(three.types(selection).items()) == [("org", "text"), ("year", "integer"), ("text", "text")]
    assert list(three.select(selection)) == [("乙市教育局", None, "存在人员不足。")]


def test_a_stretch_of_the_rows(three):
    whole = list(three.select(Selection(table="statements")))
    assert list(three.select(Selection(table="statements"), 1, 3)) == whole[1:3]
    assert list(three.select(Selection(table="statements"), 3, 1)) == []


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("counts", {"value": "any", "unit": "text", "start": "integer"}),
        ("statements", {"confidence": "real", "uncertain": "integer"}),
        ("facts", {"kind": "text", "year": "integer", "value": "any"}),
        ("panel", {"reports": "integer", "new_requests": "real", "org": "text", "year": "integer"}),
        ("panel_columns", {"position": "integer", "chinese": "text"}),
    ],
)
def test_columns_have_types(store, table, expected):
    types = store.types(Selection(table=table))
    assert {name: types[name] for name in expected} == expected


def test_every_column_has_the_type_of_its_values(archive_store):
    kinds = {"integer": int, "real": int | float, "text": str, "any": int | float | str}
    for table in archive_store.tables():
        selection = Selection(table=table)
        types = list(archive_store.types(selection).values())
        for row in archive_store.select(selection):
            assert all(
                value is None or isinstance(value, kinds[t]) for value, t in zip(row, types, strict=True)
            )


def test_what_has_no_reports_is_not_narrowed(three):
    with pytest.raises(QueryError, match="runs belong to no report"):
        three.count(Selection(table="runs", query="公开"))


def test_no_such_table(three):
    for ask in (three.count, three.types, lambda selection: list(three.select(selection))):
        with pytest.raises(NotFound, match="statements"):
            ask(Selection(table="nothing"))


@pytest.fixture
def archive_store(archive):
    from nianbao.data.store import Store

    with Store.open(archive, read_only=True) as opened:
        yield opened


@pytest.mark.parametrize("words", ["人员", "人员 培训", "(人员 OR 培训)", "-人员", "人员 培训 label:plan"])
@pytest.mark.parametrize("label", [None, "problem", "plan"])
def test_rows_are_those_that_a_search_finds(store, put, words, label):
    put("存在人员不足。将加强培训。")
    put("存在人员少、培训少。将增加人员。")
    put("将培训人员。")
    filters = Filters(label=label)
    for table, found in (("reports", False), ("statements", True), ("plans", True)):
        selection = Selection(table=table, query=words, filters=filters, found=found)
        kind = "label:plan " if table == "plans" else ""
        in_ = "statements" if found else "reports"
        wanted = store.search(f"{kind}{words}", in_=in_, label=label, fold=False)
        assert store.count(selection) == wanted.total
