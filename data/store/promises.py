"""What promises are judged by: each report of a body beside the next one of the same genre."""

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from ..folding import fold
from ..records import Genre, Label
from .holdings import Held, Series, Years, group, read_held, within
from .indexed import view_key

_STATEMENTS = """
select s.id, p.first, p.last, s.start, s."end", s.text, s.label, s.category
from statements s join statement_places p using (id) where s.report_id = ? order by s.n
"""
_WORDS = "select words from readings where report_id = ?"


class Stated(NamedTuple):
    """A statement as it stands (`text` at `[start, end)` of its report) and as it reads (`view`)."""

    id: int
    start: int
    end: int
    text: str
    view: str
    label: Label
    category: str | None


class Succession(msgspec.Struct, frozen=True, kw_only=True):
    """A report of a body (`org` as most of its reports name it) and the next one that the archive has.

    `next_year` and `next_report_id` are None, and `next_statements` empty, where there is no later one.
    """

    org: str
    region_code: str | None
    genre: Genre
    year: int
    next_year: int | None
    report_id: str
    next_report_id: str | None
    statements: tuple[Stated, ...]
    next_statements: tuple[Stated, ...]

    @property
    def missing(self) -> tuple[int, ...]:
        """The years between the two of which the archive has no report."""
        return () if self.next_year is None else tuple(range(self.year + 1, self.next_year))


class SuccessionFilters(NamedTuple):
    """Bodies with `org` in a name of theirs, a region's code or name, years of the earlier report, genre.

    `reports` are the ids of those looked at, None for all.
    """

    org: str | None = None
    region: str | None = None
    years: Years | None = None
    genre: Genre | None = None
    reports: tuple[str, ...] | None = None


def read_successions(db: Database, filters: SuccessionFilters) -> Iterator[Succession]:
    """Each report with its next, by body, genre and year; of several of a year the last published.

    Reports of unknown body or year are left out.
    """
    wanted = fold(filters.org) if filters.org else ""
    for series in group(read_held(db, None, filters.region, filters.reports)):
        named = any(wanted in fold(held.org or "") for several in series.years.values() for held in several)
        if named and filters.genre in (None, series.genre):
            yield from _successions(db, series, filters.years)


def _successions(db: Database, series: Series, years: Years | None) -> Iterator[Succession]:
    following: tuple[Stated, ...] | None = None
    at = sorted(series.years)
    for year, next_year in [*pairwise(at), (at[-1], None)]:
        if not within(year, years):
            following = None
            continue
        held = series.years[year][0]
        later: Held | None = None if next_year is None else series.years[next_year][0]
        statements = _statements(db, held.id) if following is None else following
        following = () if later is None else _statements(db, later.id)
        yield Succession(
            org=series.org,
            region_code=series.region.code,
            genre=series.genre,
            year=year,
            next_year=next_year,
            report_id=held.id,
            next_report_id=later.id if later else None,
            statements=statements,
            next_statements=following,
        )


def _statements(db: Database, report_id: str) -> tuple[Stated, ...]:
    [(words,)] = db.execute(_WORDS, (report_id,)).fetchall() or [("",)]
    view = view_key(words)
    return tuple(
        Stated(number, start, end, text, view[first:last], label, category)
        for number, first, last, start, end, text, label, category in db.execute(_STATEMENTS, (report_id,))
    )
