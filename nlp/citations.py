"""Documents cited by title in 《》, by number, or by both.

Document numbers follow GB/T 9704: the issuer's code word, the year in 〔〕, the serial number
(国办发〔2019〕14号); orders and notices count without a year (国务院令第711号).
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..data.records import Citation
from ..data.word_lists import any_of, word_lists
from .reading import Reading
from .spans import Spans

_MARKS = re.compile(r"[《》。\n]")
# Titles run to some 80 characters; beyond this a closing mark was lost.
_LONGEST_TITLE = 150
# Titles in titles in titles; more marks than this are opened by no document.
_DEEPEST_TITLE = 8
_PLAIN = r"[^()〔〕【】\n]"
_BRACKET = re.compile(rf"[(〔【]((?:{_PLAIN}|[(〔【]{_PLAIN}{{0,40}}[)〕】]){{1,80}})[)〕】]")
_YEAR_IN_BRACKETS = r"[〔(【\[](?:19|20)\d\d年?[〕)】\]]"
_SERIAL = r"(?:第?\d{1,5}(?:-\d{1,3})?号(?:[令函文](?!件))?)"
_NUMBER_IN_BRACKET = re.compile(
    rf"[\u4e00-\u9fff]{{0,24}}{_YEAR_IN_BRACKETS}(?:{_SERIAL}|第?\d{{1,5}}(?=$|[,;、)]))"
    r"|[\u4e00-\u9fff]{0,24}(?:(?:19|20)\d\d年)?第?[\d〇一二三四五六七八九十百]{1,6}号(?:[\u4e00-\u9fff]{0,6}(?:令|公告))?"
)
# The tail of a number outside 《》; its code word is read backwards from there.
_BARE_TAIL = re.compile(
    rf"[〔(【\[令第](?:(?<=[^令第])(?:19|20)\d\d年?[〕)】\]]{_SERIAL}"
    r"|(?<=令)(?:第?\d{1,4}号|\((?:19|20)\d\d年?\)第?\d{1,4}号)"
    r"|(?<=第)\d{1,4}号(?:国务院|[\u4e00-\u9fff]{0,6}人民政府|部|总局)?令)"
)
# A further number whose code word stands before the first: 县委发〔2021〕3号、〔2020〕17号.
_LISTED = re.compile(r"[号)][、,和与及]$")
_CODE_WORD = re.compile(r"[\u4e00-\u9fff]{1,24}$")
_LONGEST_CODE_WORD = 24
_SHORTEST_CODE_WORD = 3
_WORD = re.compile(r"[\u4e00-\u9fff]+")
# A lost 》 after a nested title: 《关于印发《…》的通知 goes on to the name of its kind.
_LOST_END = re.compile(r"的(?:通知|意见|决定|公告|函|批复|请示|报告|实施意见|实施方案|说明)")
_JOINED = re.compile(r"》(?:\([^()《》]{1,12}\))?[、,和与及]?《")
_COUNTED = re.compile(r"\d(?:余|多)?[期集场部首档次](?:的|专题|系列)?$")
# A column or programme is named within so many characters after the titles, 等 and its number aside.
_AFTER = re.compile(
    r"(?:\([^()]{1,12}\))?(?:等|系列|话题|大型|新闻|融媒体|政务|公开|[\d一二三四五六七八九十两]+[个档部]?|“|”|类|党报){0,3}"
)
_SHORT_TITLE = 8


class _Title(NamedTuple):
    start: int
    end: int


class _Number(NamedTuple):
    start: int
    end: int
    closed: int


def find_citations(reading: Reading) -> tuple[Citation, ...]:
    """Citations in order: each 《title》 with the number in brackets after it, and each bare number.

    Newspapers, gazettes, broadcasts, columns and works of art in 《》 are left out, as is a 《 that nothing
    closes.
    """
    view = reading.view
    titles = list(_titles(view))
    kept = [title for title, document in zip(titles, _documents(view, titles), strict=True) if document]
    found = [_titled(reading, title) for title in kept]
    taken = Spans([*titles, *((reading.locate(one.start), reading.locate(one.end - 1) + 1) for one in found)])
    for start, end in _bare_numbers(view):
        if not taken.touches(start, end):
            found.append(_citation(reading, start, end, None, reading.clean(start, end)))
    return tuple(sorted(found, key=lambda one: one.start))


def _citation(reading: Reading, start: int, end: int, title: str | None, number: str | None) -> Citation:
    first, last = reading.span(start, end)
    return Citation(text=reading.text[first:last], start=first, end=last, title=title, number=number)


def _titled(reading: Reading, title: _Title) -> Citation:
    number = _number_after(reading.view, title.end)
    closed = reading.view[title.end - 1] == "》"
    name = reading.clean(title.start + 1, title.end - closed)
    if number is None:
        return _citation(reading, title.start, title.end, name, None)
    return _citation(reading, title.start, number.closed, name, reading.clean(number.start, number.end))


def _titles(view: str) -> Iterator[_Title]:
    """Outermost 《…》 in order; a 《 without its 》 in the sentence is passed over or mended."""
    at = view.find("《")
    while at >= 0:
        title, inner, stop = _title(view, at)
        if title:
            yield title
        else:
            yield from _mended(view, at, inner)
        at = view.find("《", stop)


def _title(view: str, at: int) -> tuple[_Title | None, list[_Title], int]:
    """The title whose 《 stands at a place, or the nested ones where it is not closed; and where to go on."""
    opened: list[int] = []
    inner: list[_Title] = []
    for mark in _MARKS.finditer(view, at, at + _LONGEST_TITLE):
        if mark[0] == "《":
            opened.append(mark.start())
        elif mark[0] == "》":
            title = _Title(opened.pop(), mark.end())
            inner = [*(one for one in inner if one.start < title.start), title]
            if not opened:
                return inner[-1], [], mark.end()
        else:
            break
        if len(opened) > _DEEPEST_TITLE:
            break
    return None, inner, inner[-1].end if inner else at + 1


def _mended(view: str, opened: int, inner: list[_Title]) -> Iterator[_Title]:
    """What stands in a sentence whose first 《 is never closed."""
    for at, title in enumerate(inner):
        lost = _LOST_END.match(view, title.end) if at == 0 else None
        yield _Title(opened, lost.end()) if lost else title


@cache
def _contexts() -> tuple[re.Pattern[str], tuple[str, ...]]:
    lists = word_lists("citation_words")
    return re.compile(any_of(lists["after"])), lists["before"]


def _documents(view: str, titles: list[_Title]) -> Iterator[bool]:
    """For each title whether it names a document; titles joined in one list share what stands around them."""
    at = 0
    while at < len(titles):
        last = at
        while last + 1 < len(titles) and _joined(view, titles[last], titles[last + 1]):
            last += 1
        programme = _programme_around(view, titles[at].start, titles[last].end)
        for title in titles[at : last + 1]:
            yield _is_document(view[title.start + 1 : title.end - 1], programme)
        at = last + 1


def _joined(view: str, title: _Title, following: _Title) -> bool:
    match = _JOINED.match(view, title.end - 1)
    return match is not None and match.end() == following.start + 1


def _programme_around(view: str, start: int, end: int) -> bool:
    after, before = _contexts()
    gap = _AFTER.match(view, end)
    if after.match(view, end) or (gap and after.match(view, gap.end())):
        return True
    lead = view[max(0, start - 12) : start].rstrip("“:")
    return lead.endswith(before) or bool(_COUNTED.search(lead))


def _is_document(title: str, programme: bool) -> bool:
    lists = word_lists("citation_words")
    bare = re.sub(r"\([^()]*\)$", "", title)
    if bare in lists["press_name"] or bare.endswith(lists["press_ending"]):
        return False
    if bare.endswith(lists["document_ending"]):
        return True
    if programme:
        return False
    return len(bare) >= _SHORT_TITLE or any(part in bare for part in lists["document_part"])


def _number_after(view: str, at: int) -> _Number | None:
    """The document number in the bracket after a title, or in the next where the first says the edition."""
    for _ in range(2):
        bracket = _BRACKET.match(view, at)
        if not bracket:
            return None
        number = _NUMBER_IN_BRACKET.search(view, bracket.start(1), bracket.end(1))
        if number:
            start = number.start() + _lead(view, number.start(), number.end())
            closed = bracket.end() if number.end() == bracket.end(1) else number.end()
            return _Number(start, number.end(), closed)
        if not any(word in bracket[1] for word in word_lists("citation_words")["edition"]):
            return None
        at = bracket.end()
    return None


def _bare_numbers(view: str) -> Iterator[tuple[int, int]]:
    floor = 0
    for tail in _BARE_TAIL.finditer(view):
        code = _CODE_WORD.search(view, max(floor, tail.start() - _LONGEST_CODE_WORD), tail.start())
        floor = tail.end()
        start = code.start() + _bare_lead(view, code.start(), tail.start()) if code else tail.start()
        if _LISTED.search(view, max(0, tail.start() - 2), tail.start()):
            yield tail.span()
        elif (start < tail.start() and view[start] != "年") or tail[0].endswith(
            ("国务院令", "政府令", "部令", "总局令")
        ):
            yield start, tail.end()


@cache
def _lead_pattern() -> re.Pattern[str]:
    lists = word_lists("citation_words")
    return re.compile(
        rf"{any_of(lists['number_lead'])}|{any_of(lists['issuer'])}(?=[\u4e00-\u9fff]{{2,6}}[发函办字]$)"
    )


def _lead(view: str, start: int, end: int) -> int:
    """How many characters before a document number's code word were matched with it."""
    word = _WORD.match(view, start, end)
    return max((lead.end() for lead in _lead_pattern().finditer(word[0])), default=0) if word else 0


def _bare_lead(view: str, start: int, end: int) -> int:
    """The same in running text, where a single character (按, 和) may stand before the code word too."""
    cut = _lead(view, start, end)
    singles = word_lists("citation_words")["number_lead_single"]
    for at in range(end - _SHORTEST_CODE_WORD - 1, start + cut - 1, -1):
        if view[at] in singles and view[at - 1 : at + 2] != "共和国":
            return at + 1 - start
    return cut
