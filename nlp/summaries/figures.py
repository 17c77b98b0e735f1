"""The key figures of a report: what its indicators came to in the year."""

import re
from bisect import bisect_right
from collections.abc import Iterable

from ...data.indicators import Indicator, indicators
from ...data.records import Count, Figure, Report

# Characters before a number in which an indicator's own words may stand.
_BEFORE = 40
# Characters between a number and what says how it is meant: 年均增长, 从2020年的 … 增长到.
_NEAR = 16

_FALLS = "下降|回落|降低|减少|下滑|下跌|微降"
_CHANGE = re.compile(rf"(?:同比|年均|比上年)?(?P<verb>增长|上涨|上升|{_FALLS})$")
_FALL = re.compile(_FALLS)
# The first of two numbers of a change is not the figure of the year: 从60万吨增加到80万吨.
_FROM = re.compile(r"[从由][^，。；]{0,12}$")
_ONWARD = re.compile(
    r"\s*(?:左右)?(?:增长|增加|提高|提升|扩大|上升|跃升|增|降低|下降|缩短|压缩|降|缩小|升)[至到为]"
)
# The second of two numbers belongs to the second of two things: 城镇、农村居民收入分别增长4.4%、5.9%.
_SECOND = re.compile(r"\d[^\d，。；]{0,4}[、和]$")
# What is said of several years together.
_SEVERAL_YEARS = re.compile(
    r"年均|累计|[五5]年(?:来|间)?(?:增长|提高|增加|新增)|每年[^，。；]{0,4}$|“十[三四]五”[^，。；]*$"
)


def key_figures(report: Report) -> Iterable[Figure]:
    """For each indicator of the report's genre its table cell, else the first count that is one.

    A number serves one indicator only.
    """
    taken: set[int] = set()
    for indicator in indicators(report.genre):
        figure = _tabled(indicator, report) or _counted(indicator, report, taken)
        if figure:
            taken.add(figure.start)
            yield figure


def _tabled(indicator: Indicator, report: Report) -> Figure | None:
    """The figure that a cell of the official tables gives, where it stands in the text."""
    tables = {table.table: table for table in report.tables}
    for name, code in indicator.cells:
        cell = tables[name].cells.get(code) if name in tables else None
        if cell and cell.value is not None and cell.start is not None and cell.end is not None:
            return Figure(
                text=report.text[cell.start : cell.end],
                start=cell.start,
                end=cell.end,
                indicator=indicator.label,
                value=cell.value,
                unit=cell.unit,
            )
    return None


def _counted(indicator: Indicator, report: Report, taken: set[int]) -> Figure | None:
    """The figure that a count in the prose gives: of the year before of several years, never a target."""
    found = [
        count
        for count in report.counts
        if count.start not in taken
        and _measures(indicator, count, report.text)
        and not _is_planned(report, count)
    ]
    of_year = (one for one in found if not _SEVERAL_YEARS.search(_clause_before(report.text, one)))
    count = next(of_year, None) or next(iter(found), None)
    return None if count is None else _figure(indicator, count, report.text)


def _figure(indicator: Indicator, count: Count, text: str) -> Figure:
    """A count as a figure; a share that something grew or fell by has that word, a fall is below 0."""
    change = _CHANGE.search(text, max(0, count.start - _NEAR), count.start) if count.unit == "%" else None
    start = change.start() if change else count.start
    falls = change is not None and _FALL.fullmatch(change["verb"])
    return Figure(
        text=text[start : count.end],
        start=start,
        end=count.end,
        indicator=indicator.label,
        value=-count.value if falls else count.value,
        unit=count.unit,
        bound=count.bound,
    )


def _measures(indicator: Indicator, count: Count, text: str) -> bool:
    if count.item is None or not indicator.item.search(count.item):
        return False
    if "*" not in indicator.units and (count.unit or "-") not in indicator.units:
        return False
    near = text[max(0, count.start - _NEAR) : count.start]
    if _SECOND.search(near) or (_ONWARD.match(text, count.end) and _FROM.search(near)):
        return False
    before = text[max(0, count.start - _BEFORE) : count.start]
    return indicator.before is None or bool(indicator.before.search(before))


def _clause_before(text: str, count: Count) -> str:
    """What stands before a number in its clause."""
    return re.split("[，。；\n]", text[max(0, count.start - _BEFORE) : count.start])[-1]


def _is_planned(report: Report, count: Count) -> bool:
    """Whether it is a target: a plan of a work report says it."""
    if report.genre != "work":
        return False
    place = bisect_right(report.statements, count.start, key=lambda one: one.start) - 1
    if place < 0:
        return False
    statement = report.statements[place]
    return statement.label == "plan" and count.start < statement.end
