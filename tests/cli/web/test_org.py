"""The page of a body: its own reports and no others', every link to a place, what it says through the years."""

import asyncio
import html
import itertools
import re
from urllib.parse import quote

import pytest

from nianbao.data.records import Cell, Region, Report, Statement, Table
from nianbao.data.store import SourceFile, Store, make_indexed

NAME = "甲县人民政府"
FULL = "乙市甲县人民政府"
LONGER = "甲县人民政府办公室"
HOSTILE = "<b>\"'&局/..%2F{{7*7}}' or 1=1 --"
PLACE = Region(code="341823", province="安徽省", city="乙市", county="甲县")
ELSEWHERE = Region(code="320102", province="江苏省", city="丙市", county="甲县")


def written(org, year, region, mark, **fields):
    sentences = (
        ("problem", f"{mark}号平台栏目更新不够及时，"),
        ("plan", "下一步将健全更新机制，每季度检查一次栏目。"),
    )
    text, statements = f"{org}{year}年报告。", []
    for label, said in sentences:
        start = len(text)
        text += said
        statements.append(
            Statement(
                text=said,
                start=start,
                end=len(text),
                label=label,
                category="timeliness",
                answers=0 if label == "plan" else None,
            )
        )
    cells = {"new_natural.total": Cell(value=mark, raw=str(mark), state="value")}
    return Report(
        id=f"{mark:016x}",
        text=text,
        org=org,
        year=year,
        region=region,
        genre=fields.pop("genre", "disclosure"),
        title=fields.pop("title", f"{org}{year}年年报"),
        statements=tuple(statements),
        tables=(Table(table="requests", form="2021", cells=cells),),
        **fields,
    )


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("bodies") / "bodies.db"
    reports = [
        written(NAME, 2020, PLACE, 1),
        written(FULL, 2021, PLACE, 2),
        written(NAME, 2023, PLACE, 3, published="2024-01-20"),
        written(NAME, 2023, PLACE, 9, published="2020-01-01", title="旧稿"),
        written(NAME, 2022, ELSEWHERE, 4),
        written(LONGER, 2022, PLACE, 5),
        written(HOSTILE, 2022, None, 6, title="<script>alert(1)</script>"),
        written(NAME, 2021, PLACE, 7, genre="work"),
        written("无" * 900, 2021, None, 8),
    ]
    with Store.open(path, create=True) as store:
        for report in reports:
            places = list(range(len(report.text)))
            indexed = make_indexed(report.text, places, report.title, report.org)
            store.add(SourceFile(path=f"{report.id}.txt"), report, "test", indexed=indexed)
    return path


@pytest.fixture(scope="module")
def ask(db, served):
    datasette = served(db)

    def get(name, query="lang=zh"):
        return asyncio.run(datasette.client.get(f"/-/org/{quote(name, safe='')}?{query}"))

    yield get
    for database in datasette.databases.values():
        database.close()


def reports_in(text):
    return {int(found, 16) for found in re.findall(r"/-/report/([0-9a-f]{16})", text)}


@pytest.mark.parametrize("name", [NAME, FULL])
def test_the_body_under_its_full_and_its_short_name(ask, name):
    text = ask(name, "lang=zh&at=341823").text
    assert reports_in(text) == {1, 2, 3, 7, 9}
    assert f'又称 <span lang="zh-Hans">{FULL}</span>' in text
    assert "同年另一份" in text


def test_another_body_of_the_name_is_another_page(ask):
    text = ask(NAME, "lang=zh&at=320102").text
    assert reports_in(text) == {4}
    assert "同名的其他机构" in text
    assert "at=341823" in text
    assert ask(NAME, "at=999999").status_code == 404


def test_a_part_of_a_name_is_no_body(ask):
    assert reports_in(ask(LONGER).text) == {5}
    for name in (NAME[:3], "县", "%", "_", "甲县人民政府' or '1'='1"):
        assert ask(name).status_code == 404, name


@pytest.mark.parametrize("name", [HOSTILE, "无" * 900])
def test_names_are_shown_as_text(ask, name):
    answer = ask(name)
    assert answer.status_code == 200
    assert html.escape(name, quote=False)[:20] in html.unescape(answer.text).replace(
        "<b>", "&lt;b&gt;"
    ).replace("&局", "&amp;局")
    assert '<b>"' not in answer.text
    assert "<script>" not in answer.text
    assert "49' or" not in answer.text


def test_an_unknown_name_is_told_as_text(ask):
    answer = ask("<script>alert(1)</script>")
    assert answer.status_code == 404
    assert "<script>" not in answer.text
    assert ask("无" * 7_000).status_code == 404


def test_problems_and_plans_year_by_year(ask):
    text = ask(NAME, "lang=zh&at=341823").text
    assert re.search(r"2023年：问题 1，改进措施 1", text)
    assert re.search(r'<th scope="row">更新时效</th><td class="number n1">1</td>', text)
    start = len(f"{NAME}2023年报告。")
    assert f"/-/report/{3:016x}#f{start}" in text


def test_what_is_missing_repeated_and_became_of_plans(ask):
    text = ask(NAME, "lang=zh&at=341823").text
    assert "缺2022年" in text
    assert "每季度检查一次栏目" in text
    assert re.search(r"3年 · 字句相同|3年 · \S+", text)
    assert "nianbao repeats --db bodies.db" in text
    assert "2021年的计划，看2023年的报告" in text


def test_charts_are_of_this_body(ask):
    text = html.unescape(ask(NAME, "lang=zh&at=341823").text)
    addresses = re.findall(r'data-spec="([^"]+)"', text)
    assert len(addresses) == 2
    assert all("at=341823" in each and quote(NAME) in each for each in addresses)
    assert 'src="' in text
    assert not re.findall(r"<script(?![^>]* defer></script>)", text)


def test_each_kind_of_report_by_itself(ask):
    text = ask(NAME, "lang=zh&at=341823&genre=work").text
    assert "data-spec" not in text
    assert "vega" not in text
    assert "2021年：问题 1" in text
    assert ask(NAME, "genre=poem").status_code == 400


def test_headings_go_down_one_by_one_and_tables_are_named(ask):
    text = ask(NAME, "lang=en&at=341823").text
    levels = [int(level) for level in re.findall(r"<h(\d)", text)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    assert text.count("<table") == text.count("<caption>")
    assert "style=" not in text
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)
