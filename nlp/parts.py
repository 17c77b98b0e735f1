"""Several reports in one text: the reports of many bodies one after the other, or of several years.

A title alone makes no report. Tables of contents, lists of attachments, links and citations show titles too;
a part has, below its title, sections of its own that begin with the first, and sentences in them.
"""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import NamedTuple

import msgspec

from ..data.folding import fold
from ..data.outline import section_kind
from ..data.records import Grid, SourceText
from .headings import find_headings
from .reading import Reading
from .titles import YEAR, organ_name, parse_year

# A line that ends as titles end; texts with fewer than two are looked at no further.
_TITLE_END = re.compile(
    r"(?:[报報][ \u3000]{0,4}告|年[ \u3000]{0,4}[报報]|[总總][ \u3000]{0,4}[结結])[ \u3000》]{0,4}"
    r"(?:[(（][^()（）\n]{1,14}[)）])?[ \u3000》*\r]{0,8}$",
    re.MULTILINE,
)
_LINE_MAX = 60
# A title stands in so many lines at most.
_LINES = 3
_TITLES_MIN = 2
# A report's title stands on a cover, in a table of contents and over the report.
_STANDS_MAX = 3
_PHYSICAL = re.compile(r"[^\n]+")
_MARKS = re.compile(r"^[#*\s]+|[\s*]+$")
_PAGE_MARK = re.compile(r"[-—]{0,2}\d{1,4}[-—]{0,2}|第\d{1,4}页.{0,10}|\d{1,3}/\d{1,3}")
_SIGNS = re.compile(r"[。;:!?,、]|\d{1,2}[月日]")
# What may number a report in a compilation: 1. (一) 第三篇 附件2:
_NUMBER = re.compile(
    r"(?:附件\d{0,2}:?|第[一二三四五六七八九十\d]{1,4}[篇章部]分?[::、]?|[一二三四五六七八九十]{1,4}、|\d{1,3}[、.](?!\d)"
    r"|\([一二三四五六七八九十\d]{1,4}\))"
)
_YEAR = rf"\(?(?P<year>{YEAR})(?:年度|年)?\)?"
_WORDS = (
    rf"(?:的)?(?:{YEAR}(?:年度|年))?(?:年度)?"
    rf"(?:(?P<work>政府工作报告)|(?:政府)?信息公开(?:工作|情况|的|年度|{YEAR}年度?){{0,6}}(?:报告|年报|总结)"
    r"|政务公开(?:工作|情况|的|年度){0,6}(?:报告|年报|总结))"
)
_TITLE = re.compile(
    rf"《?(?:关于)?(?:{_YEAR})?(?P<name>[\u4e00-\u9fff·()]{{0,40}}?)(?:关于)?{_WORDS}》?(?P<tail>\(?{YEAR}年?度?\)?)?"
)
# Bodies that write reports and whose names end otherwise than those of organs.
_BODY_END = re.compile(
    r"[\u4e00-\u9fff()·]{2,40}(?:中学|小学|幼儿园|馆|园|社|厂|台|库|区|处|室|会|院|队|班子)"
)
_FIRST = re.compile(r"#{0,6}\s*(?:第?一(?:部分|[、.章])|\(一\)|1[、.]|(?![第(\d一二三四五六七八九十]))")
_STOP = re.compile(r"[。!?]")
# A part has so many sections told by their titles (of a work report: numbered), and so many sentences. The
# shortest reports seen have four sections and nine sentences; entries of a table of contents have none.
_SECTIONS_MIN = 2
_SENTENCES_MIN = 3
# The first section begins within so many characters of the title: an opening paragraph or two before it.
_OPENING_MAX = 2500

# Fields of the whole that hold for each part: who put it out. Numbers and days are those of the whole.
_SHARED_FIELDS = ("发布机构", "发文机关", "发布单位", "公开机构", "信息来源", "来源")


class _Title(NamedTuple):
    """What a title says: the body or "", the year, whether of a work report."""

    org: str
    year: int | None
    work: bool


class _Head(NamedTuple):
    """A title at `[start, end)` of the text."""

    start: int
    end: int
    title: _Title


class _Line(NamedTuple):
    """A line that is not empty: where it stands and how it reads, folded, without blanks and marks."""

    start: int
    end: int
    words: str


def split_reports(source: SourceText) -> tuple[SourceText, ...]:
    """The reports in a text in order, each with its own text and grids; the source itself where there is one.

    A part's text is a piece of the source's, from its title to the next; what stands before the first title
    (a cover, a table of contents, a preface) is left out. `title` and the fields that number or date the
    whole are dropped.
    """
    if len(_TITLE_END.findall(source.text)) < _TITLES_MIN:
        return (source,)
    parts = _parts(source)
    if len(parts) < _TITLES_MIN:
        return (source,)
    bounds = [*(head.start for head in parts), len(source.text)]
    return tuple(_part(source, start, end) for start, end in pairwise(bounds))


def _parts(source: SourceText) -> list[_Head]:
    """The titles that a report of its own follows, one for each report."""
    grids = source.grids
    heads = [head for head in _heads(_lines(source.text)) if not _in_grid(head, grids)]
    heads = _joined(source.text, _without_page_heads(heads))
    if len(heads) < _TITLES_MIN:
        return []
    ends = [head.start for head in heads[1:]] + [len(source.text)]
    reports = [
        head
        for head, end in zip(heads, ends, strict=True)
        if _is_report(source.text[head.end : end], head.title.work)
    ]
    return _joined(source.text, reports)


def _without_page_heads(heads: list[_Head]) -> list[_Head]:
    """Titles less one that stands among others again and again, as the head of each page does."""
    runs = Counter(title for title, _ in groupby(head.title for head in heads))
    return [head for head in heads if runs[head.title] <= _STANDS_MAX]


def _joined(text: str, heads: list[_Head]) -> list[_Head]:
    """Titles less those that name the report before them again: on its cover, over it, over its pages."""
    kept: list[_Head] = []
    for head in heads:
        if not kept or not _same(kept[-1].title, head.title):
            kept.append(head)
        elif _told(head.title) >= _told(kept[-1].title) and not _STOP.search(text, kept[-1].end, head.start):
            kept[-1] = head
    return kept


def _same(one: _Title, other: _Title) -> bool:
    """Whether two titles may be of one report: nothing that both name differs."""
    pairs = zip(one[:2], other[:2], strict=True)
    return one.work == other.work and all(not a or not b or a == b for a, b in pairs)


def _lines(text: str) -> list[_Line]:
    return [
        _Line(line.end() - len(line.group().lstrip()), line.end(), words)
        for line in _PHYSICAL.finditer(fold(text))
        if (words := _MARKS.sub("", line.group()).replace(" ", "")) and not _PAGE_MARK.fullmatch(words)
    ]


def _heads(lines: list[_Line]) -> Iterator[_Head]:
    """Titles, each a line or two or three together that are a title and nothing else; names body or year."""
    for at, line in enumerate(lines):
        if len(line.words) > _LINE_MAX or not _TITLE_END.search(line.words):
            continue
        best: _Head | None = None
        for first in range(at, max(-1, at - _LINES), -1):
            if first < at and not _may_begin(lines[first].words):
                break
            title = _parsed("".join(each.words for each in lines[first : at + 1]))
            if title and (best is None or _told(title) > _told(best.title)):
                best = _Head(lines[first].start, line.end, title)
        if best and _told(best.title):
            yield best


def _told(title: _Title) -> int:
    return bool(title.org) + bool(title.year)


def _may_begin(words: str) -> bool:
    """Whether a line may be the beginning of a title that goes on below: short, no sentence, no title."""
    return len(words) <= _LINE_MAX and not _SIGNS.search(words) and not _TITLE_END.search(words)


def _parsed(written: str) -> _Title | None:
    """Body, year and genre of a title; None for a string that is more or less than one."""
    number = _NUMBER.match(written)
    found = _TITLE.fullmatch(written, number.end() if number else 0)
    if found is None:
        return None
    name = found["name"]
    if found["work"] and name.endswith("人民"):
        name += "政府"
    if name and not (organ_name().fullmatch(name) or _BODY_END.fullmatch(name)):
        return None
    years = [year for year in map(parse_year, re.findall(YEAR, found.group())) if year]
    return _Title(name, years[0] if years else None, bool(found["work"]))


def _in_grid(head: _Head, grids: tuple[Grid, ...]) -> bool:
    """Whether a title stands in a table: such as list reports."""
    return any(grid.start < head.end and head.start < grid.end for grid in grids)


def _is_report(text: str, work: bool) -> bool:
    """Whether what stands below a title is a report: sections from the first on, with sentences in them."""
    reading = Reading(text)
    view = reading.view
    if len(_STOP.findall(view)) < _SENTENCES_MIN:
        return False
    headings = find_headings(reading)
    rank = min((heading.rank for heading in headings if heading.rank), default=0)
    top = [heading for heading in headings if heading.rank == rank]
    if len(top) < _SECTIONS_MIN or top[0].start > _OPENING_MAX or not _FIRST.match(view, top[0].start):
        return False
    kinds = {section_kind(view[heading.title : heading.end]) for heading in headings} - {"unknown"}
    return work or len(kinds) >= _SECTIONS_MIN


def _part(source: SourceText, start: int, end: int) -> SourceText:
    text = source.text[start:end].rstrip()
    grids = [grid for grid in source.grids if start <= grid.start and grid.end <= start + len(text)]
    return msgspec.structs.replace(
        source,
        text=text,
        grids=tuple(grid.moved(-start) for grid in grids),
        title=None,
        fields={label: value for label, value in source.fields.items() if label in _SHARED_FIELDS},
    )
