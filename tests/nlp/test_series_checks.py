from random import Random

import pytest

from nianbao.data.bodies import body_of
from nianbao.data.forms import load_forms
from nianbao.data.records import Cell, Region, ReportTables, Table
from nianbao.data.regions.divisions import divisions
from nianbao.nlp.series_checks import check_series

CITY, COUNTY = (
    Region(code="320800", province="江苏省", city="淮安市"),
    Region(code="320831", province="江苏省", city="淮安市", county="金湖县"),
)


def cell(value):
    return Cell(value=value, state="blank" if value is None else "value" if value else "zero")


def tables_of(form, **values):
    """Tables of a form with the cells given as row__column, by the table that has them."""
    given = {code.replace("__", "."): cell(value) for code, value in values.items()}
    return tuple(
        Table(table=table.table, form=form, cells=found)
        for table in load_forms()[form].tables
        if (found := {code: each for code, each in given.items() if code in table.addresses})
    )


@pytest.fixture
def year_of():
    def make(year, form="2021", org="金湖县人民政府", region=COUNTY, level="county", **values):
        return ReportTables(
            id=f"{org}{year}",
            org=org,
            year=year,
            form=form,
            region=region,
            level=level,
            tables=tables_of(form, **values),
        )

    return make


def states(reports, rule):
    return [
        (finding.year, finding.check.state)
        for finding in check_series(reports)
        if finding.check.rule.partition(".")[2].startswith(rule)
    ]


CARRIED = [(5, 5, "holds"), (5, 4, "fails"), (0, None, "holds"), (5, None, "not_assessable")]


@pytest.mark.parametrize(("forward", "over", "state"), CARRIED)
def test_what_is_carried_forward_is_carried_over(year_of, forward, over, state):
    reports = [year_of(2022, carried_forward__total=forward), year_of(2023, carried_over__total=over)]
    assert states(reports, "x.carry") == [(2023, state)]


def test_totals_are_errors_and_columns_warnings(year_of):
    before = year_of(2022, carried_forward__total=3, carried_forward__business=3)
    after = year_of(2023, carried_over__total=2, carried_over__business=2)
    found = {finding.check.rule: finding.check.severity for finding in check_series([before, after])}
    assert found == {"2021.x.carry.total": "error", "2021.x.carry.business": "warning"}


def test_carried_over_from_one_form_to_the_next(year_of):
    reports = [year_of(2020, "2019", carried_forward__total=7), year_of(2021, carried_over__total=6)]
    (finding,) = check_series(reports)
    assert (finding.check.left, finding.check.right, finding.check.difference) == (6, 7, -1)
    assert "相差1" in finding.check.message
    assert finding.report_id == "金湖县人民政府2021"


@pytest.mark.parametrize(("now", "state"), [(13, "holds"), (12, "fails")])
def test_documents_in_force_follow_from_the_year_before(year_of, now, state):
    before = year_of(2022, normative_documents__in_force=11)
    after = {"normative_documents__made": 5, "normative_documents__repealed": 3}
    reports = [before, year_of(2023, **after, normative_documents__in_force=now)]
    assert states(reports, "x.in_force") == [(2023, state)]


@pytest.mark.parametrize(("now", "state"), [(18, "holds"), (20, "fails")])
def test_items_of_the_form_of_2019(year_of, now, state):
    before = year_of(2019, "2019", licensing__items_last_year=20, licensing__items_change=-2)
    reports = [before, year_of(2020, "2019", licensing__items_last_year=now)]
    assert states(reports, "x.items") == [(2020, state)]


def test_years_apart_and_other_bodies_are_not_compared(year_of):
    first = year_of(2021, carried_forward__total=5)
    later = year_of(2023, carried_over__total=9)
    other = year_of(2022, org="金湖县水务局", carried_over__total=9)
    assert check_series([first, later, other]) == ()


SAME = [
    ("淮安市金湖县人民政府", "金湖县人民政府"),
    ("江苏省淮安市金湖县水务局", "金湖县水务局"),
    ("金湖县 水务局", "水务局"),
]


@pytest.mark.parametrize(("long", "short"), SAME)
def test_long_and_short_names_are_one_body(year_of, long, short):
    assert body_of(year_of(2022, org=long)) == body_of(year_of(2023, org=short))


def test_bodies_of_unknown_seat_keep_their_names(year_of):
    assert body_of(year_of(2022, region=None)) != body_of(year_of(2022, org="人民政府", region=None))


def test_copied_tables(report_with, filled):
    def of(year, seed):
        names = ("proactive", "requests", "reviews")
        report = report_with("2021", {name: filled("2021", name, Random(seed)) for name in names})
        return ReportTables(id=str(year), org="金湖县水务局", year=year, form="2021", tables=report.tables)

    copied = [
        (f.year, f.check.rule)
        for f in check_series([of(2022, 1), of(2023, 1)])
        if f.check.rule == "series.copy"
    ]
    assert copied == [(2023, "series.copy")]
    assert not [f for f in check_series([of(2022, 1), of(2023, 2)]) if f.check.rule == "series.copy"]


def test_empty_tables_are_no_copies(year_of):
    values = dict.fromkeys(
        (code.replace(".", "__") for code in load_forms()["2021"].table("reviews").cells), 0
    )
    assert check_series([year_of(2022, **values), year_of(2023, **values)]) == ()


@pytest.fixture
def counties(year_of):
    """Governments of all counties of a city, each with ten requests."""
    return [
        year_of(
            2023,
            org=f"{each.name}人民政府",
            region=Region(code=each.code, province="江苏省", city="淮安市", county=each.name),
            new_requests__total=10,
        )
        for each in divisions()
        if each.parent == CITY.code and each.until is None
    ]


def parents(reports):
    found = check_series(reports)
    return {f.check.rule: f.check for f in found if f.check.rule.startswith("series.parent")}


@pytest.mark.parametrize(("more", "state"), [(5, "holds"), (0, "holds"), (-1, "fails")])
def test_a_city_against_all_its_counties(year_of, counties, more, state):
    own = 10 * len(counties) + more
    city = year_of(2023, org="淮安市人民政府", region=CITY, level="city", new_requests__total=own)
    check = parents([city, *counties])["series.parent.new_requests.total"]
    assert (check.state, check.left, check.right) == (state, own, 10 * len(counties))
    assert check.severity == "warning"


def test_departments_are_added(year_of, counties):
    own = 10 * len(counties)
    city = year_of(2023, org="淮安市人民政府", region=CITY, level="city", new_requests__total=own)
    bureau = year_of(2023, org="淮安市水利局", region=CITY, level="city", new_requests__total=2)
    assert parents([city, bureau, *counties])["series.parent.new_requests.total"].state == "fails"


def test_missing_counties_leave_it_open(year_of, counties):
    city = year_of(2023, org="淮安市人民政府", region=CITY, level="city", new_requests__total=1)
    check = parents([city, *counties[1:]])["series.parent"]
    assert check.state == "not_assessable"
    assert f"应有{len(counties)}个" in check.message


def test_a_county_never_knows_all_its_bodies(year_of):
    county = year_of(2023, new_requests__total=1)
    bureau = year_of(2023, org="金湖县水务局", new_requests__total=5)
    assert parents([county, bureau])["series.parent"].state == "not_assessable"


def test_a_government_alone_is_not_compared(year_of):
    assert parents([year_of(2023, new_requests__total=1)]) == {}
