"""Sections of a report after the official outline, with its variants and losses.

Kinds are told by the words of the title (`data/lexicon/section_titles.tsv`), never by its number: outlines
are renumbered, cut and doubled. A title whose words do not tell takes the kind of the section it stands in.
"""

import re
from typing import NamedTuple

from ..data.outline import section_kind
from ..data.records import Genre, Section, SectionKind
from .headings import Heading, find_headings
from .reading import Reading

# Only these ranks make sections: 一、, （一）, 1.; deeper ones are points of a list.
_DEPTH_MAX = 3
# Points numbered 1、 2、 head the report where no 一、 does and so many of them name its official sections.
_OFFICIAL_MIN = 3
_LOOKING_BACK = re.compile(
    r"回顾|工作和|成就|成绩|成效|过去|取得|总结|开展情况|完成情况|执行情况|五年来|一年来"
)
_LOOKING_AHEAD = re.compile(r"打算|安排|任务|目标|计划|规划|重点|思路|要求|展望|设想|下一?步|明年|今后")
_MARKS = re.compile(r"[# ]*")
_TROUBLE = "(?:困难|问题|不足|挑战|短板|差距|矛盾)"
_TROUBLED = re.compile(_TROUBLE)
_ADMITTING = re.compile(
    rf"(?m)(?:^|(?<=[。!]))(?:[^。\n]{{0,50}}(?:认识|看)到[^\n]{{0,60}}{_TROUBLE}"
    rf"|[^。\n]{{0,60}}(?:还|仍然?|依然|尚)(?:面临|存在|有)[^。\n]{{0,16}}{_TROUBLE})"
)


class _Part(NamedTuple):
    start: int
    end: int
    depth: int
    kind: SectionKind


def find_sections(reading: Reading, genre: Genre) -> tuple[Section, ...]:
    """Sections in order of appearance, depth 1 to 3; text before the first heading belongs to none.

    The paragraph of a work report that admits shortcomings bears no heading: it makes a section of kind
    `problems` whose heading is empty and which ends with its paragraph.
    """
    headings = find_headings(reading)
    parts = _parts(reading.view, headings, genre)
    ends = _ends(reading.view, parts)
    sections = [_section(reading, part, until) for part, until in zip(parts, ends, strict=True)]
    if genre == "work":
        sections.extend(_admissions(reading, parts))
    return tuple(sorted(sections, key=lambda section: (section.start, section.depth)))


def _parts(view: str, headings: list[Heading], genre: Genre) -> list[_Part]:
    kinds = [section_kind(view[heading.title : heading.end]) for heading in headings]
    numbered = any(heading.rank == 1 for heading in headings)
    shift = 0 if numbered else _shift(headings, kinds)
    above: dict[int, SectionKind] = {}
    parts: list[_Part] = []
    appended = 0
    for heading, kind in zip(headings, kinds, strict=True):
        if view[heading.start : heading.title].endswith("\n"):
            appended, above = 1, {1: "other"}
            parts.append(_Part(heading.title, heading.end, 1, "other"))
            continue
        depth = _depth(heading, kind, shift - appended, numbered)
        if depth is None or depth > _DEPTH_MAX:
            continue
        own = _work_kind(view[heading.title : heading.end], depth, not parts) if genre == "work" else kind
        outer: SectionKind = next((above[d] for d in range(depth - 1, 0, -1) if d in above), "unknown")
        above = {d: k for d, k in above.items() if d < depth} | {depth: _nested(own, outer)}
        parts.append(_Part(heading.start, heading.end, depth, above[depth]))
    return parts


def _nested(own: SectionKind, outer: SectionKind) -> SectionKind:
    """Kind of a section inside another: its own where its words are stronger than what stands around it."""
    if outer == "problems" or own == "unknown" or (own == "overview" and outer != "unknown"):
        return outer
    return own


def _shift(headings: list[Heading], kinds: list[SectionKind]) -> int:
    """How far ranks move up where no 一、 stands: by 2 if 1、 numbers the official sections."""
    official = {kind for heading, kind in zip(headings, kinds, strict=True) if heading.rank == 3}
    return 2 if len(official - {"unknown"}) >= _OFFICIAL_MIN else 0


def _depth(heading: Heading, kind: SectionKind, shift: int, numbered: bool) -> int | None:
    """Depth of a heading; None for one that makes no section."""
    if heading.rank == 0:
        return None if kind == "unknown" else 1 + numbered
    return 2 if heading.rank == 2 else max(1, heading.rank - shift)


def _work_kind(title: str, depth: int, first: bool) -> SectionKind:
    """A work report looks back in its first part and forward in the others, whatever their titles."""
    if depth > 1:
        return "unknown"
    ahead = _LOOKING_AHEAD.search(title)
    return "overview" if _LOOKING_BACK.search(title) or (first and not ahead) else "other"


def _ends(view: str, parts: list[_Part]) -> list[int]:
    """Where the content of each part ends: at the next of the same or smaller depth, or with the text."""
    ends: list[int] = []
    next_at: dict[int, int] = {}
    for part in reversed(parts):
        ends.append(min((at for depth, at in next_at.items() if depth <= part.depth), default=len(view)))
        next_at[part.depth] = part.start
    return ends[::-1]


def _section(reading: Reading, part: _Part, until: int) -> Section:
    marks = _MARKS.match(reading.view, part.start)
    start, end = reading.span(marks.end() if marks else part.start, part.end)
    content_end = len(reading.text) if until == len(reading.view) else reading.span(until, until)[0]
    return Section(
        text=reading.text[start:end],
        start=start,
        end=end,
        kind=part.kind,
        depth=part.depth,
        content_end=content_end,
    )


def _admissions(reading: Reading, parts: list[_Part]) -> list[Section]:
    """Sections without a heading: the paragraphs of the look-back that admit shortcomings."""
    view = reading.view
    titles = {part.start for part in parts}
    tops = [part.start for part in parts if part.depth == 1]
    until = tops[1] if len(tops) > 1 else len(view)
    sections: list[Section] = []
    for first, last in reading.lines:
        if first >= until or not _TROUBLED.search(view, first, min(last, until)):
            continue
        for match in _ADMITTING.finditer(view, first, min(last, until)):
            start, end = reading.span(match.start(), last)
            if match.start() not in titles and (not sections or start >= sections[-1].content_end):
                sections.append(
                    Section(text="", start=start, end=start, kind="problems", depth=2, content_end=end)
                )
    return sections
