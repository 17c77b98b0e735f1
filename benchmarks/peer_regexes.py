"""What an hour of regular expressions gives: no package, no reading of the text."""

import re
from calendar import monthrange
from collections.abc import Iterator

from measure_words import measured
from msgspec.structs import replace
from peers import Facts, Read, dated, lasting, overlapping, reference_day

from nianbao.data.gold import Passage
from nianbao.data.records import Citation, Count, Date, Zero

_DATE = re.compile(
    r"(?:(\d{4})年度?|(今年|本年度?|全年)|(去年|上年度?))(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
    r"(?:[至到—-](?:(\d{4})年)?(\d{1,2})月(\d{1,2})日)?"
)
_DURATION = re.compile(r"(?<!\d)(\d{1,3})个?(工作日|天|小时|月)")
_LENGTH = {"工作日": "P{}D", "天": "P{}D", "小时": "PT{}H", "月": "P{}M"}
_NUMBER = re.compile(r"(?<![\d.])(\d[\d,]*(?:\.\d+)?)([万亿])?")
_SCALES = {None: 1, "万": 10**4, "亿": 10**8}
_NOTHING = re.compile(
    r"(?:未|没有)(?:收到|发生|产生|出现|接到)([^,，。；;\n]*)|无([^,，。；;\n]{0,20}(?:申请|复议|诉讼|收费))"
)
_DOCUMENT = re.compile(r"《([^《》]+)》(?:\s*[（(]([^（）()]*号)[)）])?")
_NAME_AFTER = re.compile(r"[\u4e00-\u9fff“”]{2,15}")
_CLAUSE = re.compile(r"[^，,。；;：:、\d\n]*$")
_VERB = re.compile(r"^.*?(?:发布|公开|受理|收到|办理|办结|答复|召开|举办|开展|制发|回复|其中)")
_LINK = re.compile(r"(?:共计|累计|合计|共|达到?|为)+$")


def load() -> Read:
    return read


def read(passage: Passage) -> Facts:
    """Dates, counts, zeros and citations of a passage."""
    text = passage.text
    dates = [*_dates(text, reference_day(passage).year), *_durations(text)]
    return {
        "dates": dates,
        "counts": [count for count in _counts(text) if not overlapping(count.start, count.end, dates)],
        "zeros": [_zero(found) for found in _NOTHING.finditer(text)],
        "citations": [
            Citation(text=found[0], start=found.start(), end=found.end(), title=found[1], number=found[2])
            for found in _DOCUMENT.finditer(text)
        ],
    }


def _dates(text: str, reported: int) -> Iterator[Date]:
    for found in _DATE.finditer(text):
        named, this, _, *rest = found.groups()
        month, day, to_year, to_month, to_day = (int(part) if part else None for part in rest)
        year = int(named) if named else reported if this else reported - 1
        first, last = _day(year, month or 1, day or 1), _day(year, month or 12, day or 31)
        if to_month:
            last = _day(to_year or year, to_month, to_day)
        yield dated(text, *found.span(), first, last)


def _day(year: int, month: int, day: int) -> str:
    """An ISO day, the last one of its month where the month is shorter."""
    month = min(max(month, 1), 12)
    return f"{year:04}-{month:02}-{min(day, monthrange(year or 1, month)[1]):02}"


def _durations(text: str) -> Iterator[Date]:
    for found in _DURATION.finditer(text):
        if found[2] != "月" or "个" in found[0]:
            yield lasting(text, *found.span(), _LENGTH[found[2]].format(found[1]))


def _counts(text: str) -> Iterator[Count]:
    for found in _NUMBER.finditer(text):
        value = float(found[1].replace(",", "")) * _SCALES[found[2]]
        count = measured(text, *found.span(), value)
        if count:
            yield replace(count, item=_item(text, count))


def _item(text: str, count: Count) -> str | None:
    """The words after the measure word, else those before the number less a verb."""
    after = _NAME_AFTER.match(text, count.end)
    if after:
        return re.split("[的和与及等]", after[0])[0] or None
    before = _CLAUSE.search(text[max(0, count.start - 30) : count.start])
    return _VERB.sub("", _LINK.sub("", before[0])) or None


def _zero(found: re.Match[str]) -> Zero:
    return Zero(text=found[0], start=found.start(), end=found.end(), item=found[1] or found[2] or None)
