"""Cells of the official tables by what people call them: an indicator's name, a label or a code."""

import difflib
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

import msgspec

from ..errors import QueryError
from ..forms import load_forms
from ..indicators import indicators
from ..query import search_key
from .views import PanelColumn, panel_columns

_NAMES_SHOWN = 8
_REMARK = re.compile(r"\([^()]*\)")
# Columns that stand for a whole row.
_WHOLE = ("total", "count")


class Cells(msgspec.Struct, frozen=True, kw_only=True):
    """The cells meant, as `table/row.column`; `column` of the panel where its figure is a sum of them."""

    codes: tuple[str, ...]
    column: PanelColumn | None = None


def find_cells(name: str) -> Cells:
    """The cells of this name or code; raises QueryError naming what comes near."""
    key = _key(name)
    found = _named().get(key) or _coded(key)
    if found:
        return found
    holding = sorted((each for each in _named() if key in each), key=len)
    if holding and all(each.startswith(holding[0]) for each in holding):
        return _named()[holding[0]]
    near = holding or difflib.get_close_matches(key, _named(), _NAMES_SHOWN, 0.5)
    names = "、".join(near[:_NAMES_SHOWN]) or "、".join(list(_named())[:_NAMES_SHOWN])
    which = "is the name of several cells" if holding else "is the name of no cell"
    raise QueryError(f"{name!r} {which}; choose from {names}")


@cache
def cells_labelled(word: str) -> tuple[str, ...]:
    """The cells (`table/row.column`) whose row, column or indicator is labelled with `word`."""
    return tuple(code for code, labels in _labels().items() if any(word in label for label in labels))


def cell_label(table: str, code: str) -> str:
    """How the form labels a cell: its row, and its column where there are several; its code if unknown."""
    return _labels().get(f"{table}/{code}", (code,))[0]


def _key(name: str) -> str:
    return _REMARK.sub("", search_key(name)).replace(" ", "")


def _coded(key: str) -> Cells | None:
    """By `table/row.column`, `row.column` or `row`."""
    if not key.isascii():
        return None
    whole = tuple(f"{key}.{column}" for column in _WHOLE)
    names = {key, *whole}
    found = tuple(code for code in _labels() if code in names or code.partition("/")[2] in names)
    return Cells(codes=found) if found else None


@cache
def _named() -> dict[str, Cells]:
    """Cells by the names of the panel's columns and of the indicators."""
    named: dict[str, Cells] = {}
    for column in panel_columns():
        codes = tuple(code for table, pattern in column.cells for code in _fitting(table, pattern))
        summed = any("*" in pattern for _, pattern in column.cells)
        cells = Cells(codes=codes, column=column if summed else None)
        named.setdefault(_key(column.chinese), cells)
        named.setdefault(column.column, cells)
    for indicator in indicators("disclosure"):
        codes = tuple(f"{table}/{code}" for table, code in indicator.cells)
        if codes:
            named.setdefault(_key(indicator.label), Cells(codes=codes))
    return named


def _fitting(table: str, pattern: str) -> list[str]:
    return [code for code in _labels() if fnmatchcase(code, f"{table}/{pattern}")]


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    """Labels of every cell of every form, the form's own first."""
    labels: dict[str, dict[str, None]] = {}
    for code, label in _printed():
        labels.setdefault(code, {})[search_key(label)] = None
    for column in panel_columns():
        for table, pattern in column.cells:
            if "*" not in pattern:
                labels.setdefault(f"{table}/{pattern}", {})[search_key(column.chinese)] = None
    return {code: tuple(known) for code, known in labels.items()}


def _printed() -> Iterator[tuple[str, str]]:
    for form in load_forms().values():
        for table in form.tables:
            for block in table.blocks:
                for row in block.rows:
                    for column in block.columns:
                        many = len(block.columns) > 1
                        label = f"{row.label}·{column.label}" if many and column.label else row.label
                        if row.kind == "value" or row.totals_children:
                            yield f"{table.table}/{row.code}.{column.code}", label
