import re

import pytest

from nianbao.data.training import read_passages
from nianbao.models.context import (
    _LEXICON,
    bare_heading,
    chain_zone,
    contexts,
    number_of,
    ordinal_of,
    settle,
    zone_of,
)
from nianbao.models.pieces import Piece

ZONES = [
    ("工作中还存在以下不足:", "problem"),
    ("问题主要有:", "problem"),
    ("针对上述问题,局里采取三项措施:", "plan"),
    ("下一步,镇里将", "plan"),
    ("改进措施:", "plan"),
    ("全年召开例会四次。", ""),
    ("针对老年人出行,增设服务点。", ""),
    ("五、存在的主要问题及改进情况", "problem"),
    ("四、困难和下一步打算", "problem"),
    ("有以下几处值得重视:", "problem"),
]
SECTIONS = [
    (["overview", "problems", "proactive", "other"], ["overview", "problems", "problems", "other"]),
    (["problems", "other", "overview"], ["problems", "other", "overview"]),
    (["proactive", "requests", "problems"], ["proactive", "requests", "problems"]),
]
ORDINALS = [
    ("一是补短板。", 1),
    ("其二,抓培训。", 2),
    ("第三,抓督办。", 3),
    ("(四)抓更新。", 4),
    ("12.抓考核", 12),
    ("首先,摸清底数。", 1),
    ("下一步,一是借力高校。", 1),
    ("2024年,我局将:一是补人手。", 1),
    ("2024年,一批项目开工。", 0),
    ("3.5万人参加", 0),
    ("一年来", 0),
    ("二氧化碳排放下降", 0),
]


CHAINS = [
    ("五、存在的问题及改进情况 / (二)改进措施", "plan"),
    ("2025年工作打算 / (一)守牢底线", "plan"),
    ("2025年工作打算 / 正视困难和问题:", "plan"),
    ("一、工作回顾 / 面临的困难", "problem"),
    ("“十五五”时期的主要目标任务", "plan"),
    ("有效应对多种挑战", ""),
    ("", ""),
]


@pytest.mark.parametrize(("heading", "zone"), CHAINS)
def test_chain_zone(heading, zone):
    assert chain_zone(heading) == zone


@pytest.mark.parametrize("heading", ["改进措施", "(二)改进措施", "三、改进措施", "3.改进措施", "——改进措施"])
def test_bare_heading(heading):
    assert bare_heading(heading) == "改进措施"


def test_the_number_may_stand_before_the_piece():
    assert [number_of(Piece("添人。", enumerator=mark)) for mark in ("(二)", "二", "2", "")] == [2, 2, 2, 0]


def test_a_plan_part_governs_what_is_under_its_headings():
    chains = ["2025年打算 / (一)稳粮", "2025年打算 / (二)破解难题", "2025年打算 / (三)惠民"]
    pieces = [Piece("抓实抓好。", "other", "work", chain) for chain in chains]
    assert [each.zone for each in contexts(pieces)] == ["plan"] * 3


@pytest.mark.parametrize(("text", "zone"), ZONES)
def test_zone_of(text, zone):
    assert zone_of(text) == zone


@pytest.mark.parametrize(("text", "ordinal"), ORDINALS)
def test_ordinal_of(text, ordinal):
    assert ordinal_of(text) == ordinal


@pytest.mark.parametrize(("given", "settled"), SECTIONS)
def test_acts_do_not_follow_problems(given, settled):
    assert [piece.section for piece in settle([Piece("细化目录。", section) for section in given])] == settled


def test_work_reports_keep_their_sections():
    pieces = [Piece("债务重。", "problems", "work"), Piece("修路。", "overview", "work")]
    assert settle(pieces) == pieces


def read(*texts: str, **fields: str) -> list:
    return contexts([Piece(text, **fields) for text in texts])


def test_a_zone_lasts_until_the_next():
    zones = [each.zone for each in read("存在的问题:", "人手紧。", "下一步,调人。", "定岗。")]
    assert zones == ["problem", "problem", "plan", "plan"]


def test_a_zone_ends_with_its_section():
    pieces = [Piece("存在的问题:", "problems"), Piece("本年不收费。", "other")]
    assert [each.zone for each in contexts(pieces)] == ["problem", ""]


def test_a_heading_opens_a_zone():
    assert read("配齐专人。", heading="(二)改进措施")[0].zone == "plan"


def test_a_list_that_begins_anew_is_told():
    found = read("一是人少。", "二是晚发。", "一是添人。", "二是早发。")
    assert [each.restart for each in found] == [False, False, True, True]


def test_details_know_their_head():
    assert [each.head for each in read("一是添人。", "招两名。")] == ["", "一是添人。"]


def test_the_following_year_is_told():
    assert [each.later for each in read("2019年发布40条。", "2020年再翻番。")] == [False, True]


def test_the_characters_that_a_zone_begins_with_are_all_told():
    lines = (
        line.split("\t") for line in _LEXICON.read_text(encoding="utf-8").splitlines() if line[:1] != "#"
    )
    patterns = [(begins, re.compile(pattern)) for _, begins, pattern in lines]
    texts = [sentence.text for passage in read_passages() for sentence in passage.statements]
    begun = {
        (begins, found[0][:1]) for begins, one in patterns for text in texts if (found := one.search(text))
    }
    assert all(letter in begins for begins, letter in begun)
    assert len(begun) > len(patterns)
