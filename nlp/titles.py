"""The title of a report: which line it is, and the body and year that it names."""

import re
from functools import cache

import msgspec

from ..data.folding import fold
from ..data.vocabulary import alternation, vocabulary
from .reading import Reading

# A title stands within this many lines and characters of the top; page furniture comes before it.
_TOP_LINES = 40
_TOP = 3000
_LINE_MAX = 90

YEAR = r"(?:(?<!\d)(?:19|20)\d{2}(?!\d)|二[〇零0o]{1,2}[一二三四五六七八九〇零]{1,2})"
_YEAR_PART = re.compile(rf"\(?({YEAR})(?:-{YEAR})?(?:年度|年|(?=政府|信息|\)|$))\)?")
_BROKEN_YEAR = re.compile(r"\d{5,8}年?度?")
_SPREAD_YEAR = re.compile(r"(?<!\d)([12]) ?([09]) ?(\d) ?(\d)(?= ?年)")
_CORE = re.compile(
    rf"(?:(?<!人民)政府信息公开|信息公开|政务公开)(?:[工作情况的年度]{{0,10}}(?:{YEAR}年?度?)?[工作情况的年度]{{0,10}})"
    r"(?:报告|年报|总结)|政府工作报告|(?:年度|工作)报告$|年报$"
)
_TAIL = re.compile(rf"(?:\({YEAR}年?度?\)|\([\u4e00-\u9fff〇]{{1,8}}\)|\d{{1,2}})?")
_LEADING_MARKS = re.compile(r"(?:[#*\s·|\-—]|\d{1,2}[.、]|关于|《)+")
_TRAILING_MARKS = "*#》|" + "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_CRUMB = re.compile(r">|位置|首页|»")
_DIGITS = str.maketrans("〇零o一二三四五六七八九", "000123456789")
_LOOSE_BLANK = re.compile(r"(?<![0-9A-Za-z]) {1,9}| {1,9}(?![0-9A-Za-z])")
_SITE = re.compile(r"(?:\s{0,9}[-_|—]{1,2}\s{0,9}|_{1,2})")


class Title(msgspec.Struct, frozen=True):
    """A title, the body and year it names (None where it does not), and whether it heads a work report."""

    text: str
    org: str | None
    year: int | None
    work: bool


@cache
def organ_name() -> re.Pattern[str]:
    """A whole string that is the name of a public body or place."""
    ending = alternation((*vocabulary("organ_endings"), *"省市州盟县区旗镇乡"))
    return re.compile(rf"[\u4e00-\u9fff·()]{{1,30}}?{ending}(?:\([\u4e00-\u9fff]{{1,16}}\))?")


def find_title(reading: Reading) -> Title | None:
    """The report's title near the top of the text: the earliest line that names most of body and year."""
    best: tuple[int, Title] | None = None
    lines = [span for span in reading.lines[:_TOP_LINES] if span[0] < _TOP]
    for at, (start, end) in enumerate(lines):
        line = reading.view[start:end]
        if end - start > _LINE_MAX or _CRUMB.search(line) or not _CORE.search(line):
            continue
        title = _with_neighbours(reading, lines, at)
        if title and (best is None or _score(title) > best[0]):
            best = _score(title), title
    return best[1] if best else None


def parse_title(text: str) -> Title | None:
    """Title, body and year of a string: a report's title, a page's title, a file's name; else None."""
    whole = _LOOSE_BLANK.sub("", _SPREAD_YEAR.sub(r"\1\2\3\4", fold(text).strip()))
    for part in (whole, *_SITE.split(whole)):
        core = _CORE.search(part)
        if core and _TAIL.fullmatch(part, core.end()):
            return _parsed(part, core)
    return None


def parse_site(text: str) -> str | None:
    """The body that a page's title names beside the report's own: 2019年…年度报告_德清县莫干山镇."""
    return next((part for part in _SITE.split(fold(text).strip()) if organ_name().fullmatch(part)), None)


def parse_year(digits: str) -> int | None:
    """A year written 2023 or 二〇二三; None for anything else or outside 1990-2099."""
    plain = digits.translate(_DIGITS)
    return int(plain) if plain.isdecimal() and 1990 <= int(plain) <= 2099 else None


def _unmarked(text: str) -> str:
    """`text` without the marks before and behind it."""
    leading = _LEADING_MARKS.match(text)
    return text[leading.end() if leading else 0 :].rstrip(_TRAILING_MARKS)


def _score(title: Title) -> int:
    return (title.org is not None) + (title.year is not None) + title.work


def _with_neighbours(reading: Reading, lines: list[tuple[int, int]], at: int) -> Title | None:
    """The title at a line, with the lines before it that hold its body or year."""
    near = [(start, min(end, start + _LINE_MAX)) for start, end in lines[max(0, at - 2) : at + 2]]
    texts = [_unmarked(reading.clean(start, end)) for start, end in near]
    here = min(at, 2)
    title = parse_title(texts[here])
    for before in (1, 2):
        if title is None or (title.org and title.year) or before > here:
            break
        above = fold(texts[here - before])
        if not (_YEAR_PART.fullmatch(above) or organ_name().fullmatch(_YEAR_PART.sub("", above, count=1))):
            break
        title = parse_title("".join(texts[here - before : here + 1])) or title
    below = fold(texts[here + 1]).strip("()") if here + 1 < len(texts) else ""
    if title and not title.year and _YEAR_PART.fullmatch(below):
        title = parse_title(f"{texts[here]}({below})") or title
    return title


def _parsed(part: str, core: re.Match[str]) -> Title:
    """Body and year around the words that make a title of it."""
    whole = _unmarked(part)
    year = _YEAR_PART.search(whole) or re.search(rf"({YEAR})", whole)
    name = _BROKEN_YEAR.sub("", _YEAR_PART.sub("", part[: core.start()]))
    name = _unmarked(_unmarked(name)).removesuffix("关于").rstrip("的年度")
    work = "政府工作报告" in core.group()
    return Title(whole, _body(name, work), parse_year(year[1]) if year else None, work)


def _body(name: str, work: bool) -> str | None:
    """The body before a title's words; a place delivers its work report through its government."""
    if work and name.endswith("人民"):
        name += "政府"
    if not 2 <= len(name) <= 40 or not organ_name().fullmatch(name):
        return None
    if not work or name.endswith("政府"):
        return name
    return name + "人民政府"
