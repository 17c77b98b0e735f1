"""Cells by what people call them."""

import pytest

from nianbao.data.errors import QueryError
from nianbao.data.records import Cell, Table
from nianbao.data.store.cell_names import cells_labelled, find_cells

NAMED = [
    ("本年新收申请", ("requests/new_requests.total", "statistics/received.count")),
    ("新收申请", ("requests/new_requests.total", "statistics/received.count")),
    ("new_requests", ("requests/new_requests.total", "statistics/received.count")),
    ("结转下年度申请", ("requests/carried_forward.total",)),
    ("requests/granted.total", ("requests/granted.total",)),
    ("granted.legal_service", ("requests/granted.legal_service",)),
]


@pytest.mark.parametrize(("name", "codes"), NAMED)
def test_found(name, codes):
    assert find_cells(name).codes[: len(codes)] == codes


@pytest.mark.parametrize(
    ("name", "said"), [("结果维持", "several cells"), ("月球", "no cell"), ("x.y", "no cell")]
)
def test_not_found(name, said):
    with pytest.raises(QueryError, match=said):
        find_cells(name)


def test_labels():
    assert "requests/new_requests.natural_person" in cells_labelled("自然人")
    assert cells_labelled("月球") == ()


@pytest.fixture
def tables(put):
    def add(text, **cells):
        filled = {f"{row}.total": Cell(raw=str(n), value=n, state="value") for row, n in cells.items()}
        return put(text, tables=(Table(table="requests", form="2021", cells=filled),))

    return add


def test_a_sum_is_one_of_all_its_cells(store, tables):
    from nianbao.data.forms import load_forms

    rows = [row.code for row in load_forms()["2021"].table("requests").rows if row.code.startswith("denied_")]
    whole = tables("甲表。", **dict.fromkeys(rows, 2))
    tables("乙表。", **dict.fromkeys(rows[1:], 2))
    for query, ids in ((f"cell:不予公开={2 * len(rows)}", [whole.id]), ("cell:不予公开>99", [])):
        assert [hit.report_id for hit in store.search(query).hits] == ids
    assert store.search("-cell:不予公开>99").total == 2


def test_unknown_names_are_pointed_at(store):
    with pytest.raises(
        QueryError, match=r"Character 8 of the query: cell: '月球' is the name of no cell; choose"
    ):
        store.search("年 cell:月球>1")


def test_words_of_cells_are_their_labels(store, tables):
    tables("甲表。", new_requests=5, granted=3)
    (hit,) = store.search("新收 cell:new_requests>1", in_="cells").hits
    assert hit.kind == "cells"
    assert hit.fact.endswith("：5")
    assert store.search("新收", in_="cells").total == 1
