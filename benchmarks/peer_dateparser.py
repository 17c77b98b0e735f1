"""dateparser: its search in Chinese, each hit as the year, month or day that it names."""

import warnings
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time

from peers import FAULTS, Facts, Read, dated, reference_day

from nianbao.data.gold import Passage
from nianbao.data.records import Date


def load() -> Read:
    from dateparser.date import DateDataParser
    from dateparser.search import search_dates

    def read(passage: Passage) -> Facts:
        base = datetime.combine(reference_day(passage), time.min)
        settings = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
        parser = DateDataParser(languages=["zh"], settings=settings)
        hits = search_dates(passage.text, languages=["zh"], settings=settings) or []
        return {"dates": list(_dates(parser, passage.text, hits))}

    return read


def _dates(parser, text: str, hits: list[tuple[str, datetime]]) -> Iterator[Date]:
    """Hits come in order, without their places."""
    at = 0
    for words, when in hits:
        start = text.find(words, at) if words else -1
        if start < 0:
            continue
        at = start + len(words)
        first, last = _covered(when.date(), _grain(parser, words))
        yield dated(text, start, at, first.isoformat(), last.isoformat())


def _grain(parser, words: str) -> str:
    """Whether words name a year, a month or a day, by the same parser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return parser.get_date_data(words).period
        except FAULTS:
            return "day"


def _covered(day: date, grain: str) -> tuple[date, date]:
    if grain == "year":
        return day.replace(month=1, day=1), day.replace(month=12, day=31)
    if grain == "month":
        return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    return day, day
