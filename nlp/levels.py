"""The level of government of a body, told from its name."""

import re

from ..data.folding import fold
from ..data.records import Level, Region
from .regions import mentions, spelled

_TOWN = re.compile(
    r"街道(?:办事处|办|党工委|$)|[^市集城]镇(?:人民政府|政府|党委|$)|乡(?:人民政府|政府|党委|$)|苏木|居委会|村委会"
)
_NATION = re.compile(
    r"国务院|^国家.{1,12}(?:局|委员会|委|总局|署|中心)|^(?:中国|中华人民共和国|全国|中共中央|中央)"
    r"|^(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|民政|司法|财政|人力资源和?社会保障|自然资源|国土资源|生态环境"
    r"|环境保护|住房和城乡建设|交通运输|铁道|水利|农业|农业农村|商务|文化|文化和旅游|卫生|退役军人事务|应急管理|监察)部"
)
_ZONE = re.compile(r"(?:开发|实验|试验|示范|高新|管理|合作|保税|园|新)区")
# 市 and 区 that belong to a word of the office, not to a place.
_GENERIC = re.compile(
    r"^[\u4e00-\u9fff]{0,8}?(省|自治区|市(?!场|容|民中心|政(?!府))|州|盟|县|(?<!地)(?<!社)区(?!域|划)|旗|镇|乡(?!村))"
)
_BELOW = re.compile(
    r"^[\u4e00-\u9fff]{1,4}?(?<!社)(?<!地)(?<!园)[县区旗](?=人民政府|[\u4e00-\u9fff]{2,12}(?:局|委员会|办公室)$)"
)
_OF_DEPTH: dict[int, Level] = {1: "province", 2: "city", 3: "county"}
_OF_GENERIC: dict[str, Level] = {
    "省": "province",
    "自治区": "province",
    "市": "city",
    "州": "city",
    "盟": "city",
    "县": "county",
    "区": "county",
    "旗": "county",
    "镇": "town",
    "乡": "town",
}


def find_level(org: str | None, region: Region | None = None) -> Level | None:
    """`nation`, `province`, `city`, `county` or `town` of a body; None where its name does not tell.

    The depth of the place named decides (义乌市 is a county, 上海市 a province), for places that no list has
    their generic part (望川县), for zones `county`, and without any place the office (省财政厅, …厅).
    """
    if not org:
        return None
    name = spelled(fold(org).replace(" ", ""))
    if _TOWN.search(name):
        return "town"
    found = mentions(name)
    if not found and _NATION.search(name):
        return "nation"
    if _ZONE.search(name) and not (found and found[-1][1] == len(name)):
        return "county"
    if found:
        return _of_place(name, found[-1][1], {place.depth for place in found[-1][2]}, region)
    generic = _GENERIC.match(name)
    if generic:
        return _of_unknown(name, generic)
    return "province" if name.endswith("厅") else None


def _of_place(name: str, end: int, depths: set[int], region: Region | None) -> Level | None:
    """Level by the depth of the last place named, which ends at `end`, and an unknown one below it."""
    if _BELOW.match(name[end:]):
        return "county"
    if len(depths) == 1:
        return _OF_DEPTH[depths.pop()]
    if region is None or region.code is None:
        return None
    return "county" if region.county else "city" if region.city else "province"


def _of_unknown(name: str, generic: re.Match[str]) -> Level:
    """Level of a place that no list has: the last generic part before the office."""
    below = _BELOW.match(name[generic.end() :])
    return "county" if below else _OF_GENERIC[generic[1]]
