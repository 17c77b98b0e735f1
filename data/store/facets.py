"""How many of the rows that a search finds have each year, region, label and so on."""

from collections import Counter
from collections.abc import Sequence
from typing import Any, Literal, get_args

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..query import Scope
from ..terms import term
from .plan import Plan
from .report_kinds import KINDS

Facet = Literal["year", "region", "org", "level", "genre", "label", "category", "section"]
FACETS: tuple[str, ...] = get_args(Facet)

_OF_REPORT = {
    "year": "r.year",
    "region": "r.province",
    "org": "r.org",
    "level": "r.level",
    "genre": "r.genre",
}
_OF_STATEMENT = {column: name for name, column in KINDS.items()}
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
    return tuple(name for name in FACETS if name in _OF_REPORT or scope in ("reports", "statements"))


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
    """All values by facet, read once, a column at a time."""
    columns: list[Counter[Any]] = [Counter() for _ in of]
    found = db.execute(_select(plan.scope, of, plan), plan.named)
    while rows := found.fetchmany(_ROWS):
        for counter, values in zip(columns, zip(*rows, strict=True), strict=True):
            counter.update(values)
    counted = dict(zip(of, columns, strict=True))
    if plan.scope == "reports":
        counted |= {name: _apart(counted[name]) for name in of if name in _OF_STATEMENT}
    return counted


def _apart(together: Counter[Any]) -> Counter[Any]:
    """Codes that stand with commas between, each counted for itself."""
    counted: Counter[Any] = Counter()
    for codes, number in together.items():
        for code in filter(None, (codes or "").split(",")):
            counted[code] += number
    return counted


def _select(scope: Scope, of: Sequence[str], plan: Plan) -> str:
    """A statement for the columns of the facets, of reports together with what their statements are."""
    if scope != "reports":
        return plan.statement(", ".join(_OF_REPORT.get(name, f"f.{name}") for name in of))
    inner = {name: _OF_REPORT[name] for name in of if name in _OF_REPORT}
    found = plan.statement(", ".join(["r.number", *(f"{sql} as {name}" for name, sql in inner.items())]))
    columns = ", ".join(f"p.{name}" if name in inner else f"q.{_OF_STATEMENT[name]}" for name in of)
    if len(inner) == len(of):
        return f"select {columns} from ({found}) p"
    return f"select {columns} from ({found}) p left join report_kinds q on q.number = p.number"


def _ordered(name: str, counted: Counter[Any], limit: int) -> tuple[FacetCount, ...]:
    """The most frequent values, those of the same number by name; what is unknown last."""
    values = sorted(counted, key=lambda value: (value is None, -counted[value], str(value)))[:limit]
    if name == "year":
        values.sort(key=lambda year: (year is None, year or 0))
    return tuple(FacetCount(value=value, name=_name(name, value), count=counted[value]) for value in values)


def _name(facet: str, value: str | int | None) -> str:
    if value is None:
        return _UNKNOWN
    return str(value) if facet in ("year", "region", "org") else term(facet, str(value))
