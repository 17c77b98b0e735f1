"""Levels of government from names of bodies."""

import pytest

from nianbao.nlp.levels import find_level
from nianbao.nlp.regions import find_region

LEVELS = {
    "nation": ["国务院办公厅", "国家外汇管理局", "教育部", "中国气象局", "中国人民银行"],
    "province": [
        "云南省人民政府",
        "上海市人民政府",
        "北京市城市管理委员会",
        "广西壮族自治区财政厅",
        "岭海省审计厅",
        "民政厅",
        "省政府办公厅",
    ],
    "city": [
        "台州市财政局",
        "延边州教育局",
        "大兴安岭地区行政公署",
        "澄河市地震局",
        "市政府办公室",
        "景德镇市水利局",
    ],
    "county": [
        "泾县教体局",
        "义乌市民政局",
        "上海市浦东新区财政局",
        "鼓楼区人民政府",
        "望川县水利局",
        "清源市双桥区住建局",
    ],
    "town": ["柳荫街道办事处", "桃铺镇人民政府", "青林彝族乡人民政府", "东莞市石龙镇人民政府"],
}


@pytest.mark.parametrize(
    ("level", "name"), [(level, name) for level, names in LEVELS.items() for name in names]
)
def test_the_name_tells_the_level(level, name):
    assert find_level(name, find_region(name)) == level


@pytest.mark.parametrize(
    "name", ["苏州工业园区管理委员会", "南浦经济技术开发区管理委员会", "澜湖新区卫生健康委员会"]
)
def test_zones_count_as_counties(name):
    assert find_level(name, find_region(name)) == "county"


@pytest.mark.parametrize("name", [None, "", "市场监督管理局", "办公室"])
def test_a_name_without_a_level_tells_none(name):
    assert find_level(name) is None
