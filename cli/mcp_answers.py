"""What the tools of `nianbao mcp` answer: bounded pages of rows, each with its report, year and place."""

from collections.abc import Sequence
from fnmatch import fnmatchcase
from typing import Any, Literal, NamedTuple

import msgspec

from ..data.errors import NotFound, QueryError
from ..data.records import Cell, Report
from ..data.store import Filters, Scope, Selection, Sort, Store
from ..data.store.views import PanelColumn, panel_columns

FactKind = Literal[
    "statements", "counts", "dates", "zeros", "citations", "organisations", "people", "sections", "cells"
]
RowKind = Literal[
    "statements",
    "problems",
    "plans",
    "initiatives",
    "counts",
    "dates",
    "zeros",
    "citations",
    "cells",
    "checks",
]
Answer = dict[str, Any]

# An answer holds so many at most, so that it stays under a few hundred thousand characters.
HITS_MAX = 50
ROWS_MAX = 200
PANEL_MAX = 50
CHARACTERS_MAX = 20_000
_FACTS_MAX = 300
# Characters of one value; longer ones end there, and their place says where the rest is.
_VALUE_MAX = 2_000
_TABLES = {"cells": "table_cells"}
# Columns of checks that hold lists.
_LISTS = frozenset({"cells", "places"})
# Columns that mean something in the database alone.
_INTERNAL = frozenset({"id", "n", "table_id", "problem_id"})


class Chosen(NamedTuple):
    """Which reports: those a query and filters are true of."""

    query: str | None
    filters: Filters

    def of(self, table: str, **more: Any) -> Selection:  # noqa: ANN401 - fields of Selection
        """The rows of a table that belong to these reports."""
        return Selection(table=table, query=self.query, filters=self.filters, **more)


def find(
    store: Store, query: str, kind: Scope, filters: Filters, sort: Sort, limit: int, after: str | None
) -> Answer:
    """Hits of a search with the passage, its place, and the places of the words; `next` goes on."""
    narrow = msgspec.structs.asdict(filters)
    found = store.search(query, in_=kind, sort=sort, limit=limit, after=after, **narrow)
    hits = [_plain(hit, leave_out=("marks", "statement_id")) for hit in found.hits]
    return {"total": found.total, "hits": hits, "next": found.next}


def read_report(store: Store, key: str, start: int, characters: int, kinds: Sequence[FactKind]) -> Answer:
    """A slice of a report's text from `start` on, and the facts of these kinds that begin in it.

    `next_start` is where the following slice begins, None at the end: read on from there, and every fact
    comes once.
    """
    report = store.report(key)
    length = len(report.text)
    if start > length:
        raise QueryError(f"start {start}: the text of {report.id} has {length} characters.")
    stop = min(start + characters, length)
    facts = [(kind, fact) for kind in kinds for fact in _facts(report, kind) if start <= _start(fact) < stop]
    facts.sort(key=lambda pair: _start(pair[1]))
    if len(facts) > _FACTS_MAX:
        # The slice ends before the first fact too many; those that begin at one place stay together.
        stop = max(_start(facts[_FACTS_MAX][1]), start + 1)
        facts = [pair for pair in facts if _start(pair[1]) < stop]
    by_kind: dict[str, list[Answer]] = {kind: [] for kind in kinds}
    for kind, fact in facts:
        by_kind[kind].append(fact)
    return {
        "report": _head(report),
        "start": start,
        "end": stop,
        "text": report.text[start:stop],
        "next_start": stop if stop < length else None,
        "facts": by_kind,
    }


def _head(report: Report) -> Answer:
    names = ("id", "title", "org", "year", "genre", "level", "region", "published", "form")
    return {name: _plain(getattr(report, name)) for name in names} | {"length": len(report.text)}


def _facts(report: Report, kind: FactKind) -> list[Answer]:
    """Facts of a kind; cells that have no place come with the beginning of the text."""
    if kind != "cells":
        return [_plain(fact) for fact in getattr(report, kind)]
    return [
        {"table": table.table, "form": table.form, "code": code} | _plain(cell)
        for table in report.tables
        for code, cell in table.cells.items()
    ]


def _start(fact: Answer) -> int:
    return int(fact["start"] or 0)


def list_rows(store: Store, kind: RowKind, chosen: Chosen, limit: int, after: str | None) -> Answer:
    """Rows of a kind of fact, of the reports chosen, with body, year and title of each."""
    table = _TABLES.get(kind, kind)
    plain = "org" in store.types(Selection(table=table))
    return _page(store, chosen.of(table, named=not plain), limit, after)


def list_panel(
    store: Store, chosen: Chosen, columns: Sequence[str] | None, limit: int, after: str | None
) -> Answer:
    """Rows of body and year with their figures and the places of these; what is blank is left out."""
    known = {column.column: column for column in panel_columns()}
    unknown = [name for name in columns or () if name not in known]
    if unknown:
        raise NotFound(f"The panel has no column {unknown[0]!r}; there are {', '.join(known)}.")
    page = _page(store, chosen.of("panel"), limit, after)
    for row in page["rows"]:
        report = store.report(row["report_id"])
        wanted = columns or [name for name in row if name in known]
        figures = {name: row[name] for name in wanted if row.get(name) is not None}
        places = {name: _places(report, known[name]) for name in figures}
        for name in known:
            row.pop(name, None)
        row |= {"figures": figures, "places": places}
    return page


def _places(report: Report, column: PanelColumn) -> list[tuple[int, int]]:
    """Where the cells stand that a column's figure is made of: those of the first code that has any."""
    for table, code in column.cells:
        cells = [
            cell
            for one in report.tables
            if one.table == table
            for name, cell in one.cells.items()
            if fnmatchcase(name, code) and cell.state in ("value", "zero")
        ]
        if cells:
            return [place for place in map(_place, cells) if place]
    return []


def _place(cell: Cell) -> tuple[int, int] | None:
    return None if cell.start is None or cell.end is None else (cell.start, cell.end)


def columns_of_panel() -> list[Answer]:
    """The columns of the panel with their labels and units."""
    return [
        {"column": one.column, "chinese": one.chinese, "english": one.english, "unit": one.unit}
        for one in panel_columns()
    ]


def _page(store: Store, selection: Selection, limit: int, after: str | None) -> Answer:
    """So many rows after a key, with the number of all and the key of the next page."""
    first = _offset(after)
    total = store.count(selection)
    names = list(store.types(selection))
    rows = [_row(names, values) for values in store.select(selection, first, min(first + limit, total))]
    titles = {name: store.report(name).title for name in {row["report_id"] for row in rows}}
    rows = [{"title": titles[row["report_id"]]} | row for row in rows]
    following = first + len(rows)
    return {"total": total, "rows": rows, "next": str(following) if rows and following < total else None}


def _offset(after: str | None) -> int:
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) < 12):
        raise QueryError(f"{after!r} is no key of a page; give the `next` of the page before.")
    return int(after)


def _row(names: Sequence[str], values: Sequence[Any]) -> Answer:
    row = {name: value for name, value in zip(names, values, strict=True) if name not in _INTERNAL}
    return {name: _value(name, value) for name, value in row.items()}


def _value(name: str, value: object) -> object:
    """A value as JSON: lists of a check are kept as JSON, and a long text ends where its place goes on."""
    if not isinstance(value, str):
        return value
    return msgspec.json.decode(value) if name in _LISTS else value[:_VALUE_MAX]


def _plain(value: object, leave_out: Sequence[str] = ()) -> Any:  # noqa: ANN401 - JSON
    """A record as JSON has it."""
    built = msgspec.to_builtins(value)
    return {name: one for name, one in built.items() if name not in leave_out} if leave_out else built
