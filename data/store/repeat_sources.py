"""What repeats are looked for in: the statements of each body's report of each year, as they read."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec
from sqlite_utils import Database

from ..bodies import Body, body_of
from ..records import Genre, Region
from .indexed import view_key

_REPORTS = """
select r.id, r.org, r.genre, r.year, r.published, r.region_code, r.province, r.city, r.county from reports r
where r.org is not null and r.org != '' and r.year is not null
{among} order by r.published desc, r.id
"""
_AMONG = "and r.id in (select value from json_each(:reports))"
_STATEMENTS = """
select s.id, p.first, p.last, s.label, s.category from statements s join statement_places p using (id)
where s.report_id = ? order by s.n
"""
_WORDS = "select words from readings where report_id = ?"


class Stated(NamedTuple):
    """A statement's number, how it reads, and its label."""

    id: int
    view: str
    label: str
    category: str | None


class ReportStatements(msgspec.Struct, frozen=True, kw_only=True):
    """The report that stands for a body, genre and year; `org` as it names the body."""

    id: str
    org: str
    body: Body
    region: Region
    genre: Genre
    year: int
    published: str | None
    statements: tuple[Stated, ...]


def count_standing(db: Database) -> int:
    """How many reports `read_standing` gives."""
    return len(_standing(db))


def read_standing(db: Database, reports: Sequence[str] | None = None) -> Iterator[ReportStatements]:
    """A report for each body, genre and year, of several the last published, the oldest first.

    Reports of unknown body or year are left out; `reports` are the ids of those looked at, None for all.
    """
    for row in sorted(
        _standing(db, reports), key=lambda row: (row["year"], row["published"] or "9", row["id"])
    ):
        [(words,)] = db.execute(_WORDS, (row["id"],)).fetchall() or [("",)]
        view = view_key(words)
        stated = tuple(
            Stated(number, view[first:last], label, category)
            for number, first, last, label, category in db.execute(_STATEMENTS, (row["id"],))
        )
        yield ReportStatements(
            **{name: row[name] for name in ("id", "org", "genre", "year", "published")},
            body=body_of(_Reporting(row["org"], _region(row))),
            region=_region(row),
            statements=stated,
        )


class _Reporting(NamedTuple):
    org: str
    region: Region


def _standing(db: Database, reports: Sequence[str] | None = None) -> list[dict[str, Any]]:
    standing: dict[tuple[Body, str, int], dict[str, Any]] = {}
    among = "" if reports is None else _AMONG
    for row in db.query(_REPORTS.format(among=among), {"reports": json.dumps(reports)}):
        key = (body_of(_Reporting(row["org"], _region(row))), row["genre"], row["year"])
        standing.setdefault(key, row)
    return list(standing.values())


def _region(row: dict[str, Any]) -> Region:
    names = {name: row[name] for name in ("province", "city", "county")}
    return Region(code=row["region_code"], **names)
