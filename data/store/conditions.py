"""Conditions of a query in SQL: `r` is the report, `f` the row of a kind of fact. Values are parameters."""

import json
import re
from collections.abc import Callable
from typing import Any

from ..query import Between, CellIs, Condition, Contains, Is, Quantity
from .cell_names import find_cells
from .views import panel_value

Put = Callable[[Any], str]

# The table that holds the rows of each kind.
TABLES = {
    "statements": "statements",
    "counts": "counts",
    "dates": "dates",
    "zeros": "zeros",
    "citations": "citations",
    "cells": "table_cells",
}
# The columns of a row that its words are looked for in.
TEXTS = {
    "counts": ("text", "item"),
    "dates": ("text",),
    "zeros": ("text", "item"),
    "citations": ("text", "title", "number"),
}
_REGION_CODE = re.compile(r"\d{2}(?:\d{2}){0,2}")
_IN_TABLE = "exists (select 1 from {} h where h.report_id = r.id)"
# Left to itself SQLite looks through all statements of a label for each report. Initiatives are many: one is
# soon met among a report's own.
_INITIATIVE = (
    "exists (select 1 from statements h indexed by idx_statements_report_id_n "
    "where h.report_id = r.id and h.label = 'initiative')"
)
_LABELLED = "r.id in (select h.report_id from statements h where h.label = '{}')"
_THINGS = {
    "initiative": _INITIATIVE,
    **{label: _LABELLED.format(label) for label in ("problem", "plan")},
    "count": _IN_TABLE.format("counts"),
    "date": _IN_TABLE.format("dates"),
    "zero": _IN_TABLE.format("zeros"),
    "citation": _IN_TABLE.format("citations"),
    "person": _IN_TABLE.format("people"),
    "organisation": _IN_TABLE.format("organisations"),
    "table": _IN_TABLE.format("tables"),
    "cell": _IN_TABLE.format("table_cells"),
    "mismatch": "exists (select 1 from checks h where h.report_id = r.id and h.state = 'fails')",
    "title": "r.title is not null",
    "year": "r.year is not null",
    "region": "(r.region_code is not null or r.province is not null)",
    "published": "r.published is not null",
}
_CODES = {
    "genre": "r.genre",
    "level": "r.level",
    "label": "f.label",
    "category": "f.category",
    "section": "f.section",
}
_NUMBERED = "(f.state in ('value', 'zero') and f.value is not null)"


def condition_sql(condition: Condition, put: Put) -> str:
    """SQL that is 1 or 0 for each row, never NULL; `put` makes a value a parameter.

    Raises QueryError where a name in it is unknown.
    """
    match condition.value:
        case Is(code=code):
            return _is(condition.field, code, put)
        case Contains(text=text):
            return _contains(condition.field, text, put)
        case Between() as bounds:
            return _between(condition.field, bounds, put)
        case Quantity() as quantity:
            return _quantity(quantity, put)
        case CellIs() as cell:
            return _cell(cell, put)


def sum_condition(condition: Condition, put: Put) -> str | None:
    """SQL about the report where a cell's figure is a sum of several; None where it is one cell's."""
    value = condition.value
    if not isinstance(value, CellIs) or value.state is not None:
        return None
    cells = find_cells(value.name)
    if cells.column is None:
        return None
    figure = panel_value(cells.column)
    within = _bounded("(" + figure + ")", value.bounds or Between(), put)
    # Only these codes are read; the figure itself says which belong together.
    return (
        "r.id in (select c.report_id from table_cells c where c.state in ('value', 'zero') "
        f"and {_among('c', cells.codes, put)} group by c.report_id having {within})"
    )


def holds_text(columns: tuple[str, ...], text: str, put: Put) -> str:
    """SQL: one of the columns of `f` holds the text."""
    mark = put(text)
    parts = (f"instr(as_viewed(coalesce(f.{column}, '')), {mark}) > 0" for column in columns)
    return f"({' or '.join(parts)})"


def cells_among(codes: tuple[str, ...], put: Put) -> str:
    """SQL: `f` is one of these cells, written `table/row.column`."""
    return _among("f", codes, put)


def _among(alias: str, codes: tuple[str, ...], put: Put) -> str:
    short = put(json.dumps([code.partition("/")[2] for code in codes]))
    full = put(json.dumps(codes))
    return (
        f"({alias}.code in (select value from json_each({short})) "
        f"and {alias}.\"table\" || '/' || {alias}.code in (select value from json_each({full})))"
    )


def _is(field: str, code: str, put: Put) -> str:
    if field == "has":
        return _THINGS[code]
    if field in _CODES:
        return f"({_CODES[field]} is {put(code)})"
    column = "r.form" if field == "form" else "f.unit"
    mark = put(code)
    return f"({column} is {mark} or ({column} is not null and as_viewed({column}) = {mark}))"


def _contains(field: str, text: str, put: Put) -> str:
    match field:
        case "region":
            return _region(text, put)
        case "province" | "city" | "county":
            return _starts(field, put(text))
        case "org" | "title":
            return f"(instr(as_viewed(coalesce(r.{field}, '')), {put(text)}) > 0)"
        case "item":
            return holds_text(("item",), text, put)
        case "zero":
            return holds_text(TEXTS["zeros"], text, put)
    return holds_text(TEXTS["citations"], text, put)


def _starts(column: str, mark: str) -> str:
    return f"(instr(as_viewed(coalesce(r.{column}, '')), {mark}) = 1)"


def _region(region: str, put: Put) -> str:
    if _REGION_CODE.fullmatch(region):
        mark = put(re.sub(r"(?:00)+$", "", region) + "*")
        return f"(r.region_code is not null and r.region_code glob {mark})"
    mark = put(region)
    return f"({' or '.join(_starts(column, mark) for column in ('province', 'city', 'county'))})"


def _between(field: str, bounds: Between, put: Put) -> str:
    if field == "date":
        first = Between(low=bounds.low, low_open=bounds.low_open)
        last = Between(high=bounds.high, high_open=bounds.high_open)
        return f"({_bounded('f.iso_start', first, put)} and {_bounded('f.iso_end', last, put)})"
    return _bounded(f"r.{field}", bounds, put)


def _bounded(column: str, bounds: Between, put: Put) -> str:
    parts = [f"{column} is not null"]
    if bounds.low is not None:
        parts.append(f"{column} {'>' if bounds.low_open else '>='} {put(bounds.low)}")
    if bounds.high is not None:
        parts.append(f"{column} {'<' if bounds.high_open else '<='} {put(bounds.high)}")
    return f"({' and '.join(parts)})"


def _quantity(quantity: Quantity, put: Put) -> str:
    parts = [_bounded("f.value", quantity.bounds or Between(), put)]
    if quantity.unit:
        parts.append(_is("unit", quantity.unit, put))
    if quantity.item:
        parts.append(holds_text(("item",), quantity.item, put))
    return f"({' and '.join(parts)})"


def _cell(cell: CellIs, put: Put) -> str:
    parts = [cells_among(find_cells(cell.name).codes, put)]
    if cell.state:
        parts.append(f"f.state = {put(cell.state)}")
    else:
        parts += [_NUMBERED, _bounded("f.value", cell.bounds or Between(), put)]
    return f"({' and '.join(parts)})"
