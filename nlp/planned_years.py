"""The year that a plan is for, by its heading or lead-in: 2011年工作打算 governs the 上半年 below it."""

import re
from bisect import bisect_right

from .headings import Heading

_AIM = r"(?:打算|计划|安排|任务|设想|思路|重点|目标|展望|措施|要点|部署|规划|努力方向|改进|举措)"
_TITLE = re.compile(rf"(20\d\d)年度?[^。;:\n]{{0,24}}{_AIM}")
_LEAD = re.compile(
    rf"[2明来下](?:(?<=2)0(?P<year>\d\d)年|(?<=[明来])年|(?<=下)一?年度?)[^。;:\n]{{0,40}}?(?:{_AIM}|将|做好|抓好|着力|要)[^。;:\n]{{0,24}}:"
)
_UNNUMBERED = 1.5


class PlannedYears:
    """Years of plans, asked for by places of the view."""

    def __init__(self, view: str, headings: list[Heading], reported: int | None) -> None:
        self._headed = _headed(view, headings)
        tops = [heading.start for heading in headings if heading.rank <= 1]
        self._leads: list[tuple[int, int, int | None]] = []
        end = 0
        for lead in _LEAD.finditer(view):
            year = 2000 + int(lead["year"]) if lead["year"] else reported and reported + 1
            # Leads of one paragraph share its end, which is looked for once.
            end = end if lead.end() < end else _reach(view, lead.end(), tops)
            self._leads.append((lead.start(), end, year))

    def at(self, place: int) -> int | None:
        """The year of the plan that a place belongs to; None where it belongs to none that names one."""
        index = bisect_right(self._leads, place, key=lambda lead: lead[0]) - 1
        if index >= 0 and place < self._leads[index][1]:
            return self._leads[index][2]
        return _at(self._headed, place)


def _at(events: list[tuple[int, int | None]], place: int) -> int | None:
    index = bisect_right(events, place, key=lambda event: event[0]) - 1
    return events[index][1] if index >= 0 else None


def _headed(view: str, headings: list[Heading]) -> list[tuple[int, int | None]]:
    above: list[tuple[float, int | None]] = []
    events: list[tuple[int, int | None]] = []
    for heading in headings:
        rank = heading.rank or _UNNUMBERED
        above = [outer for outer in above if outer[0] < rank]
        named = _TITLE.search(view, heading.title, heading.end)
        year = int(named[1]) if named else above[-1][1] if above else None
        above.append((rank, year))
        if year is not None or (events and events[-1][1] is not None):
            events.append((heading.start, year))
    return events


def _reach(view: str, colon: int, tops: list[int]) -> int:
    """How far a lead-in governs: its paragraph, or what stands below it where it ends the paragraph."""
    if view[colon : colon + 1] != "\n":
        end = view.find("\n", colon)
        return len(view) if end < 0 else end
    index = bisect_right(tops, colon)
    return tops[index] if index < len(tops) else len(view)
