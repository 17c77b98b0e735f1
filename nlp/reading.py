"""A text as it reads, with the way back to the text as it stands.

Reports come with spaces inside numbers, lines broken in mid-word, page marks in mid-sentence, full-width
digits, Kangxi radicals and traditional characters. Extractors match on `Reading.view`, where all that is
folded away, and every span they find is brought back to the unchanged text by `Reading.span`.
"""

import re
import string
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise

from ..data.folding import fold

# Lines of a page's foot: - 4 -, — 5 —, 第3页 共9页, 3 / 9.
_PAGE_MARK = re.compile(
    r"[ \f]*(?:[-—]{1,2} *\d{1,4} *[-—]{1,2}"
    r"|第 *\d{1,4} *页(?: *[,/]? *共 *\d{1,4} *页)?"
    r"|\d{1,3} */ *\d{1,3}) *"
)
_MARK_ENDS = re.compile(r"[-—页\d]")
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u2060\u00ad\r\f\v"
_UNSEEN = re.compile(rf"[{_INVISIBLE}]")
_BLANK = re.compile(rf"[ {_INVISIBLE}]+")
_BREAK = re.compile(rf"[ {_INVISIBLE}]*\n[ \n{_INVISIBLE}]*")
_STOPS = "。!?;…"
_ENDED = re.compile(rf"(?:[{_STOPS}:]|(?<=[\u4e00-\u9fff])\.)$")
_CLOSING = '”』")'
_HEADING = re.compile(
    r"(?:第?[一二三四五六七八九十]{1,3}(?:[、.章节]|部分)|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.](?!\d)"
    r"|[①-⑳#|*-]|附件?[:\d]|各位代表)"
)
_TITLE = re.compile(r"(?:报告|年报|会议上|大会上|】)(?:\(.{1,12}\))?$")
_TITLE_MAX = 20
_FIELD = re.compile(r"(?:索引号|发布|来源|信息来源|成文|文号|发文|附件|主题)[^,。;]{0,6}:")
# A day that has its line to itself, and an answer that has: nothing is drawn into them or behind them.
_DAY = re.compile(
    r"\(?(?:\d{4} *年 *\d{1,2} *月 *\d{1,2} *日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
    r"|[一二][一二三四五六七八九〇零○]{3}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)\)?"
)
_NONE = re.compile(r"[暂均]?(?:无|没有|未发生)。?")
# A field of the address: what follows its colon belongs to it, and its name begins a line of its own.
_CONTACT = (
    r"(?:联系|监督|咨询|投诉|举报|办公|通讯|通信|查阅|工作|受理)?"
    r"(?:电话|传真|地址|地点|时间|机构|邮编|邮政编码|电子邮箱|电子邮件|电子信箱|邮箱|[Ee]-?mail|网址|联系人):"
)
_CONTACT_OPEN = re.compile(rf"(?:^|[,;。(、]){_CONTACT}$")
_CONTACT_BEGINS = re.compile(_CONTACT)
_CONTACT_ENDS = re.compile(rf"{_CONTACT}[\d()-]{{6,20}}$")
# Its fields are often set wide (地 址：); so many characters tell them.
_CONTACT_MAX = 40
# No paragraph ends like this.
_OPEN = re.compile(r"[,、《“]$|.{14}(?<!目)的$")
_OPEN_MAX = 16
# And none begins like this.
_GOING_ON = re.compile(r"[,。;、》”]|是:")
_NUMBERS = re.compile(r"\d \d+ \d")
_POINTED = re.compile(r"[,。;]")
_ALNUM = re.compile(r"[0-9A-Za-z]")
_APART = frozenset(string.digits + string.ascii_letters)

# A page set in lines holds 18-60 characters a line; longer lines are paragraphs (seen on PDFs).
_WRAPPED_MAX = 60
# A line cut by the page width fills at least this share of it.
_FULL_LINE = 0.75
# A heading of fewer characters ends with its line, however narrow the page.
_SHORT_HEADING = 20
# An unwrapped line this long that ends without a stop was torn, as at the foot of a page.
_TORN_LINE = 20


class Reading:
    """A text and its view.

    `view` is the folded text without the blanks, page marks and line ends that only the page put there; a
    paragraph's end stays as one line feed, a blank between two letters or digits as one space.
    """

    # The view in stretches that stand unbroken in the text: where each begins in the view, and in the text.
    __slots__ = ("__dict__", "_places", "_starts", "text", "view")

    def __init__(self, text: str) -> None:
        self.text = text
        folded = fold(text)
        kept: list[str] = []
        starts, places = [0], [0]
        at = length = 0
        for start, end, stand_in in _cuts(text, folded):
            kept += folded[at:start], stand_in
            length += start - at + len(stand_in)
            at = end
            if end - start > len(stand_in):
                starts.append(length)
                places.append(end)
        kept.append(folded[at:])
        self.view: str = "".join(kept)
        self._starts: list[int] = starts
        self._places: list[int] = places

    @cached_property
    def places(self) -> list[int]:
        """Where each character of the view stands in the text; `place` tells it of one alone."""
        places: list[int] = []
        ends = [*self._starts[1:], len(self.view)]
        for start, end, place in zip(self._starts, ends, self._places, strict=True):
            places.extend(range(place, place + end - start))
        return places

    def place(self, index: int) -> int:
        """Where `view[index]` stands in the text; the text's length for the end of the view."""
        stretch = bisect_right(self._starts, index) - 1
        return self._places[stretch] + index - self._starts[stretch]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """`[start, end)` of the view as a span of the text; an empty span stays empty."""
        if start >= end:
            place = self.place(start) if start < len(self.view) else len(self.text)
            return place, place
        return self.place(start), self.place(end - 1) + 1

    def quote(self, start: int, end: int) -> str:
        """The unchanged text under `[start, end)` of the view."""
        first, last = self.span(start, end)
        return self.text[first:last]

    def clean(self, start: int, end: int) -> str:
        """The text's own characters under `[start, end)` of the view, without what the view leaves out."""
        end = min(end, len(self.view))
        if start >= end:
            return ""
        following = bisect_right(self._starts, start)
        if following == len(self._starts) or self._starts[following] >= end:
            place = self._places[following - 1] + start - self._starts[following - 1]
            return self.text[place : place + end - start]
        edges = [start, *self.breaks(start, end), end]
        return "".join(self.quote(first, last) for first, last in pairwise(edges))

    def gap(self, index: int) -> str:
        """What the view leaves out of the text just before `view[index]`: blanks, page marks, line ends."""
        stretch = bisect_right(self._starts, index) - 1
        if self._starts[stretch] != index:
            return ""
        before = self.place(index - 1) + 1 if index else 0
        return self.text[before : self._places[stretch]]

    def breaks(self, start: int, end: int) -> list[int]:
        """The indices inside `[start, end)` of the view, its start aside, that have a gap before them."""
        first = bisect_right(self._starts, start)
        return list(dict.fromkeys(self._starts[first : bisect_left(self._starts, end, first)]))

    def locate(self, place: int) -> int:
        """Index in the view of the first kept character at or after `place` in the text."""
        stretch = bisect_right(self._places, place) - 1
        if stretch < 0:
            return 0
        starts = self._starts
        end = starts[stretch + 1] if stretch + 1 < len(starts) else len(self.view)
        return min(starts[stretch] + place - self._places[stretch], end)

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Spans of the view's paragraphs, line ends left out, empty ones too."""
        spans, at = [], 0
        for line in self.view.split("\n"):
            if line:
                spans.append((at, at + len(line)))
            at += len(line) + 1
        return spans


def _cuts(text: str, folded: str) -> Iterator[tuple[int, int, str]]:
    """What the view leaves out, in order: (start, end, what stands in its place)."""
    lines = _lines(folded)
    width = _width(folded, lines)
    tabs = "\t" in text
    blanks = " " if not _UNSEEN.search(folded) else ""
    previous = (0, 0)
    for start, end in lines:
        if previous[1]:
            row = tabs and text.find("\t", previous[0], end) >= 0
            joined = not row and _joins(folded, previous, (start, end), width)
            yield previous[1], start, "" if joined else "\n"
        elif start:
            yield 0, start, ""
        if folded.find(blanks, start, end) >= 0:
            yield from _blanks(folded, start, end)
        previous = (start, end)
    if previous[1] < len(folded):
        yield previous[1], len(folded), ""


def _blanks(folded: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The blanks of a line; one between two letters or digits stays."""
    for blank in _BLANK.finditer(folded, start, end):
        first, last = blank.span()
        apart = folded[last] in _APART and folded[first - 1] in _APART and " " in blank.group()
        yield first, last, " " if apart else ""


def _lines(folded: str) -> list[tuple[int, int]]:
    """Spans of the lines that carry text: stripped, page marks and empty lines left out."""
    spans: list[tuple[int, int]] = []
    at = 0
    for line in folded.split("\n"):
        stripped = line.strip(" " + _INVISIBLE)
        if stripped and not (_MARK_ENDS.match(stripped[-1]) and _PAGE_MARK.fullmatch(stripped)):
            start = at + line.index(stripped[0])
            spans.append((start, start + len(stripped)))
        at += len(line) + 1
    return spans


def _extent(folded: str, line: tuple[int, int]) -> int:
    """Characters of a line, blanks aside."""
    start, end = line
    return end - start - folded.count(" ", start, end)


def _width(folded: str, lines: list[tuple[int, int]]) -> int:
    """Characters a full line holds where the text is set in lines (90th percentile of their lengths)."""
    lengths = sorted(length for line in lines if (length := _extent(folded, line)) >= 8)
    return lengths[int(len(lengths) * 0.9)] if lengths else 0


def _joins(folded: str, line: tuple[int, int], following: tuple[int, int], width: int) -> bool:
    """Whether the second line goes on with the first one's sentence."""
    this, after = folded[slice(*line)], folded[slice(*following)]
    if this[-1] in _STOPS:
        return False
    tail, head = this[-_CONTACT_MAX:].replace(" ", ""), after[:_CONTACT_MAX].replace(" ", "")
    if ":" in head and _CONTACT_BEGINS.match(head):
        return False
    if ":" in tail:
        if _CONTACT_ENDS.search(tail):
            return False
        if this[-1] == ":" and _CONTACT_OPEN.search(tail):
            return True
    if _is_ended(this) or _HEADING.match(after) or _FIELD.match(this):
        return False
    if _is_row(this) or _is_row(after) or _DAY.fullmatch(this) or _NONE.fullmatch(after):
        return False
    if _OPEN.search(this, max(0, len(this) - _OPEN_MAX)) or _GOING_ON.match(after):
        return True
    length = _extent(folded, line)
    heading = _HEADING.match(this) and not _POINTED.search(this)
    if width <= _WRAPPED_MAX:
        least = max(_SHORT_HEADING, 0.9 * width) if heading else max(12, _FULL_LINE * width)
        return length >= least
    torn = length >= _TORN_LINE and not heading
    return torn and "\n" in folded[line[1] : following[0]] and not _ALNUM.match(after)


def _is_ended(line: str) -> bool:
    """Whether a line ends with a stop, and quotation marks or brackets that close, or as a title does."""
    ended = _ENDED.search(line.rstrip(_CLOSING)[-2:])
    return bool(ended or _TITLE.search(line, max(0, len(line) - _TITLE_MAX)))


def _is_row(line: str) -> bool:
    """Whether a line holds a bar, or numbers with blanks between."""
    return "|" in line or (" " in line and bool(_NUMBERS.search(line)))
