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
_WORK_OVERVIEW = re.compile(r"回顾|工作和|成就|过去|主要成绩|取得")
_MARKS = re.compile(r"[# ]*")
_ADMITTING = re.compile(
    r"(?m)^[^。\n]{0,60}(?:清醒|深刻|充分|也|深知|必须)[^。\n]{0,8}(?:认识|看)到|^[^。\n]{0,40}存在(?:一些|不少|的)[^。\n]{0,12}(?:问题|困难|不足)"
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
    sections = [_section(reading, parts, index) for index in range(len(parts))]
    if genre == "work":
        sections.extend(_admissions(reading, parts))
    return tuple(sorted(sections, key=lambda section: (section.start, section.depth)))


def _parts(view: str, headings: list[Heading], genre: Genre) -> list[_Part]:
    shift = _top(view, headings)
    above: dict[int, SectionKind] = {}
    parts: list[_Part] = []
    for heading in headings:
        depth = _depth(view, heading, shift, headings)
        if depth is None or depth > _DEPTH_MAX:
            continue
        own = _kind(view[heading.title : heading.end], genre, depth, first=not parts)
        outer = next((above[d] for d in range(depth - 1, 0, -1) if d in above), None)
        kind = own if own != "unknown" or outer is None else outer
        above = {d: k for d, k in above.items() if d < depth} | {depth: kind}
        parts.append(_Part(heading.start, heading.end, depth, kind))
    return parts


def _top(view: str, headings: list[Heading]) -> int:
    """How far ranks move up: by 2 where 1、 numbers the official sections, else not at all."""
    if any(heading.rank == 1 for heading in headings):
        return 0
    points = {section_kind(view[h.title : h.end]) for h in headings if h.rank == 3} - {"unknown"}
    return 2 if len(points) >= _OFFICIAL_MIN else 0


def _depth(view: str, heading: Heading, shift: int, headings: list[Heading]) -> int | None:
    """Depth of a heading; None for one that makes no section."""
    if heading.rank:
        return max(1, heading.rank - shift) if heading.rank != 2 or not shift else 2
    if section_kind(view[heading.title : heading.end]) == "unknown":
        return None
    return 2 if any(other.rank == 1 for other in headings) else 1


def _kind(title: str, genre: Genre, depth: int, first: bool) -> SectionKind:
    """Kind by the title's words; a work report looks back in its first part and forward in the others."""
    if genre == "disclosure":
        return section_kind(title)
    if depth > 1:
        return "unknown"
    return "overview" if first or _WORK_OVERVIEW.search(title) else "other"


def _section(reading: Reading, parts: list[_Part], index: int) -> Section:
    part = parts[index]
    ahead = (other.start for other in parts[index + 1 :] if other.depth <= part.depth)
    marks = _MARKS.match(reading.view, part.start)
    start, end = reading.span(marks.end() if marks else part.start, part.end)
    until = next(ahead, None)
    content_end = len(reading.text) if until is None else reading.span(until, until)[0]
    return Section(
        text=reading.text[start:end],
        start=start,
        end=end,
        kind=part.kind,
        depth=part.depth,
        content_end=content_end,
    )


def _admissions(reading: Reading, parts: list[_Part]) -> list[Section]:
    """Sections without a heading: the paragraphs of a work report that admit shortcomings."""
    spans = {(p.start, p.end) for p in parts}
    sections: list[Section] = []
    for match in _ADMITTING.finditer(reading.view):
        if any(start <= match.start() < end for start, end in spans):
            continue
        line_end = reading.view.find("\n", match.start())
        line_end = len(reading.view) if line_end < 0 else line_end
        start, end = reading.span(match.start(), line_end)
        sections.append(Section(text="", start=start, end=start, kind="problems", depth=2, content_end=end))
    return sections
