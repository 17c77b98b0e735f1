"""The pieces of a text that each make one point: sentences, and enumerated items inside them.

Cut as the marking guide of the project says: at every 。！？；, before 一是 and the like, behind a lead-in
that says nothing else. Headings, outer enumerators, tables, mastheads and page furniture are left out.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..data.records import Section, SectionKind
from .appendices import without_statements
from .furniture import is_furniture
from .heading_chains import JOINT, HeadingChains
from .headings import Heading, enumerator_at, find_headings
from .reading import Reading
from .tabular import table_regions

_NUMERALS = "一二三四五六七八九十"
# Brackets and quotes hold what is inside together; one that is not closed within this distance is a slip.
_GROUP_MAX = 240
_TOKENS = re.compile(
    # What any of them begins with: the rest is tried only there.
    rf"(?=[(“《。;!?.:①-⑳\d其第{_NUMERALS}])(?:"
    rf"\((?:[^()\n]|\([^()\n]{{0,60}}\)){{0,{_GROUP_MAX}}}\)|“[^“”\n]{{0,{_GROUP_MAX}}}”|《[^《》\n]{{0,{_GROUP_MAX}}}》"
    r"|(?P<stop>[。;!?]+[”’\")》]*|(?<=[\u4e00-\u9fff”)])(?<![一二三四五六七八九十])\.(?=[\u4e00-\u9fff“《\n]|$))"
    r"|(?P<colon>:)"
    rf"|(?P<point>[①-⑳]|(?<=[,:])(?:\([{_NUMERALS}\d]{{1,2}}\)|\d{{1,2}}[.、])(?![\d项款条类]))"
    rf"|(?P<mark>(?<![唯统之第万专单同周其星期])(?:其|第)?[{_NUMERALS}]{{1,2}}是|(?:其|第)[{_NUMERALS}][,、:](?!第)))"
)
_QUOTED_STOP = re.compile(r"[。!?][”]$")
_GOES_ON = re.compile(r"[,、:;。!?的等和与之中]")
_MARK = re.compile(rf"((?:其|第)[{_NUMERALS}](?=[,、:])|(?:其|第)?[{_NUMERALS}]{{1,2}}是)")
_MARKING = frozenset(f"其第{_NUMERALS}")
_ADMITTED = re.compile(r"以下|如下|存在|仍有|还有|主要有|个方面|几点")
_LEADING = re.compile(r"[\s,、。;:!?.·#>*|■□●▲◆▪▶★☆※]+|-\s|[)》](?=[^)》])")
# What the punctuation or the enumerator before a piece begins with.
_TRIMMED_OFF = re.compile(rf"[\s,、。;:!?.·#>*|■□●▲◆▪▶★☆※)》(第①-⑳\d{_NUMERALS}-]")
_WORDS = re.compile(r"[\u4e00-\u9fffA-Za-z\d]")
_SHOWN = r"(?:主要|突出|集中|具体)?(?:表现为|表现在|体现在|体现为|反映在|是|有|为|在于|包括|如)"
_LEAD_IN = re.compile(
    r"(?:(?:以下|如下|下列|下述)[^,。;:]{0,24}"
    r"|[一二三四五六七八九十两几多\d](?:个|项|点|大|条|类)?(?:方面|问题|措施|工作|短板|不足|环节|重点|举措|任务|特点|要求|聚焦|原则)[^,。;:]{0,12}"
    r"|(?:问题|不足|短板|差距|挑战|矛盾|弱项|困难|隐忧|薄弱环节|措施|举措|打算|做法|成效|亮点|特点|任务|目标|指标|思路|思想|总体要求|总要求"
    rf"|方针|主线|原则|重点|安排|考虑|计划|工作)(?:主要)?{_SHOWN}?"
    r"|(?:认识|意识|体会|感|看|注意)到|(?:^|[。;!?\n])(?:主要|具体|突出|集中)(?:是|有|为|包括|表现为|表现在|体现在)"
    r"|(?:^|[。;!?\n])[^,。;:]{0,6}(?:整改|改进|存在|不足|问题|落实)[^,。;:]{0,4}情况)$"
)
# 主要是 and the like behind a comma: a lead-in where a list follows, else the sentence goes on.
_PLURAL = re.compile(
    r"问题|不足|短板|困难|挑战|差距|矛盾|弱项|隐忧|薄弱|制约|以下|如下|[几个]方面|目标|任务|措施|举措|工作|重点"
)
_SHOWING = re.compile(rf",{_SHOWN}$")
_LISTED = re.compile(r"[^。\n]{0,300}?;|[^。\n]{0,300}。(?![\n]|$)")
_FIRST = re.compile(r"(?:其|第)?一是?|\(?[1一]\)?$")
# Words of a sentence that announces the items behind it.
_ANNOUNCING = re.compile(r"问题|不足|短板|差距|薄弱|措施|改进|整改|下一?步|以下|如下|:$")
# The longest item between 一是 and 二是 seen: 560 characters.
_ITEM_MAX = 1000
# The title of a text run together with its first sentence.
_MASTHEAD = re.compile(
    r"(?![本现这为]|根据|按照|依据)[^。,;:\n]{4,50}?(?:年度?报告|年报|工作报告)"
    r"(?=根据|依据|按照|遵照|为|现|本|[一二]、|\d{4}年)"
)
_STOPPED = re.compile(r"[。;!?:]")
# Blanks inside words stand closer than this.
_SHORTEST_WORD = 4
_UNKNOWN: SectionKind = "unknown"
# A lead-in before 一是 that ends with a comma is a piece of its own from this length on; shorter ones
# (2023年, 在主动公开上) only name the time or the field.
_LEAD_MIN = 12
# A lead-in is repeated above each of its items; so much of it at most (the longest seen has 400 characters).
_LEAD_MAX = 1000


class Cut(NamedTuple):
    """A piece of the view at `[start, end)` that makes one point.

    `enumerator` is what counts it off (`一是`, `其二`, `(1)`, or empty), `section` the kind of the section it
    stands in, `heading` the headings and the lead-in above it, folded, without enumerators, outermost first
    and joined by ` / `.
    """

    start: int
    end: int
    enumerator: str = ""
    section: SectionKind = "unknown"
    heading: str = ""


class _Piece(NamedTuple):
    start: int
    end: int
    enumerator: str


def cut_statements(reading: Reading, sections: Sequence[Section]) -> list[Cut]:
    """The statements of a text in order, apart from each other."""
    headings = find_headings(reading)
    masthead = _MASTHEAD.match(reading.view)
    left_out = [*table_regions(reading), *((heading.start, heading.end) for heading in headings)]
    left_out = sorted([*left_out, *without_statements(reading), *([masthead.span()] if masthead else [])])
    kinds = _Kinds(reading, sections)
    above = _Above(reading.view, headings)
    cuts: list[Cut] = []
    for start, end in _stretches(reading, left_out):
        above.begin(start)
        for piece in _pieces(reading, start, end):
            heading = above.of(piece)
            cuts.append(Cut(*piece, kinds.at(piece.start), heading))
    return cuts


class _Above:
    """The headings and the lead-in that stand above each piece, as the pieces come in order."""

    def __init__(self, view: str, headings: list[Heading]) -> None:
        self._view = view
        self._chains = HeadingChains(view, headings)
        self._lead = (-1, "")
        self._last: _Piece | None = None
        self._fresh = False

    def begin(self, start: int) -> None:
        """A new line begins: a lead-in above reaches only its items and the line right below it."""
        self._fresh = start == 0 or self._view[start - 1] == "\n"

    def of(self, piece: _Piece) -> str:
        last, view = self._last, self._view
        start, end, enumerator = piece
        lead_in = self._announced() if self._chains.goes_on(start) else None
        place, chain = self._chains.at(start, lead_in, enumerator)
        if (
            last
            and enumerator
            and _FIRST.match(enumerator)
            and _ANNOUNCING.search(view, last.start, last.end)
        ):
            if not last.enumerator:
                self._lead = (last.start, _words_of(view, last.start, last.end))
        elif self._fresh and not enumerator and last and view[last.end - 1] != ":":
            self._lead = (-1, "")
        lead = self._lead[1] if self._lead[0] > place else ""
        if view[end - 1] == ":":
            self._lead = (start, view[max(start, end - _LEAD_MAX) : end - 1])
        self._last, self._fresh = piece, False
        return JOINT.join((chain, lead)) if chain and lead else chain or lead

    def _announced(self) -> tuple[int, str, int] | None:
        """The last piece, where it announces what comes below it."""
        last = self._last
        if not last or last.enumerator or not _ANNOUNCING.search(self._view, last.start, last.end):
            return None
        return last.start, _words_of(self._view, last.start, last.end), last.end


def _words_of(view: str, start: int, end: int) -> str:
    """The words of a lead-in, or the last of them."""
    return view[max(start, end - _LEAD_MAX) : end].rstrip(":,;。")


class _Kinds:
    """The kind of section that each place of the view stands in, as the places come in order."""

    def __init__(self, reading: Reading, sections: Sequence[Section]) -> None:
        spans = [(reading.locate(one.start), reading.locate(one.content_end), one.kind) for one in sections]
        self._ahead = sorted(spans, key=lambda span: span[0], reverse=True)
        self._around: list[tuple[int, int, SectionKind]] = []
        self._until, self._kind = 0, _UNKNOWN

    def at(self, place: int) -> SectionKind:
        """`problems` if any section around is one, else the outermost kind that is known."""
        if place >= self._until:
            self._kind = self._enter(place)
            ends = [end for _, end, _ in self._around]
            self._until = min([*ends, *(start for start, *_ in self._ahead[-1:])], default=sys.maxsize)
        return self._kind

    def _enter(self, place: int) -> SectionKind:
        while self._ahead and self._ahead[-1][0] <= place:
            self._around.append(self._ahead.pop())
        self._around = [span for span in self._around if span[1] > place]
        kinds = [kind for _, _, kind in self._around if kind != "unknown"]
        if "problems" in kinds:
            return "problems"
        return kinds[0] if kinds else "unknown"


def _stretches(reading: Reading, left_out: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans of the view between headings, tables and line ends that may hold statements."""
    index = 0
    for start, end in reading.lines:
        at = start
        while index < len(left_out) and left_out[index][0] < end:
            first, last = left_out[index]
            if first > at:
                yield at, first
            at = max(at, min(last, end))
            if last > end:
                break
            index += 1
        if at < end and not (at == start and is_furniture(reading.view[at:end])):
            yield at, end


def _pieces(reading: Reading, start: int, end: int) -> Iterator[_Piece]:
    """The pieces of a stretch, trimmed; what carries no words and a signature at the end are dropped."""
    view = reading.view
    places = [start, *_places(view, start, end), end]
    if len(places) == 2 and not _STOPPED.search(view, start, end):
        places[1:1] = _blanks(reading, start, end)
    for first, last in pairwise(places):
        piece = _trimmed(view, first, last)
        if piece and not (last == end and is_furniture(view[piece.start : piece.end])):
            yield piece


def _blanks(reading: Reading, start: int, end: int) -> list[int]:
    """Where a line that has blanks for stops goes from one sentence to the next."""
    blanks = [at for at in range(start + 1, end) if " " in reading.gap(at)]
    if any(after - at < _SHORTEST_WORD for at, after in pairwise([start, *blanks, end])):
        return []
    places, begun = [], start
    for at in blanks:
        if at - begun >= _LEAD_MIN and "," in reading.view[begun:at]:
            places.append(at)
            begun = at
    return places


def _places(view: str, start: int, end: int) -> Iterator[int]:
    """Places inside a stretch where one piece ends and the next begins."""
    begun = start
    for token in _TOKENS.finditer(view, start, end):
        place, kind = None, token.lastgroup
        if kind == "stop":
            place = token.end()
        elif kind == "colon":
            place = token.end() if _leads_in(view, begun, token.end(), end) else None
        elif kind == "point":
            place = token.start()
        elif kind == "mark":
            place = token.start() if _counts_off(view, begun, token.start(), token.group(), end) else None
        elif _QUOTED_STOP.search(token.group()) and not _GOES_ON.match(view, token.end()):
            place = token.end()
        if place is not None and begun < place < end:
            yield place
            begun = place


def _leads_in(view: str, begun: int, after: int, end: int) -> bool:
    """Whether what stands before a colon is a lead-in that says nothing else."""
    if after >= end or enumerator_at(view, after) or _MARK.match(view, after):
        return True
    said = view[max(begun, after - 60) : after - 1]
    if _SHOWING.search(said):
        return bool(_PLURAL.search(said) and _LISTED.match(view, after, end))
    return bool(_LEAD_IN.search(said))


def _counts_off(view: str, begun: int, place: int, mark: str, end: int) -> bool:
    """Whether 一是 and the like begin an item here: behind a comma, or glued where the count goes on."""
    before = view[place - 1] if place > begun else ""
    if not before or before in "。;!?:":
        return False
    first = mark.lstrip("其第")[0] == "一" and len(mark.lstrip("其第")) == 2
    if before not in ",、":
        if not mark.endswith("是"):
            return False
        if first:
            return view.find("二是", place, min(end, place + _ITEM_MAX)) >= 0
        return view.rfind(_previous(mark), max(0, place - _ITEM_MAX), place) >= 0
    return not first or place - begun >= _LEAD_MIN or bool(_ADMITTED.search(view, begun, place))


def _previous(mark: str) -> str:
    """The mark that counts off the item before: 二是 for 三是."""
    numeral = mark.lstrip("其第")[0]
    return _NUMERALS[max(0, _NUMERALS.index(numeral) - 1)] + "是"


def _trimmed(view: str, start: int, end: int) -> _Piece | None:
    """A piece without the punctuation and enumerators before it; None where no words are left."""
    outer = ""
    while start < end and _TRIMMED_OFF.match(view, start):
        if leading := _LEADING.match(view, start, end):
            start = leading.end()
        elif (numbered := enumerator_at(view, start)) and numbered[0] < end:
            outer, start = view[start : numbered[0]], numbered[0]
        else:
            break
    while start < end and view[end - 1] in "# \n":
        end -= 1
    if not _WORDS.search(view, start, end):
        return None
    mark = _MARK.match(view, start, end) if view[start] in _MARKING else None
    return _Piece(start, end, mark.group() if mark else outer.rstrip("、."))
