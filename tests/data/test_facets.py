"""Facets against plain counting, orders and pages against sorting, terms against a scan."""

import random
import sqlite3
import sys
from collections import Counter
from pathlib import Path

import pytest

from nianbao.data.errors import InputError, NotFound, QueryError
from nianbao.data.store import Filters, Sought, Term, read_terms
from nianbao.data.store.facets import FACETS
from nianbao.nlp.reading import Reading

sys.path.insert(0, str(Path(__file__).parent))
from query_archive import make_report

WORD = "公开"


@pytest.fixture
def reports(put):
    """Forty made-up reports, some of them with the word."""
    rnd = random.Random(7)
    made = [make_report(rnd, number) for number in range(40)]
    for report in made:
        put(report)
    return made


def with_word(reports, word=WORD):
    return [report for report in reports if word in Reading(report.text).view]


def counts(facets):
    return {facet: {each.value: each.count for each in values} for facet, values in facets.items()}


def test_facets_of_reports_count_them(store, reports):
    found = with_word(reports)
    got = counts(store.facets(WORD, limit=1000))
    assert set(got) == set(FACETS)
    assert got["year"] == Counter(report.year for report in found)
    assert got["org"] == Counter(report.org for report in found)
    assert got["region"] == Counter(report.region and report.region.province for report in found)
    labels = Counter(label for report in found for label in {one.label for one in report.statements})
    assert got["label"] == labels
    categories = ({one.category for one in report.statements} - {None} for report in found)
    assert got["category"] == Counter(each for codes in categories for each in codes)


def test_facets_of_statements_count_statements(store, reports):
    got = counts(store.facets(WORD, in_="statements", of=("label", "year"), limit=1000))
    found = [
        (one.label, report.year)
        for report in reports
        for one in report.statements
        if WORD in Reading(one.text).view
    ]
    assert got == {"label": Counter(label for label, _ in found), "year": Counter(year for _, year in found)}


def test_facets_without_words_count_what_the_filters_leave(store, reports):
    got = counts(store.facets(filters=Filters(years=(2020, 2021)), of=("year",)))
    years = Counter(report.year for report in reports if report.year in (2020, 2021))
    assert got == {"year": years}


def test_facets_are_named_and_limited(store, reports):
    [first] = store.facets(WORD, of=("label",), limit=1)["label"]
    assert first.name in {"举措", "存在问题", "改进措施", "其他"}
    years = [each.value for each in store.facets(WORD, of=("year",))["year"]]
    known = [year for year in years if year is not None]
    assert known == sorted(known) and years[: len(known)] == known


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"of": ("colour",)}, "colour"),
        ({"in_": "counts", "of": ("label",)}, "label"),
        ({"limit": 0}, "limit"),
    ],
)
def test_facets_that_are_none_are_refused(store, reports, options, wrong):
    with pytest.raises(QueryError, match=wrong):
        store.facets(WORD, **options)


def test_facets_follow_corrections_and_new_readings(store, put, report_of):
    from nianbao.data.store import Correction

    report = put("存在短板。将改进公开。", year=2020)
    place = {"start": 0, "end": 5, "note": None}
    store.correct(Correction(report_id=report.id, fact="statements", field="label", new="other", **place))
    assert counts(store.facets(of=("label",))) == {"label": {"other": 1, "plan": 1}}


KEYS = {
    "year": lambda report: report.year,
    "org": lambda report: report.org,
    "length": lambda report: len(report.text),
    "published": lambda report: report.published,
    "count": lambda report: Reading(report.text).view.count(WORD),
}


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("name", sorted(KEYS))
def test_reports_are_sorted_unknown_ones_last(store, reports, name, descending):
    found = sorted(with_word(reports), key=lambda report: report.id)
    known = [report for report in found if KEYS[name](report) is not None]
    known.sort(key=KEYS[name], reverse=descending)
    wanted = [report.id for report in known + [each for each in found if KEYS[name](each) is None]]
    sort = f"-{name}" if descending else name
    assert [hit.report_id for hit in store.search(WORD, sort=sort, limit=100).hits] == wanted


def pages(store, size, **options):
    """The hits of all pages, and how many there were."""
    after, hits = None, []
    for number in range(1, 100):
        page = store.search(WORD, limit=size, after=after, **options)
        hits += page.hits
        after = page.next
        if after is None:
            return hits, number
    raise AssertionError("no end")


@pytest.mark.parametrize("scope", ["reports", "statements"])
@pytest.mark.parametrize("sort", ["score", "-year", "org", "-published", "length"])
def test_pages_are_the_whole(store, reports, scope, sort):
    whole = store.search(WORD, in_=scope, sort=sort, limit=1000)
    hits, number = pages(store, 3, in_=scope, sort=sort)
    assert whole.next is None
    assert number > 2
    assert [(hit.report_id, hit.fact_id) for hit in hits] == [
        (hit.report_id, hit.fact_id) for hit in whole.hits
    ]


def test_counts_are_sorted_by_their_number(store, reports):
    hits = store.search("unit:件 OR unit:条", in_="counts", sort="-count", limit=1000).hits
    values = {row["id"]: row["value"] for row in store.rows("counts")}
    numbers = [values[hit.fact_id] for hit in hits]
    assert len(numbers) > 3
    assert numbers == sorted(numbers, reverse=True)


@pytest.mark.parametrize("sort", ["year", "-year", "length", "count"])
def test_a_page_stays_though_reports_are_added_before_it(store, reports, put, sort):
    first = store.search(WORD, sort=sort, limit=5)
    second = store.search(WORD, sort=sort, limit=5, after=first.next)
    sooner = {"year": "2000", "-year": "2090"}.get(sort, "2020")
    put("公开", year=int(sooner))
    again = store.search(WORD, sort=sort, limit=5, after=first.next)
    assert [hit.report_id for hit in again.hits] == [hit.report_id for hit in second.hits]


@pytest.mark.parametrize("key", ["", "x", "WzFd", "公开", "A" * 50])
def test_no_key_is_refused(store, reports, key):
    with pytest.raises(QueryError, match="no key"):
        store.search(WORD, after=key)


def test_a_key_of_another_order_is_refused(store, reports):
    key = store.search(WORD, sort="year", limit=1).next
    with pytest.raises(QueryError, match="sorted by year"):
        store.search(WORD, sort="org", after=key)


@pytest.mark.parametrize(("scope", "sort"), [("reports", "colour"), ("statements", "count")])
def test_no_order_is_refused(store, reports, scope, sort):
    with pytest.raises(QueryError):
        store.search(WORD, in_=scope, sort=sort)


def test_terms_are_counted_as_a_scan_counts_them(store, reports):
    words = ["公开", "信息公开", "人", "gov", "没有的词"]
    rows = list(store.term_counts([Term(name=word, query=f'"{word}"') for word in words]))
    got = {row.report_id: row.counts for row in rows}
    wanted = {
        report.id: tuple(Reading(report.text).view.lower().count(word) for word in words)
        for report in reports
    }
    assert got == wanted


def test_terms_of_queries_and_among_reports(store, put):
    put("存在人员不足。人员少。", year=2020, org="甲局")
    put("已公开人员名单。", year=2021, org="乙局")
    terms = [Term(name="短缺", query="label:problem 人员"), Term(name="新", query="year:2021")]
    assert [row.counts for row in store.term_counts(terms)] == [(0, 1), (2, 0)]
    assert [row.org for row in store.term_counts(terms, "year:2020")] == ["甲局"]


def test_a_file_of_terms(tmp_path):
    path = tmp_path / "terms.txt"
    path.write_text('\ufeff# 注释\n政务公开\n\n"引号\n短缺 = label:problem 人员\n', encoding="utf-8")
    assert [(term.name, term.query) for term in read_terms(path)] == [
        ("政务公开", '"政务公开"'),
        ('"引号', '"""引号"'),
        ("短缺", "label:problem 人员"),
    ]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("甲\n乙\n甲\n", "t.txt:3"), ("甲 = (乙\n", "t.txt:1"), ("# 注释\n", "no term"), ("甲 = \n", "t.txt:1")],
)
def test_a_file_of_no_terms_is_refused(tmp_path, text, wrong):
    path = tmp_path / "t.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=wrong):
        read_terms(path)


def new_ids(store, name):
    return {hit.report_id for hit in store.search(store.saved_search(name).words, unseen=name, limit=99).hits}


def test_a_saved_search_shows_what_came_since(store, put):
    put("已公开一。")
    store.save("公开", Sought(words="公开"))
    assert new_ids(store, "公开") == set()
    later = put("已公开二。")
    put("无关。")
    assert new_ids(store, "公开") == {later.id}
    assert store.saved()[0].new == 1
    store.mark_seen("公开", {later.id})
    put(later, pipeline="2")
    assert new_ids(store, "公开") == set()


def test_a_saved_search_keeps_its_filters(store, put):
    sought = Sought(words="公开", in_="statements", filters=Filters(years=(2019, None), label="problem"))
    store.save("甲", sought)
    assert store.saved_search("甲") == sought
    store.save("甲", Sought(words="人员"))
    assert [each.sought.words for each in store.saved()] == ["人员"]


def test_saved_searches_are_forgotten(store):
    store.save("甲", Sought(words="公开"))
    store.forget("甲")
    assert store.saved() == ()
    for act in (store.forget, store.saved_search, lambda name: store.mark_seen(name, ())):
        with pytest.raises(NotFound, match="甲"):
            act("甲")


@pytest.mark.parametrize(
    ("name", "words"), [("", "公开"), ("甲\n乙", "公开"), ("甲" * 101, "公开"), ("甲", "(乙")]
)
def test_no_search_is_not_saved(store, name, words):
    with pytest.raises(QueryError):
        store.save(name, Sought(words=words))
    assert store.saved() == ()


def test_rows_of_facts_and_of_reports_that_are_found(store, put):
    put("存在人员不足。已公开。", year=2020)
    put("已设人员。", year=2021)
    among = Sought(words="人员", filters=Filters(years=(2020, 2020)))
    assert [row["text"] for row in store.rows("statements", among=among)] == ["存在人员不足。"]
    assert [row["year"] for row in store.rows("reports", among=among)] == [2020]
    assert [row["text"] for row in store.rows("problems", among=Sought(words="人员"))] == ["存在人员不足。"]
    assert len(list(store.rows("facts", among=among))) == 2
    with pytest.raises(QueryError, match="no report"):
        store.rows("runs", among=among)


@pytest.mark.parametrize("limit", [1, 2, 3, 5, 100])
def test_facets_of_any_limit_are_the_first_of_all(store, put, limit):
    for number, org in enumerate([None, None, None, "甲局", "乙局", "乙局", "丙局", "丁局"]):
        put(f"第{number}份公开。", org=org, year=2020)
    every = store.facets(of=("org",), limit=1000)["org"]
    assert [(each.value, each.count) for each in every] == [
        *(("乙局", 2), ("丁局", 1), ("丙局", 1), ("甲局", 1)),
        (None, 3),
    ]
    assert store.facets(of=("org",), limit=limit)["org"] == every[:limit]


def test_facets_follow_rows_changed_by_other_hands(store, put, path):
    _, changed, gone = (put(f"{sign}已公开。", org="甲局", year=2020) for sign in "一二三")
    with sqlite3.connect(path) as other:
        other.execute("update reports set org = '乙局', year = null where id = ?", (changed.id,))
        other.execute("delete from reports where id = ?", (gone.id,))
    for words in ("", WORD, f"{WORD} has:title OR {WORD}"):
        got = counts(store.facets(words, of=("org", "year")))
        assert got == {"org": {"甲局": 1, "乙局": 1}, "year": {2020: 1, None: 1}}


def test_adding_a_report_looks_at_no_other_source(store, put, path):
    """SQLite once took the index of the status, which all sources share: adding grew with the archive."""
    put("已公开。")
    for condition in ("report_id = 'x' and status = 'ok'", "container = 'x' and status = 'part'"):
        sql = f"explain query plan select path from sources where {condition}"
        with sqlite3.connect(path) as other:
            [row] = other.execute(sql).fetchall()
        assert f"{condition.split()[0]}=?" in row[-1]
