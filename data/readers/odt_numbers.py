"""The numbers that OpenDocument editors count themselves (ODF 1.3 part 3, 5.3 and 16.31)."""

import re
from collections.abc import Mapping

import msgspec

from .number_forms import numbered, open_form
from .xml_parts import Element, attribute, local_name, number

# LibreOffice writes the whole pattern; the standard's own attributes give but what stands around.
_PLACE = re.compile(r"%(\d{1,2})%")
_LIST = ("list-level-style-number", "outline-level-style")
# ODF's list styles have ten levels.
_LEVELS = 10


class _Level(msgspec.Struct, frozen=True):
    """How one level counts."""

    form: str
    pattern: str
    start: int


class Count(msgspec.Struct):
    """A list under way: its style and how far each level has come."""

    style: str
    values: dict[int, int]


class Numbers:
    """List styles of a document, and the counters of its lists and headings."""

    def __init__(self, *parts: Element | None) -> None:
        self._styles: dict[str, dict[int, _Level]] = {}
        for part in parts:
            for holder in part if part is not None else ():
                for style in holder.iterchildren("{*}list-style", "{*}outline-style"):
                    self._styles[_style_name(style)] = _levels(style)
        self._headings = Count("", {})
        self._by_id: dict[str, Count] = {}
        self._last: dict[str, Count] = {}

    def begin(self, element: Element) -> Count:
        """The counters of an outermost list: new ones, or those of the list that it goes on with."""
        style = attribute(element, "style-name") or ""
        count = self._by_id.get(attribute(element, "continue-list") or "")
        if count is None and attribute(element, "continue-numbering") == "true":
            count = self._last.get(style)
        count = Count(style, count.values if count is not None else {})
        self._last[style] = self._by_id[attribute(element, "id") or "-"] = count
        return count

    def of_item(self, item: Element, count: Count, style: str, depth: int) -> str:
        """The number shown at an item of a list, `depth` from 1."""
        return self._counted(style, count.values, depth, attribute(item, "start-value"))

    def of_heading(self, heading: Element) -> str:
        """The number shown at a heading outside lists."""
        if attribute(heading, "is-list-header") == "true":
            return ""
        depth = number(attribute(heading, "outline-level"), 1)
        return self._counted("", self._headings.values, depth, attribute(heading, "start-value"))

    def _counted(self, style: str, values: dict[int, int], depth: int, start: str | None) -> str:
        levels = self._styles.get(style, {})
        level = levels.get(depth)
        first = level.start if level else 1
        values[depth] = number(start, first) if start else values.get(depth, first - 1) + 1
        for deeper in range(depth + 1, _LEVELS + 1):
            values.pop(deeper, None)
        return _shown(levels, values, depth) if level and level.form != "none" else ""


def _shown(levels: Mapping[int, _Level], values: Mapping[int, int], depth: int) -> str:
    def counter(place: re.Match[str]) -> str:
        level = levels.get(int(place[1]))
        return numbered(values.get(int(place[1]), level.start), level.form) if level else ""

    return _PLACE.sub(counter, levels[depth].pattern).strip()


def _style_name(style: Element) -> str:
    """Its name; the style of headings has none."""
    return attribute(style, "name") or "" if local_name(style) == "list-style" else ""


def _levels(style: Element) -> dict[int, _Level]:
    levels = {}
    for level in style:
        if local_name(level) in _LIST:
            depth = number(attribute(level, "level"), 1)
            shown = min(max(1, number(attribute(level, "display-levels"), 1)), depth)
            middle = ".".join(f"%{place}%" for place in range(depth - shown + 1, depth + 1))
            around = attribute(level, "num-prefix") or "", attribute(level, "num-suffix") or ""
            pattern = attribute(level, "num-list-format") or middle.join(around)
            start = number(attribute(level, "start-value"), 1)
            levels[depth] = _Level(open_form(attribute(level, "num-format") or ""), pattern, start)
    return levels
