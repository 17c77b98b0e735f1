"""Find reports and statements by characters, rank them by words."""

import re
from typing import Any, Literal, get_args

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..folding import fold
from ..records import Label, SectionKind
from .hits import Hit, make_hits
from .indexed import query_words
from .query import Term, check_characters, match_expression, read_query

Scope = Literal["reports", "statements"]
Years = tuple[int | None, int | None]

_NUMBER_MAX = 10**9
_YEAR_MAX = 9999
_REGION_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
# BM25 weights of title, body and text: a word in the title says what the whole report is about.
_RANK = "bm25(report_words, 8.0, 4.0, 1.0)"

_REPORTS = f"""
with found as materialized (select rowid as number from report_bigrams where report_bigrams match :match),
ranked as materialized (
  select rowid as number, {_RANK} as score from report_words where :words <> '' and report_words match :words
)
select r.id as report_id, null as statement_id, coalesce(ranked.score, 0.0) as score, r.year
from found join reports r using (number) left join ranked using (number) where {{filters}}
"""

# Statements are short, so the terms themselves are weighed: BM25 over the pairs they are found by.
_STATEMENTS = """
with found as materialized (
  select rowid as id, bm25(statement_bigrams) as score
  from statement_bigrams where statement_bigrams match :match
)
select r.id as report_id, s.id as statement_id, found.score as score, r.year
from found join statements s using (id) join reports r on r.id = s.report_id where {filters}
"""

# SQLite takes the bare columns from the row that has the minimum.
_BY_REPORT = "select report_id, statement_id, min(score) as score, year from ({found}) group by report_id"


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What narrows a search; None leaves it open.

    `years` is (first, last), either None; `org` a part of the body's name; `region` a GB/T 2260 code (or its
    first two or four digits) or the beginning of a province's, city's or county's name; `section` and
    `label` those of the statements that must hold the words.
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


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """How a query was read: its terms, how many reports hold each, and the words that rank."""

    terms: tuple[Term, ...]
    reports: tuple[int, ...]
    words: tuple[str, ...]
    match: str


def run_search(
    db: Database, words: str, scope: Scope, filters: Filters, *, limit: int, offset: int
) -> SearchResult:
    """Search; raises QueryError where the query or a filter makes no sense."""
    terms = read_query(words)
    if not (0 <= limit <= _NUMBER_MAX and 0 <= offset <= _NUMBER_MAX):
        raise QueryError(f"limit {limit} and offset {offset}: give numbers from 0 to {_NUMBER_MAX}.")
    sql, named = _plan(terms, scope, filters)
    total = db.execute(f"select count(*) from ({sql})", named).fetchone()[0]
    order = "order by score, year desc, report_id, statement_id limit :limit offset :offset"
    rows = db.query(f"{sql} {order}", named | {"limit": limit, "offset": offset})
    texts = [term.text for term in terms]
    return SearchResult(total=total, hits=make_hits(db, list(rows), texts))


def explain_search(db: Database, words: str) -> Explanation:
    """How `words` is read; raises QueryError where it cannot be."""
    terms = read_query(words)
    sql = (
        "select count(*) from report_bigrams b join reports on number = b.rowid where report_bigrams match ?"
    )
    counts = tuple(db.execute(sql, (match_expression((term,)),)).fetchone()[0] for term in terms)
    ranking = tuple(query_words(term.text for term in terms))
    return Explanation(terms=terms, reports=counts, words=ranking, match=match_expression(terms))


def _plan(terms: tuple[Term, ...], scope: Scope, filters: Filters) -> tuple[str, dict[str, Any]]:
    if scope not in get_args(Scope):
        raise QueryError(f"{scope!r} cannot be searched; choose from {', '.join(get_args(Scope))}.")
    conditions, named = _conditions(filters)
    named["match"] = match_expression(terms)
    if scope == "reports" and filters.label is None and filters.section is None:
        quoted = (f'"{word.replace(chr(34), chr(34) * 2)}"' for word in query_words(t.text for t in terms))
        named["words"] = " OR ".join(quoted)
        return _REPORTS.format(filters=conditions), named
    found = _STATEMENTS.format(filters=conditions)
    return (found if scope == "statements" else _BY_REPORT.format(found=found)), named


def _conditions(filters: Filters) -> tuple[str, dict[str, Any]]:
    named: dict[str, Any] = {}
    parts = ["1"]
    first, last = filters.years or (None, None)
    for name, sign, year in (("first", ">=", first), ("last", "<=", last)):
        if year is not None:
            if not 0 <= year <= _YEAR_MAX:
                raise QueryError(f"{year} is no year; give one from 0 to {_YEAR_MAX}.")
            parts.append(f"r.year {sign} :{name}")
            named[name] = year
    if filters.org is not None:
        check_characters(filters.org)
        parts.append("instr(fold(coalesce(r.org, '')), :org)")
        named["org"] = fold(filters.org)
    if filters.region is not None:
        parts.append(_region_condition(filters.region, named))
    for name, kinds in (("section", get_args(SectionKind)), ("label", get_args(Label))):
        kind = getattr(filters, name)
        if kind is not None:
            parts.append(f"s.{name} = :{name}")
            named[name] = _one_of(name, kind, kinds)
    return " and ".join(parts), named


def _region_condition(region: str, named: dict[str, Any]) -> str:
    check_characters(region)
    named["region"] = fold(region)
    if _REGION_CODE.fullmatch(named["region"]):
        named["region"] = re.sub(r"(?:00)+$", "", named["region"])
        return "r.region_code glob :region || '*'"
    names = (f"instr(fold(coalesce(r.{name}, '')), :region) = 1" for name in ("province", "city", "county"))
    return f"({' or '.join(names)})"


def _one_of(name: str, kind: str, kinds: tuple[str, ...]) -> str:
    if kind not in kinds:
        raise QueryError(f"{kind!r} is no {name}; choose from {', '.join(kinds)}.")
    return kind
