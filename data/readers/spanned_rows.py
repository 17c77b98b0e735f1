"""Rows of a table as documents keep them: what a merged cell covers is marked, not left out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from .composition import Composition, PlainCell, one_line

# A cell that holds more than this in several paragraphs is a page laid out by a table; the longest label of
# the official forms has 60 characters.
_LAYOUT_CELL = 400
_LAYOUT_PARAGRAPHS = 3
# No form of a report has as many columns; more are a slip of the file.
_COLUMNS_MAX = 1000


class Piece(NamedTuple):
    """A cell of a row: its lines, the columns it spans, and whether it belongs to the cell above."""

    lines: Sequence[str]
    colspan: int = 1
    covered: bool = False


def is_layout(rows: Iterable[Sequence[Piece]]) -> bool:
    """Whether a table lays out a page: one column, or long prose in a cell."""
    widest = 0
    for row in rows:
        widest = max(widest, len(row))
        for piece in row:
            shown = [line for line in piece.lines if line.strip()]
            if len(shown) >= _LAYOUT_PARAGRAPHS and sum(map(len, shown)) > _LAYOUT_CELL:
                return True
    return widest < 2


def add_rows(rows: Iterable[Sequence[Piece]], composition: Composition) -> None:
    """Add a table: as a grid, or line by line where it only lays out a page."""
    rows = list(rows)
    if is_layout(rows):
        for row in rows:
            for piece in row:
                for line in piece.lines:
                    composition.add_line(line)
    elif rows:
        composition.add_grid(spanned(rows))


def spanned(rows: Iterable[Sequence[Piece]]) -> list[list[PlainCell]]:
    """Rows in which a merged cell stands once, at its upper left; rows that show nothing are left out."""
    cells: list[list[PlainCell]] = []
    begun: dict[int, tuple[int, int]] = {}
    for row in rows:
        here: list[PlainCell] = []
        reached: dict[int, tuple[int, int]] = {}
        column = 0
        for piece in row:
            above = begun.get(column) if piece.covered else None
            reached[column] = above or (len(cells), len(here))
            if above is None:
                text = one_line(piece.lines)
                here.append(PlainCell(text, colspan=piece.colspan))
            column += min(max(1, piece.colspan), _COLUMNS_MAX)
        if here:
            for place, (number, index) in reached.items():
                if number < len(cells):
                    cells[number][index] = _taller(cells[number][index])
                    reached[place] = number, index
            cells.append(here)
        begun = reached if here else begun
    return cells


def _taller(cell: PlainCell) -> PlainCell:
    return cell._replace(rowspan=cell.rowspan + 1)
