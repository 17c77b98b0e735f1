"""Queries that cannot be, or look like something else: refused with a remedy, nothing executed."""

import pytest

from nianbao.data.errors import QueryError

NOTHING = ["", "   ", "\u3000", '"', '""', '" "', "，", "《》。", "%", "\0", "- -", "x" * 1001, "乙\ud800"]


@pytest.mark.parametrize("query", [*NOTHING, " ".join(map(chr, range(0x4E00, 0x4E50)))])
def test_query_error_says_what_to_do(store, query):
    with pytest.raises(QueryError, match=r"give|Shorten|Quote|type|Close"):
        store.search(query)


HOSTILE = [
    "'; drop table reports; --",
    "甲\0乙",
    '"a OR b"',
    '"NEAR(甲 乙)"',
    '"title:甲"',
    '"甲*"',
    "^甲",
    '"-甲"',
    '"甲)"',
    "🎉",
]


@pytest.mark.parametrize("query", HOSTILE)
@pytest.mark.parametrize("in_", ["reports", "statements"])
def test_nothing_is_executed(store, put, query, in_):
    put("甲乡乙县已公开。")
    put(f"此处写着{query.strip(chr(34))}一串。")
    found = store.search(query, in_=in_)
    assert [hit.statement_id is None for hit in found.hits] == [in_ == "reports"]
    assert store.stats().reports == 2


ODD = [
    '"; drop table reports; --"',
    "\0",
    "\ud800",
    "甲" * 10_000,
    "(" * 1000 + "甲" + ")" * 1000,
    " OR ".join(["甲"] * 1000),
    "NOT " * 240 + "甲",
    "-(" * 30 + "甲" + ")" * 30,
    "甲 NEAR/10**9 乙",
    "甲 NEAR/1000000000 乙",
    "count:>1e400",
    "count:>" + "9" * 900,
    "year:9999999999999999999",
    "year:..",
    "date:0000",
    "NEAR",
    "* OR *",
    "report_bigrams match 1",
    "{a b}: c",
    "cell:申请>1",
    "cell:x/y.z",
    "cell:" + "申请" * 200,
    "org:%",
    "region:*",
    'title:"\'"',
    "has:*",
    "report:(report:(甲))",
    "label:(problem AND plan)",
    "count:(>5 <10 OR unit:条)",
    " ".join(f"a{number}*" for number in range(64)),
    "(甲 OR 乙 OR 丙 OR 丁) NEAR/3 (甲 OR 乙 OR 丙 OR 丁 OR 戊 OR 己)",
    "\u202e甲",
    "%s %d \\",
]


@pytest.mark.parametrize("query", ODD)
@pytest.mark.parametrize("in_", ["reports", "statements", "counts", "zeros", "citations", "dates", "cells"])
def test_odd_queries_find_or_are_refused(store, put, query, in_):
    put("甲乡乙县已公开。")
    try:
        assert store.search(query, in_=in_).total >= 0
    except QueryError as error:
        assert str(error)
    assert store.stats().reports == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"in_": "tables"},
        {"label": "praise"},
        {"section": "' or 1"},
        {"limit": -1},
        {"offset": -1},
        {"limit": 2**70},
        {"years": (None, 2**70)},
        {"years": (-1, None)},
        {"org": "\ud800"},
        {"region": "\ud800"},
    ],
)
def test_wrong_filters(store, wrong):
    with pytest.raises(QueryError):
        store.search("公开", **wrong)
