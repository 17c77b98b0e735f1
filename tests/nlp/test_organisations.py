"""Bodies named in a text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.organisations import find_organisations
from nianbao.nlp.reading import Reading


def names(text):
    return [body.text for body in find_organisations(Reading(text))]


CASES = {
    "place and office": ("由沭阳县发展和改革局负责。", ["沭阳县发展和改革局"]),
    "chain of places": ("会同江苏省宿迁市宿豫区财政局印发。", ["江苏省宿迁市宿豫区财政局"]),
    "unknown place": ("报送望川县人民政府办公室备案。", ["望川县人民政府办公室"]),
    "level": ("省财政厅、县政府办联合检查。", ["省财政厅", "县政府办"]),
    "short names": ("县人社局、市卫健委均已答复。", ["县人社局", "市卫健委"]),
    "office of a government": ("省政府外办党组书记", ["省政府外办"]),
    "central": ("按照国务院办公厅和教育部要求", ["国务院办公厅", "教育部"]),
    "party and government": ("省委、省政府高度重视", ["省委", "省政府"]),
    "run together": ("围绕区委区政府中心工作", ["区委", "区政府"]),
    "bare office": ("由民政局、教育局分别答复。", ["民政局", "教育局"]),
    "street": ("柳荫街道办事处建立台账。", ["柳荫街道办事处"]),
    "autonomous": ("延边朝鲜族自治州水利局来函", ["延边朝鲜族自治州水利局"]),
    "name in the name": ("会同县民政局来访。", ["会同县民政局"]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_body_is_named(case):
    text, expected = CASES[case]
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "各部门、各单位要高度重视。",
        "我局、我办、本机关",
        "政府信息公开工作、政府网站、法治政府",
        "各县政府办理情况良好",
        "人大代表和政协委员的提案",
        "市政府信息公开指南",
        "部分单位、有关部门",
        "财政局长",
        "",
    ],
)
def test_generic_words_name_none(text):
    assert names(text) == []


def test_a_wrapped_name_is_quoted_as_it_stands():
    text = (
        "申请表可以在网站上下载，也可以到现场领取，如有疑问请与淮安市洪\n"
        "泽区人民政府办公室联系，我们会在工作日及时答复，感谢您的支持。\n"
    )
    found = find_organisations(Reading(text))
    assert [body.text for body in found] == ["淮安市洪\n泽区人民政府办公室"]
    assert text[found[0].start : found[0].end] == found[0].text


@given(st.text("省市县区政府民财局厅办公室委国务院由和，。 \n南京", max_size=60))
def test_spans_are_quotations_in_order(text):
    found = find_organisations(Reading(text))
    assert all(text[body.start : body.end] == body.text for body in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
