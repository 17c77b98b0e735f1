import pytest

from nianbao.nlp.pipeline import extract
from nianbao.nlp.summaries import amount, summarise

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
