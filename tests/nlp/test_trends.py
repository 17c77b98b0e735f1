"""Shares with intervals, groups, categories and figures over the years, on archives whose answers are known."""

import random
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.bodies import Body
from nianbao.data.records import Region
from nianbao.data.store import LabelCounts, YearReport
from nianbao.data.store.views import panel_columns
from nianbao.nlp.trends import category_trends, indicator_trends
from nianbao.nlp.trends.groups import grouped
from nianbao.nlp.trends.indicators import nested
from nianbao.nlp.trends.rows import category_rows, indicator_rows
from nianbao.nlp.trends.shares import Clusters, difference, share_of, wilson

# Wilson's interval as tables have it (Brown, Cai & DasGupta 2001; Newcombe 1998, table I).
WILSON = [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]


def clusters(counted):
    """Of each number the hits and the units."""
    rows = [(key, *counted[key]) for key in sorted(counted)]
    return Clusters(*np.array(rows, dtype=np.int64).reshape(-1, 3).T)


@pytest.mark.parametrize(("hits", "units", "low", "high"), WILSON)
def test_wilson(hits, units, low, high):
    assert wilson(hits / units, units) == pytest.approx((low, high), abs=1e-4)
    share = share_of(clusters({n: (n < hits, 1) for n in range(units)}))
    assert (share.low, share.high) == pytest.approx((low, high), abs=1e-4)


# Newcombe (1998), table II, method 10: of two independent shares, 56 of 70 and 48 of 80 and so on.
NEWCOMBE = [(56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090), (10, 10, 0, 20, 0.6791, 1.0)]


@pytest.mark.parametrize(("a", "m", "b", "n", "low", "high"), NEWCOMBE)
def test_difference_of_independent_shares(a, m, b, n, low, high):
    first = {k: (k < b, 1) for k in range(n)}
    last = {k + n: (k < a, 1) for k in range(m)}
    found = difference(clusters(first), clusters(last))
    assert found.both == 0
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-4)


def test_the_same_bodies_on_both_sides_make_the_interval_narrower():
    first = {n: (n < 20, 1) for n in range(40)}
    last = {n: (n < 24, 1) for n in range(40)}
    others = {n + 100: last[n] for n in last}
    same, apart = (difference(clusters(first), clusters(side)) for side in (last, others))
    assert same.value == apart.value == pytest.approx(0.1)
    assert (same.both, apart.both) == (40, 0)
    assert same.high - same.low < 0.7 * (apart.high - apart.low)


def test_statements_of_one_report_are_not_independent():
    alike = {n: (10 if n < 5 else 0, 10) for n in range(10)}
    apart = {n: (n < 50, 1) for n in range(100)}
    clustered, independent = share_of(clusters(alike)), share_of(clusters(apart))
    assert clustered.value == independent.value == 0.5
    assert clustered.high - clustered.low > 2.5 * (independent.high - independent.low)


def test_one_report_tells_next_to_nothing():
    share = share_of(clusters({1: (30, 30)}))
    assert share.value == 1.0
    assert share.low < 0.25
    assert share_of(clusters({})).value is None


@given(
    st.dictionaries(
        st.integers(0, 60), st.integers(0, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
    )
)
def test_intervals_hold_their_share_and_are_no_narrower_than_of_independent_units(counted):
    share = share_of(clusters(counted))
    if share.units:
        assert 0 <= share.low <= share.value <= share.high <= 1
        low, high = wilson(share.value, share.units)
        assert share.high - share.low >= high - low - 1e-9


def test_what_stands_on_one_side_only_is_in_no_pair():
    first, last = {1: (1, 1), 2: (0, 0), 3: (0, 2)}, {2: (1, 1), 3: (1, 1), 4: (0, 1)}
    assert difference(clusters(first), clusters(last)).both == 1
    assert difference(clusters(first), clusters({1: (0, 0)})) is None


def test_the_interval_of_clustered_shares_covers_what_is_true():
    luck, held = random.Random(7), []
    for _ in range(400):
        drawn = {}
        for n in range(25):
            leaning, size = luck.betavariate(2, 4), luck.randint(1, 9)
            drawn[n] = (sum(luck.random() < leaning for _ in range(size)), size)
        share = share_of(clusters(drawn))
        held.append(share.low <= 1 / 3 <= share.high)
    assert fmean(held) > 0.93


def report(org, year, code="320100", level="city", genre="disclosure", places=("江苏省", "南京市", None)):
    region = Region(code=code, **dict(zip(("province", "city", "county"), places, strict=True)))
    return YearReport(
        id=f"{org}{year}",
        org=org,
        genre=genre,
        level=level,
        region=region,
        year=year,
        form=None,
        body=Body(code, org),
    )


REPORTS = [report(org, year) for org in ("甲局", "乙局", "丙局") for year in (2019, 2020, 2022)][:-1]
COUNTS = {
    "甲局2019": LabelCounts({"staff": 2, "content": 1}, 1),
    "乙局2019": LabelCounts({"staff": 1}),
    "甲局2020": LabelCounts({"content": 3}),
    "甲局2022": LabelCounts({"content": 1}),
    "乙局2022": LabelCounts({"content": 1, "staff": 1}),
}


def test_shares_of_categories_by_year():
    trends = category_trends("problem", REPORTS, COUNTS)
    assert [group.key for group in trends.groups] == [2019, 2020, 2022]
    assert trends.categories == ("content", "staff")
    assert [(point.reports.hits, point.reports.units) for point in trends.of("staff")] == [
        (2, 3),
        (0, 3),
        (1, 2),
    ]
    assert [(point.statements.hits, point.statements.units) for point in trends.of("staff")] == [
        (3, 4),
        (0, 3),
        (1, 3),
    ]
    assert (trends.silent, trends.statements, trends.uncertain) == ((1, 2, 0), (4, 3, 3), (1, 0, 0))
    assert (trends.reports, trends.bodies, trends.throughout) == (8, 3, 2)
    assert all(group.few for group in trends.groups)


def test_change_between_the_first_year_and_the_last():
    change = {one.category: one for one in category_trends("problem", REPORTS, COUNTS).changes}["content"]
    assert change.reports.value == pytest.approx(1 - 1 / 3)
    assert change.reports.both == 2
    assert change.same_bodies.value == pytest.approx(1 - 1 / 2)
    assert change.reports.low < change.reports.value <= change.reports.high


def test_one_body_s_years_are_what_varies():
    [point] = category_trends("problem", REPORTS, COUNTS, "org", ["staff"]).points[:1]
    assert (point.group.key, point.reports.clusters) == ("丙局", 2)


def test_rows_for_tables():
    rows = list(category_rows(category_trends("problem", REPORTS, COUNTS)))
    assert len(rows) == 6
    assert (rows[3].category, rows[3].group, rows[3].mentioning, rows[3].reports) == ("staff", "2019", 2, 3)


@pytest.mark.parametrize(
    ("places", "names"),
    [
        ([("江苏省", "南京市", None), ("浙江省", "杭州市", None)], ["江苏省", "浙江省"]),
        (
            [("江苏省", "南京市", None), ("江苏省", None, None), ("江苏省", "无锡市", "江阴市")],
            ["江苏省本级", "南京市", "无锡市"],
        ),
        ([("江苏省", "无锡市", "江阴市"), ("江苏省", "无锡市", "宜兴市")], ["宜兴市", "江阴市"]),
        ([("江苏省", None, None)], ["江苏省"]),
        ([(None, None, None)], ["不明"]),
    ],
)
def test_regions_are_told_apart_at_the_level_where_they_differ(places, names):
    codes = {
        "江苏省": "32",
        "浙江省": "33",
        "南京市": "3201",
        "无锡市": "3202",
        "江阴市": "320281",
        "宜兴市": "320282",
    }
    reports = [
        report(
            f"局{n}",
            2020,
            codes.get(next((p for p in reversed(each) if p), ""), "").ljust(6, "0"),
            places=each,
        )
        for n, each in enumerate(places)
    ]
    assert sorted(group.name for group, _ in grouped(reports, "region")) == sorted(names)


def test_levels_go_from_the_top():
    reports = [
        report(f"局{n}", 2020, level=level) for n, level in enumerate(("town", None, "province", "county"))
    ]
    assert [group.name for group, _ in grouped(reports, "level")] == ["省级", "县级", "乡镇街道", "不明"]


COLUMN = [column for column in panel_columns() if column.column == "new_requests"]
FIGURES = {
    "甲局2019": {"new_requests": 10}, "乙局2019": {"new_requests": 30}, "丙局2019": {"new_requests": 5},
    "甲局2022": {"new_requests": 25}, "乙局2022": {"new_requests": 0},
}  # fmt: skip


def test_figures_by_year_blank_is_not_nought():
    trends = indicator_trends(REPORTS, FIGURES, COLUMN)
    first, bare, last = trends.of("new_requests")
    assert (first.number, first.blank, first.total, first.median) == (3, 0, 45, 10)
    assert (first.lower, first.upper, first.same_number, first.same_total) == (7.5, 20, 2, 40)
    assert (bare.number, bare.blank, bare.total, bare.median) == (0, 3, None, None)
    assert (last.number, last.total, last.same_total, last.least) == (2, 25, 25, 0)
    assert [row.total for row in indicator_rows(trends)] == [45, None, 25]


def test_the_change_of_a_total_is_the_sum_of_its_parts():
    [change] = indicator_trends(REPORTS, FIGURES, COLUMN).changes
    assert (change.first.key, change.last.key) == (2019, 2022)
    assert (change.value, change.same_bodies, change.came, change.went) == (-20, -15, 0, -5)
    assert change.value == change.same_bodies + change.came + change.went


def test_bodies_below_a_government_are_counted():
    reports = [
        report("南京市人民政府", 2020),
        report("南京市财政局", 2020),
        report("玄武区人民政府", 2020, "320102", "county"),
        report("无锡市人民政府", 2020, "320200"),
        report("南京市财政局", 2021),
    ]
    assert nested(reports) == 2
