"""Figures of the prose that the tables give too, each with the clause it stands in and whose it is."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from ..data.prose_rules import ProseRule, prose_rules
from ..data.records import Count, Report, Zero
from .reading import Reading
from .spans import Spans

_CUE = re.compile(
    r"申请|结转|转入|转至|转到|办|答复|公开|提供|处理|复议|诉讼|起诉|规范性文件|废止|失效|有效|费|自然人|组织"
)
_CLAUSE = re.compile(r"[,。;!?\n:]")
_JOINER = re.compile(r"[、和及与]?")
_AFTER = re.compile(r"[^,。;!?\n、]{0,24}")
_SENTENCE = re.compile(r"[。!?\n]")
_YEAR = re.compile(r"(\d{4})年(?!.{0,6}月)")
# A number of another time than the year reported on.
_OTHER_TIME = re.compile(
    r"去年|上(?:一)?年(?:度)?(?!(?:度)?(?:结转|转结|遗留|转入))|累计|以来|历年|截至目前|上半年|季度"
)
# No table has larger numbers.
_VALUE_MAX = 10**15
# A clause reaches back no further than this, a paragraph than that; a heading before one is no longer.
_BACK = 120
_PARAGRAPH_MAX = 600
_HEADING_MAX = 40

# Whose figure it is: of the office that keeps a government's own, or of all bodies of a place or branch.
_OFFICE = re.compile(
    r"政府办公?[室厅]|(?<=政府)办|[省市县区州旗盟]府?政?办(?!理|事|结|件)|办公[室厅]|[我本]办(?!理|结)|本级|代表[^,。]{0,8}政府"
)
_WHOLE = re.compile(r"全[省市县区州盟旗镇乡]|各级|各部门|各单位|各地|全系统|各县|各乡镇|所辖|所属|辖区")


class Mention(NamedTuple):
    """A figure and the clause it stands in, at `[start, end)`; `of_office` and `of_whole` say whose it is."""

    value: float
    start: int
    end: int
    quote: str
    of_office: bool
    of_whole: bool


class _Place(NamedTuple):
    """What stands around a figure in the view."""

    clause: str
    topic: str
    sentence: str
    unit: str | None
    value: float
    first: int
    last: int


def find_mentions(report: Report, reading: Reading) -> dict[ProseRule, list[Mention]]:
    """The figures of each rule in the order of the text; those of other years and of plans are left out."""
    found: dict[ProseRule, list[Mention]] = {}
    for place in _places(report, reading):
        for rule in prose_rules():
            if _says(rule, place):
                found.setdefault(rule, []).append(_mention(place, reading))
    return found


def _mention(place: _Place, reading: Reading) -> Mention:
    told = place.sentence[: place.sentence.find("#") + 1] or place.sentence
    start, end = reading.span(place.first, place.last)
    return Mention(
        value=place.value,
        start=start,
        end=end,
        quote=reading.clean(place.first, place.last),
        of_office=_OFFICE.search(told) is not None,
        of_whole=_WHOLE.search(told) is not None,
    )


def _says(rule: ProseRule, place: _Place) -> bool:
    if place.unit is None:
        stated = rule.zero is not None and rule.zero.search(place.clause) is not None
    else:
        stated = place.unit in rule.units and any(each.search(place.clause) for each in rule.count)
    return bool(
        stated
        and not (rule.excluded and rule.excluded.search(place.clause))
        and (rule.topic is None or rule.topic.search(place.topic))
        and not (rule.excluded_sentence and rule.excluded_sentence.search(place.sentence))
    )


def _places(report: Report, reading: Reading) -> Iterator[_Place]:
    """Counts and stated zeros of the year, outside the section of problems and plans."""
    stated: list[Count | Zero] = [*report.counts, *report.zeros]
    facts = sorted(stated, key=lambda fact: fact.start)
    left_out = Spans((s.end, s.content_end) for s in report.sections if s.kind == "problems" and s.depth == 1)
    edges = [start for start, _ in reading.lines]
    before = 0
    for fact in facts:
        if left_out.touches(fact.start, fact.start + 1):
            continue
        first, last = reading.locate(fact.start), reading.locate(fact.end)
        place = _place(reading, fact, first, last, before, edges)
        before = last if isinstance(fact, Count) else before
        if place and _CUE.search(place.clause) and _of_year(place, report.year):
            yield place


def _place(
    reading: Reading, fact: Count | Zero, first: int, last: int, before: int, edges: list[int]
) -> _Place | None:
    if isinstance(fact, Count) and (fact.bound != "exact" or not fact.unit or abs(fact.value) > _VALUE_MAX):
        return None
    view = reading.view
    line = edges[max(0, bisect_right(edges, first) - 1)] if edges else 0
    opening = _last(_SENTENCE, view, max(line, first - _PARAGRAPH_MAX), first)
    clause = max(_last(_CLAUSE, view, max(line, first - _BACK), first), before if before <= first else 0)
    clause = _JOINER.match(view, clause, first).end()  # type: ignore[union-attr]
    after, closing = _AFTER.match(view, last), _SENTENCE.search(view, last, last + _BACK)
    end = closing.start() if closing else last + _BACK
    counted = isinstance(fact, Count)
    spoken = f"{view[clause:first]}#{after.group() if after else ''}" if counted else view[first:last]
    return _Place(
        clause=spoken,
        topic=_heading(reading, edges, line) + view[max(line, first - _PARAGRAPH_MAX) : first] + spoken,
        sentence=f"{view[opening:first]}#{view[last:end]}",
        unit=fact.unit if isinstance(fact, Count) else None,
        value=float(fact.value) if isinstance(fact, Count) else 0.0,
        first=clause if counted else first,
        last=last,
    )


def _last(pattern: re.Pattern[str], view: str, start: int, end: int) -> int:
    """Where the text after the last match before `end` begins; `start` where there is none."""
    at = start
    for match in pattern.finditer(view, start, end):
        at = match.end()
    return at


def _heading(reading: Reading, edges: list[int], line: int) -> str:
    """The line before, where it is short enough to be a heading."""
    at = bisect_right(edges, line) - 2
    short = at >= 0 and line - edges[at] <= _HEADING_MAX
    return reading.view[edges[at] : line] if short else ""


def _of_year(place: _Place, year: int | None) -> bool:
    """Whether nothing says that the figure is of another year."""
    spoken = place.clause.partition("#")[0]
    if _OTHER_TIME.search(spoken):
        return False
    opening = _YEAR.match(place.sentence.lstrip())
    said = [int(match[1]) for match in (opening, _YEAR.search(spoken)) if match]
    return year is None or all(each == year for each in said)
