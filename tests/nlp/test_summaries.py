import msgspec
import pytest

import nianbao
from nianbao.data.errors import NotFound
from nianbao.data.records import Point, Statement
from nianbao.data.store import Filters, Sought, Store
from nianbao.nlp.pipeline import extract
from nianbao.nlp.summaries import (
    EVERYTHING,
    amount,
    development_line,
    figure_line,
    fit,
    summarise,
    summarise_found,
    summarise_series,
)
from nianbao.nlp.summaries.clauses import cut
from nianbao.nlp.summaries.recurrence import stated_problems

TEXT = (
    "巴里坤县医疗保障局2022年政府信息公开工作年度报告\n一、总体情况\n"
    "全年主动公开政府信息126条，其中政策解读9篇。全年收到政府信息公开申请2件，均按时答复。\n"
    "局机关举办业务培训2期，参训70人次。未收到行政复议申请。\n"
    "五、存在的主要问题及改进情况\n"
    "一是牧区群众获取信息的渠道偏少；二是解读材料专业术语多。\n"
    "下一步，一是借助草原流动服务车送政策上门；二是把解读材料译成哈萨克语短视频。\n"
)


@pytest.fixture(scope="module")
def summary():
    return summarise(extract(TEXT))


def test_who_and_when(summary):
    assert (summary.org, summary.year, summary.genre) == ("巴里坤县医疗保障局", 2022, "disclosure")


def test_figures_are_found_once_each(summary):
    figures = {figure.indicator: figure.value for figure in summary.figures}
    assert figures["主动公开政府信息"] == 126
    assert figures["收到政府信息公开申请"] == 2
    assert len({figure.start for figure in summary.figures}) == len(summary.figures)


def test_each_problem_stands_with_its_plan(summary):
    assert [(len(problem.text) > 5, len(problem.plans)) for problem in summary.problems] == [
        (True, 1),
        (True, 1),
    ]
    assert "流动服务车" in summary.problems[0].plans[0].text


def test_every_line_quotes_its_place(summary):
    lines = [*summary.figures, *summary.zeros, *summary.problems, *summary.plans.points]
    lines += [point for group in summary.initiatives for point in group.points]
    assert all(TEXT[line.start : line.end] == line.text for line in lines)


def test_shown_bounds_the_points_not_the_total():
    summary = summarise(extract(TEXT), shown=1)
    assert all(len(group.points) == 1 <= group.total for group in summary.initiatives)


def test_a_text_without_facts_has_an_empty_summary():
    summary = summarise(extract("目录"))
    assert (summary.figures, summary.problems, summary.plans.total) == ((), (), 0)


@pytest.mark.parametrize(
    ("value", "unit", "bound", "written"),
    [
        (5_670_000_000_000, "元", "exact", "5.67万亿元"),
        (850_000_000_000, "元", "exact", "8,500亿元"),
        (641_000, "人", "exact", "64.1万人"),
        (92_000, "元", "exact", "92,000元"),
        (554, "条", "more", "554条以上"),
        (300, "人次", "about", "约300人次"),
        (4.2, "%", "exact", "4.2%"),
        (12, None, "less", "不足12"),
    ],
)
def test_amounts_are_written_as_people_do(value, unit, bound, written):
    assert amount(value, unit, bound) == written


def length(summary):
    """Characters of all that is read of a report's summary."""
    problems = [text for one in summary.problems for text in (one, *one.plans)]
    points = [point for group in (*summary.initiatives, summary.plans) for point in group.points]
    quoted = [*problems, *points, *summary.zeros]
    return sum(map(len, map(figure_line, summary.figures))) + sum(len(one.text) for one in quoted)


@pytest.mark.parametrize("characters", [50, 90, 150, 300, 10_000])
def test_a_fitted_summary_keeps_to_its_budget_and_quotes(characters):
    fitted = fit(summarise(extract(TEXT), EVERYTHING), characters)
    assert length(fitted) <= characters
    for line in (*fitted.figures, *fitted.problems, *(one for g in fitted.initiatives for one in g.points)):
        assert TEXT[line.start : line.end] == line.text


def test_the_facts_come_first_and_every_problem_is_named():
    fitted = fit(summarise(extract(TEXT), EVERYTHING), 120)
    assert fitted.figures
    assert len(fitted.problems) == 2


def test_nothing_is_said_twice():
    again = TEXT.replace("未收到行政复议申请。", "未收到行政复议申请。局机关举办业务培训3期，参训85人次。")
    fitted = fit(summarise(extract(again), EVERYTHING), 10_000)
    said = [point.text for group in fitted.initiatives for point in group.points]
    assert sum("业务培训" in text for text in said) == 1


@pytest.mark.parametrize(
    ("text", "most", "kept"),
    [
        ("一是村务栏目久不更换，有的贴了三年，字也看不清。", 16, "一是村务栏目久不更换"),
        ("虽有进步，但窗口答复仍嫌笼统，市民要跑两趟。", 8, "虽有进步，但窗口答复仍嫌笼统"),
        ("全年登出1,187条，比上年多三成，浏览量翻番。", 12, "全年登出1,187条"),
        ("系统上线后，办件时间缩短一半，好评增多。", 16, "系统上线后，办件时间缩短一半"),
        ("短句不动。", 30, "短句不动。"),
        ("没有可以断开之处的长句子就整句留着", 8, "没有可以断开之处的长句子就整句留着"),
    ],
)
def test_sentences_are_cut_where_a_clause_ends_that_says_something(text, most, kept):
    point = cut(Point(text=text, start=5, end=5 + len(text)), most)
    assert (point.text, point.end) == (kept, 5 + len(kept))


WORK = "{head}\n一、工作回顾\n{past}\n二、今年安排\n今年主要预期目标是：{goal}\n"


@pytest.mark.parametrize(
    ("past", "indicator", "line"),
    [
        ("地区生产总值增长5.1%。固定资产投资下降2.4%。", "固定资产投资", "固定资产投资：下降2.4%"),
        (
            "一般公共预算收入从18.2亿元增长到23.5亿元。",
            "一般公共预算收入",
            "一般公共预算收入：23.5亿元",
        ),
        (
            "社会消费品零售总额年均增长6%。社会消费品零售总额增长4.8%。",
            "社会消费品零售总额",
            "社会消费品零售总额：增长4.8%",
        ),
        ("地区生产总值增长5.1%。", "城镇新增就业", None),
    ],
)
def test_figures_of_a_work_report_are_those_of_the_year(past, indicator, line):
    head = "松桃县人民政府2024年政府工作报告"
    text = WORK.format(head=head, past=past, goal="地区生产总值增长6%以上，城镇新增就业4200人。")
    found = {one.indicator: figure_line(one) for one in summarise(extract(text)).figures}
    assert found.get(indicator) == line


def statement(text, at, label="problem", category="timeliness"):
    return Statement(text=text, start=at, end=at + len(text), label=label, category=category)


def test_what_tells_more_of_a_problem_is_no_other_problem():
    texts = ["一是更新慢。", "有的栏目两个月没有新内容。", "二是解读少。", "老问题已经解决。"]
    ends = [sum(map(len, texts[:k])) for k in range(len(texts))]
    found = list(stated_problems([statement(text, at) for text, at in zip(texts, ends, strict=True)]))
    assert found == [[0, 1], [2]]


YEARS = {
    2020: (
        "216",
        "一是栏目更新慢，村务专栏三个月没有动过；二是政策解读少，图解不足一成。",
        "加快栏目更新，逐月检查；增加图解。",
    ),
    2021: ("254", "一是政策解读仍少，图解只有两成；二是窗口人员业务不熟。", "多做图解；组织窗口人员轮训。"),
    2022: (
        "301",
        "一是政策解读形式单一，图解不到三成；二是老年人不会用手机查询。",
        "与学校合作做图解；在村口设大字公告。",
    ),
}
REPORT = (
    "{org}{year}年政府信息公开工作年度报告\n一、总体情况\n全年主动公开政府信息{count}条。"
    "举办业务培训{year}人次，编印办事指南。\n五、存在的主要问题及改进情况\n{problems}\n下一步，{plans}\n"
)


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    folder = tmp_path_factory.mktemp("series")
    for org, years in (("清溪县人民政府", YEARS), ("清溪县民政局", {2021: YEARS[2021]})):
        for year, (count, problems, plans) in years.items():
            text = REPORT.format(org=org, year=year, count=count, problems=problems, plans=plans)
            (folder / f"{org}{year}.txt").write_text(text, encoding="utf-8")
    with nianbao.open(folder / "series.db", create=True) as archive:
        archive.index(folder, jobs=1)
    return folder / "series.db"


@pytest.fixture(scope="module")
def store(db):
    with Store.open(db, read_only=True) as opened:
        yield opened


def quotations(digest):
    return [one for group in digest.groups for one in group.quotations]


def test_a_series_tells_what_returns_what_is_new_and_what_is_gone(store):
    digest = summarise_series(store, "清溪县人民政府")
    kinds = {group.kind: [one.text for one in group.quotations] for group in digest.groups}
    assert (digest.reports, digest.first_year, digest.last_year) == (3, 2020, 2022)
    assert ["解读" in text for text in kinds["returning"]] == [True]
    assert ["老年人" in text for text in kinds["new"]] == [True]
    assert all("更新" in text or "窗口" in text for text in kinds["gone"])
    assert (
        development_line(digest.developments[0]) == "主动公开政府信息：2020年216条，2021年254条，2022年301条"
    )


def test_what_returns_says_where_it_was_said_before(store):
    digest = summarise_series(store, "清溪县人民政府")
    [returning] = [one for group in digest.groups if group.kind == "returning" for one in group.quotations]
    assert [place.year for place in returning.also] == [2020, 2021]
    assert all("解读" in store.report(one.report).text[one.start : one.end] for one in returning.also)


@pytest.mark.parametrize("characters", [60, 200, 1200])
def test_series_and_finds_keep_to_the_budget_and_quote(store, characters):
    sought = Sought(words="解读", filters=Filters(org="清溪县"))
    for digest in (
        summarise_series(store, "清溪县人民政府", None, characters),
        summarise_found(store, sought, characters),
    ):
        said = [text for one in quotations(digest) for text in (one, *one.plans)]
        counted = sum(map(len, map(development_line, digest.developments))) + sum(
            len(one.text) for one in said
        )
        assert counted == digest.characters <= characters
        assert all(store.report(one.report).text[one.start : one.end] == one.text for one in said)


def test_a_name_of_two_bodies_is_refused_with_both(store):
    with pytest.raises(NotFound, match="清溪县人民政府; 清溪县民政局"):
        summarise_series(store, "清溪县")
    with pytest.raises(NotFound, match="No body"):
        summarise_series(store, "无此县")


def test_what_a_query_finds_is_said_once_with_its_copies(store):
    digest = summarise_found(store, Sought(words="窗口人员业务不熟"))
    [problem] = [one for group in digest.groups if group.kind == "problem" for one in group.quotations]
    assert (problem.alike, len(problem.also), digest.bodies) == (1, 1, 2)


def test_a_query_that_finds_nothing_has_an_empty_summary(store):
    digest = summarise_found(store, Sought(words="潜水艇"))
    assert (digest.statements, digest.groups, digest.characters) == (0, (), 0)


def test_a_digest_is_json_and_comes_back(store):
    digest = summarise_series(store, "清溪县人民政府")
    assert msgspec.json.decode(msgspec.json.encode(digest), type=type(digest)) == digest
