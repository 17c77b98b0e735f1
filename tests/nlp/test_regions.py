"""Regions from names: unique names decide, shared ones need a larger place, nothing is guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.regions.divisions import divisions
from nianbao.nlp.regions import find_region, places_start, spelled

CURRENT = [division for division in divisions() if division.until is None]


def places(name, *hints):
    region = find_region(name, hints)
    return region and tuple(part for part in (region.province, region.city, region.county) if part)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("宿迁市宿豫区人民政府", ("江苏省", "宿迁市", "宿豫区")),
        ("泾县教体局", ("安徽省", "宣城市", "泾县")),
        ("广西水利厅", ("广西壮族自治区",)),
        ("内蒙古自治区统计局", ("内蒙古自治区",)),
        ("延边州教育局", ("吉林省", "延边朝鲜族自治州")),
        ("前郭县人民政府", ("吉林省", "松原市", "前郭尔罗斯蒙古族自治县")),
        ("上海市财政局", ("上海市",)),
        ("上海市浦东新区民政局", ("上海市", "浦东新区")),
        ("义乌市人民政府", ("浙江省", "金华市", "义乌市")),
        ("仙桃市司法局", ("湖北省", "仙桃市")),
        ("济南市历下区", ("山东省", "济南市", "历下区")),
        ("江苏沭阳经济开发区", ("江苏省", "宿迁市", "沭阳县")),
        ("国家税务总局丹凤县税务局", ("陕西省", "商洛市", "丹凤县")),
        ("平潭综合实验区地方税务局", ("福建省", "福州市", "平潭县")),
        ("苏州工业园区管理委员会", ("江苏省", "苏州市")),
        ("東莞市人民政府", ("广东省", "东莞市")),
        ("毫州市人民政府", ("安徽省", "亳州市")),
    ],
)
def test_a_name_that_stands_for_one_place(name, expected):
    assert places(name) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("洪泽县人民政府", ("江苏省", "淮安市", "洪泽县")),
        ("闸北区卫生局", ("上海市", "闸北区")),
        ("襄樊市教育局", ("湖北省", "襄樊市")),
        ("平安县人民政府", ("青海省", "海东市", "平安县")),
    ],
)
def test_former_divisions_are_known(name, expected):
    assert places(name) == expected


def test_a_shared_name_stays_open_without_a_larger_place():
    assert places("鼓楼区人民政府") is None
    assert places("西湖区教育局") is None


def test_a_shared_name_keeps_the_province_that_all_share():
    assert places("桥东区人民政府") == ("河北省",)


@pytest.mark.parametrize(
    ("hint", "expected"),
    [
        ("南京市人民政府网站", ("江苏省", "南京市", "鼓楼区")),
        ("福州市", ("福建省", "福州市", "鼓楼区")),
        ("江苏", ("江苏省",)),
        ("今日要闻", None),
    ],
)
def test_hints_narrow_a_shared_name(hint, expected):
    assert places("鼓楼区司法局", hint) == expected


def test_the_first_hint_that_decides_wins():
    assert places("鼓楼区司法局", "徐州市", "南京市") == ("江苏省", "徐州市", "鼓楼区")


@pytest.mark.parametrize(
    "name", ["清源市双桥区住建局", "松岭县水利局", "国务院办公厅", "教育部", "县民政局", ""]
)
def test_no_place_is_made_up(name):
    assert find_region(name) is None


def test_a_hint_gives_no_place_to_an_unknown_one():
    assert find_region("望川县水利局", ["南京市"]) is None


@given(st.sampled_from(CURRENT), st.sampled_from(["人民政府", "财政局", "卫生健康委员会"]))
def test_a_full_chain_of_names_gives_the_code(division, office):
    chain, by_code = [division], {one.code: one for one in CURRENT}
    while chain[0].parent:
        chain.insert(0, by_code[chain[0].parent])
    region = find_region("".join(one.name for one in chain) + office)
    assert region is not None
    assert region.code == division.code


@pytest.mark.parametrize(
    ("text", "start"), [("会议上海南省", 3), ("由江苏省南京市", 1), ("各部门", 3), ("经江苏沭阳县", 1)]
)
def test_places_at_the_end_of_a_text(text, start):
    assert places_start(text) == start


def test_misspelt_places_are_put_right():
    assert spelled("沐阳县人民政府") == "沭阳县人民政府"
    assert spelled("泾县人民政府") == "泾县人民政府"
