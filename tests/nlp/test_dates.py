"""Dates: every construct by name, what is refused, and valid dates read back from many notations."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.dates import find_dates
from nianbao.nlp.reading import Reading


def read(text, year=2021, genre="disclosure", masked=()):
    return find_dates(Reading(text), year=year, genre=genre, masked=masked)


def brief(text, **given):
    return [
        (d.text, d.value or (d.iso_start if d.iso_start == d.iso_end else f"{d.iso_start}/{d.iso_end}"))
        for d in read(text, **given)
    ]


CALENDAR = {
    "day": ("2019年3月5日，馆里办了开放日。", "2019年3月5日", "2019-03-05"),
    "day with time": ("会议于2019年3月5日上午召开。", "2019年3月5日上午", "2019-03-05"),
    "day with clock": ("截至2018年12月31日24时，站内存稿清空。", "2018年12月31日24时", "2018-12-31"),
    "wide-set digits": ("自 2 0 1 9 年 3 月 1 5 日起施行", "2 0 1 9 年 3 月 1 5 日", "2019-03-15"),
    "month": ("2022年2月份上线。", "2022年2月份", "2022-02-01/2022-02-28"),
    "leap month": ("2024年2月，改版。", "2024年2月", "2024-02-01/2024-02-29"),
    "end of month": ("2022年4月底前办结。", "2022年4月底", "2022-04-30"),
    "third of month": ("2022年4月中旬开班。", "2022年4月中旬", "2022-04-11/2022-04-20"),
    "two thirds of month": ("2022年4月中下旬开班。", "2022年4月中下旬", "2022-04-11/2022-04-30"),
    "quarter": ("2016年第三季度开通。", "2016年第三季度", "2016-07-01/2016-09-30"),
    "three quarters": ("2016年前三季度收件9件。", "2016年前三季度", "2016-01-01/2016-09-30"),
    "half": ("2016年上半年收件9件。", "2016年上半年", "2016-01-01/2016-06-30"),
    "year": ("2016年，全镇公开信息80条。", "2016年", "2016-01-01/2016-12-31"),
    "year as attribute": ("公开2015年度部门决算", "2015年度", "2015-01-01/2015-12-31"),
    "whole year": ("数据取自2016年全年。", "2016年全年", "2016-01-01/2016-12-31"),
    "end of year": ("2016年底前完成。", "2016年底", "2016-12-31"),
    "beginning of year": ("2016年初制定。", "2016年初", "2016-01-01/2016-01-31"),
    "characters": ("二〇一七年十二月二十九日", "二〇一七年十二月二十九日", "2017-12-29"),
    "circle for zero": ("二○一○年三月三十一日", "二○一○年三月三十一日", "2010-03-31"),
    "ling for zero": ("二零一二年十月十日", "二零一二年十月十日", "2012-10-10"),
    "year in characters": ("二〇一二年度，本所公开信息9条。", "二〇一二年度", "2012-01-01/2012-12-31"),
    "dots": ("填报日期：2020.5.12", "2020.5.12", "2020-05-12"),
    "hyphens": ("发布时间:2020-05-12 来源", "2020-05-12", "2020-05-12"),
    "slashes": ("更新于2020/5/12。", "2020/5/12", "2020-05-12"),
    "lost 年": ("自20221月6日开展", "20221月6日", "2022-01-06"),
    "first month by name": ("2012年元月9日印发。", "2012年元月9日", "2012-01-09"),
    "short year": ("至19年12月，建成3个点位。", "19年12月", "2019-12-01/2019-12-31"),
    "end of quarter": ("2012年二季度末公布。", "2012年二季度末", "2012-06-30"),
    "doubled 20": ("202019年，全局公开9条。", "202019年", "2019-01-01/2019-12-31"),
    "letter O for zero": ("2O14年，全局公开9条。", "2O14年", "2014-01-01/2014-12-31"),
    "letter l for one": ("20l4年1O月公开9条。", "20l4年1O月", "2014-10-01/2014-10-31"),
    "list number before": ("目标：2.2014年公开9条。", "2014年", "2014-01-01/2014-12-31"),
    "two quarters": ("2014年第三、四季度各抽查1次。", "2014年第三、四季度", "2014-07-01/2014-12-31"),
    "two months": ("集中在2014年11、12月份公开。", "2014年11、12月份", "2014-11-01/2014-12-31"),
    "two years": ("今明两年分批改造。", "今明两年", "2021-01-01/2022-12-31"),
    "day past the month": ("截至2020年6月31日", "2020年6月31日", "2020-06-30"),
}


@pytest.mark.parametrize(("text", "quoted", "days"), CALENDAR.values(), ids=CALENDAR)
def test_date(text, quoted, days):
    assert brief(text) == [(quoted, days)]


RANGES = {
    "both years": (
        "自2015年1月1日起至2015年12月31日止",
        "2015年1月1日起至2015年12月31日",
        "2015-01-01/2015-12-31",
    ),
    "second year dropped": ("从2015年1月1日到12月31日", "2015年1月1日到12月31日", "2015-01-01/2015-12-31"),
    "same year": ("2015年1月1日至同年11月30日", "2015年1月1日至同年11月30日", "2015-01-01/2015-11-30"),
    "months": ("2015年1-11月份", "2015年1-11月份", "2015-01-01/2015-11-30"),
    "both months": ("2015年1月至11月", "2015年1月至11月", "2015-01-01/2015-11-30"),
    "years": ("2013—2015年", "2013—2015年", "2013-01-01/2015-12-31"),
    "years with 年": ("2013年至2015年", "2013年至2015年", "2013-01-01/2015-12-31"),
    "days of a month": ("2015年5月3日至9日", "2015年5月3日至9日", "2015-05-03/2015-05-09"),
    "days, one 日": ("2015年5月3-9日", "2015年5月3-9日", "2015-05-03/2015-05-09"),
    "across years": ("2015年12月1日至2016年1月15日", "2015年12月1日至2016年1月15日", "2015-12-01/2016-01-15"),
    "quarters": ("2015年一至三季度", "2015年一至三季度", "2015-01-01/2015-09-30"),
    "dots": ("2015.1.1-2015.12.31", "2015.1.1-2015.12.31", "2015-01-01/2015-12-31"),
    "dots, year dropped": ("2015.1.1-12.31", "2015.1.1-12.31", "2015-01-01/2015-12-31"),
    "dotted months": ("2015.02-2015.11", "2015.02-2015.11", "2015-02-01/2015-11-30"),
    "clock in characters": (
        "2015年1月1日零时至12月31日24时",
        "2015年1月1日零时至12月31日24时",
        "2015-01-01/2015-12-31",
    ),
    "dash for the link": ("2015年1月1日—12月31日", "2015年1月1日—12月31日", "2015-01-01/2015-12-31"),
}


@pytest.mark.parametrize(("text", "quoted", "days"), RANGES.values(), ids=RANGES)
def test_range(text, quoted, days):
    (found,) = read(text)
    assert (found.kind, found.text, f"{found.iso_start}/{found.iso_end}") == ("range", quoted, days)


RELATIVE = {
    "今年": "2021-01-01/2021-12-31",
    "本年度": "2021-01-01/2021-12-31",
    "全年": "2021-01-01/2021-12-31",
    "去年": "2020-01-01/2020-12-31",
    "上年度": "2020-01-01/2020-12-31",
    "上一年度": "2020-01-01/2020-12-31",
    "下一年度": "2022-01-01/2022-12-31",
    "明年": "2022-01-01/2022-12-31",
    "年初": "2021-01-01/2021-01-31",
    "年底": "2021-12-31",
    "年末": "2021-12-31",
    "去年底": "2020-12-31",
    "今年上半年": "2021-01-01/2021-06-30",
    "下半年": "2021-07-01/2021-12-31",
    "一季度": "2021-01-01/2021-03-31",
    "去年9月": "2020-09-01/2020-09-30",
    "9月份": "2021-09-01/2021-09-30",
    "7月13日": "2021-07-13",
}


@pytest.mark.parametrize(("word", "days"), RELATIVE.items())
def test_relative_word(word, days):
    assert brief(f"我区{word}，开展自查。") == [(word, days)]


def test_month_takes_the_last_year_named():
    assert brief("2018年3月改版，9月验收。")[1] == ("9月", "2018-09-01/2018-09-30")


def test_a_year_compared_with_names_none():
    assert brief("与2009年以来相比，9月最多。", year=2010)[1][1] == "2010-09-01/2010-09-30"


def test_relative_word_without_any_year_is_left_out():
    assert brief("今年，我局公开信息9条。", year=None) == []


def test_relative_word_after_a_year_where_none_is_given():
    assert brief("2016年公开9条，比上年多2条。", year=None)[1] == ("上年", "2015-01-01/2015-12-31")


WORK = "2024年工作回顾。全年办好实事30件，比上年多2件。去年底验收。\n二、2025年工作安排\n今年，全年新建公园9个。年底前完工。"


def test_work_report_turns_to_the_year_ahead():
    years = [(d.text, d.iso_start[:4]) for d in read(WORK, year=2024, genre="work")]
    assert years == [
        ("2024年", "2024"),
        ("全年", "2024"),
        ("上年", "2023"),
        ("去年底", "2024"),
        ("2025年", "2025"),
        ("今年", "2025"),
        ("全年", "2025"),
        ("年底", "2025"),
    ]


def test_goal_in_a_passage_of_a_work_report():
    assert brief("力争全年修路40公里。", year=2024, genre="work") == [("全年", "2025-01-01/2025-12-31")]


DURATIONS = {
    "working days": ("20个工作日内答复", "20个工作日", "P20D"),
    "decimal": ("平均用时3.5个工作日", "3.5个工作日", "P3.5D"),
    "days": ("公示7天", "7天", "P7D"),
    "days as 日": ("十日内更新", "十日", "P10D"),
    "hours": ("24小时内回应", "24小时", "PT24H"),
    "minutes": ("压减到19分钟", "19分钟", "PT19M"),
    "quarter hours": ("三刻钟办完", "三刻钟", "PT45M"),
    "seconds": ("响应不到2秒", "2秒", "PT2S"),
    "weeks": ("提前两周通知", "两周", "P2W"),
    "months": ("晚了一个月", "一个月", "P1M"),
    "months and a half": ("历时两个半月", "两个半月", "P2.5M"),
    "quarters": ("连续12个季度", "12个季度", "P36M"),
    "half year": ("到岗不满半年", "半年", "P6M"),
    "years in characters": ("连续五年获评优秀", "五年", "P5Y"),
    "look-back": ("近3年来逐步增加", "3年", "P3Y"),
    "one year measured": ("有效期不少于一年", "一年", "P1Y"),
    "year and a half": ("历时一年半", "一年半", "P1.5Y"),
    "more than": ("提前10余天", "10余天", "P10D"),
}


@pytest.mark.parametrize(("text", "quoted", "value"), DURATIONS.values(), ids=DURATIONS)
def test_duration(text, quoted, value):
    (found,) = read(text)
    assert (found.kind, found.text, found.value, found.edtf) == ("duration", quoted, value, None)


REFUSED = [
    "近年来，目前，今后，下一步，近期，日前，定期",
    "每月通报，每季度抽查，每年3月培训，每周更新，每5年评估",
    "“5·15政务公开日”和5.15政务公开日活动",
    "“十四五”期间落实三年行动计划",
    "热线12345，电话0517-20201231，传真2023-0115",
    "24小时自助服务区、15分钟社区生活圈、7×24小时在线",
    "一年来，年度报告，跨年度事项，多年积累，全国第三年",
    "PM2.5年均浓度",
    "建站20周年，第5个工作日，青年，五年级，九十年代",
    "五年规划，学前一年免费，百年老店，数十年",
    "系统2.0版，比例20.5%，合计2020.5万元",
    "本年度报告由办公室编制。",
    "以前年度决算、网上年检、说明年限、成本年均值、近年来年度",
    "〔2019〕14号，2019版，2024年版",
]


@pytest.mark.parametrize("text", REFUSED)
def test_refused(text):
    assert brief(text) == []


def test_masked_spans_are_passed_over_and_name_no_year():
    text = "依据《2017年要点》，9月印发方案。"
    assert brief(text, masked=[(2, 10)]) == [("9月", "2021-09-01/2021-09-30")]


def test_list_of_days():
    assert [d.iso_start for d in read("2019年5月12日、13日和15日")] == [
        "2019-05-12",
        "2019-05-13",
        "2019-05-15",
    ]


def test_a_comma_before_a_month_is_no_range():
    assert [d.kind for d in read("2019年，到12月底全部完成")] == ["date", "date"]


def test_list_of_years():
    assert [d.text for d in read("公开2019、2020和2021年预算")] == ["2019", "2020", "2021年"]


EDTF = {
    "2020年": "2020",
    "2020年5月": "2020-05",
    "2020年5月12日": "2020-05-12",
    "2020年二季度": "2020-34",
    "2020年上半年": "2020-01/2020-06",
    "2019年至2020年": "2019/2020",
    "2020年5月至7月": "2020-05/2020-07",
}


@pytest.mark.parametrize(("text", "edtf"), EDTF.items())
def test_edtf(text, edtf):
    assert [d.edtf for d in read(text)] == [edtf]


LISTS = {
    "years": ("2013、2014两年公开80条。", ["2013-01-01/2013-12-31", "2014-01-01/2014-12-31"]),
    "days": ("3月4、5、6日值班。", ["2021-03-04", "2021-03-05", "2021-03-06"]),
    "year of a plan's heading": (
        "三、2022年工作打算\n（一）抓好培训。上半年办班，年底前测评。\n四、其他事项\n年底已公示。",
        ["2022-01-01/2022-12-31", "2022-01-01/2022-06-30", "2022-12-31", "2021-12-31"],
    ),
    "year meant by 明年": (
        "明年将改版，一季度设计，6月底上线。年底已测试。",
        ["2022-01-01/2022-12-31", "2022-01-01/2022-03-31", "2022-06-30", "2021-12-31"],
    ),
    "year of a plan's lead-in": (
        "明年做好以下工作：一是改版。上半年上线。\n上半年曾抽查。",
        ["2022-01-01/2022-12-31", "2022-01-01/2022-06-30", "2021-01-01/2021-06-30"],
    ),
}


@pytest.mark.parametrize(("text", "days"), LISTS.values(), ids=LISTS)
def test_dates_that_share_words(text, days):
    assert [found for _, found in brief(text)] == days


CHINESE = "〇一二三四五六七八九"
DAYS = st.dates(date(1990, 1, 1), date(2059, 12, 31))


def in_characters(number):
    tens, ones = divmod(number, 10)
    ten = ("" if tens == 1 else CHINESE[tens]) + "十" if tens else ""
    return ten + (CHINESE[ones] if ones else "")


def in_chinese(day):
    year = "".join(CHINESE[int(digit)] for digit in str(day.year))
    return f"{year}年{in_characters(day.month)}月{in_characters(day.day)}日"


NOTATIONS = {
    "chinese": lambda d: f"{d.year}年{d.month}月{d.day}日",
    "padded": lambda d: f"{d:%Y年%m月%d日}",
    "spaced": lambda d: f"{d.year} 年 {d.month} 月 {d.day} 日",
    "full width": lambda d: f"{d.year}年{d.month}月{d.day}日".translate(
        {ord("0") + i: ord("０") + i for i in range(10)}
    ),
    "characters": in_chinese,
    "circle": lambda d: in_chinese(d).replace("〇", "○"),
    "dots": lambda d: f"{d.year}.{d.month}.{d.day}",
    "iso": lambda d: d.isoformat(),
    "slashes": lambda d: f"{d.year}/{d.month}/{d.day}",
}


@pytest.mark.parametrize("notation", NOTATIONS.values(), ids=NOTATIONS)
@given(day=DAYS)
def test_any_day_is_read_back(notation, day):
    written = notation(day)
    assert brief(f"于{written}，发布") == [(written, day.isoformat())]


@given(
    day=DAYS, length=st.integers(1, 900), link=st.sampled_from(["至", "到", "-", "—", "～", "起至", "起，至"])
)
def test_any_range_is_read_back(day, length, link):
    end = day + timedelta(days=length)
    write = NOTATIONS["chinese"]
    assert brief(f"自{write(day)}{link}{write(end)}止") == [
        (f"{write(day)}{link}{write(end)}", f"{day}/{end}")
    ]


@given(st.text(alphabet="0123456789年月日.-/至一二十个工作季度上半全今天小时 \n，。", max_size=60))
def test_spans_quote_the_text_in_order(text):
    found = read(text)
    assert all(d.text == text[d.start : d.end] for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "年" * 50_000, "一" * 100_000, "2020" * 20_000, "1-" * 50_000]
)
def test_long_runs_end(text):
    assert all(d.text for d in read(text))
