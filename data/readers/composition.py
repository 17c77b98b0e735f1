"""A source text put together line by line, with its grids placed in it."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ..records import Grid, GridCell

_ALNUM = re.compile(r"[0-9A-Za-z]")


class PlainCell(NamedTuple):
    """A cell before it has a place: its text on one line and how many rows and columns it spans."""

    text: str
    rowspan: int = 1
    colspan: int = 1


class Composition:
    """Lines and grids in reading order; `text` is the whole, `grids` quote from it.

    A grid's row is one line, its cells parted by tabs, so that `text[cell.start:cell.end] == cell.text`.
    """

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._length = 0
        self._grids: list[Grid] = []
        self._breaks = ""

    @property
    def text(self) -> str:
        """Everything added so far, lines joined by line feeds."""
        return "\n".join(self._lines)

    @property
    def grids(self) -> tuple[Grid, ...]:
        """The grids added so far, in order."""
        return tuple(self._grids)

    def add_line(self, line: str) -> None:
        """Add a line, which holds no line feed."""
        self._lines.append(self._breaks + line)
        self._length += len(self._breaks) + len(line) + 1
        self._breaks = ""

    def break_page(self) -> None:
        """Let the next line begin a page: a form feed stands before it."""
        self._breaks += "\f"

    def add_grid(self, rows: Iterable[Sequence[PlainCell]]) -> None:
        """Add a grid; a row without cells is left out, and a grid without rows altogether."""
        start = self._length + len(self._breaks)
        placed = tuple(self._add_row(row) for row in rows if row)
        if placed:
            self._grids.append(Grid(rows=placed, start=start, end=self._length - 1))

    def extend_grid(self, rows: Iterable[Sequence[PlainCell]]) -> None:
        """Add `rows` to the last grid, whatever lines were added since; its `end` moves to theirs."""
        placed = tuple(self._add_row(row) for row in rows if row)
        last = self._grids.pop()
        self._grids.append(Grid(rows=last.rows + placed, start=last.start, end=self._length - 1))

    def _add_row(self, row: Sequence[PlainCell]) -> tuple[GridCell, ...]:
        at, placed = self._length + len(self._breaks), []
        for text, rowspan, colspan in row:
            end = at + len(text)
            placed.append(GridCell(text=text, start=at, end=end, rowspan=rowspan, colspan=colspan))
            at = end + 1
        self.add_line("\t".join(cell.text for cell in row))
        return tuple(placed)


def one_line(pieces: Iterable[str]) -> str:
    """`pieces` of a cell as one line: Chinese is joined without a blank, letters and digits with one."""
    joined = ""
    for piece in (" ".join(piece.split()) for piece in pieces):
        apart = joined and piece and _ALNUM.match(joined[-1]) and _ALNUM.match(piece[0])
        joined += f" {piece}" if apart else piece
    return joined
