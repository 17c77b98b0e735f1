"""Which body's reports of which years the archive holds, grouped as the comparisons between them need."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from sqlite_utils import Database

from ..bodies import Body, body_of
from ..folding import fold
from ..records import Genre, Region

# As in the panel, of several reports of one body and year the last published stands for them.
_HEAD = """
select r.id, r.org, r.genre, r.year, r.title, r.published, r.period_start, r.period_end, r.form, r.length,
  r.region_code, r.province, r.city, r.county,
  (select min(path) from sources where report_id = r.id) as path
from reports r where {where}
order by r.published desc, r.id
"""
_NAMED = """
(:org is null or instr(fold(coalesce(r.org, '')), :org))
and (:region is null or r.region_code glob :region || '*'
  or instr(fold(coalesce(r.province, '')), :region) = 1 or instr(fold(coalesce(r.city, '')), :region) = 1
  or instr(fold(coalesce(r.county, '')), :region) = 1)
"""
_AMONG = "r.id in (select value from json_each(:reports))"
# What is called this, word for word; where nothing is, what is called so in other signs or letters.
_CALLED = ("r.org = :name", "fold(coalesce(r.org, '')) = fold(:name)")
_SEATED = "r.org is not null and r.region_code is :code"
_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
Years = tuple[int | None, int | None]


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A report as the archive's list has it; `path` is the least of its files'."""

    id: str
    org: str | None
    region: Region
    genre: Genre
    year: int | None
    title: str | None
    published: str | None
    period_start: str | None
    period_end: str | None
    form: str | None
    length: int
    path: str | None


class Series(msgspec.Struct, frozen=True, kw_only=True):
    """The reports of one body and genre by year, of several of a year the one that stands for them first."""

    org: str
    region: Region
    genre: Genre
    years: dict[int, list[Held]]

    @property
    def first(self) -> int:
        """The first year there is a report of."""
        return min(self.years)

    @property
    def last(self) -> int:
        """The last year there is a report of."""
        return max(self.years)


class Holding(msgspec.Struct, frozen=True, kw_only=True):
    """How many reports of each year the archive has of a body and genre."""

    org: str
    genre: Genre
    region_code: str | None
    years: dict[int, int]


class BodyReports(msgspec.Struct, frozen=True, kw_only=True):
    """All reports of one body: `org` is the name that most of them use, `names` are all, `reports` by year.

    Of several reports of a year and genre the one that stands for them comes first; unknown years last.
    """

    body: Body
    org: str
    names: tuple[str, ...]
    region: Region
    reports: tuple[Held, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reports."""
        return tuple(one.id for one in self.reports)


def read_held(
    db: Database, org: str | None, region: str | None, reports: Sequence[str] | None = None
) -> list[Held]:
    """Every report of the bodies with `org` in their name, in a region by code, its beginning, or name.

    `reports` are the ids of those looked at, None for all.
    """
    place = fold(region) if region else None
    if place and _CODE.fullmatch(place):
        place = re.sub(r"(?:00)+$", "", place)
    named = {"org": fold(org) if org else None, "region": place, "reports": json.dumps(reports)}
    where = _NAMED if reports is None else f"{_AMONG} and {_NAMED}"
    return [_held(row) for row in db.query(_HEAD.format(where=where), named)]


def read_bodies(db: Database, name: str) -> Iterator[BodyReports]:
    """Each body that a report calls exactly this, with its reports under other names too, by region.

    Several bodies have a name where it leaves out the place (财政局); none has one that no report uses.
    """
    for where in _CALLED:
        found = [_held(row) for row in db.query(_HEAD.format(where=where), {"name": name})]
        if found:
            for body in sorted({body_of(one) for one in found}):
                yield _reports_of(db, body)
            return


def _reports_of(db: Database, body: Body) -> BodyReports:
    rows = db.query(_HEAD.format(where=_SEATED), {"code": body.region or None})
    held = [one for one in map(_held, rows) if body_of(one) == body]
    names = Counter(one.org or "" for one in held)
    known = sorted(names, key=lambda name: (-names[name], -len(name), name))
    return BodyReports(
        body=body,
        org=known[0],
        names=tuple(known),
        region=held[0].region,
        # Sorting keeps the last published first.
        reports=tuple(sorted(held, key=lambda one: (one.year is None, one.year or 0))),
    )


def read_holdings(
    db: Database,
    org: str | None,
    region: str | None,
    years: Years | None,
    reports: Sequence[str] | None = None,
) -> Iterator[Holding]:
    """What the archive has of each body and genre within `years`, by name; those without any are left out."""
    for series in group(read_held(db, org, region, reports)):
        held = {year: len(series.years[year]) for year in sorted(series.years) if within(year, years)}
        if held:
            yield Holding(org=series.org, genre=series.genre, region_code=series.region.code, years=held)


def group(held: Iterable[Held]) -> list[Series]:
    """Reports of known body and year, by body and genre, in order of the name that most of them use."""
    by_body: dict[tuple[Body, Genre], dict[int, list[Held]]] = {}
    for one in held:
        if one.org and one.year is not None:
            by_body.setdefault((body_of(one), one.genre), {}).setdefault(one.year, []).append(one)
    found = [_series(years) for years in by_body.values()]
    return sorted(found, key=lambda series: (series.org, series.genre, series.region.code or ""))


def within(year: int | None, years: Years | None) -> bool:
    """Whether a year lies in the years asked for; an unknown one only where none are."""
    if years is None:
        return True
    first, last = years
    return year is not None and (first is None or first <= year) and (last is None or year <= last)


def _series(years: dict[int, list[Held]]) -> Series:
    every = [one for held in years.values() for one in held]
    names = Counter(one.org or "" for one in every)
    org = max(names, key=lambda name: (names[name], len(name), name))
    return Series(org=org, region=every[0].region, genre=every[0].genre, years=years)


def _held(row: dict[str, Any]) -> Held:
    names = ("province", "city", "county")
    region = Region(code=row["region_code"], **{name: row[name] for name in names})
    fields = {name: row[name] for name in Held.__struct_fields__ if name != "region"}
    return Held(**fields, region=region)
