"""Facts inside the passages of hits."""

import sys
from pathlib import Path
from random import Random

import pytest

from nianbao.data.records import Citation, Count, Date, Zero
from nianbao.data.store.passage_facts import facts_in

sys.path.insert(0, str(Path(__file__).parent))
from query_archive import make_report

TEXT = "2022年全年受理申请12件，办结约十件。未收到复议。依照《云岭市档案办法》（云府发〔2019〕3号）整理。"


def fact(of, text, **fields):
    start = TEXT.index(text)
    return of(text=text, start=start, end=start + len(text), **fields)


@pytest.fixture
def report(put, report_of):
    return put(
        report_of(
            TEXT,
            dates=(
                fact(Date, "2022年", kind="date", iso_start="2022-01-01", iso_end="2022-12-31", edtf="2022"),
            ),
            counts=(
                fact(Count, "12件", value=12, unit="件", item="申请"),
                fact(Count, "约十件", value=10, unit="件", bound="about"),
            ),
            zeros=(fact(Zero, "未收到复议", item="复议"),),
            citations=(
                fact(
                    Citation,
                    "《云岭市档案办法》（云府发〔2019〕3号）",
                    title="云岭市档案办法",
                    number="云府发〔2019〕3号",
                ),
            ),
        )
    )


def told(facts):
    return [
        (each.kind, each.value, each.unit, each.bound, each.item, each.title, each.number) for each in facts
    ]


FIRST = [
    ("dates", "2022", None, None, None, None, None),
    ("counts", 12, "件", "exact", "申请", None, None),
    ("counts", 10, "件", "about", None, None, None),
]
ALL = [
    *FIRST,
    ("zeros", 0, None, None, "复议", None, None),
    ("citations", None, None, None, None, "云岭市档案办法", "云府发〔2019〕3号"),
]


def test_facts_of_the_passage_shown(store, report):
    (hit,) = store.search("受理申请", in_="statements").hits
    assert told(hit.facts) == FIRST
    assert all(TEXT[each.start : each.end] == each.text for each in hit.facts)
    (hit,) = store.search("申请").hits
    assert told(hit.facts) == FIRST


def test_similar_statements_have_facts(store, put, report_of, report):
    other = put(
        report_of("全年受理申请三件。", counts=(Count(text="三件", start=6, end=8, value=3, unit="件"),))
    )
    (first,) = [hit for hit in store.search("受理申请", in_="statements").hits if hit.report_id == other.id]
    (like,) = store.similar(first.statement_id)
    assert told(like.facts) == FIRST


def test_only_what_lies_wholly_inside(store, report):
    def inside(start, end):
        return told(facts_in(store._db, [(report.id, start, end)])[0])

    assert inside(0, len(TEXT)) == ALL
    for start in range(len(TEXT)):
        for end in range(start, len(TEXT), 7):
            within = [
                each
                for each in [*report.dates, *report.counts, *report.zeros, *report.citations]
                if start <= each.start and each.end <= end
            ]
            assert len(inside(start, end)) == len(within)


def test_passages_get_their_own(store, put):
    reports = [put(make_report(Random(number), number)) for number in range(12)]
    passages = [(each.id, cut, len(each.text) - cut) for each in reports for cut in (0, 10)]
    for passage, facts in zip(passages, facts_in(store._db, passages), strict=True):
        assert facts == facts_in(store._db, [passage])[0]
        rows = sum(
            row["report_id"] == passage[0] and passage[1] <= row["start"] and row["end"] <= passage[2]
            for kind in ("dates", "counts", "zeros", "citations")
            for row in store.rows(kind)
        )
        assert len(facts) == rows


def test_no_passage_has_none(store):
    assert facts_in(store._db, []) == []
    assert facts_in(store._db, [("none", 0, 100)]) == [()]


def test_one_statement_a_page(store, put, monkeypatch):
    for number in range(12):
        put(make_report(Random(number), number))
    seen = []
    store._db.conn.set_trace_callback(seen.append)
    assert len(store.search("公开 OR 人").hits) > 3
    store._db.conn.set_trace_callback(None)
    assert sum("with passage(" in each for each in seen) == 1
