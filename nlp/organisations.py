"""Bodies named in the text: an office with the place or level that it belongs to, or a central body."""

import re
from functools import cache

from ..data.records import Organisation
from ..data.vocabulary import alternation, vocabulary
from ..data.word_lists import beginning, begun
from .reading import Reading
from .regions import places_start

# Characters before an office in which the place it belongs to is looked for; the longest chain of province,
# prefecture and autonomous county has 28.
_PLACE_MAX = 28
# Characters of a street's name before 街道办事处.
_STREET_MAX = 6

_HAN_TAIL = re.compile(r"[\u4e00-\u9fff]*\Z")
# A level instead of a place: 省财政厅, 县政府办; not 各县, 全市, 我区.
_LEVEL = re.compile(r"(?<![各全我本该两此每省市县])[省市县区州旗盟镇]\Z")
_BASE = r"(?![省市县区])[\u4e00-\u9fff]"
_UNKNOWN = re.compile(
    r"(?!.{0,8}(?:[全各我本该两此每委]|上述|有关|相关))"
    rf"(?:(?:{_BASE}){{2,5}}[省市州盟县区旗镇乡])?(?:{_BASE}){{2,5}}[省市州盟县区旗镇乡](?:人民政府|政府)?\Z"
)
# 政府 and 委 name a body after a place or level, but not as part of 政府信息, 政府工作报告, 委员.
_GOVERNMENT = (
    r"(?:人民)?政府(?:办公厅|办公室|办(?![公理事法发结]))?"
    r"(?!信息|工作报告|采购|投资|性|债|职能|规章|购买|网站|门户|公报|预决算)"
    r"|委(?:办公室|办(?!公|理)|宣传部|组织部|统战部|政法委)?(?![员托派任会])"
)
# Offices that name a body without a place where a clear beginning stands before them.
_ALONE = re.compile(r".{2,}(?:局|厅|委员会|委|署)")
_NATIONAL_START = re.compile(r"(?:国家|中国|中华人民共和国)\Z")


_NAMES = ("offices", "office_short_names", "national_bodies")


@cache
def _beginnings() -> re.Pattern[str]:
    """Where an office may begin: its name goes on with 工作, 领导小组 or its kind."""
    offices, short, national = map(vocabulary, _NAMES)
    named = [office + kind for office in offices for kind in "工领委管总分局厅办署"]
    return re.compile(beginning([*named, *short, *national, "人民政府", "政府", "委"]))


@cache
def _offices() -> re.Pattern[str]:
    names = [vocabulary(name) for name in _NAMES]
    kinds = "委员会(?!议)|管理局|总局|分局|局(?![面部限长域])|厅(?![级长局室堂房])|委(?![员托派任])|办公室|署"
    long = rf"{alternation(names[0])}(?:工作)?(?:领导小组办公室|领导小组|{kinds})"
    short = rf"{alternation(names[1])}(?!长)"
    national = rf"(?P<national>{alternation(names[2])})(?![长门分级署位])"
    government = rf"(?P<government>(?:{_GOVERNMENT})(?:{long}|{short})?)"
    return re.compile(rf"(?:{national}|{government}|{long}|{short})")


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf".*{alternation(vocabulary('before_bodies'))}")


def find_organisations(reading: Reading) -> tuple[Organisation, ...]:
    """Bodies named, in order of appearance, each time they are named.

    A central body (国务院办公厅) stands for itself; an office needs a place (沭阳县财政局), a level
    (省财政厅) or a clear beginning (由财政局). Generic words (各部门, 我局, 有关单位) are none.
    """
    found: list[Organisation] = []
    for start, end in body_spans(reading.view):
        first, last = reading.span(start, end)
        found.append(Organisation(text=reading.text[first:last], start=first, end=last))
    return tuple(found)


def body_spans(view: str) -> list[tuple[int, int]]:
    """Spans of the bodies in a reading's view, in order, none overlapping."""
    spans: list[tuple[int, int]] = []
    for office in begun(_beginnings(), _offices(), view):
        after = spans[-1][1] if spans else 0
        start = _start(view, max(after, office.start() - _PLACE_MAX), office)
        if start is not None:
            spans.append((start, office.end()))
    return spans


def _start(view: str, floor: int, office: re.Match[str]) -> int | None:
    """Where the body begins whose office was found; None where the office alone does not name a body."""
    at = office.start()
    if office["national"]:
        return at
    run = _HAN_TAIL.search(view[floor:at])
    led = run.group() if run else ""
    length = place_length(led)
    if length:
        return at - length
    if _NATIONAL_START.search(led) or (led and office["government"]):
        return None
    before = _before().match(led)
    rest = len(led) - (before.end() if before else 0)
    if office.group().startswith("街道"):
        return at - rest if 2 <= rest <= _STREET_MAX else None
    return at if not rest and _ALONE.fullmatch(office.group()) else None


def place_length(led: str) -> int:
    """Characters of the place or level at the end of `led`, a run of Chinese characters; 0 without one.

    Places of the divisions' list are taken with those above them; others (望川县) from the last word that may
    stand before a body, where that leaves a name of a place's length.
    """
    if not led:
        return 0
    start = places_start(led)
    if start < len(led):
        return len(led) - start
    if led[-1] not in "省市州盟县区旗镇乡府":
        return 0
    before = _before().match(led)
    rest = led[before.end() :] if before else led
    if len(rest) > 1 and _UNKNOWN.match(rest):
        return len(rest)
    return 1 if _LEVEL.search(led) else 0
