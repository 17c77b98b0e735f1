import pytest

from nianbao.data.check_rules import check_rule, read_check_rules
from nianbao.data.errors import ResourceError
from nianbao.data.forms import load_forms
from nianbao.data.records import Citation, Date, Section
from nianbao.nlp.checks import check_report


@pytest.fixture
def context(report_with):
    """States of the context checks of a report with one filled table, by rule."""

    def check(form="2021", tables=("proactive", "requests", "reviews"), values=None, **fields):
        cells = {name: dict.fromkeys(load_forms()[form].table(name).cells, 0) for name in tables}
        for name in tables[:1]:
            cells[name] |= values or {}
        report = report_with(form, cells, **fields)
        found = [check for check in check_report(report) if check.kind == "context"]
        return {check.rule.removeprefix("context."): check.state for check in found}

    return check


def range_of(start, end):
    return Date(text="统计期限", start=0, end=4, kind="range", iso_start=start, iso_end=end)


FORMS = [("2021", 2021, "holds"), ("2021", 2020, "fails"), ("2019", 2019, "holds"), ("2019", 2022, "fails")]


@pytest.mark.parametrize(("form", "year", "state"), FORMS)
def test_form_against_year(context, form, year, state):
    assert context(form, year=year)["form_year"] == state


@pytest.mark.parametrize(("number", "state"), [("〔2021〕30号", "holds"), ("〔2019〕60号", "fails")])
def test_cited_notice_against_form(context, number, state):
    citation = Citation(text="x", start=0, end=1, number=f"国办公开办函{number}")
    assert context(citations=(citation,))["notice"] == state


def test_other_documents_are_no_forms(context):
    citation = Citation(text="x", start=0, end=1, number="国办发〔2019〕60号")
    assert "notice" not in context(citations=(citation,))


PERIODS = [
    (2023, "2023-01-01", "2023-12-31", "holds"),
    (2023, "2022-01-01", "2022-12-31", "fails"),
    (2023, "2023-01-01", "2023-11-30", "fails"),
    (2023, None, None, "not_assessable"),
    (2008, "2008-05-01", "2008-12-31", "holds"),
]


@pytest.mark.parametrize(("year", "start", "end", "state"), PERIODS)
def test_stated_period_against_year(context, year, start, end, state):
    assert context(year=year, period=range_of(start, end))["period"] == state


@pytest.mark.parametrize(("years", "state"), [((2023,), "holds"), ((2022, 2022), "fails"), ((2022,), None)])
def test_year_spoken_of(context, years, state):
    dates = tuple(
        Date(text=f"{year}年", start=9 + n, end=10 + n, kind="date", edtf=str(year))
        for n, year in enumerate(years)
    )
    section = Section(text="一", start=0, end=1, kind="overview", depth=1, content_end=90)
    assert context(year=2023, dates=dates, sections=(section,)).get("year") == state


DAYS = [
    ("白沙县水务局", "county", 2023, "2024-01-31", "deadline_department", "holds"),
    ("白沙县水务局", "county", 2023, "2024-02-01", "deadline_department", "fails"),
    ("白沙县人民政府", "county", 2023, "2024-03-31", "deadline_government", "holds"),
    ("白沙县人民政府办公室", "county", 2023, "2024-03-20", "deadline_government", "holds"),
    ("白沙县人民政府", "county", 2023, "2024-04-02", "deadline_government", "fails"),
    ("白沙县水务局", "county", 2015, "2016-03-30", "deadline_2007", "holds"),
    ("白沙县水务局", "county", 2018, "2019-04-01", "deadline_2007", "fails"),
    ("白沙县水务局", "county", 2023, "2023-01-20", "published", "fails"),
]


@pytest.mark.parametrize(("org", "level", "year", "day", "rule", "state"), DAYS)
def test_day_of_publication(context, org, level, year, day, rule, state):
    assert context(org=org, level=level, year=year, published=day)[rule] == state


def test_towns_have_no_legal_day(context):
    found = context(org="白沙县石碑镇人民政府", level="town", year=2023, published="2024-05-20")
    assert not [rule for rule in found if rule.startswith("deadline")]


POWERS = [
    ("青山市人民政府", "city", None),
    ("江南省人民政府办公厅", "province", None),
    ("国家能源局", "nation", None),
    ("青山市财政局", "city", "fails"),
    ("白沙县人民政府", "county", "fails"),
    ("白沙县石碑镇人民政府", "town", "fails"),
]


@pytest.mark.parametrize(("org", "level", "state"), POWERS)
def test_who_makes_rules(context, org, level, state):
    values = {"regulations.made": 2, "regulations.in_force": 2}
    assert context(values=values, org=org, level=level).get("competence") == state


def test_tables_not_shown_are_told(context):
    assert context(tables=("proactive",))["tables"] == "not_assessable"
    assert "tables" not in context()


def test_forms_side_by_side(report_with):
    new = report_with("2021", {"requests": {"granted.total": 1}})
    old = report_with("2019", {"proactive": {"licensing.items_last_year": 1}})
    mixed = report_with("2021", {}, year=2021)
    mixed = type(mixed)(id=mixed.id, text="", year=2021, tables=new.tables + old.tables)
    assert "context.form_mixed" in {check.rule for check in check_report(mixed) if check.state == "fails"}


def test_work_reports_are_left_alone(context):
    assert context(genre="work", year=2023, published="2026-01-01") == {}


def test_rules_are_named_by_their_beginning():
    assert check_rule("2021.req.balance.total") == check_rule("2019.req.balance.business")
    assert check_rule("prose.received").severity == "warning"
    assert check_rule("2030.unheard.of").name == "unheard.of"


@pytest.mark.parametrize("lines", ["a\terror", "a\tfatal\tb", "a\terror\tb\na\terror\tc"])
def test_rule_names_are_checked(tmp_path, lines):
    path = tmp_path / "check_rules.tsv"
    path.write_text(lines, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"check_rules\.tsv:[12]"):
        read_check_rules(path)
