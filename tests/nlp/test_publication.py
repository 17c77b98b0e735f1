"""Day of publication, index number, document number."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.publication import (
    find_document_number,
    find_index_number,
    find_published,
    parse_day,
)
from nianbao.nlp.reading import Reading


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("年度报告\n发布时间：2022-01-20 10:22 浏览次数：12\n正文", "2022-01-20"),
        ("年度报告\n发布日期:2019年3月1日\n正文", "2019-03-01"),
        ("年度报告\n（2026年1月23日）\n正文", "2026-01-23"),
        ("年度报告\n2026-02-03 09:02:33\n正文", "2026-02-03"),
        ("年度报告\n正文很长。\n云溪县民政局\n2018年3月5日", "2018-03-05"),
        ("年度报告\n正文很长。\n云溪县民政局 二〇〇九年三月二十日", "2009-03-20"),
        ("数据统计时间：2020年1月1日至2020年12月31日\n正文", None),
        ("年度报告\n2021年2月30日", None),
        ("年度报告\n云溪县林业局 2020年1月16日\n正文较长，说明情况。\n", "2020-01-16"),
        ("会议于2021年3月1日召开。", None),
    ],
)
def test_the_day_of_publication(text, day):
    assert find_published(Reading(text), {}) == day


def test_a_field_goes_before_the_text_and_publication_before_signature():
    fields = {"成文日期": "2020-01-10", "发布日期": "2020年1月15日"}
    assert find_published(Reading("发布时间：2022-01-20"), fields) == "2020-01-15"


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2049, 1, 1)))
def test_any_day_is_read_back(day):
    assert parse_day(f"{day.year}年{day.month}月{day.day}日") == day.isoformat()
    assert parse_day(f"{day:%Y-%m-%d}") == day.isoformat()


def test_index_and_document_number():
    reading = Reading("索引号：QT0402-0203/2022-00011\n文号：云政办〔2022〕5号\n年度报告")
    assert find_index_number(reading, {}) == "QT0402-0203/2022-00011"
    assert find_document_number(reading, {}) == "云政办〔2022〕5号"


def test_fields_give_them_too():
    fields = {"索引号": "A-1", "发文字号": "云政发〔2020〕1号"}
    assert find_index_number(Reading(""), fields) == "A-1"
    assert find_document_number(Reading(""), fields) == "云政发〔2020〕1号"


def test_a_cited_number_is_not_the_reports_own():
    assert find_document_number(Reading("根据国办函〔2019〕60号要求\n文号：无"), {}) is None
