"""Days, months, quarters, halves, years and ranges of them in a reading."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from ..data.records import DateKind
from ..data.word_lists import word_lists
from . import date_values
from .date_patterns import (
    DAY_ONLY,
    DOTTED,
    DOTTED_END,
    DOTTED_MONTHS,
    LINK,
    LISTED_DAY,
    TOGETHER,
    YEARS_TOGETHER,
    first_word,
    moment,
)
from .date_values import Period
from .spans import Spans
from .year_anchor import YearAnchor

_DIGITS = str.maketrans("〇零oOοΟоОlI一二三四五六七八九", "0000000011123456789")
_LISTED_YEAR = re.compile(r"[、和与及]")
_NUMBER_OF = re.compile(r"年第?\d+(?:号|期|批|次)")


_UNIT = re.compile(r"[年月季]")
# The longest lead of a unit: 2019、2020和2021年.
_REACH = 16


class Found(NamedTuple):
    """A date in the view: where it stands, what it covers, what kind it is."""

    start: int
    end: int
    period: Period
    kind: DateKind


class _Words(NamedTuple):
    no_anchor_after: tuple[str, ...]
    no_anchor_before: tuple[str, ...]
    relative_refused_after: tuple[str, ...]
    relative_refused_before: tuple[str, ...]
    relative_refused_inside: tuple[str, ...]
    limit_refused_before: tuple[str, ...]
    month_refused_before: tuple[str, ...]
    month_refused_after: tuple[str, ...]
    month_cue_before: tuple[str, ...]
    year_refused_after: tuple[str, ...]
    implying: tuple[str, ...]


@cache
def _words() -> _Words:
    lists = word_lists("date_words")
    return _Words(*(lists[name] for name in _Words._fields))


def calendar_dates(view: str, anchor: YearAnchor, masked: Spans) -> Iterator[Found]:
    """Dates and ranges of a view in order, none overlapping; those whose year cannot be told are left out."""
    dotted = {found.start: found for found in _dotted(view)}
    begins = _begins(view)
    at = 0
    for begin in sorted({*begins, *dotted}) if dotted else begins:
        if begin < at or masked.touches(begin, begin + 1):
            continue
        found = dotted.get(begin) or _read(view, begin, anchor)
        while found and not masked.touches(found.start, found.end):
            at = found.end
            yield found
            found = _listed_day(view, found)


def _begins(view: str) -> list[int]:
    """Where dates may begin: the grammar is tried only near the words that every one of them has."""
    found: list[int] = []
    stop = 0
    for word in _UNIT.finditer(view):
        start = max(stop, word.start() - _REACH)
        stop = max(stop, word.end())
        begins = (trigger.start() for trigger in first_word().finditer(view, start, stop + _REACH))
        found.extend(begin for begin in begins if begin < stop and (not found or begin > found[-1]))
    return found


def _read(view: str, at: int, anchor: YearAnchor) -> Found | None:
    """The date or range that begins at a place."""
    if together := TOGETHER.match(view, at):
        return _years_together(together, anchor)
    match = moment().match(view, at)
    if match is None or match.end() == at:
        return _listed_year(view, at)
    if _refused(view, match):
        return None
    start = _resolve(match, anchor)
    if start is None:
        return None
    _take_note(view, match, start, anchor)
    if match["since"] or match["month0"] or match["day0"] or match["quarter0"]:
        return Found(at, match.end(), start, "range")
    return _range(view, match, start, anchor) or Found(at, match.end(), start, "date")


def _take_note(view: str, match: re.Match[str], period: Period, anchor: YearAnchor) -> None:
    words = _words()
    compared = view.endswith(words.no_anchor_before, 0, match.start()) and not match["month"]
    bound = view.startswith(words.no_anchor_after, match.end()) and not match["month"]
    if compared or bound:
        return
    if match["year"] or match["short"]:
        anchor.name(period.last.year, match.end())
    elif match["relative"] in words.implying:
        anchor.imply(period.last.year, match.end())


def _range(view: str, first: re.Match[str], start: Period, anchor: YearAnchor) -> Found | None:
    """A range whose first date has been read, if a link and a second date follow."""
    link = LINK.match(view, first.end())
    if not link or (link[0].startswith(",") and not first["day"]):
        return None
    second = moment().match(view, link.end())
    if second and second.end() > second.start():
        end, stop = _range_end(second, start, anchor), second.end()
    elif (day := DAY_ONLY.match(view, link.end())) and first["day"]:
        end, stop = date_values.day_period(start.last.year, start.last.month, _number(day["day"])), day.end()
    else:
        return None
    period = end and date_values.interval(start, end)
    return Found(first.start(), stop, period, "range") if period else None


def _range_end(second: re.Match[str], start: Period, anchor: YearAnchor) -> Period | None:
    """The second date of a range; without a year it lies in the year of the first."""
    if second["relative"] or second["year"] or second["short"]:
        return _resolve(second, anchor)
    return _part(second, start.last.year)


def _resolve(match: re.Match[str], anchor: YearAnchor) -> Period | None:
    """The period of a date as written, or of the span it is."""
    year = _year_of(match, anchor)
    if year is None:
        return None
    end = _part(match, year)
    if end is None or not match["since"]:
        return end
    return date_values.interval(date_values.year_period(_year(match["since"])), end)


def _year_of(match: re.Match[str], anchor: YearAnchor) -> int | None:
    """The year a date names, or belongs to where it names none."""
    if match["year"]:
        return _year(match["year"])
    if match["short"]:
        return 2000 + int(match["short"])
    if match["relative"]:
        return anchor.relative(match["relative"], match.start())
    if match["month"] or match["same"]:
        return anchor.of_month(match.start())
    return anchor.of_part(match.start())


def _part(match: re.Match[str], year: int) -> Period | None:
    """The part of a year that a match names, the whole year where it names none."""
    if match["month"]:
        return _month(match, year)
    if match["quarter"]:
        end = date_values.quarter_period(year, _number(match["quarter"]))
        if match["close"]:
            return (
                date_values.month_period(year, end.first.month) if match["close"] == "初" else _last_day(end)
            )
        start = match["quarter0"] and date_values.quarter_period(year, _number(match["quarter0"]))
        return date_values.interval(start, end) if start else end
    if match["first"]:
        last = date_values.quarter_period(year, _number(match["first"][1:]))
        return date_values.interval(date_values.quarter_period(year, 1), last)
    if match["half"]:
        return date_values.half_period(year, 1 if match["half"] == "上" else 2)
    if match["limit"]:
        at_start = match["limit"] == "初"
        return date_values.month_period(year, 1) if at_start else date_values.day_period(year, 12, 31)
    return date_values.year_period(year)


def _last_day(period: Period) -> Period:
    return Period(period.last, period.last, period.last.isoformat())


def _month(match: re.Match[str], year: int) -> Period | None:
    month = _number(match["month"])
    if match["month0"]:
        first = date_values.month_period(year, _number(match["month0"]))
        return date_values.interval(first, date_values.month_period(year, month))
    if match["day0"]:
        first = date_values.day_period(year, month, _number(match["day0"]))
        return date_values.interval(first, date_values.day_period(year, month, _number(match["day"])))
    if match["day"]:
        return date_values.day_period(year, month, _number(match["day"]))
    if match["third"]:
        return _thirds(year, month, match["third"])
    if match["edge"] in ("底", "末"):
        return date_values.day_period(year, month, 31)
    if match["edge"]:
        return date_values.third_period(year, month, 1)
    return date_values.month_period(year, month)


def _thirds(year: int, month: int, written: str) -> Period | None:
    """上旬 and the like, two of them in 中下旬."""
    start, end = (
        date_values.third_period(year, month, "上中下".index(third) + 1)
        for third in (written[0], written[-1])
    )
    return start if len(written) == 1 else date_values.interval(start, end)


def _refused(view: str, match: re.Match[str]) -> bool:
    """Whether what reads as a date is part of a name, a recurrence or another word."""
    words, start, end = _words(), match.start(), match.end()
    if match["relative"]:
        return end == match.end("relative") and (
            view.startswith(words.relative_refused_after, end)
            or view.endswith(words.relative_refused_before, 0, start)
            or (start > 0 and view.startswith(words.relative_refused_inside, start - 1))
        )
    if match["short"]:
        return False
    if match["year"]:
        return view.startswith(words.year_refused_after, end) or bool(_NUMBER_OF.match(view, end - 1))
    if match["same"]:
        return False
    if view.endswith(words.month_refused_before, 0, start):
        return True
    if match["limit"]:
        return view.endswith(words.limit_refused_before, 0, start)
    if not match["month"]:
        return False
    bare = not match["day"] and not match["edge"] and not match["third"] and not view.endswith("份", 0, end)
    if not bare:
        return False
    written = match["month"][0] in "元一二三四五六七八九十"
    cued = view.endswith(words.month_cue_before, 0, start) or not view[start - 1 : start].isalnum()
    return view.startswith(words.month_refused_after, end) or (written and not cued)


def _listed_year(view: str, at: int) -> Found | None:
    """A year whose 年 stands after a later one: 2019、2020年."""
    if not _LISTED_YEAR.match(view, at + 4) or not re.fullmatch(r"\d{4}", view[at : at + 4]):
        return None
    return Found(at, at + 4, date_values.year_period(int(view[at : at + 4])), "date")


def _years_together(match: re.Match[str], anchor: YearAnchor) -> Found | None:
    """The years of 今明两年 as one range."""
    this = anchor.relative("今年", match.start())
    if this is None:
        return None
    first, last = (date_values.year_period(this + distance) for distance in YEARS_TOGETHER[match[0]])
    period = date_values.interval(first, last)
    return Found(match.start(), match.end(), period, "range") if period else None


def _listed_day(view: str, found: Found) -> Found | None:
    """The further day of a list whose month stands before it: 5月12日、13日."""
    match = LISTED_DAY.match(view, found.end)
    last = found.period.last
    if not match or found.period.first != last:
        return None
    period = date_values.day_period(last.year, last.month, _number(match["day"]))
    return Found(match.start("day"), match.end(), period, "date")


def _dotted(view: str) -> Iterator[Found]:
    """Dates in numbers parted by one sign, and ranges of two."""
    at = 0
    for match in DOTTED.finditer(view):
        months = _dotted_months(view, match.start())
        if months:
            at = months.end
            yield months
        if match.start() < at or not (match["day"] or _dotted_month(view, match)):
            continue
        year, month = int(match["year"]), int(match["month"])
        day = match["day"]
        period = (
            date_values.day_period(year, month, int(day)) if day else date_values.month_period(year, month)
        )
        found = _dotted_range(view, match, period) or Found(match.start(), match.end(), period, "date")
        at = found.end
        yield found


def _dotted_months(view: str, at: int) -> Found | None:
    match = DOTTED_MONTHS.match(view, at)
    if not match:
        return None
    start = date_values.month_period(int(match["year"]), int(match["month"]))
    end = date_values.month_period(int(match["year2"] or match["year"]), int(match["month2"]))
    period = date_values.interval(start, end)
    return Found(at, match.end(), period, "range") if period else None


def _dotted_month(view: str, match: re.Match[str]) -> bool:
    """Whether 2020-05 is a month: two digits, and nothing after that makes it a number or a code."""
    after = view[match.end() : match.end() + 1]
    return (
        len(match["month"]) == 2
        and match["sign"] == "-"
        and (not after or after in "至~,。;、)\n—" or after == " ")
    )


def _dotted_range(view: str, first: re.Match[str], start: Period) -> Found | None:
    link = LINK.match(view, first.end())
    second = link and DOTTED_END.match(view, link.end())
    if not second:
        return None
    year = int(second["year"] or first["year"])
    end = date_values.day_period(year, int(second["month"]), int(second["day"]))
    period = date_values.interval(start, end)
    return Found(first.start(), second.end(), period, "range") if period else None


def _year(written: str) -> int:
    return int(written.replace(" ", "").translate(_DIGITS))


def _number(written: str) -> int:
    """A month or day of up to two places: 12, 1 2, 十二, 二十一, 两."""
    written = written.replace(" ", "").replace("两", "二").replace("元", "一")
    tens, ten, ones = written.partition("十")
    if not ten:
        return int(written.translate(_DIGITS))
    return int(tens.translate(_DIGITS) or 1) * 10 + int(ones.translate(_DIGITS) or 0)
