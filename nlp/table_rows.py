"""What a table shows row by row, blanks kept: grids, and lines with bars or tabs."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from .table_cells import Cells, Piece
from .table_numbers import cell_content
from .table_slots import Slots

_UNIT_CELL = re.compile(r"人次|件次|万元|[条件次篇个人元项份]")


class Shown(NamedTuple):
    """A row as shown: the index of its slot where a label stands by it, and its cells.

    `complete` says whether blank cells are kept among `cells`, `closed` is False where the text may have
    broken off before the row's end, `offset` is the grid's column of the first cell.
    """

    slot: int | None
    cells: tuple[Piece, ...]
    complete: bool = False
    closed: bool = True
    offset: int = 0


def grid_rows(rows: Sequence[Cells], slots: Slots) -> list[Shown]:
    """The rows of numbers in a grid, blanks kept; rows of heads are left out."""
    if slots.table.layout == "one_row":
        return _side_by_side(rows, slots)
    return [shown for row in rows for shown in _labelled(row, slots)]


def _labelled(row: Cells, slots: Slots) -> Iterator[Shown]:
    label, slot, kind, rows = -1, None, "", 0
    for column, piece in enumerate(row):
        if piece is None or not piece.text or (label >= 0 and cell_content(piece.text)):
            continue
        said, found = slots.cell(piece.text)
        rows += found is not None and not slots.slots[found].row.totals_children
        if said in ("row", "group"):
            label, slot, kind = column, found, said
        elif said and label < 0:
            kind = said
    if kind in ("", "row") and rows <= 1:
        yield from _shown(row, label, slot, slots)


def _shown(row: Cells, label: int, slot: int | None, slots: Slots) -> Iterator[Shown]:
    cells = [(at, piece) for at, piece in enumerate(row) if at > label and piece is not None]
    while cells and _is_text(cells[0][1], slot, slots, last=len(cells) == 1):
        del cells[0]
    pieces = tuple(piece for _, piece in cells)
    if slot is None and not any(cell_content(piece.text) and piece.text for piece in pieces):
        return
    yield Shown(slot, pieces, complete=True, offset=cells[0][0] if cells else 0)


def _is_text(piece: Piece, slot: int | None, slots: Slots, *, last: bool) -> bool:
    """Whether a cell before the numbers holds a unit, the row's printed number or words.

    The last cell is a value, should it be the row's number too.
    """
    if not piece.text:
        return False
    if slot is not None and not last and piece.text == slots.slots[slot].row.number:
        return True
    return bool(_UNIT_CELL.fullmatch(piece.text)) or not cell_content(piece.text)


def _side_by_side(rows: Iterable[Cells], slots: Slots) -> list[Shown]:
    """All numbers of the rows under the heads as one row."""
    pieces: list[Piece] = []
    blanks: list[Piece] = []
    headed = False
    for row in rows:
        shown = [piece for piece in row if piece is not None]
        filled = [piece for piece in shown if piece.text]
        numbers = [piece for piece in filled if cell_content(piece.text, signed=True)]
        if numbers and len(numbers) * 2 > len(filled):
            first = shown.index(numbers[0])
            words = [at for at, piece in enumerate(shown[:first]) if piece.text]
            pieces.extend(shown[words[-1] + 1 if words else 0 :])
        elif filled:
            headed = headed or any(slots.cell(piece.text)[0] for piece in filled)
            blanks = []
        elif headed and not blanks:
            blanks = shown
    found = tuple(pieces or blanks)
    return [Shown(0, found, complete=True)] if found else []
