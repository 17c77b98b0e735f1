import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.reading import Reading

WRAPPED = (
    "本年度，我镇共编发政务简报四十二期，其中涉及惠农补\n"
    "贴的十一期，较上一年多出三期；各村公开栏同步张贴，方\n"
    "                    - 3 -\n"
    "便年纪大的村民就近查看，得到群众普遍好评。\n"
    "（二）依申请公开情况\n"
    "全年没有收到申请。\n"
)
VIEWS = [
    ("共受理 27 件，办结 ２５ 件", "共受理27件,办结25件"),
    ("App Store 下载", "App Store下载"),
    ("一、总体情况\n\n\n2021年，我局", "一、总体情况\n2021年,我局"),
    ("标题报告\r\n正文。", "标题报告\n正文。"),
    ("\ufeff⼯作\u200b报告", "工作报告"),
    ("第 3 页 共 9 页\n正文", "正文"),
    (
        "本年新收政府信息公开申请数量一览\t12\n上年结转政府信息公开申请数量一览\t0",
        "本年新收政府信息公开申请数量一览12\n上年结转政府信息公开申请数量一览0",
    ),
    ("", ""),
    (" \n \n", ""),
]


@pytest.mark.parametrize(("text", "view"), VIEWS)
def test_view(text, view):
    assert Reading(text).view == view


def test_wraps_and_page_marks_are_read_over():
    view = Reading(WRAPPED).view
    assert "惠农补贴的十一期" in view
    assert "方便年纪大的村民" in view
    assert view.split("\n")[1:] == ["(二)依申请公开情况", "全年没有收到申请。"]


def test_a_span_over_a_wrap_quotes_the_text_as_it_stands():
    reading = Reading(WRAPPED)
    at = reading.view.index("惠农补贴")
    assert reading.quote(at, at + 4) == "惠农补\n贴"
    assert reading.clean(at, at + 4) == "惠农补贴"


def test_the_clean_form_keeps_the_texts_own_characters():
    reading = Reading("共２０３ 條")
    assert reading.clean(0, len(reading.view)) == "共２０３條"
    assert reading.gap(4) == " "


def test_a_torn_paragraph_is_mended_and_a_short_heading_is_not():
    torn = "对群众反映集中的停车收费、学位分配等事项逐项梳理口径并向责任单\n\n位发出提示。\n概述\n本街道位于城区北部。"
    assert (
        Reading(torn).view
        == "对群众反映集中的停车收费、学位分配等事项逐项梳理口径并向责任单位发出提示。\n概述\n本街道位于城区北部。"
    )


@given(st.text(alphabet="政府公开2013 \n\t，。（一）、⻓條-—/页第共a|", max_size=120))
def test_every_view_character_stands_in_the_text(text):
    reading = Reading(text)
    assert len(reading.places) == len(reading.view)
    assert list(reading.places) == sorted(set(reading.places))
    for index in range(len(reading.view)):
        start, end = reading.span(index, index + 1)
        assert end == start + 1
        assert reading.locate(start) == index


@given(st.text(max_size=80), st.integers(0, 80), st.integers(0, 80))
def test_span_and_quote_agree(text, first, second):
    reading = Reading(text)
    start, end = sorted((min(first, len(reading.view)), min(second, len(reading.view))))
    a, b = reading.span(start, end)
    assert text[a:b] == reading.quote(start, end)


@pytest.mark.parametrize(
    "line",
    [
        "——2024年1月16日在云溪县第十七届人民代表大会第三次会议上",
        "发布日期：2024年1月16日 来源：云溪县人民政府办公室网站",
        "公开工作平稳推进，群众的满意程度进一步提高.",
    ],
)
def test_a_masthead_line_is_not_drawn_into_the_next(line):
    following = "全年共公开各类信息四十条，其中预算、决算、采购三类占大多数，群众来信来访及时答复，没有收到书面申请，也没有发生复议和诉讼。"
    assert Reading(f"{line}\n{following}").view.count("\n") == 1


def test_a_line_that_ends_with_a_comma_goes_on():
    text = "2024年，\n全县各乡镇按照统一部署推进政务公开工作，印发实施方案，\n明确责任分工。\n"
    assert "\n" not in Reading(text).view.rstrip("\n")


@pytest.mark.parametrize(
    "text",
    [
        "五、行政复议和诉讼情况\n无",
        "五、其他需要报告的事项\n暂无。",
        "（2019年3月5日）\n今年以来，我乡公开信息40条。",
        "二〇一九年三月五日\n今年以来，我乡公开信息40条。",
        "三、工作打算\n加强各村公开栏管理。",
    ],
)
def test_short_headings_days_and_answers_keep_their_lines(text):
    assert Reading(text).view.count("\n") == 1
