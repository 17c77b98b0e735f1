import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.reading import Reading
from nianbao.nlp.tabular import is_table_label, table_regions

LINES = "规章\n0\n1\n4\n行政规范性文件\n2\n0\n9\n"
ROWS = "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 1 4\n行政规范性文件 2 0 9\n"
PIPES = "| 信息内容 | 本年处理决定数量 |\n|---|---|\n| 行政许可 | 35 |\n| 行政处罚 | 7 |\n"
TABS = "项目\t件数\n来信\t31\n来访\t12\n"
TRAILING = "行政处罚 |\n12 |\n行政强制 |\n0 |\n||\n"
FLAT = "第二十条第（五）项 信息内容 本年处理决定数量 行政许可 35 第二十条第（六）项 行政处罚 7 行政强制 0"


@pytest.mark.parametrize("table", [LINES, ROWS, PIPES, TABS, TRAILING, FLAT])
def test_tables_between_paragraphs(table):
    text = f"全年公开信息90条，其中网站公开60条。\n{table}\n以上数据截至年底。"
    reading = Reading(text)
    [(start, end)] = table_regions(reading)
    assert reading.view[:start].strip("\n") == "全年公开信息90条,其中网站公开60条。"
    assert reading.view[end:].strip("\n") == "以上数据截至年底。"


@pytest.mark.parametrize(
    "text",
    [
        "办结申请31件，其中予以公开12件，部分公开3件，不予公开5件。",
        "行政许可、行政处罚、行政强制信息及时上网。\n2021年\n2022年\n",
        "一、总体情况\n公开20条。\n二、存在问题\n人手不足。",
    ],
)
def test_prose_is_no_table(text):
    assert table_regions(Reading(text)) == []


def test_a_section_title_ends_a_table():
    text = LINES + "五、存在的主要问题及改进情况\n更新不够及时。\n"
    reading = Reading(text)
    [(_, end)] = table_regions(reading)
    assert reading.view[end:].startswith("\n五、")


def test_a_title_drawn_into_its_table_stays_outside():
    reading = Reading("三、收到和处理政府信息公开申请情况申请人情况\n自然人\n总计\n3\n0\n3\n")
    [(start, _)] = table_regions(reading)
    assert reading.view[:start] == "三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize(
    ("title", "known"), [("属于国家秘密", True), ("不予公开", True), ("主动公开情况", False)]
)
def test_labels(title, known):
    assert is_table_label(title) is known


@given(st.text(alphabet="规章行政许可0 1|\n\t。一、情况总计", max_size=80))
def test_regions_are_in_order_and_apart(text):
    reading, reached = Reading(text), 0
    for start, end in table_regions(reading):
        assert reached <= start < end <= len(reading.view)
        reached = end
