"""Counts out of bare numbers: the measure word after a number, and the bound around both."""

import re

from nianbao.data.records import Count

_WORDS = (
    "个百分点|人次|件次|场次|批次|户次|平方公里|公里|千米|平方米|立方米|公顷|千瓦时|千瓦|公斤"
    "|亩|吨|米|岁|条|件|次|人|个|篇|份|期|场|项|部|起|户|家|名|批|册|本|处|套|类|种|宗|例|页"
    "|幅|张|辆|台|座|所|轮|届|位|则|字|分|天|遍|支|只|组|层|间|门|%|元"
)
_SCALES = {"万": 10**4, "亿": 10**8}
_BOUNDS = {
    **dict.fromkeys(("近", "不足", "不到", "以下", "以内"), "less"),
    **dict.fromkeys(("约", "大约", "左右"), "about"),
    **dict.fromkeys(("超过", "超", "逾", "至少", "以上", "余", "多"), "more"),
}
_BEFORE = re.compile(r"(?:近|大?约|超过|超|逾|不足|不到|至少)$")
_AFTER = re.compile(rf"\s*([余多])?\s*([万亿])?({_WORDS}|％)(以上|以下|以内|左右)?")
_LIMIT = re.compile(r"以上|以下|以内|左右")


def measured(text: str, start: int, end: int, value: float) -> Count | None:
    """The count at a number that a measure word follows; None for others and for ordinals."""
    after = _AFTER.match(text, end)
    if not after or text[start - 1 : start] == "第":
        return None
    more, scale, unit, limit = after.groups()
    value = round(value * _SCALES.get(scale, 1), 6)
    unit = "%" if unit == "％" else unit
    return _counted(text, start, after.end(), value=value, unit=unit, said=more or limit)


def bounded(text: str, start: int, end: int, value: float, unit: str) -> Count:
    """The count at a number with its unit, and the bound around it."""
    limit = _LIMIT.match(text, end)
    end = limit.end() if limit else end
    return _counted(text, start, end, value=value, unit=unit, said=limit and limit[0])


def _counted(text: str, start: int, end: int, *, value: float, unit: str, said: str | None) -> Count:
    before = _BEFORE.search(text[max(0, start - 3) : start])
    start -= len(before[0]) if before else 0
    bound = _BOUNDS.get(before[0] if before else said, "exact")
    return Count(text=text[start:end], start=start, end=end, value=value, unit=unit, bound=bound)
