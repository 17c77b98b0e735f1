"""Titles: which line, which body, which year."""

import pytest

from nianbao.nlp.reading import Reading
from nianbao.nlp.titles import find_title, parse_site, parse_title, parse_year

PARSED = [
    ("云溪县民政局2021年政府信息公开工作年度报告", "云溪县民政局", 2021),
    ("2023年云溪县人民政府信息公开工作年度报告", "云溪县人民政府", 2023),
    ("云溪县2015年度政府信息公开年报", "云溪县", 2015),
    ("安徽省教育厅政府信息公开2022年度工作报告", "安徽省教育厅", 2022),
    ("桃铺镇人民政府政府信息公开工作年度报告（2020年度）", "桃铺镇人民政府", 2020),
    ("甘肃省水利厅关于2023年度政府信息公开工作情况的报告", "甘肃省水利厅", 2023),
    ("云溪市财政局2018年度报告", "云溪市财政局", 2018),
    ("云溪市商务局二〇一二年度政府信息公开工作年度报告", "云溪市商务局", 2012),
    ("雲溪縣人民政府2016年政府信息公開工作年度報告", "云溪县人民政府", 2016),
    ("云溪市南浦区 2 0 2 3 年 政 府 信 息 公 开 工 作 年 度 报 告", "云溪市南浦区", 2023),
    ("## 国家税务总局云溪县税务局2022年政府信息公开工作年度报告", "国家税务总局云溪县税务局", 2022),
    ("云溪县审计局2020年政府信息公开工作年度报告-云溪县人民政府", "云溪县审计局", 2020),
    ("2019年政府信息公开工作年度报告", None, 2019),
    ("云溪县人民政府202019年政府信息公开工作年度报告", "云溪县人民政府", None),
]


@pytest.mark.parametrize(("text", "org", "year"), PARSED)
def test_a_title_names_body_and_year(text, org, year):
    title = parse_title(text)
    assert title is not None
    assert (title.org, title.year, title.work) == (org, year, False)


@pytest.mark.parametrize(
    ("text", "org", "year"),
    [
        ("2026年云溪省政府工作报告", "云溪省人民政府", 2026),
        ("云溪县人民政府工作报告", "云溪县人民政府", None),
        ("二〇一一年政府工作报告", None, 2011),
    ],
)
def test_a_work_report_is_the_governments(text, org, year):
    title = parse_title(text)
    assert title is not None
    assert (title.org, title.year, title.work) == (org, year, True)


@pytest.mark.parametrize("text", ["", "关于放假的通知", "现将年度报告向社会公布如下，请予监督", "000_060f01"])
def test_other_strings_are_no_titles(text):
    assert parse_title(text) is None


FOUND = [
    "云溪县人民政府\n2023年政府信息公开工作年度报告\n一、总体情况",
    "云溪县人民政府\n2023年度\n政府信息公开工作年度报告\n一、总体情况",
    "首页 > 信息公开 > 政府信息公开年度报告\n云溪县人民政府2023年政府信息公开工作年度报告\n正文",
    "政府信息公开年度报告\n来源：县府办\n云溪县人民政府2023年政府信息公开工作年度报告\n正文",
    "云溪县人民政府政府信息公开工作年度报告\n（2023年度）\n正文",
    "# 云溪县人民政府 2023 年 政府信息公开工作年度报告\n正文",
    "## 云溪县人民政府\n## 2023年政府信息公开工作年度报告\n正文",
]


@pytest.mark.parametrize("text", FOUND)
def test_the_title_may_be_split_and_stand_below_page_furniture(text):
    title = find_title(Reading(text))
    assert title is not None
    assert (title.org, title.year) == ("云溪县人民政府", 2023)


def test_a_text_without_title_has_none():
    assert find_title(Reading("2020年，我局公开信息30条。\n下一步继续努力。")) is None


@pytest.mark.parametrize(
    ("digits", "year"), [("2023", 2023), ("二〇二三", 2023), ("二○一○", None), ("1234", None), ("年", None)]
)
def test_years(digits, year):
    assert parse_year(digits) == year


def test_a_page_title_may_name_the_body_beside_the_report():
    assert parse_site("2019年政府信息公开工作年度报告_云溪县莫山镇") == "云溪县莫山镇"
    assert parse_site("2019年政府信息公开工作年度报告") is None
