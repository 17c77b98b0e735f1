"""Dates, ranges and durations of a report, resolved to days.

Values follow ISO 8601 and EDTF; kinds are those of TimeML's TIMEX3 as far as the reports use them.
"""

from collections.abc import Sequence

from ..data.records import Date, Genre
from .calendar_dates import Found, calendar_dates
from .durations import Length, durations
from .headings import find_headings
from .planned_years import PlannedYears
from .reading import Reading
from .spans import Spans
from .year_anchor import YearAnchor

# Years that may be reported on: those next to them are in the calendar too.
_REPORTED = range(100, 9900)


def find_dates(
    reading: Reading, *, year: int | None, genre: Genre, masked: Sequence[tuple[int, int]] = ()
) -> tuple[Date, ...]:
    """Dates in order of appearance, none overlapping.

    `year` is the year reported on: relative words (今年, 年底) and months without a year are resolved
    against it and the years named before them; where it is None and no year was named they are left out.
    A `year` that the calendar does not have is taken for none. `masked` are spans of the view to pass over
    (titles, document numbers, tables).
    """
    year = year if year in _REPORTED else None
    view, passed_over = reading.view, Spans(masked)
    plans = PlannedYears(view, find_headings(reading), year)
    calendar = list(calendar_dates(view, YearAnchor(view, year, genre, plans), passed_over))
    taken = Spans([*masked, *((found.start, found.end) for found in calendar)])
    lengths = [found for found in durations(view) if not taken.touches(found.start, found.end)]
    dates = [_calendar_date(reading, found) for found in calendar]
    return tuple(
        sorted([*dates, *(_duration(reading, found) for found in lengths)], key=lambda date: date.start)
    )


def _calendar_date(reading: Reading, found: Found) -> Date:
    start, end = reading.span(found.start, found.end)
    return Date(
        text=reading.text[start:end],
        start=start,
        end=end,
        kind=found.kind,
        iso_start=found.period.first.isoformat(),
        iso_end=found.period.last.isoformat(),
        edtf=found.period.edtf,
    )


def _duration(reading: Reading, found: Length) -> Date:
    start, end = reading.span(found.start, found.end)
    return Date(text=reading.text[start:end], start=start, end=end, kind="duration", value=found.value)
