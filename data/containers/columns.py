"""Which column of a table holds the reports, and what the others say of them."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from ..errors import UnknownFormat
from ..word_lists import read_lists

_APART = re.compile(r"[\s_\-\ufeff]+")
_TEXT = "text"
# Columns named in a message: more would hide what it says.
_NAMED = 20


@cache
def _known() -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Names of the text column, the likeliest first, and the label of every other known name."""
    lists = read_lists(Path(__file__).with_name("columns.tsv"))
    return lists[_TEXT], {word: label for label, words in lists.items() if label != _TEXT for word in words}


def text_column(columns: Sequence[str], wanted: str | None = None) -> int | None:
    """The place of the column `wanted`, else of the one called as texts usually are; None where none is."""
    folded = [_folded(column) for column in columns]
    sought = (_folded(wanted),) if wanted else _known()[0]
    return next((folded.index(name) for name in sought if name in folded), None)


def missing_column(name: str, columns: Sequence[str], wanted: str | None) -> UnknownFormat:
    """The error of a table without a text column."""
    there = "、".join(column for column in columns[:_NAMED] if column) or "none"
    lacks = f"no column {wanted!r}" if wanted else "no column that is called as texts usually are"
    return UnknownFormat(
        f"{name}: this table has {lacks}; its columns are {there}. "
        "Name the one that holds the reports: --text-column NAME."
    )


def labelled(cells: Mapping[str, str]) -> dict[str, str]:
    """Cells that are not empty, under the labels of their columns; the first of those with the same label."""
    fields: dict[str, str] = {}
    for column, value in cells.items():
        if value.strip():
            fields.setdefault(_known()[1].get(_folded(column), column.strip()), value.strip())
    return fields


def _folded(column: str) -> str:
    return _APART.sub("", column).casefold()
