"""Headings of a reading: numbered, unnumbered, glued to the text behind them, or chained without a break.

An enumerator alone makes no heading: （一）、1. also count statements off. What follows it decides: a title
that fills its line, ends with a heading's noun, or is a short sentence that its siblings have text behind.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ..data.outline import heading_ends, official_titles, section_kind
from .appendices import find_appendices
from .reading import Reading
from .spans import Spans
from .tabular import is_table_label, table_regions

_NUMERALS = "一二三四五六七八九十"
# The enumerators by rank: 一、 and 第一部分, （一）, 1., （1）, ①.
_ENUMERATOR = re.compile(
    rf"(?P<part>第[{_NUMERALS}]{{1,3}}(?:部分|[章节])[、:]?|(?<![{_NUMERALS}第\d百千万])[{_NUMERALS}]{{1,3}}(?:、|\.(?!\d)))"
    rf"|(?P<item>\([{_NUMERALS}]{{1,3}}\)[、.]?)"
    r"|(?P<point>(?<![\d.A-Za-z/-])(?<!\d:)\d{1,2}[、.](?![\d、]))"
    r"|(?P<subpoint>\(\d{1,2}\)[、.]?|(?<![\d(])\d{1,2}\)[、.]?)"
    r"|(?P<circle>[①-⑳])"
)
_RANKS = {"part": 1, "item": 2, "point": 3, "subpoint": 4, "circle": 5}
_NUMERAL = re.compile(rf"[{_NUMERALS}]{{1,2}}(?![是{_NUMERALS}])")
_MARKDOWN = re.compile(r"(#{1,6})[ ]?")
_STOP = re.compile(r"[。;!?\n]")
_ORDINAL = re.compile(rf"(?:其|第)?[{_NUMERALS}]{{1,2}}(?:是|,)")
_OPENING = (
    rf"(?:(?:19|20)\d\d年?|\d{{1,2}}月|\d{{1,2}}[.、](?!\d)|[(①-⑳#]|(?:其|第)?[{_NUMERALS}]{{1,2}}(?:是|,)"
    r"|虽然|我|本[局委办厅镇乡县市区府机单年部街级]|在|全[年区县市镇乡省局]|今年|截[至止]|根据|按照|依照|依据|未|无|没有|不"
    r"|持续|进一步|对照|目前|为|通过|加强|存在|各|暂|该|因|由于|以上|年内)"
)
_ACTING = (
    r"(?:收到|收取|共|累计|开展|发布|办理|受理|主要|认真|严格|积极|深入|扎实|坚持|以(?!及)|将|已|现|由|建立|编制|制定|利用|充分"
    r"|[县市区镇乡省][政委直级人局])"
)
_SUBTITLE = re.compile(
    r"(?:存在的?(?:主要)?问题|(?:主要)?(?:改进|整改)(?:措施|情况|举措)|下一?步(?:工作)?(?:打算|措施|计划))[::]?"
    rf"(?={_OPENING})"
)
# An act or a count in a title: then it is a statement.
_COUNTED = re.compile(r"\d[余多]?(?:万|亿)?(?:条|件|次|个|份|期|篇|人|场|家|项|户|%)")
_DENYING = re.compile(r"没有|未|无")
_BARE = re.compile(r"[^,。;:\d]{2,}[:。]?")
# Parts of a work report by their period: 2026年重点工作, “十五五”时期主要目标任务.
_PERIOD = re.compile(
    rf"(?:\d{{4}}年|“十[{_NUMERALS}]五”|过去|今后|今年)[^,。;:]{{0,18}}(?:回顾|任务|重点工作|主要工作|工作安排)"
)
_OPENED = re.compile(r"(?![我本不])[^,。;:\d\n、]{2,14}(?:情况|问题|措施)。")
_CHAINED = re.compile(rf"[^。;:!?\n]{{2,30}}?(?=\([\d{_NUMERALS}]\)\D|1[、.]\D|①)")
# A title that fills its line, with one comma at most.
_WHOLE = re.compile(r"[^,。;:!?\n]+,?[^,。;:!?\n]+")
_BREAK = re.compile(r"[。;:!?]")
_REFERRING = re.compile(r"针对|对于|就|围绕|根据|按照|为|鉴于|由于")
_NOT_ENDING = r"(?![的和与及、,等性上中下里为])"

# Longest title seen in disclosure and work reports: 39 characters.
_TITLE_MAX = 48
# A short sentence of so few characters behind an enumerator is a title even with nothing behind it.
_SHORT_TITLE = 14
_PARTED_MAX = 30
# No further does anything look ahead.
_WINDOW = 200
# The paragraph below a title is at least so long.
_PARAGRAPH = 40
# An unnumbered title alone on its line.
_BARE_MAX = 24
# A blank tells something where blanks are rare: at most one in so many characters; so does a line end that
# was drawn into the next line. PDF text has a blank in 10-30 characters and a joined line in 30-45.
_RARE_BLANK = 60
_RARE_JOIN = 150
_BLANK_IN_LINE = re.compile(r"[ \u3000](?<=[\u4e00-\u9fff].)[ \u3000]*(?=[\u4e00-\u9fff])")
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_LINE_ENDS = re.compile(r"\n\s*")


class Heading(NamedTuple):
    """A heading in the view: `[start, end)` whole, its title without enumerator from `title`.

    `rank` is 1 for 一、, 2 for （一）, 3 for 1., 4 for （1）, 5 for ①; 0 for a title without a number.
    """

    start: int
    title: int
    end: int
    rank: int


class _Candidate(NamedTuple):
    start: int
    title: int
    end: int
    rank: int
    certain: bool


_Followed = tuple[_Candidate, _Candidate | None]


@cache
def _glued() -> re.Pattern[str]:
    """A title that is official, or ends with its noun where a sentence opens."""
    official = "|".join(map(re.escape, official_titles()))
    case, glued = (heading_ends()[group].pattern for group in ("case", "glued"))
    return re.compile(
        rf"(?:(?:{official}){_NOT_ENDING}"
        rf"|[^。;:,!?\n]{{0,34}}?(?:(?:{case}|{glued}){_NOT_ENDING}(?=[:。\n]|$|{_OPENING})"
        rf"|(?:{case})(?={_ACTING})))[:。]?"
    )


@cache
def _noun_end() -> re.Pattern[str]:
    case, glued, line = (heading_ends()[group].pattern for group in ("case", "glued", "line"))
    return re.compile(rf"(?:{case}|{glued})[:。]?$|(?:{line}|[章节])$")


def find_headings(reading: Reading) -> list[Heading]:
    """Headings outside the tables, in order."""
    return list(_headings(reading))


# Sections and statements ask for the headings of the same reading one after the other.
@lru_cache(maxsize=2)
def _headings(reading: Reading) -> tuple[Heading, ...]:
    tables = table_regions(reading)
    starts = [start for start, _ in tables]
    found: list[_Candidate] = []
    for candidate in _candidates(reading, _telling(reading)):
        index = bisect_right(starts, candidate.start) - 1
        if index < 0 or tables[index][1] <= candidate.start:
            found.append(candidate)
    appendices = [Heading(*appendix, 0) for appendix in find_appendices(reading.view)]
    inside = Spans((appendix.start, appendix.end) for appendix in appendices)
    kept = [one for one in _settled(reading.view, found) if not inside.touches(one.start, one.end)]
    return tuple(sorted([*(Heading(*candidate[:4]) for candidate in kept), *appendices]))


def enumerator_at(view: str, start: int) -> tuple[int, int] | None:
    """End and rank of the enumerator at `start`, None where there is none."""
    match = _ENUMERATOR.match(view, start)
    return (match.end(), _RANKS[str(match.lastgroup)]) if match else None


def _telling(reading: Reading) -> str:
    """The signs left out of the view that may part a title from its text: those that are rare in it."""
    kept = len(reading.view)
    blanks = len(_BLANK_IN_LINE.findall(reading.text))
    joined = len(_LINE_ENDS.findall(reading.text)) - reading.view.count("\n")
    return (" " if blanks * _RARE_BLANK < kept + 2 * _RARE_BLANK else "") + (
        "\n" if joined * _RARE_JOIN < kept else ""
    )


def _candidates(reading: Reading, telling: str) -> Iterator[_Candidate]:
    """Whatever may be a heading: behind an enumerator, a Markdown mark, or alone on a line."""
    view, reached, tried = reading.view, 0, -1
    ahead = _positions(reading)[::-1]
    while ahead:
        start = ahead.pop()
        if start < reached or start == tried:
            continue
        tried = start
        candidate = _read(reading, start, telling)
        if candidate is None:
            continue
        yield candidate
        if candidate.certain:
            reached = candidate.end
            while subtitle := _subtitle(view, reached):
                yield _Candidate(reached, reached, subtitle.end(), 0, True)
                reached = subtitle.end()
            if _BEGINNING.match(view, reached):
                ahead.append(reached)


# What an enumerator begins with, and a subtitle behind a stop: quick to find, checked after.
_BEGINNING = re.compile(rf"[第{_NUMERALS}(\d①-⑳](?<!\d\d)")
_FREE = re.compile(rf"[。;!?:\n#](?=[第{_NUMERALS}(\d①-⑳])")
_SUBTITLED = re.compile(r"[。;](?=存在|改进|整改|主要|下)")
_SUBTITLES = ("存在", "改进", "整改", "主要", "下")


def _positions(reading: Reading) -> list[int]:
    """Places where a heading could begin, in order: at a line's start, behind a stop or behind a blank."""
    view = reading.view
    places = {start for start, _ in reading.lines}
    places.update(match.end() for match in _FREE.finditer(view))
    places.update(match.end() for match in _SUBTITLED.finditer(view))
    for index in reading.breaks(0, len(view)):
        if _BEGINNING.match(view, index) and " " in reading.gap(index):
            places.add(index)
    return sorted(places)


def _subtitle(view: str, start: int) -> re.Match[str] | None:
    return _SUBTITLE.match(view, start) if view.startswith(_SUBTITLES, start) else None


def _read(reading: Reading, start: int, telling: str) -> _Candidate | None:
    view = reading.view
    marked = _MARKDOWN.match(view, start)
    after = marked.end() if marked else start
    numbered = None
    if _BEGINNING.match(view, after):
        numbered = enumerator_at(view, after) or _blank_after(reading, after, telling)
    if numbered is None:
        if subtitle := _subtitle(view, after):
            return _Candidate(start, after, subtitle.end(), 0, True)
        return _bare(view, start, after, len(marked.group(1)) if marked else 0)
    title, rank = numbered
    end = _title_end(reading, title, telling, bool(marked))
    if end is None:
        return _sentence(view, start, title, rank)
    return _Candidate(start, title, end, rank, True)


def _blank_after(reading: Reading, start: int, telling: str) -> tuple[int, int] | None:
    """End and rank of a numeral that begins a line and that a blank parts from its title (二 收费情况)."""
    numeral = _NUMERAL.match(reading.view, start)
    if not numeral or " " not in telling or (start and reading.view[start - 1] != "\n"):
        return None
    gap = reading.gap(numeral.end())
    return (numeral.end(), 1) if gap and not gap.strip("\u3000 ") else None


def _bare(view: str, start: int, title: int, hashes: int) -> _Candidate | None:
    """A title without a number that has its line, or the line's beginning, to itself."""
    if start and view[start - 1] != "\n":
        return None
    line_end = _line_end(view, title)
    line = view[title : min(line_end, title + _TITLE_MAX)]
    opened = _OPENED.match(line) if "。" in line else None
    if len(line) > _BARE_MAX and not opened:
        return None
    if _ORDINAL.match(line) or is_table_label(line) or _DENYING.search(line[:_BARE_MAX]):
        return None
    if len(line) <= _BARE_MAX and (_BARE.fullmatch(line) or _PERIOD.fullmatch(line)):
        known = section_kind(line.rstrip(":。")) != "unknown" and _noun_end().search(line)
        return _Candidate(start, title, line_end, 0, True) if hashes or known else None
    return _Candidate(start, title, title + opened.end(), 0, True) if opened else None


def _line_end(view: str, start: int) -> int:
    """End of the line, or of as much of it as headings are told by."""
    end = view.find("\n", start, start + _WINDOW)
    return min(len(view), start + _WINDOW) if end < 0 else end


def _title_end(reading: Reading, title: int, telling: str, marked: bool) -> int | None:
    """End of a title that needs no siblings to prove it; None where there is none."""
    view = reading.view
    line_end = _line_end(view, title)
    line = view[title : min(line_end, title + _TITLE_MAX + 1)]
    if not line or is_table_label(line) or _REFERRING.match(line):
        return None
    for pattern in (_glued(), _CHAINED):
        found = pattern.match(view, title, line_end)
        if found and len(found.group()) <= _TITLE_MAX and not _COUNTED.search(found.group()):
            return found.end()
    if len(line) <= _TITLE_MAX and (_WHOLE.fullmatch(line) or marked) and not _COUNTED.search(line):
        return line_end
    return _parted(reading, title, line_end, telling)


def _parted(reading: Reading, title: int, line_end: int, telling: str) -> int | None:
    """End of a title that a blank, or the end of a line drawn into the next, parts from its text."""
    view = reading.view
    stop = _BREAK.search(view, title, line_end)
    limit = min(stop.start() if stop else line_end, title + _PARTED_MAX)
    for at in reading.breaks(title + 1, limit) if telling else ():
        gap = reading.gap(at)
        if not any(sign in gap for sign in telling):
            continue
        if _HAN.match(view, at - 1) or _noun_end().search(view, title, at):
            return at if "\n" in gap or "," not in view[title:at] else None
    return None


def _sentence(view: str, start: int, title: int, rank: int) -> _Candidate:
    """The first sentence behind an enumerator, a heading if its siblings say so."""
    window = min(len(view), title + _WINDOW)
    stop = _STOP.search(view, title, window)
    end = stop.end() if stop else window
    return _Candidate(start, title, end if stop and stop.group() != "\n" else end - bool(stop), rank, False)


def _settled(view: str, candidates: list[_Candidate]) -> list[_Candidate]:
    """The certain headings, and the runs of short sentences of which most have text behind them."""
    kept: list[_Candidate] = []
    runs: dict[int, list[_Followed]] = {}
    for index, candidate in enumerate(candidates):
        following = candidates[index + 1] if index + 1 < len(candidates) else None
        for rank in [rank for rank in runs if rank > candidate.rank > 0]:
            kept.extend(_proved(view, runs.pop(rank)))
        if candidate.certain:
            kept.append(candidate)
        else:
            runs.setdefault(candidate.rank, []).append((candidate, following))
    for run in runs.values():
        kept.extend(_proved(view, run))
    return sorted(kept)


def _proved(view: str, run: list[_Followed]) -> list[_Candidate]:
    """The titles of a run of siblings, if they are titles."""
    alone = len(run) == 1
    fit = [(c, _followed(view, c, following, alone)) for c, following in run if _is_title(view, c)]
    if 2 * sum(followed for _, followed in fit) > len(run):
        return [c for c, followed in fit if followed or _names_only(view, c)]
    short = (c for c, _ in fit if c.end - c.title <= _SHORT_TITLE)
    return [c for c in short if _noun_end().search(view[c.title : c.end])]


def _names_only(view: str, candidate: _Candidate) -> bool:
    """Whether a sentence is short and plain enough to head nothing."""
    title = view[candidate.title : candidate.end]
    return len(title) <= _SHORT_TITLE and "," not in title


def _is_title(view: str, candidate: _Candidate) -> bool:
    title = view[candidate.title : candidate.end]
    if len(title) > _TITLE_MAX or not title.endswith("。") or ":" in title or is_table_label(title):
        return False
    return not _COUNTED.search(title) and title.count(",") <= 2


def _followed(view: str, candidate: _Candidate, following: _Candidate | None, alone: bool) -> bool:
    """Whether a sentence has text of its own behind it: in its paragraph, in the next, or as points."""
    until = following.start if following else len(view)
    if min(_line_end(view, candidate.end), until) - candidate.end > 1:
        return True
    short = candidate.end - candidate.title <= 2 * _SHORT_TITLE
    if following and following.rank > candidate.rank:
        return short
    return until - candidate.end > _PARAGRAPH or (alone and short and until - candidate.end > _SHORT_TITLE)
