"""Who reports, on which year, from where: what stands around a report rather than in it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import PurePath

import msgspec

from ..data.records import Genre, Level, Region
from .genre import find_genre
from .levels import find_level
from .publication import find_document_number, find_index_number, find_published
from .reading import Reading
from .regions import find_region, spelled
from .titles import YEAR, Title, find_title, organ_name, parse_site, parse_title, parse_year

_HEAD = 3000
_TAIL_LINES = 6
# Longer hints are running text, in which any place may be named.
_HINT_MAX = 60
_ORG_FIELDS = ("发布机构", "发文机关", "发布单位", "公开机构", "责任部门", "信息来源", "来源")

_HAN = r"[\u4e00-\u9fff·]"
# The body in the sentences in which a report introduces itself.
_INTRODUCED = (
    re.compile(rf"本(?:年度)?报告(?:是由|由|是)({_HAN}{{3,40}}?)(?:根据|按照|依据|依照|编制|负责|发布|,)"),
    re.compile(rf"(?:特|现)?编制({_HAN}{{3,40}}?){YEAR}年"),
    re.compile(rf"代表({_HAN}{{2,20}}?人民政府)"),
    re.compile(rf"(?:现将|现向社会公布)({_HAN}{{3,40}}?){YEAR}年"),
    re.compile(rf"(?:{'|'.join(_ORG_FIELDS)}):({_HAN}{{4,30}}?)(?=[^\u4e00-\u9fff]|发布|来源|日期|时间)"),
    re.compile(rf"请(?:与|联系)({_HAN}{{4,40}}?)联系"),
)
_MEETING = re.compile(
    rf"({YEAR})年(?:\d{{1,2}}|[一二十]{{1,2}})月.{{1,6}}日?在({_HAN}{{2,16}}?)(?:第[〇零一二三四五六七八九十]{{1,4}}|[一二三四五六七八九十]{{1,3}})届"
    r"人民代表大会"
)
_PERIOD = re.compile(rf"({YEAR})年?1月1日?起?(?:至|到|[-—~]{{1,2}})(?:({YEAR})年?|当年|同年)?12月31日")
_LOOK_BACK = re.compile(
    rf"(?:^|\n|时期和|时期及)(?:第?一[、.部分]{{0,3}})?({YEAR})年.{{0,14}}?(?:工作)?(?:回顾|总结|情况)"
)
_JUST_PAST = re.compile(rf"(?:刚刚)?过去的({YEAR})年")
# A year spoken of: not one of plans, nor of an earlier report.
_YEAR_SAID = re.compile(
    rf"(?<!针对)(?<!较)(?<!比)(?<!与)({YEAR})年(?!.{{0,3}}月|报告)"
    r"(?![^。;\n]{0,12}(?:将|拟|要|计划|打算|力争|争取|继续|进一步|重点|底前|工作(?:安排|打算|计划|思路)))"
)
_PLACED = re.compile(rf"(?![全我各本该]){_HAN}[省市州盟县区旗镇乡]|国家|^中国")
_SEATED = re.compile(rf"(?![全我各本该]){_HAN}[省市州盟县区旗]|国家|^中国")
_HINT_PARTS = re.compile(r"[-_|—/\s]+")


# Where only the sentence on its making names a body, the office that drafts speaks for its government.
_DRAFTING_OFFICE = re.compile(
    r"(?:(?:(?<=人民政府)|(?<=委员会)|(?<=[局厅部]))办公[室厅]|(?:政府信息|政务)公开(?:工作)?领导小组(?:办公室)?)$"
)


class Masthead(msgspec.Struct, frozen=True, kw_only=True):
    """Title, body, level, region and year of a report, with its publication data; None where unknown.

    `year` is the year reported on, `published` an ISO day, `region` where the body is seated.
    """

    title: str | None
    org: str | None
    year: int | None
    genre: Genre
    level: Level | None
    region: Region | None
    published: str | None
    index_number: str | None
    document_number: str | None


def read_masthead(
    reading: Reading,
    *,
    title_hint: str | None = None,
    fields: Mapping[str, str] | None = None,
    path: str | None = None,
    org: str | None = None,
    year: int | None = None,
    genre: Genre | None = None,
) -> Masthead:
    """What heads a report, from its text, its page's title and fields, and the file's path.

    `org`, `year` and `genre` are taken as given where they are given. A body is named as the title writes it,
    with the misspellings of places that scanners make put right.
    """
    fields = fields or {}
    titles = _titles(reading, title_hint, path)
    org = org or _reporting(list(_organisations(reading, titles, fields))) or parse_site(title_hint or "")
    genre = genre or ("work" if titles and titles[0].work else find_genre(reading, org))
    region = _seat(org, [*_hints(reading, titles, fields), *_places(title_hint, path)])
    published = find_published(reading, fields)
    return Masthead(
        title=titles[0].text if titles else title_hint,
        org=org,
        year=year or _year(reading, titles, genre, published),
        genre=genre,
        level=find_level(org, region),
        region=region,
        published=published,
        index_number=find_index_number(reading, fields),
        document_number=find_document_number(reading, fields),
    )


def _titles(reading: Reading, hint: str | None, path: str | None) -> list[Title]:
    """Titles found, the surest first: the text's, the page's, the file name's."""
    written = [text for text in (hint, PurePath(path).stem if path else None) if text]
    found = [title for title in (find_title(reading), *map(parse_title, written)) if title]
    # A page's list of other years' reports may come before the report: its own title knows better.
    if hint and len(found) > 1 and found[1].year and found[0].year != found[1].year:
        found[0], found[1] = found[1], found[0]
    return found


def _organisations(reading: Reading, titles: list[Title], fields: Mapping[str, str]) -> Iterator[str]:
    """Bodies that may be the reporting one, the surest first."""
    head = reading.view[:_HEAD].replace("\n", "")
    yield from (spelled(title.org) for title in titles if title.org)
    if any(title.work for title in titles):
        yield from _delivered(head)
    for pattern in _INTRODUCED:
        found = pattern.search(head)
        body = _DRAFTING_OFFICE.sub("", found[1]) if found else ""
        if organ_name().fullmatch(body) and _PLACED.search(body):
            yield spelled(body)
    yield from (
        spelled(fields[label]) for label in _ORG_FIELDS if organ_name().fullmatch(fields.get(label, ""))
    )
    yield from _signatures(reading)


def _reporting(bodies: list[str]) -> str | None:
    """The surest body, or one that differs by a single misread character and names a known place instead."""
    if not bodies:
        return None
    surest = bodies[0]
    alike = (body for body in bodies[1:] if len(body) == len(surest) and _differing(body, surest) == 1)
    better = next((body for body in alike if find_region(body)), None)
    return better if better and not find_region(surest) else surest


def _differing(one: str, other: str) -> int:
    return sum(left != right for left, right in zip(one, other, strict=True))


def _delivered(head: str) -> Iterator[str]:
    """The government that delivers a work report: of the place whose congress meets."""
    meeting = _MEETING.search(head)
    if meeting:
        yield meeting[2] + "人民政府"


def _signatures(reading: Reading) -> Iterator[str]:
    """Bodies that stand alone in one of the last lines, or before a date there."""
    for start, end in reversed(reading.lines[-_TAIL_LINES:]):
        line = re.sub(r"\(?\d{4}年\d{1,2}月\d{1,2}日\)?$", "", reading.view[start : min(end, start + 60)])
        if 4 <= len(line) <= 30 and organ_name().fullmatch(line):
            yield spelled(line)


def _hints(reading: Reading, titles: list[Title], fields: Mapping[str, str]) -> Iterator[str]:
    """Strings of the report that may name a larger place, the surest first."""
    yield from (title.org or title.text for title in titles)
    yield from (fields[label] for label in _ORG_FIELDS if label in fields)
    head = reading.view[:_HEAD].replace("\n", " ")
    yield from (found[1] for found in (pattern.search(head) for pattern in _INTRODUCED) if found)
    yield head


def _places(title_hint: str | None, path: str | None) -> Iterator[str]:
    """The page's title and the folders of the file, innermost first: they too may name a larger place."""
    yield title_hint or ""
    yield from PurePath(path or "").parts[::-1]


def _seat(org: str | None, hints: list[str]) -> Region | None:
    """The region of a body; one whose name holds no place is seated where the other names say."""
    if org is None:
        return None
    region = find_region(org, hints)
    if region or _SEATED.search(org):
        return region
    parts = (part for hint in hints if len(hint) <= _HINT_MAX for part in _HINT_PARTS.split(hint))
    found = (find_region(part) for part in parts)
    return next((one for one in found if one), None)


def _year(reading: Reading, titles: list[Title], genre: Genre, published: str | None) -> int | None:
    """The year reported on: by the title, the data's period, what the text speaks of, the publication."""
    if genre == "work":
        return _year_of_work(reading, titles)
    for title in titles:
        if title.year:
            return title.year
    period = _PERIOD.search(reading.view)
    if period:
        return parse_year(period[2] or period[1])
    said = Counter(_YEAR_SAID.findall(_untitled(reading.view[:_HEAD])))
    if said:
        return parse_year(said.most_common(1)[0][0])
    return int(published[:4]) - 1 if published else None


def _year_of_work(reading: Reading, titles: list[Title]) -> int | None:
    """The year a work report looks back on: said in its first heading, else the one before its delivery."""
    head = reading.view[:_HEAD]
    for pattern in (_LOOK_BACK, _JUST_PAST):
        found = pattern.search(head)
        if found:
            return parse_year(found[1])
    meeting = _MEETING.search(head.replace("\n", ""))
    delivered = (
        parse_year(meeting[1]) if meeting else next((title.year for title in titles if title.year), None)
    )
    return delivered - 1 if delivered else None


@cache
def _cited() -> re.Pattern[str]:
    return re.compile(r"《[^《》]{1,80}》|〔\d{4}〕")


def _untitled(view: str) -> str:
    return _cited().sub("", view)
