"""How many of the rows that a search finds have each year, region, label and so on."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest
from typing import Any, Literal, get_args

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..query import Scope
from ..terms import term
from .plan import Plan
from .report_facets import KINDS, PUBLISHER

Facet = Literal["year", "region", "org", "level", "genre", "label", "category", "section"]
FACETS: tuple[str, ...] = get_args(Facet)

_PUBLISHED = ("org", "region", "level", "genre")
# Facets of reports: the column of `facet_reports`, and what stands for it in the table that it numbers.
_OF_REPORT = {
    "year": ("year", "year"),
    **{name: ("publisher", column) for name, column in zip(_PUBLISHED, PUBLISHER, strict=True)},
    **{column: ("kinds", name) for name, column in KINDS.items()},
}
_NUMBERED = {"publisher": "facet_publishers", "kinds": "facet_kinds"}
_OF_FACT = {"year": "r.year", "region": "r.province", "org": "r.org", "level": "r.level", "genre": "r.genre"}
_LIMIT_MAX = 100_000
_UNKNOWN = "不明"
# Rows held at a time.
_ROWS = 20_000


class FacetCount(msgspec.Struct, frozen=True, kw_only=True):
    """How many rows have a value: the code or name as a field of a query takes it, None where unknown.

    `name` is for people, in Chinese.
    """

    value: str | int | None
    name: str
    count: int


Facets = dict[str, tuple[FacetCount, ...]]


def facets_of(scope: Scope) -> tuple[str, ...]:
    """The facets that rows of this kind have."""
    return tuple(name for name in FACETS if name in _OF_FACT or scope in ("reports", "statements"))


def count_facets(db: Database, plan: Plan, of: Sequence[str], limit: int) -> Facets:
    """The values of each facet with the number of rows, the most frequent `limit` first, years by year.

    A report counts once under each label, category and section that its statements have. Raises QueryError.
    """
    for name in of:
        if name not in facets_of(plan.scope):
            raise QueryError(
                f"{plan.scope} have no facet {name!r}; choose from {', '.join(facets_of(plan.scope))}."
            )
    if not 1 <= limit <= _LIMIT_MAX:
        raise QueryError(f"limit {limit}: give a number from 1 to {_LIMIT_MAX:,}.")
    counted = _counted(db, plan, of)
    return {name: _ordered(name, counted[name], limit) for name in of}


def _counted(db: Database, plan: Plan, of: Sequence[str]) -> dict[str, Counter[Any]]:
    """All values by facet."""
    if plan.scope != "reports":
        return _counted_facts(db, plan, of)
    columns = sorted({_OF_REPORT[name][0] for name in of})
    counted: dict[str, Counter[Any]] = {}
    for column, numbers in _numbers(db, plan, columns).items():
        names = [name for name in of if _OF_REPORT[name][0] == column]
        table = _NUMBERED.get(column)
        counters = _meant(db, numbers, table, [_OF_REPORT[name][1] for name in names]) if table else [numbers]
        counted |= zip(names, map(_apart, counters) if column == "kinds" else counters, strict=True)
    return counted


def _numbers(db: Database, plan: Plan, columns: Sequence[str]) -> dict[str, Counter[int | None]]:
    """The small numbers of all reports found, each with how many have it."""
    if not columns:
        return {}
    # As JSON: rows would take three times as long.
    listed = ", ".join(f"json_group_array(facet.{column})" for column in columns)
    arrays = db.execute(plan.faceted(listed), plan.named).fetchone()
    decoded = (msgspec.json.decode(array, type=list[int | None]) for array in arrays)
    return dict(zip(columns, map(Counter, decoded), strict=True))


def _meant(
    db: Database, numbers: Counter[int | None], table: str, columns: Sequence[str]
) -> list[Counter[Any]]:
    """What numbers stand for, column by column, those that stand for the same counted together."""
    sql = f"select id, {', '.join(columns)} from {table} where id in (select value from json_each(?))"
    rows = db.execute(sql, (json.dumps(list(numbers)),)).fetchall()
    times = [numbers[row[0]] for row in rows]
    # No Counter to begin with: what it lacks it asks Python for, and nearly every body is new to it.
    counted = [defaultdict[Any, int](int, {None: numbers[None]} if numbers[None] else {}) for _ in columns]
    for place, counts in enumerate(counted, 1):
        for row, number in zip(rows, times, strict=True):
            counts[row[place]] += number
    return [Counter(counts) for counts in counted]


def _apart(together: Counter[Any]) -> Counter[Any]:
    """Codes that stand with commas between, each counted for itself."""
    counted: Counter[Any] = Counter()
    for codes, number in together.items():
        for code in filter(None, (codes or "").split(",")):
            counted[code] += number
    return counted


def _counted_facts(db: Database, plan: Plan, of: Sequence[str]) -> dict[str, Counter[Any]]:
    """All values by facet, read once, a column at a time."""
    columns: list[Counter[Any]] = [Counter() for _ in of]
    listed = ", ".join(_OF_FACT.get(name, f"f.{name}") for name in of)
    found = db.execute(plan.statement(listed), plan.named)
    while rows := found.fetchmany(_ROWS):
        for counter, values in zip(columns, zip(*rows, strict=True), strict=True):
            counter.update(values)
    return dict(zip(of, columns, strict=True))


def _ordered(name: str, counted: Counter[Any], limit: int) -> tuple[FacetCount, ...]:
    """The most frequent values, those of the same number by name; what is unknown last."""
    # Of ten thousand bodies those that may be shown (and the unknown one), before names are compared.
    least = nlargest(limit + 1, counted.values())[-1:]
    few = (value for value, number in counted.items() if value is None or number >= least[0])
    values = sorted(few, key=lambda value: (value is None, -counted[value], str(value)))[:limit]
    if name == "year":
        values.sort(key=lambda year: (year is None, year or 0))
    return tuple(FacetCount(value=value, name=_name(name, value), count=counted[value]) for value in values)


def _name(facet: str, value: str | int | None) -> str:
    if value is None:
        return _UNKNOWN
    return str(value) if facet in ("year", "region", "org") else term(facet, str(value))
