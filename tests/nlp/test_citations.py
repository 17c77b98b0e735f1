"""Citations: titles, numbers, what both look like when worn, and what is no document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.citations import find_citations
from nianbao.nlp.reading import Reading


def read(text):
    return [(one.title, one.number) for one in find_citations(Reading(text))]


NUMBERED = {
    "按照《关于做好公开工作的通知》（云政办函〔2018〕33号）要求": (
        "关于做好公开工作的通知",
        "云政办函〔2018〕33号",
    ),
    "按照《关于做好公开工作的通知》(云政办函[2018]33号)要求": (
        "关于做好公开工作的通知",
        "云政办函[2018]33号",
    ),
    "按照《关于做好公开工作的通知》（云政办函（2018）33号）": (
        "关于做好公开工作的通知",
        "云政办函（2018）33号",
    ),
    "按照《关于做好公开工作的通知》（云政办函【2018】33号）": (
        "关于做好公开工作的通知",
        "云政办函【2018】33号",
    ),
    "按照《关于做好公开工作的通知》〔云政办函〔2018〕33号〕": (
        "关于做好公开工作的通知",
        "云政办函〔2018〕33号",
    ),
    "按照《关于做好公开工作的通知》 （云政办函 〔2018〕 33 号）": (
        "关于做好公开工作的通知",
        "云政办函〔2018〕33号",
    ),
    "依据《政府信息公开条例》（国务院令第711号）": ("政府信息公开条例", "国务院令第711号"),
    "依据《政府信息公开条例》（国务院第711号令）": ("政府信息公开条例", "国务院第711号令"),
    "依据《政府信息公开条例》（中华人民共和国国务院令第492号）": (
        "政府信息公开条例",
        "中华人民共和国国务院令第492号",
    ),
    "执行《粮食储备办法》（2019年第5号公告）": ("粮食储备办法", "2019年第5号公告"),
    "执行《粮食储备办法》（公告第5号）": ("粮食储备办法", "公告第5号"),
    "修订《查阅点管理办法（试行）》（青档发〔2011〕7号）": ("查阅点管理办法（试行）", "青档发〔2011〕7号"),
    "修订《查阅点管理办法》（试行）（青档发〔2011〕7号）": ("查阅点管理办法", "青档发〔2011〕7号"),
    "落实《要点》(岭府办发〔2023〕11)任务": ("要点", "岭府办发〔2023〕11"),
    "根据青政办〔2011〕7号文件精神": (None, "青政办〔2011〕7号"),
    "根据青政办(2011)7号函，": (None, "青政办(2011)7号函"),
    "省政府印发的国办发〔2016〕80号文": (None, "国办发〔2016〕80号文"),
    "根据省政府办公厅云政办〔2016〕19号文件": (None, "云政办〔2016〕19号"),
    "文号为云政发〔2016〕9号。": (None, "云政发〔2016〕9号"),
    "依照国务院令第711号办理": (None, "国务院令第711号"),
}


@pytest.mark.parametrize(("text", "found"), NUMBERED.items(), ids=NUMBERED)
def test_number(text, found):
    assert read(text) == [found]


SEVERAL = {
    "依照国务院令第711号和国办发〔2017〕24号执行": ["国务院令第711号", "国办发〔2017〕24号"],
    "转发岭委发（2012）6号、〔2013〕9号和〔2014〕2号": ["岭委发（2012）6号", "〔2013〕9号", "〔2014〕2号"],
}


@pytest.mark.parametrize(("text", "numbers"), SEVERAL.items(), ids=SEVERAL)
def test_several_numbers(text, numbers):
    assert read(text) == [(None, number) for number in numbers]


def test_number_among_words_in_the_bracket():
    text = "依据《政府信息公开条例》（国务院令第711号，以下简称《条例》）编制"
    assert read(text) == [("政府信息公开条例", "国务院令第711号"), ("条例", None)]


TITLES = {
    "贯彻《江州省实施〈信息公开条例〉办法》": ["江州省实施〈信息公开条例〉办法"],
    "贯彻《江州省实施《信息公开条例》办法》": ["江州省实施《信息公开条例》办法"],
    "依据《条例》第五十条、《办法》第三条": ["条例", "办法"],
    "制定《目录》《指南》": ["目录", "指南"],
    "印发《关于进一步做好全市政府信息主动公\n开工作的实施意见》": [
        "关于进一步做好全市政府信息主动公开工作的实施意见"
    ],
    "更新《主动公开目录》（2025版）": ["主动公开目录"],
    "报送《2020年国民经济和社会发展统计公报》": ["2020年国民经济和社会发展统计公报"],
    "在《条例》施行十年专题培训班上": ["条例"],
    "转发《关于印发《公开办法》的通知要求各镇照办。": ["关于印发《公开办法》的通知"],
    "落实《公开条例的要求，修订《公开指南》。": ["公开指南"],
    "落实《公开条例的要求。修订《公开指南》。": ["公开指南"],
}


@pytest.mark.parametrize(("text", "titles"), TITLES.items(), ids=TITLES)
def test_title(text, titles):
    assert [title for title, _ in read(text)] == titles


REFUSED = [
    "在《江州日报》刊登公告4期，在《东山晚报》开设专版。",
    "编印《青山县人民政府公报》12期。",
    "开设《民声直通车》《局长在线》等专栏5个。",
    "录制《对话一把手》节目8期。",
    "组织开展9期《问政东山》。",
    "电影《大河奔流》、舞剧《青衣》获奖。",
    "落实《公开条例的要求。",
    "〔2019〕14号",
    "第711号，共5号窗口，2021年第12号令",
    "编发《信息公开简报》12期",
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text):
    assert read(text) == []


def test_span_covers_title_and_bracketed_number():
    text = "执行《办法》（青档发〔2011〕7号），"
    (found,) = find_citations(Reading(text))
    assert found.text == "《办法》（青档发〔2011〕7号）"


@given(st.text(alphabet="《》〈〉()〔〕201号第令条例办发 \n，。", max_size=60))
def test_spans_quote_the_text(text):
    assert all(one.text == text[one.start : one.end] for one in find_citations(Reading(text)))


@pytest.mark.parametrize(
    "text", ["《" * 20_000, "《》" * 20_000, "》" * 50_000, "《条例" * 20_000, "令" * 50_000]
)
def test_long_runs_end(text):
    assert len(find_citations(Reading(text))) <= len(text)
