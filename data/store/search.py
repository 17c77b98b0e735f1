"""Find reports, statements and facts by a query; rank them by words."""

from typing import Any, get_args

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..query import (
    SCOPES,
    And,
    Between,
    Condition,
    Contains,
    Holds,
    Is,
    Node,
    Scope,
    bind,
    check_characters,
    outline,
    positive_words,
    read_query,
    search_key,
)
from ..records import Label, SectionKind
from .hits import Found, Hit, make_hits
from .plan import Plan, make_plan, shown_fact
from .ranking import ranking_words, words_expression

Years = tuple[int | None, int | None]

_NUMBER_MAX = 10**9
_YEAR_MAX = 9999
# BM25 of so many rows takes 10 ms; of more, the newest come first.
_RANKED_MAX = 10_000


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What narrows a search beside the query; None leaves it open, as fields of the query do.

    `years` is (first, last), either None; `org` a part of the body's name; `region` a GB/T 2260 code (or its
    first two or four digits) or the beginning of a province's, city's or county's name; `section` and
    `label` those of the statement that must hold the words.
    """

    years: Years | None = None
    org: str | None = None
    region: str | None = None
    section: str | None = None
    label: str | None = None


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are in all, and those asked for, best first."""

    total: int
    hits: tuple[Hit, ...]


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a query in words, and how many reports it is true of (of some fact of them)."""

    depth: int
    chinese: str
    english: str
    reports: int


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How a query was read, part by part, and the words that rank its hits."""

    parts: tuple[Part, ...]
    words: tuple[str, ...]


def run_search(
    db: Database, typed: str, scope: Scope, filters: Filters, *, limit: int, offset: int
) -> SearchResult:
    """Search; raises QueryError where the query or a filter makes no sense."""
    tree = narrowed(read_query(typed), filters)
    if scope not in SCOPES:
        raise QueryError(f"{scope!r} cannot be searched; choose from {', '.join(SCOPES)}.")
    if not (0 <= limit <= _NUMBER_MAX and 0 <= offset <= _NUMBER_MAX):
        raise QueryError(f"limit {limit} and offset {offset}: give numbers from 0 to {_NUMBER_MAX}.")
    words = [word.text for word in positive_words(tree)]
    total, rows = _page(db, make_plan(db, typed, tree, scope), words, limit, offset)
    found = []
    for row in rows:
        fact = (scope, row["fact_id"]) if scope != "reports" else shown_fact(db, typed, tree, row["number"])
        found.append(Found(row["report_id"], row["score"], *(fact or (None, None))))
    return SearchResult(total=total, hits=make_hits(db, found, words))


def explain_search(db: Database, typed: str, scope: Scope = "reports") -> Explanation:
    """How a query is read; raises QueryError where it cannot be."""
    tree = read_query(typed)
    parts = []
    for line in outline(bind(tree, scope), scope):
        node = line.node if line.scope == "reports" else Holds(scope=line.scope, where=line.node)
        number = make_plan(db, typed, node, "reports").count(db)
        parts.append(Part(depth=line.depth, chinese=line.chinese, english=line.english, reports=number))
    words = ranking_words(db, (word.text for word in positive_words(tree)))
    return Explanation(parts=tuple(parts), words=tuple(words))


def _page(
    db: Database, plan: Plan, words: list[str], limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """How many rows there are, and those asked for: ranked, or, of very many, the newest first."""
    keys = None if plan.alone else plan.newest(db)
    total = plan.count(db) if keys is None else len(keys)
    if not limit or total <= offset:
        return total, []
    ranking = ""
    if total <= _RANKED_MAX and plan.scope == "reports":
        ranking = words_expression(ranking_words(db, words))
    elif total <= _RANKED_MAX and plan.scope == "statements":
        ranking = plan.words or ""
    if ranking:
        return total, plan.best(db, keys, ranking, limit, offset)
    if keys is None:
        few = plan.few_newest(db, total, limit, offset)
        page = plan.newest(db)[offset : offset + limit] if few is None else few
    else:
        page = keys[offset : offset + limit]
    return total, plan.rows(db, page)


def narrowed(tree: Node, filters: Filters) -> Node:
    """The tree with the filters as conditions of its outermost conjunction."""
    conditions = as_conditions(filters)
    if not conditions:
        return tree
    return And((*(tree.parts if isinstance(tree, And) else (tree,)), *conditions))


def as_conditions(filters: Filters) -> list[Condition]:
    """Filters as conditions of a query; raises QueryError."""
    conditions: list[Condition] = []
    first, last = filters.years or (None, None)
    for year in (first, last):
        if year is not None and not 0 <= year <= _YEAR_MAX:
            raise QueryError(f"{year} is no year; give one from 0 to {_YEAR_MAX}.")
    if (first, last) != (None, None):
        conditions.append(Condition(field="year", scope="reports", value=Between(low=first, high=last)))
    for name in ("org", "region"):
        text = getattr(filters, name)
        if text is not None:
            check_characters(text)
            conditions.append(Condition(field=name, scope="reports", value=Contains(search_key(text))))
    for name, kinds in (("section", get_args(SectionKind)), ("label", get_args(Label))):
        kind = getattr(filters, name)
        if kind is not None and kind not in kinds:
            raise QueryError(f"{kind!r} is no {name}; choose from {', '.join(kinds)}.")
        if kind is not None:
            conditions.append(Condition(field=name, scope="statements", value=Is(kind)))
    return conditions
