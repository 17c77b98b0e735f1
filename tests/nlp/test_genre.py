"""Genres, from whole openings and from a few sentences."""

import pytest

from nianbao.nlp.genre import find_genre
from nianbao.nlp.reading import Reading

WORK = [
    "各位代表：现在，我代表县人民政府，向大会报告工作，请予审议。",
    "过去一年，全市地区生产总值突破两千亿元，规模以上工业增加值增长6.1%，城镇新增就业3.2万人。",
    "今年主要预期目标是：一般公共预算收入增长4%，居民人均可支配收入与经济增长同步。",
    "新建改建公路86公里，改造棚户区1200套，粮食总产量达到42万吨，外贸出口稳中有进。",
    "有效需求不足，部分企业经营困难，发展不平衡不充分问题仍然突出。",
]
DISCLOSURE = [
    "2016年，我局主动公开政府信息312条，受理依申请公开9件，均按期答复。",
    "政策解读形式单一，政府网站部分栏目更新不及时，信息公开队伍力量不足。",
    "本报告由镇政府办公室编制，所列数据起止时间为2019年1月1日至12月31日。",
    "围绕高质量发展和乡村振兴，及时公开重点领域信息，政务新媒体发布信息86条。",
]


@pytest.mark.parametrize("text", WORK)
def test_work_reports_speak_of_the_economy(text):
    assert find_genre(Reading(text), "梅川市人民政府") == "work"


@pytest.mark.parametrize("text", DISCLOSURE)
@pytest.mark.parametrize("org", [None, "梅川市人民政府", "梅川市水利局"])
def test_disclosure_reports_speak_of_disclosure(text, org):
    assert find_genre(Reading(text), org) == "disclosure"


def test_a_bureau_delivers_no_work_report():
    text = "全年粮食产量稳定，高标准农田新增三万亩。"
    assert find_genre(text, "梅川市人民政府") == "work"
    assert find_genre(text, "梅川市农业农村局") == "disclosure"


def test_nothing_said_is_disclosure():
    assert find_genre("") == "disclosure"
