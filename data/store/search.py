"""Find reports, statements and facts by a query; rank them by words."""

from collections.abc import Callable
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
from .asked import understand
from .headed import headed_first
from .hits import Found, Hit, make_hits
from .near_hits import absent_words, near_rows
from .order import fold_rows, ranked_rows
from .paging import SORTS, PageKey, Sort, read_key, row_key, sorted_rows
from .plan import Plan, make_plan, shown_fact
from .ranking import make_ranking, ranking_words

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


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """Which of the rows found: in this order, so many, from an offset or after a key on.

    `folded` shows of rows that say nearly the same the best alone (by score only). `near` goes on to near
    hits where nothing is found.
    """

    limit: int = 20
    offset: int = 0
    sort: Sort = "score"
    after: str | None = None
    folded: bool = True
    near: bool = False


# Leaves of a plan's rows some: those not yet shown, say.
Among = Callable[[Plan], Plan]


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """How many there are in all, and those asked for, best first unless another order was asked for.

    `next` is the key that the following page goes on `after`, None where there is none. `near`: nothing holds
    the words of the query as they were typed, and these come near; `words` are those it was cut into then,
    years as `2022年`, and `absent` those of them that no report holds.
    """

    total: int
    hits: tuple[Hit, ...]
    next: str | None = None
    near: bool = False
    words: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


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
    db: Database, typed: str, scope: Scope, filters: Filters, page: Page, among: Among = lambda plan: plan
) -> SearchResult:
    """Search; raises QueryError where the query, a filter or the page makes no sense."""
    tree = narrowed(read_query(typed), filters)
    if scope not in SCOPES:
        raise QueryError(f"{scope!r} cannot be searched; choose from {', '.join(SCOPES)}.")
    if page.sort not in SORTS:
        raise QueryError(f"{page.sort!r} is no order; choose from {', '.join(SORTS)}.")
    if not (0 <= page.limit <= _NUMBER_MAX and 0 <= page.offset <= _NUMBER_MAX):
        raise QueryError(
            f"limit {page.limit} and offset {page.offset}: give numbers from 0 to {_NUMBER_MAX}."
        )
    words = [word.text for word in positive_words(tree)]
    total, rows, following = _turned_to(db, among(make_plan(db, typed, tree, scope)), words, page)
    if not total and page.near and words:
        return _near(db, typed, tree, scope, words, page)
    found = []
    for row in rows:
        fact = (scope, row["fact_id"]) if scope != "reports" else shown_fact(db, typed, tree, row["number"])
        similar = tuple(row.get("similar", ()))
        kind, number = fact or (None, None)
        found.append(Found(row["report_id"], row["score"], kind, number, similar))
    return SearchResult(total=total, hits=make_hits(db, found, words), next=following)


def _near(db: Database, typed: str, tree: Node, scope: Scope, words: list[str], page: Page) -> SearchResult:
    """What comes near; nothing of what is asked for behind a key, or in another order than the score."""
    asked = understand(words)
    rows = [] if page.after or page.sort != "score" else near_rows(db, typed, tree, scope, asked)
    if page.folded:
        rows = fold_rows(db, scope, rows)
    kind = None if scope == "reports" else scope
    found = [
        Found(row["report_id"], row["score"], kind, row["fact_id"], tuple(row.get("similar", ())))
        for row in rows[page.offset : page.offset + page.limit]
    ]
    shown = (*asked.words, *(f"{year}年" for year in asked.years))
    hits = make_hits(db, found, [word for word in shown if len(word) > 1] or shown)
    return SearchResult(
        total=len(rows), hits=hits, near=bool(rows), words=shown, absent=absent_words(db, asked.words)
    )


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


def _turned_to(
    db: Database, plan: Plan, words: list[str], page: Page
) -> tuple[int, list[dict[str, Any]], str | None]:
    """How many rows there are, those of the page, and the key of the next one."""
    after = None if page.after is None else read_key(page.after, page.sort, plan.scope)
    if page.sort == "score":
        offset = page.offset + (_place_of(db, plan, words, after, page.folded) if after else 0)
        total, rows = _page(db, plan, words, page.limit, offset, page.folded)
        if not rows or len(rows) < page.limit or total <= offset + len(rows):
            return total, rows, None
        value: Any = offset + len(rows)
    else:
        total = plan.count(db)
        # One more than is shown tells whether there is another page.
        found = sorted_rows(db, plan, page.sort, words, after=after, limit=page.limit + 1, offset=page.offset)
        rows = found[: page.limit]
        if not rows or len(found) == len(rows):
            return total, rows, None
        value = rows[-1]["value"]
    last = rows[-1]
    report, row = last["report_id"], row_key(last)
    key = PageKey(sort=page.sort, scope=plan.scope, value=value, report_id=report, row=row)
    return total, rows, key.written()


def _place_of(db: Database, plan: Plan, words: list[str], key: PageKey, folded: bool) -> int:
    """How many rows stand before what follows a key, by score: its row may have moved since, or be gone."""
    place = int(key.value) if isinstance(key.value, int) and 0 < key.value <= _NUMBER_MAX else 1
    wanted = (key.report_id, key.row)
    total, there = _page(db, plan, words, 1, place - 1, folded)
    if [(row["report_id"], row_key(row)) for row in there] == [wanted]:
        return place
    rows = _page(db, plan, words, total, 0, folded)[1]
    places = (number for number, row in enumerate(rows, 1) if (row["report_id"], row_key(row)) == wanted)
    return next(places, place - 1)


def _page(
    db: Database, plan: Plan, words: list[str], limit: int, offset: int, folded: bool
) -> tuple[int, list[dict[str, Any]]]:
    """How many rows there are, and those asked for: ranked, or, of very many, the newest first."""
    keys = None if plan.alone else plan.newest(db)
    total = plan.count(db) if keys is None else len(keys)
    if not limit or total <= offset:
        return total, []
    ranking = make_ranking(db, plan.scope, words) if total <= _RANKED_MAX else None
    if ranking:
        rows = ranked_rows(db, plan, keys, ranking, words, limit=limit, offset=offset, folded=folded)
        return total, rows
    return total, plan.rows(db, headed_first(db, plan, keys, words, total, limit, offset))


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
