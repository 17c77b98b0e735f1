"""Calendar periods as the facts give them: first day, last day, and EDTF.

EDTF as the Library of Congress specifies it (https://www.loc.gov/standards/datetime/): years, months and days
of level 0, intervals of level 0, quarters as the groupings 33-36.
"""

from calendar import monthrange
from datetime import date
from typing import NamedTuple


class Period(NamedTuple):
    """First and last day covered, and the same period in EDTF."""

    first: date
    last: date
    edtf: str


def year_period(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31), f"{year:04}")


def half_period(year: int, half: int) -> Period:
    """The first (1) or second (2) half of a year."""
    return _months(year, 6 * half - 5, 6 * half)


def quarter_period(year: int, quarter: int) -> Period:
    """A quarter, 1 to 4."""
    months = _months(year, 3 * quarter - 2, 3 * quarter)
    return months._replace(edtf=f"{year:04}-{32 + quarter}")


def month_period(year: int, month: int) -> Period:
    """A calendar month."""
    last = monthrange(year, month)[1]
    return Period(date(year, month, 1), date(year, month, last), f"{year:04}-{month:02}")


def third_period(year: int, month: int, third: int) -> Period:
    """A third of a month: 上旬 (1), 中旬 (2) or 下旬 (3)."""
    first = date(year, month, 10 * third - 9)
    last = date(year, month, 10 * third if third < 3 else monthrange(year, month)[1])
    return Period(first, last, f"{first}/{last}")


def day_period(year: int, month: int, day: int) -> Period:
    """One day; a day past the month's end (6月31日) is its last, as such slips mean it."""
    only = date(year, month, min(day, monthrange(year, month)[1]))
    return Period(only, only, only.isoformat())


def interval(start: Period, end: Period) -> Period | None:
    """From the first day of one period to the last of another; None where the end lies before the start."""
    if end.last < start.first:
        return None
    return Period(start.first, end.last, f"{start.edtf}/{end.edtf}")


def _months(year: int, first: int, last: int) -> Period:
    start, end = month_period(year, first), month_period(year, last)
    return Period(start.first, end.last, f"{start.edtf}/{end.edtf}")
