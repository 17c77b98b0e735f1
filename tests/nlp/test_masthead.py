"""Mastheads: who reports, on which year, from where."""

from pathlib import Path

import pytest

from nianbao.nlp.masthead import read_masthead
from nianbao.nlp.reading import Reading

SHARED = Path(__file__).parents[2].parent / "shared" / "samples"

PAGE = """首页 > 政府信息公开 > 政府信息公开年度报告
索引号：QT0402-0203-2022-00011
文号：云民〔2022〕3号
云和县民政局2021年政府信息公开工作年度报告
来源：县民政局 发布时间：2022-01-20 10:22 浏览次数：123
一、总体情况
2021年，我局围绕民政重点工作公开信息，下一步将在2022年继续努力。
"""


def read(text, **given):
    return read_masthead(Reading(text), **given)


def brief(text, **given):
    head = read(text, **given)
    return head.org, head.year, head.level, head.region.code if head.region else None


def test_a_whole_page():
    head = read(PAGE)
    assert head.title == "云和县民政局2021年政府信息公开工作年度报告"
    assert (head.org, head.year, head.genre, head.level) == ("云和县民政局", 2021, "disclosure", "county")
    assert head.region is not None
    assert (head.region.province, head.region.city, head.region.county) == ("浙江省", "丽水市", "云和县")
    assert (head.published, head.index_number) == ("2022-01-20", "QT0402-0203-2022-00011")
    assert head.document_number == "云民〔2022〕3号"


BODIES = {
    "introduced": ("2019年政府信息公开工作年度报告\n本报告由丹凤县水利局根据有关规定编制。", "丹凤县水利局"),
    "drafted by the office": ("本报告由泾县人民政府办公室编制。2019年，全县公开信息。", "泾县人民政府"),
    "signed": ("2019年政府信息公开工作年度报告\n全年公开信息30条。\n泾县司法局\n2020年1月9日", "泾县司法局"),
    "labelled": (
        "2019年政府信息公开工作年度报告\n发布机构：泾县财政局 发布日期：2020-01-09\n正文。",
        "泾县财政局",
    ),
    "published as": ("现将泾县统计局2019年政府信息公开情况报告如下。", "泾县统计局"),
    "misread in the title alone": (
        "冾县人民政府2019年政府信息公开工作年度报告\n全年公开信息30条。\n泾县人民政府\n2020年1月9日",
        "泾县人民政府",
    ),
    "misread": ("毫州市人民政府2019年政府信息公开工作年度报告\n正文。", "亳州市人民政府"),
}


@pytest.mark.parametrize("case", BODIES)
def test_the_body_is_found_where_the_title_does_not_name_it(case):
    text, org = BODIES[case]
    assert read(text).org == org
    assert read(text).year == 2019


def test_a_generic_title_takes_body_and_place_from_fields():
    text = "2022年度政府信息公开工作年度报告\n一、总体情况"
    fields = {"发布机构": "上海市静安区发展和改革委员会"}
    assert brief(text, fields=fields) == ("上海市静安区发展和改革委员会", 2022, "county", "310106")


def test_a_level_without_place_is_seated_by_the_page():
    text = "区教育局2022年度政府信息公开工作年度报告\n一、总体情况"
    hint = "区教育局2022年度政府信息公开工作年度报告_上海市静安区人民政府"
    assert brief(text, title_hint=hint) == ("区教育局", 2022, "county", "310106")


def test_a_shared_name_is_decided_by_the_path():
    text = "鼓楼区司法局2020年政府信息公开工作年度报告\n一、总体情况"
    assert brief(text) == ("鼓楼区司法局", 2020, "county", None)
    assert brief(text, path="江苏/徐州市/鼓楼区/7.html") == ("鼓楼区司法局", 2020, "county", "320302")


def test_a_town_is_seated_in_the_county_that_the_path_names():
    path = "年报/石城县/2022年屏山镇人民政府政府信息公开工作年度报告.pdf"
    assert brief("一、总体情况\n第二十条第（一）项", path=path) == ("屏山镇人民政府", 2022, "town", "360735")


def test_the_page_title_settles_which_year_where_a_list_comes_first():
    text = "泾县民政局2022年政府信息公开工作年度报告\n泾县民政局2021年政府信息公开工作年度报告\n正文"
    assert read(text, title_hint="泾县民政局2021年政府信息公开工作年度报告-泾县人民政府").year == 2021


def test_what_is_given_is_taken():
    head = read(PAGE, org="云和县人民政府", year=2019, genre="work")
    assert (head.org, head.year, head.genre) == ("云和县人民政府", 2019, "work")


YEARS = {
    "period": ("政府信息公开年度报告\n统计期限自2018年1月1日至2018年12月31日。", 2018),
    "period without its second year": ("政府信息公开年度报告\n数据自2017年1月1日起至12月31日止。", 2017),
    "broken in the title": ("泾县人民政府202019年政府信息公开年度报告\n2019年1月1日至2019年12月31日", 2019),
    "spoken of": ("2016年，我局公开信息30条。2016年未收到申请。2017年将继续努力。", 2016),
    "published": ("政府信息公开年度报告\n发布时间：2015-03-01\n正文", 2014),
    "nothing": ("我局认真公开信息。", None),
}


@pytest.mark.parametrize("case", YEARS)
def test_the_year_reported_on(case):
    text, year = YEARS[case]
    assert read(text).year == year


CONGRESS = "——2012年1月10日在丹阳市第十五届人民代表大会第五次会议上\n市长 王某\n各位代表：\n"
WORK = {
    "said": (
        "政府工作报告\n" + CONGRESS + "一、2011年工作回顾",
        ("丹阳市人民政府", 2011, "county", "321181"),
    ),
    "by delivery": (
        "政府工作报告\n" + CONGRESS + "一、过去五年",
        ("丹阳市人民政府", 2011, "county", "321181"),
    ),
    "by title": ("2020年台州市政府工作报告\n各位代表：", ("台州市人民政府", 2019, "city", "331000")),
    "municipality": ("2020年上海市政府工作报告\n各位代表：", ("上海市人民政府", 2019, "province", "310000")),
    "speaker": (
        "政府工作报告\n我代表云南省人民政府，向大会报告工作。",
        ("云南省人民政府", None, "province", "530000"),
    ),
}


@pytest.mark.parametrize("case", WORK)
def test_work_reports_look_back_on_the_year_before(case):
    text, expected = WORK[case]
    assert read(text).genre == "work"
    assert brief(text) == expected


@pytest.mark.parametrize("text", ["", "\n\n", "今天天气很好。", "1" * 500])
def test_a_text_that_says_nothing_has_no_masthead(text):
    head = read(text)
    assert (head.title, head.org, head.year, head.level, head.region) == (None,) * 5


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample reports are not here")
def test_every_work_report_of_the_samples_is_the_provinces():
    for path in sorted((SHARED / "work").glob("*2026.txt")):
        head = read(path.read_text(encoding="utf-8"))
        assert (head.org, head.year) == (path.stem.removesuffix("2026") + "人民政府", 2025)
        assert (head.genre, head.level) == ("work", "province")
