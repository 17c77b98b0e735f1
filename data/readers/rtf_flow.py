"""Paragraphs and table rows of a Rich Text file, gathered as they come."""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from .composition import Composition
from .number_forms import with_number
from .spanned_rows import Piece, add_rows

# Sides of cells nearer than this are one (twips: twentieths of a point; Word's cell padding is 108).
_SAME_SIDE = 100
# Word shows at most 63 columns.
_COLUMNS_MAX = 100


class Edge(NamedTuple):
    """The right side of a cell, and whether it goes on with the cell at its left or above."""

    right: int
    beside: bool
    below: bool


class _Row(NamedTuple):
    left: int
    edges: Sequence[Edge]
    cells: Sequence[Sequence[str]]


class Flow:
    """The text of the body, of a note, of a text box or of a list number."""

    def __init__(self) -> None:
        self.in_table = False
        self.number = ""
        self._pieces: list[str] = []
        self._lines: list[str] = []
        self._cells: list[Sequence[str]] = []
        self._blocks: list[str | list[_Row]] = []
        self._boxes: list[Flow] = []
        self._notes: list[Flow] = []

    def add(self, text: str) -> None:
        """Go on with the paragraph."""
        self._pieces.append(text)

    def add_box(self, box: "Flow") -> None:
        """Add a text box, which is to follow the paragraph."""
        self._boxes.append(box)

    def add_note(self, note: "Flow") -> None:
        """Add a note, which is to stand at the end."""
        self._notes.append(note)

    def end_paragraph(self) -> None:
        """End the paragraph."""
        lines = self._taken()
        if self.in_table:
            self._lines += lines
        else:
            self._blocks += lines
        for box in self._boxes:
            self._blocks += box.closed()
        self._boxes.clear()

    def end_cell(self) -> None:
        """End a cell of a table."""
        self._cells.append((*self._lines, *self._taken()))
        self._lines = []

    def end_row(self, left: int, edges: Sequence[Edge]) -> None:
        """End a row whose cells are ruled by `edges`, beginning at `left`."""
        if not self._blocks or isinstance(self._blocks[-1], str):
            self._blocks.append([])
        table = self._blocks[-1]
        if isinstance(table, list) and self._cells:
            table.append(_Row(left, tuple(edges[:_COLUMNS_MAX]), self._cells))
        self._cells = []

    def closed(self) -> list[str | list[_Row]]:
        """All blocks, the last paragraph ended."""
        self._blocks += self._lines + [" ".join(" ".join(cell) for cell in self._cells)] * bool(self._cells)
        self._lines, self._cells, self.in_table = [], [], False
        if self._pieces or self.number:
            self.end_paragraph()
        for note in self._notes:
            self._blocks += note.closed()
        self._notes.clear()
        return self._blocks

    def compose(self, composition: Composition) -> None:
        """Add everything to `composition`."""
        for block in self.closed():
            if isinstance(block, str):
                composition.add_line(block)
            elif block:
                add_rows(_ruled(block), composition)

    def plain(self) -> str:
        """What was gathered so far of the open paragraph."""
        return "".join(self._pieces)

    def _taken(self) -> list[str]:
        # Characters beyond the first plane come as two halves.
        text = "".join(self._pieces).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
        shown = with_number(self.number, text.strip(" \x00").replace("\x00", ""))
        self._pieces, self.number = [], ""
        return shown.split("\n")


def _ruled(rows: Sequence[_Row]) -> list[list[Piece]]:
    """Rows with their spans counted in the columns of all rows together."""
    sides: list[int] = []
    for side in sorted({side for row in rows for side in (row.left, *(edge.right for edge in row.edges))}):
        if not sides or side - sides[-1] > _SAME_SIDE:
            sides.append(side)
    return [_pieces(row, sides) for row in rows]


def _pieces(row: _Row, sides: Sequence[int]) -> list[Piece]:
    ends = [_column(sides, side) for side in (row.left, *(edge.right for edge in row.edges))]
    widths = [max(1, right - left) for left, right in pairwise(ends)]
    pieces = [Piece((), ends[0])] if ends[0] and widths else []
    for index, lines in enumerate(row.cells):
        edge = row.edges[index] if index < len(row.edges) else Edge(0, beside=False, below=False)
        width = widths[index] if index < len(widths) else 1
        if edge.beside and pieces:
            pieces[-1] = pieces[-1]._replace(colspan=pieces[-1].colspan + width)
        else:
            pieces.append(Piece(lines, width, covered=edge.below))
    return pieces


def _column(sides: Sequence[int], side: int) -> int:
    """Which of `sides` is meant: the last one that is not further right than `side`."""
    return max(0, bisect_left(sides, side + 1) - 1)
