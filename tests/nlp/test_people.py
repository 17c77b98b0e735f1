"""People named with their titles."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.people import find_people
from nianbao.nlp.reading import Reading


def brief(text):
    return [(person.name, person.title) for person in find_people(Reading(text))]


CASES = {
    "a single given name": ("副局长王某主持会议。", [("王某", "副局长")]),
    "two given names": ("县长李建国带队调研。", [("李建国", "县长")]),
    "set apart": ("市长 张 三\n各位代表：", [("张三", "市长")]),
    "full-width blank": ("云南省省长　赵大海\n", [("赵大海", "云南省省长")]),
    "body before": ("省政府外办党组书记、主任周明远接受采访", [("周明远", "省政府外办党组书记、主任")]),
    "chain of titles": ("镇党委书记、镇长周丽华同志强调", [("周丽华", "镇党委书记、镇长")]),
    "compound family name": ("党工委书记欧阳明在会上指出", [("欧阳明", "党工委书记")]),
    "title after": ("李明主任、王伟副局长参加", [("李明", "主任"), ("王伟", "副局长")]),
    "list": ("组长：王小明，副组长：李红", [("王小明", "组长"), ("李红", "副组长")]),
    "leader in a sentence": ("贯彻习近平总书记重要讲话精神", [("习近平", "总书记")]),
    "former": ("时任局长赵刚表示", [("赵刚", "局长")]),
}


@pytest.mark.parametrize("case", CASES)
def test_a_person_has_name_and_title(case):
    text, expected = CASES[case]
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "主任高度重视此项工作。",
        "局长包干，书记任组长，县长为副组长。",
        "局长信箱、市长热线、主任办公会",
        "副主任林业科科长",
        "处长向社会公开",
        "局长常态化开展接访",
        "主任和副主任",
        "单位负责人应当出庭",
        "分管领导亲自抓",
        "书记员金某",
        "",
    ],
)
def test_other_words_are_no_names(text):
    assert brief(text) == []


def test_text_covers_title_and_name():
    text = "会上，丹凤县人民政府县长 王 海 作报告。"
    (person,) = find_people(Reading(text))
    assert (person.text, person.name) == ("丹凤县人民政府县长 王 海", "王海")
    assert text[person.start : person.end] == person.text


@given(st.text("王李张主任局长副书记县省、，： \n同志建国", max_size=60))
def test_spans_are_quotations_in_order(text):
    found = find_people(Reading(text))
    assert all(text[person.start : person.end] == person.text for person in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
