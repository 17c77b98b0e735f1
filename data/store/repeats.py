"""Statements that return, as they are asked for: with their bodies, years and places, and pairs of bodies."""

import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from sqlite_utils import Database

from ..folding import fold
from .holdings import Years
from .repeat_rows import RepeatKind

Where = Literal["within", "between"]

_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")

# `r` is the repeat, `c` a chain of it that the filters on bodies are true of.
_WHOSE = """
(:org is null or instr(fold(c.org), :org)) and (:region is null or c.region_code glob :region || '*'
  or exists (select 1 from reports p where p.id = c.report_id
    and (instr(fold(coalesce(p.province, '')), :region) = 1 or instr(fold(coalesce(p.city, '')), :region) = 1
      or instr(fold(coalesce(p.county, '')), :region) = 1)))
and (:first is null and :last is null or exists (select 1 from repeat_members m where m.chain_id = c.id
  and m.year >= coalesce(:first, m.year) and m.year <= coalesce(:last, m.year)))
and (:reports is null or c.id in (select m.chain_id from repeat_members m
  where m.report_id in (select value from json_each(:reports))))
"""
_CHOSEN = f"""
from repeats r where (:label is null or r.label = :label) and (:category is null or r.category = :category)
and (:kind is null or r.kind = :kind) and (:between = 0 or r.bodies > 1)
and (:set_phrases is null or r.set_phrase = :set_phrases)
and (:reports is null or r.id in (select m.repeat_id from repeat_members m
  where m.report_id in (select value from json_each(:reports))))
and exists (select 1 from repeat_chains c where c.repeat_id = r.id and c.years >= :min_years and {_WHOSE})
"""
_HEAD = """
select r.*, s.text, s.start, s."end", p.org from ({chosen}) r join statements s on s.id = r.statement_id
join reports p on p.id = r.report_id order by {order}, r.id
"""
# What is longest kept up comes first; of copies, where most text stands a second time. Statements labelled
# other (the period of the data, where to ask) come last.
_ORDERS = {
    None: "r.label = 'other', r.years desc, r.length * (r.statements - 1) desc",
    "within": "r.label = 'other', r.years desc, r.length * (r.statements - 1) desc",
    "between": "r.label = 'other', r.length * (r.bodies - 1) desc",
}
_MEMBERS = """
select m.statement_id, m.report_id, m.year, m.kind, m.likeness, s.start, s."end", s.text, m.chain_id
from repeat_members m join statements s on s.id = m.statement_id where m.repeat_id = ?
order by m.chain_id, m.year, s.start
"""
_CHAINS = """
select id, org, region_code, first_year, last_year, first_published, years, run from repeat_chains
where repeat_id = ? order by id
"""
# What more bodies have adds less than a fiftieth to any pair, and their pairs grow with the square.
_SHARING_MAX = 50
# Text that two bodies alone have counts whole for the pair; what many have, the less the more they are.
_PAIRS = f"""
with chosen as materialized (
  select r.id, r.length, r.bodies {_CHOSEN} and r.bodies between 2 and {_SHARING_MAX}
)
select a.body as a, b.body as b, max(a.org) as one, max(a.region_code) as one_region,
  max(b.org) as other, max(b.region_code) as other_region, count(*) as repeats,
  sum(r.length) as characters, sum(1.0 * r.length / (r.bodies - 1)) as distinct_characters,
  sum(a.first_year < b.first_year) as one_first, sum(b.first_year < a.first_year) as other_first
from chosen r join repeat_chains a on a.repeat_id = r.id
join repeat_chains b on b.repeat_id = r.id and b.body > a.body
where (:whose = 0 or a.body in whose or b.body in whose)
group by a.body, b.body order by distinct_characters desc, a.body, b.body limit :limit
"""
_WHOSE_BODIES = f"with whose as (select distinct c.body from repeat_chains c where {_WHOSE}), "
# As the first of the two has it.
_SHARED = f"""
select s.text from repeat_chains a join repeat_chains b on b.repeat_id = a.repeat_id
join repeats r on r.id = a.repeat_id join statements s on s.id = (
  select m.statement_id from repeat_members m where m.chain_id = min(a.id, b.id) order by m.year limit 1)
where a.body = ? and b.body = ? and r.set_phrase = 0 and r.bodies <= {_SHARING_MAX}
order by r.bodies, r.length desc limit 3
"""


class RepeatFilters(NamedTuple):
    """Which repeats: those a body with `org` in its name, seated in a region, has in these years.

    `where` is `within` (one body has it in several years) or `between` (several bodies have it), `min_years`
    how many years one of those bodies has it at least, `set_phrases` whether phrases that everybody uses are
    what is wanted (True), left out (False), or neither (None); `reports` the ids of some of the body's.
    """

    org: str | None = None
    region: str | None = None
    years: Years | None = None
    label: str | None = None
    category: str | None = None
    kind: RepeatKind | None = None
    where: Where | None = None
    min_years: int = 1
    set_phrases: bool | None = False
    reports: tuple[str, ...] | None = None


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a repeat: `text` stands at `[start, end)` of the report's text.

    `kind` tells how it is like the repeat's first statement: `verbatim` word for word, `figures` but for
    figures and the body's own name, `near` nearly; `likeness` in [0, 1] is the share of characters in the
    same order, figures and own names aside.
    """

    report_id: str
    statement_id: int
    year: int
    kind: RepeatKind
    likeness: float
    start: int
    end: int
    text: str


class Chain(msgspec.Struct, frozen=True, kw_only=True):
    """One body's statements of a repeat by year: `years` how many, `run` the most in a row."""

    org: str
    region_code: str | None
    first_year: int
    last_year: int
    first_published: str | None
    years: int
    run: int
    members: tuple[Member, ...]


class Repeat(msgspec.Struct, frozen=True, kw_only=True):
    """A statement that returns, through the years of a body or in several bodies.

    `text`, `org`, `report_id`, `start`, `end` are those of its first appearance in `first_year`; `kind` is
    the loosest of its members; `share` that of the archive's bodies that use it, `set_phrase` whether
    that is so many that it says nothing of any. `chains` are the bodies' in order of first appearance.
    """

    id: int
    kind: RepeatKind
    label: str
    category: str | None
    text: str
    org: str
    report_id: str
    start: int
    end: int
    length: int
    first_year: int
    last_year: int
    statements: int
    reports: int
    bodies: int
    regions: int
    years: int
    run: int
    share: float
    set_phrase: bool
    chains: tuple[Chain, ...]


class RepeatPair(msgspec.Struct, frozen=True, kw_only=True):
    """Two bodies that share text, set phrases aside and what more than fifty bodies have.

    `repeats` is how many statements, `characters` their length without signs, `distinct_characters` the same
    with what n others have too counted 1/(n+1); `one_first` and `other_first` how many of them each had in an
    earlier year; `examples` the most telling.
    """

    one: str
    one_region: str | None
    other: str
    other_region: str | None
    repeats: int
    characters: int
    distinct_characters: float
    one_first: int
    other_first: int
    examples: tuple[str, ...]


def count_repeats(db: Database, filters: RepeatFilters) -> int:
    """How many repeats there are."""
    return int(db.execute(f"select count(*) {_CHOSEN}", _named(filters)).fetchone()[0])


def read_repeats(db: Database, filters: RepeatFilters, limit: int | None = None) -> Iterator[Repeat]:
    """Repeats, what a body says longest first; of those between bodies, where most text was copied."""
    sql = _HEAD.format(chosen=f"select r.* {_CHOSEN}", order=_ORDERS[filters.where])
    rows = db.query(f"{sql} limit :limit", _named(filters) | {"limit": -1 if limit is None else limit})
    for row in list(rows):
        yield _repeat(db, row)


def read_pairs(db: Database, filters: RepeatFilters, limit: int | None = None) -> Iterator[RepeatPair]:
    """Pairs of bodies by the text that they and few others have; filters on bodies hold for one of them."""
    named = _named(filters)
    named |= {"limit": -1 if limit is None else limit}
    named["whose"] = int(any(value is not None for value in (filters.org, filters.region, filters.years)))
    sql = _WHOSE_BODIES + _PAIRS.strip().removeprefix("with ")
    for row in list(db.query(sql, named)):
        one, other = row.pop("a"), row.pop("b")
        texts = (text for (text,) in db.execute(_SHARED, (one, other)))
        yield RepeatPair(**row, examples=tuple(texts))


def _repeat(db: Database, row: dict[str, Any]) -> Repeat:
    members: dict[int, list[Member]] = {}
    for found in db.query(_MEMBERS, (row["id"],)):
        members.setdefault(found.pop("chain_id"), []).append(Member(**found))
    chains = [
        Chain(**found, members=tuple(members[number]))
        for found in db.query(_CHAINS, (row["id"],))
        if (number := found.pop("id")) in members
    ]
    row.pop("statement_id")
    row["set_phrase"] = bool(row["set_phrase"])
    return Repeat(**row, chains=tuple(chains))


def _named(filters: RepeatFilters) -> dict[str, Any]:
    first, last = filters.years or (None, None)
    region = fold(filters.region) if filters.region else None
    if region and _CODE.fullmatch(region):
        region = re.sub(r"(?:00)+$", "", region)
    return {
        "org": fold(filters.org) if filters.org else None,
        "region": region,
        "first": first,
        "last": last,
        "label": filters.label,
        "category": filters.category,
        "kind": filters.kind,
        "between": int(filters.where == "between"),
        "min_years": max(filters.min_years, 2 if filters.where == "within" else 1),
        "reports": None if filters.reports is None else json.dumps(filters.reports),
        "set_phrases": None if filters.set_phrases is None else int(filters.set_phrases),
    }
