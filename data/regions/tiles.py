"""Provinces as tiles of a grid, for maps that count each of them alike."""

import re
from functools import cache
from pathlib import Path

import msgspec

from ..errors import ResourceError
from ..word_lists import read_rows

_TILES = Path(__file__).with_name("tiles.tsv")


class Tile(msgspec.Struct, frozen=True):
    """Where a province stands: `code` by GB/T 2260, its place from the upper left, its short names."""

    code: str
    row: int
    column: int
    chinese: str
    english: str


@cache
def tiles() -> tuple[Tile, ...]:
    """The tiles, from north to south."""
    return read_tiles(_TILES)


def read_tiles(path: Path) -> tuple[Tile, ...]:
    """Tiles of a file; raises ResourceError for a row that is malformed, or a place or code taken twice."""
    found: list[Tile] = []
    taken: set[object] = set()
    for number, (code, row, column, chinese, english) in read_rows(path, 5):
        if not re.fullmatch(r"\d{2}0000", code) or not (row.isdecimal() and column.isdecimal()):
            raise ResourceError(f"{path.name}:{number}: write a province's code, row, column and two names.")
        place = (int(row), int(column))
        if code in taken or place in taken:
            raise ResourceError(f"{path.name}:{number}: {code} or its place {place} stands twice; move it.")
        taken |= {code, place}
        found.append(Tile(code, *place, chinese, english))
    return tuple(found)
