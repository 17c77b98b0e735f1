import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.reading import Reading
from nianbao.nlp.sections import find_sections

OUTLINE = """一、总体情况
2022年，青溪县水务局按时公开各类信息。
（一）主动公开
全年公开信息310条。
（二）依申请公开
收到申请2件。
二、主动公开政府信息情况
三、收到和处理政府信息公开申请情况
四、政府信息公开行政复议、行政诉讼情况
五、存在的主要问题及改进情况
更新不够及时。
六、其他需要报告的事项
无。
"""

KINDS = [
    ("一、概述", "overview"),
    ("三、政府信息依申请公开工作情况", "requests"),
    ("四、政府信息公开的收费及减免情况", "requests"),
    ("五、申请行政复议、提起行政诉讼和申诉的情况", "reviews"),
    ("六、主要不足与下步打算", "problems"),
    ("七、需要说明的其他事项", "other"),
    ("第二章 主动公开情况", "proactive"),
    ("## 二、主动公开政府信息情况", "proactive"),
    ("一、總體情況", "overview"),
    ("一、窗口审批及处理情况", "unknown"),
]


def outline(text, genre="disclosure"):
    return [(s.depth, s.kind, s.text) for s in find_sections(Reading(text), genre)]


def test_the_official_outline():
    assert [(depth, kind) for depth, kind, _ in outline(OUTLINE)] == [
        (1, "overview"),
        (2, "proactive"),
        (2, "requests"),
        (1, "proactive"),
        (1, "requests"),
        (1, "reviews"),
        (1, "problems"),
        (1, "other"),
    ]


@pytest.mark.parametrize(("heading", "kind"), KINDS)
def test_title_words_decide(heading, kind):
    assert outline(f"{heading}\n全年工作平稳。\n") == [(1, kind, heading.lstrip("# "))]


def test_content_ends_at_the_next_section_of_no_greater_depth():
    first, second, third, fourth, *_ = find_sections(Reading(OUTLINE), "disclosure")
    assert first.content_end == fourth.start == third.content_end
    assert second.content_end == third.start


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("三、依申请公开工作情况 2015年全区收到申请3件。", ["三、依申请公开工作情况"]),
        ("四、收费及减免情况2015年未收取任何费用。", ["四、收费及减免情况"]),
        ("（一）存在问题虽然工作有进展，但人手紧张。", ["（一）存在问题"]),
        ("五、存在的主要问题及改进情况县农业局将加强培训。", ["五、存在的主要问题及改进情况"]),
        ("全年公开88条。二、依申请公开情况我局未收到申请。", ["二、依申请公开情况"]),
        (
            "（三）公开的形式和渠道情况 1.门户网站 在网站开设专栏。",
            ["（三）公开的形式和渠道情况", "1.门户网站"],
        ),
        ("（一）改进措施：加强学习。", ["（一）改进措施："]),
    ],
)
def test_headings_glued_to_their_text(text, headings):
    assert [heading for _, _, heading in outline(text)] == headings


def test_headings_chained_and_without_a_number():
    text = "五、主要问题及改进情况存在问题我镇更新偏慢。改进措施1.每周更新；2.专人负责。"
    assert [(depth, heading) for depth, _, heading in outline(text)] == [
        (1, "五、主要问题及改进情况"),
        (2, "存在问题"),
        (2, "改进措施"),
    ]


def test_unnumbered_titles_alone_on_a_line():
    text = "总体情况\n全年公开90条。\n存在的问题\n解读偏少。\n"
    assert outline(text) == [(1, "overview", "总体情况"), (1, "problems", "存在的问题")]


def test_arabic_numbers_head_the_report_where_nothing_else_does():
    text = "1、总体情况\n公开20条。\n2、主动公开政府信息情况\n3、存在的主要问题及改进情况\n人手不足。\n"
    assert [depth for depth, _, _ in outline(text)] == [1, 1, 1]


def test_enumerated_statements_are_no_sections():
    text = "（一）个别站所报送信息不积极，全年只有3条；\n（二）网页栏目设置不合理，群众不易查找。\n"
    assert outline(text) == []


def test_labels_of_tables_are_no_sections():
    text = "三、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量\n3\n0\n0\n0\n3\n（一）予以公开\n2\n0\n0\n2\n"
    assert len(outline(text)) == 1


def test_points_of_the_problems_are_problems():
    text = (
        "五、存在的问题\n（一）平台建设滞后。栏目陈旧，检索不便。\n（二）公开渠道单一。主要依靠网站发布。\n"
    )
    assert {kind for _, kind, _ in outline(text)} == {"problems"}


def test_a_work_report_looks_back_admits_and_looks_forward():
    text = (
        "各位代表：\n一、2019年工作回顾\n一年来，全县经济稳步增长。\n我们也清醒认识到，发展还存在不少问题：产业层次偏低。\n"
        "二、2020年主要任务\n抓好春耕生产。\n"
    )
    sections = find_sections(Reading(text), "work")
    assert [s.kind for s in sections] == ["overview", "problems", "other"]
    admission = sections[1]
    assert admission.text == ""
    assert text[admission.start : admission.content_end].startswith("我们也清醒认识到")


def test_text_before_the_first_heading_belongs_to_no_section():
    text = "白石镇2020年政府信息公开工作年度报告\n本报告依据条例编制。\n" + OUTLINE
    assert find_sections(Reading(text), "disclosure")[0].start == text.index("一、总体情况")


@given(st.text(alphabet="一二、（）().1 2#情况公开问题申请。，\n年我无|", max_size=80))
def test_sections_quote_the_text(text):
    for section in find_sections(Reading(text), "disclosure"):
        assert text[section.start : section.end] == section.text
        assert section.end <= section.content_end <= len(text)


def test_an_appendix_holds_the_points_that_count_anew():
    text = "一、2019年工作回顾\n办了实事。\n二、2020年工作安排\n抓好春耕。\n附件1\n2020年县民生实事\n一、改造农村危房。\n改造70户，优先安排低保户、残疾人家庭和住在滑坡隐患点上的农户，十月底前全部住进新房。\n二、新建公厕。\n新建9座，选址在集镇、车站和旅游步道旁，配齐无障碍设施和母婴台，年底前投入使用，专人保洁。\n"
    assert outline(text, "work") == [
        (1, "overview", "一、2019年工作回顾"),
        (1, "other", "二、2020年工作安排"),
        (1, "other", "2020年县民生实事"),
        (2, "other", "一、改造农村危房。"),
        (2, "other", "二、新建公厕。"),
    ]


def test_a_first_part_that_looks_ahead_is_no_look_back():
    assert outline("三、2020年工作打算\n抓好春耕。\n", "work") == [(1, "other", "三、2020年工作打算")]
