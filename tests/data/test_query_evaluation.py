"""Every query finds exactly what a plain evaluator finds by reading all texts and facts."""

import sys
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import query_archive as plainly

from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.reading import Reading

SEEDS = range(6)
TEXTS = [report.text for seed in SEEDS for report in plainly.make_archive(seed)]
SCOPES = ("reports", "statements", "counts", "zeros", "citations", "dates", "cells")
CHECKED = settings(
    max_examples=700, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
BOUNDS = {
    ">": float.__gt__,
    ">=": float.__ge__,
    "<": float.__lt__,
    "<=": float.__le__,
    "=": float.__eq__,
    "": float.__eq__,
}


class Archives(list):
    """Shown short where a query fails."""

    def __repr__(self):
        return f"{len(self)} archives"


@pytest.fixture(scope="module")
def archives(tmp_path_factory, new_database):
    """Stores with their reports as the evaluator takes them."""
    made = Archives()
    for seed in SEEDS:
        path = tmp_path_factory.mktemp("archive") / "reports.db"
        copy(new_database, path)
        reports = plainly.make_archive(seed)
        with Store.open(path) as store, store.batch():
            for report in reports:
                reading = Reading(report.text)
                indexed = make_indexed(reading.view, reading.places, report.title, report.org)
                store.add(SourceFile(path=report.id), report, "1", indexed=indexed)
        made.append((Store.open(path, read_only=True), list(map(plainly.plain, reports))))
    yield made
    for store, _ in made:
        store.close()


# Words: cut out of the texts, or made of their pieces


@st.composite
def words(draw):
    text = draw(st.sampled_from(TEXTS))
    start = draw(st.integers(0, len(text) - 1))
    cut = text[start : start + draw(st.integers(1, 20) | st.integers(1, 3))]
    word = draw(st.just(cut) | st.sampled_from(plainly.PIECES)).strip()
    if any(map(str.isalnum, plainly.searched_word(word))):
        return word
    return "公开"


def text_conditions(near):
    word = st.tuples(st.sampled_from(["word", "phrase"]), words())
    starred = st.sampled_from(["gov", "g", "12", "2", "open", "信息", "A", "wi"]).map(
        lambda text: ("prefix", text)
    )
    side = st.one_of(word, starred)
    pair = st.tuples(st.just("near"), side, side, st.integers(0, 12))
    return st.one_of(word, word, starred, pair) if near else word


# Fields: how they are written, what they speak of, and the test


def fact(kind, name, value, test):
    return ("field", name, value, (kind, lambda row: test(row.fact)))


def about(name, value, test):
    return ("field", name, value, ("reports", lambda report: test(report.report)))


def holding(name, column, word):
    def test(report):
        text = getattr(report, column)
        return text is not None and plainly.contains(plainly.searched(text), word)

    return about(name, plainly.quoted(word), test)


@st.composite
def numbers(draw, values):
    """A bound as it is written and its test."""
    first = draw(st.sampled_from(values))
    if draw(st.booleans()):
        last = draw(st.sampled_from([value for value in values if value >= first]))
        open_end = draw(st.sampled_from([f"{first}..{last}", f"{first}..", f"..{last}"]))
        low = first if not open_end.startswith("..") else float("-inf")
        high = last if not open_end.endswith("..") else float("inf")
        return open_end, lambda value: value is not None and low <= value <= high
    sign = draw(st.sampled_from(list(BOUNDS)))
    return f"{sign}{first}", lambda value: value is not None and BOUNDS[sign](float(value), float(first))


@st.composite
def report_fields(draw):
    bound, within = draw(numbers([2018, 2019, 2020, 2021, 2022]))
    return draw(
        st.sampled_from(
            [
                about(draw(st.sampled_from(["year", "年度"])), bound, lambda r: within(r.year)),
                holding("org", "org", draw(st.sampled_from(["青田", "宿迁", "gov 青", "局"]))),
                holding("title", "title", draw(st.sampled_from(["年报", "公开", "2020"]))),
                about("region", "33", lambda r: bool(r.region) and r.region.code.startswith("33")),
                about(
                    "region", "宿迁", lambda r: bool(r.region) and (r.region.city or "").startswith("宿迁")
                ),
                about("level", draw(st.sampled_from(["county", "县级"])), lambda r: r.level == "county"),
                about("genre", "work", lambda r: r.genre == "work"),
                about(
                    "published", ">=2021-02", lambda r: r.published is not None and r.published >= "2021-02"
                ),
                about("published", "2021", lambda r: (r.published or "").startswith("2021")),
                about("has", "plan", lambda r: any(s.label == "plan" for s in r.statements)),
                about("has", "zero", lambda r: bool(r.zeros)),
                about("has", "year", lambda r: r.year is not None),
                about("length", ">60", lambda r: len(r.text) > 60),
            ]
        )
    )


@st.composite
def fact_fields(draw):
    label, category = draw(st.sampled_from(list(plainly.OPENINGS))), draw(st.sampled_from(plainly.CATEGORIES))
    section = draw(st.sampled_from(plainly.KINDS))
    bound, within = draw(numbers([0, 3, 12, 500, 501, 1200.5]))
    cell, holds = draw(numbers([0, 1, 50, 101, 500]))
    name = draw(st.sampled_from(list(plainly.CELL_NAMES)))
    code = plainly.CELL_NAMES[name]
    fields = [
        fact("statements", "label", label, lambda s: s.label == label),
        fact("statements", "category", category, lambda s: s.category == category),
        ("field", "section", section, ("statements", lambda row: row.section == section)),
        fact("counts", "count", bound, lambda c: within(c.value)),
        fact("counts", "count", f">3{'条'}", lambda c: c.value > 3 and c.unit == "条"),
        fact("counts", "count", "申请<=500", lambda c: c.value <= 500 and "申请" in (c.item or "")),
        fact("counts", "unit", "件", lambda c: c.unit == "件"),
        fact("counts", "item", "公开", lambda c: "公开" in (c.item or "")),
        fact("zeros", "zero", "诉讼", lambda z: "訴訟" in (z.item or "")),
        fact("citations", "cites", "条例", lambda c: "条例" in (c.title or "")),
        fact("citations", "cites", "〔2019〕", lambda c: "2019" in (c.number or "")),
        fact("dates", "date", "2020", lambda d: d.kind != "duration" and d.iso_start[:4] == "2020"),
        fact("dates", "date", ">2020-05", lambda d: d.kind != "duration" and d.iso_start > "2020-05-31"),
        fact("dates", "date", "..2021-02", lambda d: d.kind != "duration" and d.iso_end <= "2021-02-28"),
        cell_field(name, code, bound=cell if cell[0] in "<>=" else f"={cell}", test=holds),
        (
            "field",
            "cell",
            f"{name}=空",
            ("cells", lambda row: row.fact[0] == code and row.fact[1].state == "blank"),
        ),
    ]
    return draw(st.sampled_from(fields))


def cell_field(name, code, bound, test):
    def holds(row):
        return row.fact[0] == code and row.fact[1].state in ("value", "zero") and test(row.fact[1].value)

    return ("field", "cell", f"{name}{bound}", ("cells", holds))


def queries(near=True, text=True):
    """Trees of conditions, three deep."""
    fields = st.one_of(report_fields(), fact_fields())
    leaf = st.one_of(text_conditions(near), text_conditions(near), fields) if text else fields

    def joined(part):
        signs = st.sampled_from(["and", "and", "AND", "or", "或"])
        both = st.tuples(signs, st.lists(part, min_size=2, max_size=4))
        return both | st.tuples(st.just("not"), part, st.sampled_from(["-", "NOT ", "非 "]))

    return st.recursive(leaf, joined, max_leaves=6)


def tell(query):
    return plainly.written(query)


@CHECKED
@given(number=st.sampled_from(SEEDS), query=st.one_of(text_conditions(True), queries()))
def test_reports(archives, number, query):
    store, reports = archives[number]
    expected = {one.report.id for one in reports if plainly.holds(one, query)}
    found = store.search(plainly.written(query), limit=100, fold=False)
    assert {hit.report_id for hit in found.hits} == expected, tell(query)
    assert found.total == len(found.hits) == len(expected)


@CHECKED
@given(number=st.sampled_from(SEEDS), query=queries())
def test_statements(archives, number, query):
    store, reports = archives[number]
    check_rows(store, reports, query, "statements", lambda row: (row.fact.start, row.fact.end))


@CHECKED
@given(number=st.sampled_from(SEEDS), query=queries(near=False), scope=st.sampled_from(SCOPES[2:6]))
def test_facts(archives, number, query, scope):
    store, reports = archives[number]
    check_rows(store, reports, query, scope, None)


@settings(CHECKED, max_examples=200)
@given(number=st.sampled_from(SEEDS), query=queries(text=False))
def test_cells(archives, number, query):
    store, reports = archives[number]
    check_rows(store, reports, query, "cells", None)


def check_rows(store, reports, query, scope, place):
    """As many rows in each report, at the same places where they have some."""
    rows = [(one, row) for one in reports for row in one.rows[scope] if plainly.holds(one, query, scope, row)]
    found = store.search(plainly.written(query), in_=scope, limit=1000, fold=False)
    assert found.total == len(found.hits) == len(rows), tell(query)
    assert sorted(hit.report_id for hit in found.hits) == sorted(one.report.id for one, _ in rows), tell(
        query
    )
    assert len({hit.fact_id for hit in found.hits}) == len(rows)
    if place:
        spans = sorted((one.report.id, *place(row)) for one, row in rows)
        assert sorted((hit.report_id, *statement_span(store, hit)) for hit in found.hits) == spans


def statement_span(store, hit):
    return next((row["start"], row["end"]) for row in store.rows("statements") if row["id"] == hit.fact_id)
