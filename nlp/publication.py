"""When a report was published and under which numbers: from its page's fields, its head and its signature."""

import re
from collections.abc import Mapping
from datetime import date

from .reading import Reading
from .titles import organ_name, parse_year

# Characters of the view looked at for labels at the top and for the signature at the end.
_HEAD = 2500
_HEAD_LINES = 25
_TAIL_LINES = 8

_DAY = re.compile(
    r"(?<!\d)((?:19|20)\d{2}|二[〇零0o]{1,2}[一二三四五六七八九〇零]{1,2})[年\-./]"
    r"(\d{1,2}|[一二三四五六七八九十]{1,2})[月\-./](\d{1,2}|[一二三四五六七八九十]{1,3})日?"
)
# Fields in the order of trust: the day of publication before the day of signature.
_DATE_LABELS: tuple[str, ...] = (
    "发布时间",
    "发布日期",
    "公开日期",
    "公布日期",
    "发文日期",
    "发文时间",
    "印发日期",
)
_DATE_LABELS += ("成文日期", "生成日期", "时间", "日期")
_DATE_LABEL = re.compile(r"(?:时间|日期)(?<!(?:统计|起止|办公|受理|数据)..)[:\n]{1,3}")
_CLOCK = r"(?: ?\d{1,2}[:时]\d{1,2}(?:[:分]\d{0,2}秒?)?)?"
_BARE_LINE = re.compile(rf"(?P<body>[\u4e00-\u9fff]{{0,30}})\(?{_DAY.pattern}{_CLOCK}(?:来源.{{0,30}})?\)?")
_SIGNED_LINE = re.compile(rf"[\u4e00-\u9fff]{{0,30}}\(?{_DAY.pattern}\)?(?:印发)?")
_INDEX = re.compile(r"索引号[:\n]{0,3}([0-9A-Za-z\u4e00-\u9fff]{0,8}[0-9A-Za-z][0-9A-Za-z/\-_.〔〕()]{2,40})")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}[〔(]20\d{2}[〕)]\d{1,4}号")
_NUMBER_LABEL = re.compile(r"(?:文号|发文字号|文件编号|发文编号)[:\n]{1,3}")
_CHINESE = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}


def find_published(reading: Reading, fields: Mapping[str, str]) -> str | None:
    """Day of publication (`YYYY-MM-DD`): a field, a label near the top, a bare date there, the signature."""
    for label in _DATE_LABELS:
        day = parse_day(fields.get(label, ""))
        if day:
            return day
    return _labelled_day(reading.view[:_HEAD]) or _bare_day(reading) or _signed_day(reading)


def find_index_number(reading: Reading, fields: Mapping[str, str]) -> str | None:
    """The page's 索引号, None where none is given."""
    given = fields.get("索引号", "").strip()
    if given:
        return given
    found = _INDEX.search(reading.view, 0, _HEAD)
    return found[1] if found else None


def find_document_number(reading: Reading, fields: Mapping[str, str]) -> str | None:
    """The number of the document itself (文号, 发文字号), None where none is given."""
    for label in ("文号", "发文字号", "文件编号", "发文编号"):
        given = _NUMBER.search(fields.get(label, ""))
        if given:
            return given.group()
    label_found = _NUMBER_LABEL.search(reading.view, 0, _HEAD)
    found = label_found and _NUMBER.match(reading.view, label_found.end())
    return found.group() if found else None


def parse_day(written: str) -> str | None:
    """The first day in `written` (2021年1月29日, 2021-01-29, 二〇二一年一月九日) as ISO; None without one."""
    for found in _DAY.finditer(written):
        year, month, day = parse_year(found[1]), _small(found[2]), _small(found[3])
        try:
            return date(year or 0, month, day).isoformat()
        except ValueError:
            continue
    return None


def _small(digits: str) -> int:
    """A number below 100 in Arabic or Chinese digits."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (_CHINESE.get(tens, 1) if ten else 0) * 10 + _CHINESE.get(ones, 0)


def _labelled_day(head: str) -> str | None:
    for label in _DATE_LABEL.finditer(head):
        day = _DAY.match(head, label.end())
        if day:
            return parse_day(day.group())
    return None


def _bare_day(reading: Reading) -> str | None:
    """A date that stands alone, or after a body's name, in a line near the top."""
    for start, end in reading.lines[:_HEAD_LINES]:
        day = _BARE_LINE.match(reading.view, start, end) if start < _HEAD else None
        if day is None or (day["body"] and not organ_name().fullmatch(day["body"])):
            continue
        if day.end() == end or "\n" in reading.gap(day.end()):
            return parse_day(day.group())
    return None


def _signed_day(reading: Reading) -> str | None:
    """The date under the signature: the last line that is a body and a date, or a date alone."""
    for start, end in reversed(reading.lines[-_TAIL_LINES:]):
        if end - start <= 60 and _SIGNED_LINE.fullmatch(reading.view, start, end):
            return parse_day(reading.view[start:end])
    return None
