"""Rows that a search found, as hits with the passage to show."""

from collections.abc import Iterable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace
from sqlite_utils import Database

from ..query import Scope
from .cell_names import cell_label
from .indexed import Indexed
from .passage_facts import PassageFact, facts_in
from .readings import read_indexed
from .snippets import Span, best_window, cut_snippet, fits, in_view, widen

_STATEMENT = 'select start, "end", section, label from statements where '
_BY_ID = f"{_STATEMENT} id = ?"
_AROUND = f'{_STATEMENT} report_id = ? and start <= ? and "end" >= ? order by "end" - start limit 1'
_SECTION = """
select kind from sections where report_id = ? and start <= ? and content_end > ?
order by start desc, depth desc limit 1
"""


class Found(NamedTuple):
    """A report that was found, and the row of a fact in it where one was asked for."""

    report_id: str
    score: float
    scope: Scope | None = None
    fact_id: int | None = None
    similar: tuple[str, ...] = ()


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A report, statement or fact found.

    `score` is BM25, higher is better. `[start, end)` is the passage shown; `snippet` how it reads; `hits` are
    spans of the words (and of the fact) in the report's text, `marks` the same in `snippet`. `kind` and
    `fact_id` are the kind and row of the fact where one was asked for, `fact` its quotation, `statement_id`
    the same row where it is a statement; `label` and `section` are those of the passage where it has any.
    `facts` are the dates, counts, stated zeros and citations that lie inside the passage.
    """

    report_id: str
    title: str | None
    org: str | None
    year: int | None
    section: str | None
    label: str | None
    score: float
    start: int
    end: int
    snippet: str
    hits: tuple[Span, ...]
    marks: tuple[Span, ...]
    statement_id: int | None = None
    kind: Scope | None = None
    fact_id: int | None = None
    fact: str | None = None
    similar: tuple[str, ...] = ()
    facts: tuple[PassageFact, ...] = ()


class _Page(NamedTuple):
    report_id: str
    head: dict[str, Any]
    indexed: Indexed

    @property
    def whole(self) -> Span:
        return 0, len(self.indexed.view)


def make_hits(db: Database, rows: Iterable[Found], words: Sequence[str]) -> tuple[Hit, ...]:
    """A hit for each row, in order."""
    read = cache(partial(_read, db))
    hits = [_hit(db, read(row.report_id), row, words) for row in rows]
    inside = facts_in(db, [(hit.report_id, hit.start, hit.end) for hit in hits])
    return tuple(replace(hit, facts=facts) for hit, facts in zip(hits, inside, strict=True))


def _read(db: Database, report_id: str) -> _Page:
    head = next(db.query("select text, title, org, year from reports where id = ?", [report_id]))
    return _Page(report_id, head, read_indexed(db, report_id))


def _hit(db: Database, page: _Page, row: Found, words: Sequence[str]) -> Hit:
    text = page.head["text"]
    statement = row.fact_id if row.scope == "statements" else None
    fact, quotation = None, None
    if row.scope and not statement:
        fact, quotation = _fact(db, page, row.scope, row.fact_id)
    passage, section, label = _passage(db, page, statement, fact, words)
    snippet = cut_snippet(text, page.indexed, words, passage, fact)
    return Hit(
        report_id=page.report_id,
        title=page.head["title"],
        org=page.head["org"],
        year=page.head["year"],
        section=section,
        label=label,
        score=0.0 - row.score,
        start=snippet.start,
        end=snippet.end,
        snippet=snippet.text,
        hits=snippet.hits,
        marks=snippet.marks,
        statement_id=statement,
        kind=row.scope,
        fact_id=row.fact_id,
        fact=quotation if row.scope != "statements" else text[snippet.start : snippet.end],
        similar=row.similar,
    )


def _fact(db: Database, page: _Page, scope: Scope, number: int | None) -> tuple[Span | None, str]:
    """A fact's place in the view, None where it has none, and its quotation (a cell: label and number)."""
    if scope == "cells":
        sql = 'select start, "end", "table", code, raw from table_cells where id = ?'
        start, end, table, code, raw = db.execute(sql, (number,)).fetchone()
        quotation = f"{cell_label(table, code)}：{raw or ''}"
    else:
        sql = f'select start, "end", text from {scope} where id = ?'
        start, end, quotation = db.execute(sql, (number,)).fetchone()
    return (None if start is None else in_view(page.indexed, start, end)), quotation


def _passage(
    db: Database, page: _Page, statement: int | None, fact: Span | None, words: Sequence[str]
) -> tuple[Span, str | None, str | None]:
    """The passage as a span of the view, with the section and label it stands under."""
    key, places = page.indexed.key, page.indexed.places
    if statement is not None:
        start, end, section, label = db.execute(_BY_ID, (statement,)).fetchone()
        whole = in_view(page.indexed, start, end)
        passage = whole if fits(whole) else widen(key, best_window(key, words, whole), whole)
        return passage, section, label
    window = fact or best_window(key, words, page.whole)
    first, last = (places[window[0]], places[window[1] - 1] + 1) if window[0] < window[1] else (0, 0)
    row = db.execute(_AROUND, (page.report_id, first, last)).fetchone()
    if row is None:
        section = db.execute(_SECTION, (page.report_id, first, first)).fetchone()
        return widen(key, window, page.whole), section[0] if section else None, None
    whole = in_view(page.indexed, row[0], row[1])
    if fits(whole):
        return whole, row[2], row[3]
    return widen(key, fact or best_window(key, words, whole), whole), row[2], row[3]
