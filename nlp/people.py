"""People named with a title, before or after the name; precision comes first."""

import re
from functools import cache

from ..data.records import Person
from ..data.vocabulary import alternation, vocabulary
from ..data.word_lists import beginning, begun
from .organisations import body_spans, place_length
from .reading import Reading

_HAN = r"[\u4e00-\u9fff]"
# Where neither body nor place stands before a title, one word of it may (党组书记, 常务副市长).
_RANKS = ("党组", "党委", "党工委", "常委", "常务", "执行", "第一", "专职")
_RANK = rf"(?:{'|'.join(_RANKS)})?副?"
# Characters of the longest body before a title: a place of 28 and its office.
_BODY_MAX = 48
# A name before a title, 同志, and the character before both.
_NAME_MAX = 7


@cache
def _title() -> str:
    one = rf"{_RANK}{alternation(vocabulary('titles'))}"
    return rf"{one}(?:[、兼,]?{one}){{0,3}}"


@cache
def _surname() -> str:
    return rf"(?!{alternation(vocabulary('not_names'))}){alternation(vocabulary('surnames'))}"


@cache
def _titles() -> re.Pattern[str]:
    return re.compile(_title())


@cache
def _beginnings() -> re.Pattern[str]:
    titles = vocabulary("titles")
    return re.compile(beginning([*titles, *_RANKS, *("副" + title for title in titles)]))


@cache
def _name_after() -> re.Pattern[str]:
    return re.compile(rf"(?:同志|:)?(?P<surname>{_surname()})")


@cache
def _name_before() -> re.Pattern[str]:
    """A leader's name, or another's at a boundary."""
    leader = rf"(?P<leader>{alternation(vocabulary('leaders'))})"
    return re.compile(rf"(?:{leader}|(?<!{_HAN})(?P<name>{_surname()}{_HAN}{{1,2}}))(?:同志)?\Z")


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"(?!{_HAN})|{alternation(vocabulary('after_names'))}|{_title()}")


@cache
def _titles_inside() -> re.Pattern[str]:
    """What no given name holds: a title, or a word that follows names."""
    return re.compile(rf"{alternation(vocabulary('titles'))}|[的了是在为和与及等各长员副]")


def find_people(reading: Reading) -> tuple[Person, ...]:
    """People with their titles, in order of appearance, each time they are named.

    `title` goes with the body or place right before it (省财政厅党组书记、厅长王某), both without the blanks
    in them. A name has two or three characters, four with a compound family name; one without a title is
    not taken.
    """
    found: list[Person] = []
    for match in begun(_beginnings(), _titles(), reading.view):
        if found and reading.place(match.start()) < found[-1].end:
            continue
        person = _named_after(reading, match) or _named_before(reading, match)
        if person:
            found.append(person)
    return tuple(found)


def _named_after(reading: Reading, title: re.Match[str]) -> Person | None:
    view = reading.view
    surname = _name_after().match(view, title.end())
    end = surname and _name_end(view, surname.start("surname"), surname.end())
    if not surname or not end:
        return None
    start = _title_start(view, title.start())
    return _person(reading, (start, end), (surname.start("surname"), end), (start, title.end()))


def _named_before(reading: Reading, title: re.Match[str]) -> Person | None:
    view, floor = reading.view, max(0, title.start() - _NAME_MAX)
    match = _name_before().search(view[floor : title.start()])
    if not match:
        return None
    name = match.span("leader" if match["leader"] else "name")
    if match["name"] and (
        _titles_inside().search(match["name"][1:]) or not _after().match(view, title.end())
    ):
        return None
    first, last = floor + name[0], floor + name[1]
    return _person(reading, (first, title.end()), (first, last), title.span())


def _name_end(view: str, start: int, given: int) -> int | None:
    """The end of the name that begins at `start` and whose family name ends at `given`."""
    for end in (given + 2, given + 1):
        name = view[given:end]
        if not re.fullmatch(rf"{_HAN}{{{end - given}}}", name) or _titles_inside().search(name):
            continue
        if _after().match(view, end):
            return end
    return None


def _title_start(view: str, start: int) -> int:
    """Where the title begins with the body or place right before it."""
    floor = max(0, start - _BODY_MAX)
    before = view[floor:start]
    for first, last in body_spans(before):
        if last == len(before):
            return floor + first
    led = re.search(rf"{_HAN}*\Z", before)
    return start - place_length(led.group() if led else "")


def _person(
    reading: Reading, whole: tuple[int, int], name: tuple[int, int], title: tuple[int, int]
) -> Person:
    start, end = reading.span(*whole)
    return Person(
        text=reading.text[start:end],
        start=start,
        end=end,
        name=reading.clean(*name),
        title=reading.clean(*title),
    )
