"""Recognizers-Text: its date-time recognizer, and its recognizers of numbers, shares, money and lengths."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from measure_words import bounded, measured
from peers import Facts, Read, dated, lasting, overlapping, reference_day

from nianbao.data.gold import Passage
from nianbao.data.records import Count, Date

_CULTURE = "zh-cn"
_AMOUNT = re.compile(r"[\d.,\s十百千万亿]+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# What it resolves a date to that it cannot resolve.
_NEVER = "0001-01-01"
_PERIOD = re.compile(r"(\d{4})(?:-(\d\d))?")


def load() -> Read:
    """Every date, and every number that is no part of a date; shares, money and dimensions have units."""
    from recognizers_date_time import recognize_datetime
    from recognizers_number import recognize_number, recognize_percentage
    from recognizers_number_with_unit import recognize_currency, recognize_dimension

    def read(passage: Passage) -> Facts:
        text, day = passage.text, reference_day(passage)
        times = recognize_datetime(text, _CULTURE, reference=datetime.combine(day, time.min))
        dates = [one for one in (_date(text, found, day) for found in times) if one]
        counts = list(_counts(text, recognize_percentage, "%"))
        counts += [*_counts(text, recognize_currency, "元"), *_counts(text, recognize_dimension)]
        taken = [*dates, *counts]
        numbers = (one for one in _counts(text, recognize_number, "") if not _within(one, taken))
        return {"dates": dates, "counts": [*counts, *numbers]}

    return read


def load_with_measures() -> Read:
    """Its shares, and its numbers that a measure word of ours follows: the package at its best."""
    from recognizers_number import recognize_number, recognize_percentage

    def read(passage: Passage) -> Facts:
        text = passage.text
        shares = [bounded(text, *place, value, "%") for *place, value in _values(text, recognize_percentage)]
        numbers = (measured(text, *place, value) for *place, value in _values(text, recognize_number))
        return {
            "counts": shares + [one for one in numbers if one and not overlapping(one.start, one.end, shares)]
        }

    return read


def _within(one: Count, taken: list[Date | Count]) -> bool:
    return any(fact.start <= one.start and one.end <= fact.end for fact in taken)


def _values(text: str, recognize: Callable) -> Iterator[tuple[int, int, float]]:
    """Start, end and value of what a recognizer finds; it finds words without a value as well."""
    for found in recognize(text, _CULTURE):
        value = (found.resolution or {}).get("value")
        if value and re.fullmatch(r"-?[\d.]+(?:E\+?\d+)?%?", str(value)):
            yield found.start, found.end + 1, float(str(value).rstrip("%"))


def _counts(text: str, recognize: Callable, unit: str | None = None) -> Iterator[Count]:
    for start, end, value in _values(text, recognize):
        words = text[start:end]
        said = _AMOUNT.sub("", words, count=1) if unit is None else unit
        yield Count(text=words, start=start, end=end, value=value, unit=said or None)


def _date(text: str, found, day: date) -> Date | None:
    """A result as a date; of two readings, past and future, the one in the report year.

    Recurrences and times of day are left out.
    """
    start, end, kind = found.start, found.end + 1, found.type_name.rpartition(".")[2]
    values = [value for value in (found.resolution or {}).get("values", []) if isinstance(value, dict)]
    if not values or kind in ("set", "time", "timerange"):
        return None
    value = next((one for one in values if _first(one).startswith(str(day.year))), values[0])
    if kind == "duration":
        return lasting(text, start, end, value.get("timex", "").replace("BD", "D"))
    first, last = _period(value)
    return dated(text, start, end, first, last) if _DAY.fullmatch(first) and _DAY.fullmatch(last) else None


def _period(value: dict[str, str]) -> tuple[str, str]:
    """First and last day; the recognizer gives the day after the last, but for ranges with named ends."""
    timex = value.get("timex", "")
    named = _PERIOD.fullmatch(timex)
    if named and int(named[1]):
        year, month = int(named[1]), int(named[2] or 12)
        return f"{named[1]}-{named[2] or '01'}-01", f"{named[1]}-{month:02}-{monthrange(year, month)[1]}"
    first, last = _first(value), value.get("end", "")[:10]
    if not _DAY.fullmatch(last):
        return first, first
    if last == _NEVER:
        return first, ""
    if value.get("type") == "daterange" and not re.search(r",P\d+D\)", timex):
        last = (date.fromisoformat(last) - timedelta(days=1)).isoformat()
    return first, last


def _first(value: dict[str, str]) -> str:
    return (value.get("start") or value.get("value") or "")[:10]
