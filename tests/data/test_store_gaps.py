"""What is missing, doubled or suspicious in archives made up for it."""

from random import Random

import pytest

from nianbao.data.forms import load_forms
from nianbao.data.records import Cell, Date, Region, Report, Table
from nianbao.data.store.suspicions import COPIED_SHARE, LENGTH_MIN

JINXI = Region(code="360704", province="江西省", city="赣州市", county="赣县区")


def words(n):
    """Prose of its own for each number, long enough for a report."""
    marks = Random(n)
    return "".join("已" + "".join(marks.choices("甲乙丙丁戊己庚辛壬癸", k=6)) + "。" for _ in range(90))


def tables(*names, form="2021", share=1.0):
    spec = load_forms()[form]
    for name in names or [table.table for table in spec.tables]:
        codes = spec.table(name).cells
        cells = {code: Cell(value=0, raw="0", state="zero") for code in codes[: int(len(codes) * share)]}
        yield Table(table=name, form=form, cells=cells)


@pytest.fixture
def add(put, report_of):
    """A sound report, but for the fields given."""

    def make(org, year, text=None, path=None, **fields):
        fields.setdefault("title", f"{org}{year}年政府信息公开工作年度报告")
        if fields.get("genre") != "work" and "tables" not in fields:
            form = next((form.id for form in load_forms().values() if year and form.due_in(year)), None)
            fields |= {"tables": tuple(tables(form=form)), "form": form} if form else {}
        text = text or f"{org}{year}。{words((year or 0) + sum(map(ord, org or '无')))}" * (
            1 + 2 * (fields.get("genre") == "work")
        )
        return put(report_of(text, org=org, year=year, **fields), path=path or f"/档/{org}/{year}.txt")

    return make


def found(store, **filters):
    return [(gap.kind, gap.rule, gap.org, gap.year) for gap in store.gaps(**filters)]


def test_a_sound_archive_has_no_gaps(store, add):
    for year in (2020, 2021, 2022):
        add("平川县审计局", year)
    assert found(store) == []


def test_years_between_are_missing(store, add):
    for year in (2018, 2020, 2023):
        add("平川县审计局", year)
    assert [year for *_, year in found(store, kind="missing")] == [2019, 2021, 2022]
    gap = next(iter(store.gaps(kind="missing")))
    assert (gap.rule, gap.figures) == ("between", {"before": 2018, "after": 2020})
    assert [report.title[6:10] for report in gap.reports] == ["2018", "2020"]
    assert "缺2019年" in gap.message


def test_genres_have_years_of_their_own(store, add):
    add("平川县人民政府", 2019)
    add("平川县人民政府", 2020, genre="work")
    add("平川县人民政府", 2021)
    assert [(gap.genre, gap.year) for gap in store.gaps(kind="missing")] == [("disclosure", 2020)]


YEARS = [
    ((2019, 2022), [("outside", 2019), ("between", 2021)]),
    ((2021, None), [("between", 2021)]),
    ((None, 2020), []),
    ((2022, 2024), [("outside", 2023), ("outside", 2024)]),
]


@pytest.mark.parametrize(("years", "missing"), YEARS)
def test_years_asked_for(store, add, years, missing):
    for year in (2020, 2022):
        add("平川县审计局", year)
    assert [(gap.rule, gap.year) for gap in store.gaps(kind="missing", years=years)] == missing


def test_long_and_short_names_are_one_body(store, add):
    add("赣州市赣县区水利局", 2020, region=JINXI)
    add("赣县区水利局", 2021, region=JINXI)
    add("赣县区水利局", 2022, region=JINXI)
    assert found(store) == []
    assert [(one.org, one.years) for one in store.holdings()] == [
        ("赣县区水利局", {2020: 1, 2021: 1, 2022: 1})
    ]


def test_filters(store, add):
    for org, region in (("赣县区水利局", JINXI), ("平川县审计局", None)):
        for year in (2020, 2022):
            add(org, year, region=region)
    assert {org for _, _, org, _ in found(store, org="审计")} == {"平川县审计局"}
    for region in ("36", "360000", "江西", "赣州市"):
        assert {org for _, _, org, _ in found(store, region=region)} == {"赣县区水利局"}
    assert found(store, region="云南") == []


DOUBLED = [
    (lambda text: text.replace("。", "。\n "), "blanks"),
    (lambda text: text.replace("。", "。", 1) + "已补充一句。", "versions"),
    (lambda text: words(3), "differing"),
]


@pytest.mark.parametrize(("change", "rule"), DOUBLED)
def test_two_texts_of_a_year_are_doubled(store, add, change, rule):
    first = add("平川县审计局", 2021, published="2022-02-02")
    second = add("平川县审计局", 2021, text=change(first.text), path="/档/平川县审计局/2021年版.txt")
    [gap] = store.gaps(kind="doubled")
    assert (gap.rule, [report.id for report in gap.reports]) == (rule, [second.id, first.id])
    assert (gap.figures["share"] == 1.0) == (rule == "blanks")


def test_the_same_text_in_two_files_is_not_doubled(store, add):
    add("平川县审计局", 2021)
    add("平川县审计局", 2021, path="/备份/2021.txt")
    assert found(store) == []


def day(start, end):
    return Date(text="", start=0, end=0, kind="range", iso_start=start, iso_end=end)


SUSPICIOUS = [
    ({"org": None, "title": None}, ["no_org"]),
    ({"year": None, "title": None, "path": "/档/年报.txt", "tables": ()}, ["no_year"]),
    ({"period": day("2022-01-01", "2022-12-31")}, ["title_year"]),
    ({"period": day("2021-01-01", "2021-12-31")}, []),
    ({"title": "平川县审计局二〇二一年年报", "period": day("2021-01-01", "2021-12-31")}, []),
    ({"published": "2021-11-30"}, ["published_early"]),
    ({"published": "2021-12-31"}, []),
    ({"published": "2023-12-31"}, []),
    ({"published": "2024-01-01"}, ["published_late"]),
    ({"text": "平川县审计局已公开。"}, ["short"]),
    ({"path": "/档/2019/平川县审计局2019年.txt"}, ["file_year"]),
    ({"path": "/档/2019/平川县审计局.txt"}, []),
    ({"path": "/档/平川县审计局2021-2022.txt"}, []),
    ({"path": "/档/20220131.txt"}, []),
    ({"path": "/档/平川县审计局2022年1月20日.txt"}, []),
    ({"path": "/档/年报.zip!/2020/审计局二〇二〇年.txt"}, ["file_year"]),
    ({"genre": "work", "path": "/档/平川县2022年政府工作报告.txt"}, []),
    ({"genre": "work", "path": "/档/平川县2020年政府工作报告.txt"}, ["file_year"]),
    ({"tables": (), "form": None}, ["tables_missing"] * 3),
    ({"tables": tuple(tables("requests", "reviews")), "form": "2021"}, ["tables_missing"]),
    (
        {"tables": (*tables("requests", share=0.5), *tables("reviews", "proactive")), "form": "2021"},
        ["tables_incomplete"],
    ),
    ({"genre": "work"}, []),
]


@pytest.mark.parametrize(("fields", "rules"), SUSPICIOUS)
def test_suspicious_reports(store, add, fields, rules):
    add(**{"org": "平川县审计局", "year": 2021} | fields)
    gaps = list(store.gaps())
    assert [gap.rule for gap in gaps] == rules
    assert all(gap.message.endswith("。") and len(gap.reports) == 1 for gap in gaps)


def test_reports_before_the_form_of_2019_need_no_tables(store, add):
    add("平川县审计局", 2012, tables=(), form=None)
    assert found(store) == []


def test_a_report_copied_from_the_year_before(store, add):
    prose = words(5)
    before = add("平川县审计局", 2020, text=f"2020年已公开12条。{prose}")
    after = add("平川县审计局", 2021, text=f"2021年已公开345条。{prose}")
    [gap] = store.gaps(kind="suspicious")
    assert (gap.rule, [report.id for report in gap.reports]) == ("copied", [after.id, before.id])
    assert gap.figures["share"] >= COPIED_SHARE
    assert found(store, years=(2020, 2020)) == []


def test_years_leave_out_reports_of_unknown_year(store, add):
    add("平川县审计局", None, title=None, path="/档/x.txt", tables=())
    assert [rule for _, rule, *_ in found(store)] == ["no_year"]
    assert found(store, years=(2000, 2030)) == []


def test_lengths_are_told_for_both_genres():
    assert set(LENGTH_MIN) == set(Report.__annotations__["genre"].__args__)
