"""Pages at their edges: none asked for, beyond the end, after a row that is gone, with a forged key."""

import sys
from pathlib import Path
from random import Random

import pytest

from nianbao.data.errors import QueryError
from nianbao.data.query import SCOPES
from nianbao.data.store.paging import SORTS, PageKey

sys.path.insert(0, str(Path(__file__).parent))
from query_archive import make_report

# A query for each scope that finds some rows of the made-up archive: two or more.
QUERIES = {
    "reports": "公开",
    "statements": "公开",
    "counts": "count:>=0",
    "dates": "date:1900..2100",
    "zeros": "zero:行政复议 OR has:zero",
    "citations": "cites:条例 OR has:citation",
    "cells": "has:cell",
}
SORTED = {
    scope: [sort for sort in SORTS if not sort.endswith("count") or scope in ("reports", "counts", "cells")]
    for scope in SCOPES
}
FORGED = [None, "x", "", "2020", -1, 0, 1.5, -1e300, 10**8, 10**30, -(10**30)]


@pytest.fixture
def search(store, put):
    """Searches a made-up archive of thirty reports for rows of a scope."""
    for number in range(30):
        put(make_report(Random(number), number))

    def run(scope, sort, **page):
        return store.search(QUERIES[scope], in_=scope, sort=sort, **page)

    return run


def keys(result):
    return [(hit.report_id, hit.fact_id) for hit in result.hits]


@pytest.mark.parametrize("scope", SCOPES)
def test_nothing_asked_for_or_beyond_the_end(search, scope):
    total = search(scope, "year", limit=1000).total
    assert total > 1
    for sort in SORTED[scope]:
        first = search(scope, sort, limit=1)
        for page in (
            {"limit": 0},
            {"limit": 0, "offset": 3},
            {"limit": 0, "after": first.next},
            {"offset": total},
            {"offset": 10**9, "limit": 10**9},
            {"offset": total, "after": first.next},
        ):
            found = search(scope, sort, **page)
            assert (found.total, found.hits, found.next) == (total, (), None), (sort, page)


@pytest.mark.parametrize("scope", SCOPES)
def test_goes_on_after_a_row_that_is_gone(store, search, scope):
    for sort in SORTED[scope]:
        whole = search(scope, sort, limit=1000, fold=False)
        first = search(scope, sort, limit=1, fold=False)
        gone = first.hits[0].report_id
        store._db.execute("begin")
        store._db.execute("delete from reports where id = ?", (gone,))
        rest = keys(search(scope, sort, limit=1000, after=first.next, fold=False))
        store._db.rollback()
        left = [key for key in keys(whole) if key[0] != gone]
        assert sorted(rest) == sorted(left) if sort == "score" else rest == left, sort


@pytest.mark.parametrize("value", FORGED)
@pytest.mark.parametrize("scope", ["reports", "counts"])
def test_a_forged_key_gives_rows_or_is_refused(search, scope, value):
    for sort in SORTED[scope]:
        for row in (0, -1, 10**30):
            key = PageKey(sort=sort, scope=scope, value=value, report_id="'; --", row=row).written()
            try:
                assert len(search(scope, sort, limit=3, after=key).hits) <= 3
            except QueryError as error:
                assert "next" in str(error)
