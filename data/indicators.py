"""The indicators whose figures a summary shows, read from `lexicon/indicators.tsv`."""

import re
from functools import cache
from pathlib import Path

import msgspec

from .errors import ResourceError
from .lines import data_lines
from .records import Genre

_FILE = Path(__file__).with_name("lexicon") / "indicators.tsv"


class Indicator(msgspec.Struct, frozen=True):
    """A figure to look for: in a cell of the tables, else by what is counted, in what, after which words."""

    genre: str
    label: str
    units: frozenset[str]
    item: re.Pattern[str]
    before: re.Pattern[str] | None
    cells: tuple[tuple[str, str], ...]


@cache
def indicators(genre: Genre) -> tuple[Indicator, ...]:
    """The indicators of a genre, in order of showing."""
    return tuple(one for one in _read() if one.genre == genre)


def _cell(written: str) -> tuple[str, str]:
    """`table/row.column` as (table, code)."""
    table, _, code = written.partition("/")
    if not table or "." not in code:
        raise ValueError(f"{written!r} is no table/row.column")
    return table, code


@cache
def _read() -> tuple[Indicator, ...]:
    found = []
    for number, line in data_lines(_FILE):
        try:
            genre, label, units, item, before, cells = line.split("\t")
            found.append(
                Indicator(
                    genre,
                    label,
                    frozenset(units.split("|")),
                    re.compile(item),
                    None if before == "-" else re.compile(before),
                    tuple(_cell(cell) for cell in cells.split("|") if cell != "-"),
                )
            )
        except (ValueError, re.error) as error:
            raise ResourceError(f"{_FILE.name}:{number}: not an indicator of six fields: {error}.") from None
    return tuple(found)
