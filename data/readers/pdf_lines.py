"""Characters of a PDF page, sorted into lines of text and cells of its ruled tables."""

import ctypes
import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

from .composition import PlainCell, one_line
from .pdf_grids import RuledCell, RuledGrid, ruled_grids, shown_at

# PDFium's signs for a hyphen at a line's end.
_HYPHENS = {0x02: "-", 0xFFFE: "-"}
# Lines that share this much of the lower one's height stand side by side.
_SIDE_BY_SIDE = 0.5
# Side by side with this many characters each, lines are columns of prose, and this many such pairs make a
# page of columns.
_COLUMN_LINE = 12
_COLUMN_PAIRS = 6
# Lines of which one is this many times as high as the other are no pieces of one line.
_AS_HIGH = 3.0
# Text turned further than this from both axes (sine of twice the angle) is a watermark.
_ASLANT = 0.2
# A gap wider than this share of the height stands for a blank.
_GAP = 0.3
# A line was wrapped, perhaps in a number, where no other sign fits before its cell's side less this (points;
# Word keeps 5.4, reportlab 6).
_PADDING = 8.0

# PDFium's loose boxes, even for a line's every sign, are ten times too large for upright text; beyond this
# the tight ones count.
_TOO_LOOSE = 2.5


class Glyph(NamedTuple):
    """A character and its box, y downwards."""

    sign: str
    left: float
    top: float
    right: float
    bottom: float


class Line:
    """Characters set side by side, with the box around them."""

    __slots__ = ("bottom", "left", "right", "text", "top")

    def __init__(self, glyph: Glyph) -> None:
        self.text, self.left, self.top, self.right, self.bottom = glyph

    def add(self, glyph: Glyph) -> None:
        """Go on with a character."""
        self.text += glyph.sign
        self.left, self.right = min(self.left, glyph.left), max(self.right, glyph.right)
        self.top, self.bottom = min(self.top, glyph.top), max(self.bottom, glyph.bottom)

    def scale(self, factor: float) -> None:
        """Measure its box in another unit."""
        self.left, self.top = self.left * factor, self.top * factor
        self.right, self.bottom = self.right * factor, self.bottom * factor


class TableBlock:
    """A ruled table with its cells' text; `xs` are its columns' sides, from left to right."""

    def __init__(self, grid: RuledGrid) -> None:
        self.xs = grid.xs
        self._grid = grid
        self._pieces: dict[RuledCell, list[Line]] = {cell: [] for cell in grid.cells}
        self._at = {
            (row, column): cell
            for cell in grid.cells
            for row in range(cell.top, cell.bottom)
            for column in range(cell.left, cell.right)
        }

    @property
    def top(self) -> float:
        """Its upper side."""
        return self._grid.ys[0]

    @property
    def cells(self) -> Sequence[RuledCell]:
        """Its cells, a row after the other."""
        return self._grid.cells

    def box(self, cell: RuledCell) -> tuple[float, float, float, float]:
        """Left, upper, right and lower side of a cell."""
        xs, ys = self._grid.xs, self._grid.ys
        return xs[cell.left], ys[cell.top], xs[cell.right], ys[cell.bottom]

    @property
    def is_empty(self) -> bool:
        """Whether no cell has any text, as in a drawing."""
        return not any(self._pieces.values())

    def cell_at(self, x: float, y: float) -> RuledCell | None:
        """The cell around a point."""
        return self._at.get((bisect_right(self._grid.ys, y) - 1, bisect_right(self._grid.xs, x) - 1))

    def put(self, cell: RuledCell, glyph: Glyph) -> None:
        """Add a character to a cell, on a new line where it stands lower or higher than the last."""
        lines = self._pieces[cell]
        if glyph.sign.isspace():
            lines[-1].text += " "
            return
        middle = (glyph.top + glyph.bottom) / 2
        if lines and lines[-1].top < middle < lines[-1].bottom:
            lines[-1].add(glyph)
        else:
            lines.append(Line(glyph))

    def rows(self, xs: list[float] | None = None) -> list[list[PlainCell]]:
        """Rows of cells; spans are counted in columns of `xs` (its own unless given)."""
        columns = xs or self.xs
        rows: list[list[PlainCell]] = [[] for _ in range(len(self._grid.ys) - 1)]
        for cell in sorted(self._grid.cells, key=lambda cell: (cell.top, cell.left)):
            left, right = self.xs[cell.left], self.xs[cell.right]
            span = nearest(columns, right) - nearest(columns, left)
            text = _cell_text(self._pieces[cell], right)
            rows[cell.top].append(PlainCell(text, cell.bottom - cell.top, max(1, span)))
        return rows


def nearest(places: list[float], place: float) -> int:
    """Index of the nearest of `places`."""
    return min(range(len(places)), key=lambda index: abs(places[index] - place))


def _cell_text(lines: list[Line], side: float) -> str:
    """A cell's lines as one; a number wrapped at the cell's side is whole again."""
    pieces: list[str] = []
    wrapped = False
    for line in lines:
        text = line.text.strip()
        if wrapped and text[:1].isdigit() and pieces[-1][-1:].isdigit():
            pieces[-1] += text
        else:
            pieces.append(text)
        wrapped = line.right + (line.bottom - line.top) > side - _PADDING
    return one_line(pieces)


def page_blocks(page: pypdfium2.PdfPage) -> list[str | TableBlock]:
    """What a page shows, from top to bottom: lines of text and tables."""
    tables = [TableBlock(grid) for grid in ruled_grids(page)]
    with_text = page.get_textpage()
    try:
        lines = _sorted_out(_glyphs(with_text, page.get_rotation()), tables)
    finally:
        with_text.close()
    blocks: list[tuple[float, str | TableBlock]] = [
        (table.top, table) for table in tables if not table.is_empty
    ]
    if not blocks:
        return list(_in_order(lines))
    for top, text in placed_lines(lines):
        blocks.append((top, text))
    return [block for _, block in sorted(blocks, key=lambda placed: placed[0])]


def _sorted_out(glyphs: Iterable[Glyph], tables: list[TableBlock]) -> list[Line]:
    """The lines outside the tables, in the file's order; characters inside go to their cells."""
    lines: list[Line] = []
    open_line: Line | None = None
    place: tuple[TableBlock, RuledCell] | None = None
    for glyph in glyphs:
        if glyph.sign in "\r\n":
            open_line = place = None
        elif glyph.sign.isspace():
            # PDFium's own blanks have no box, so a blank goes with what stands before it.
            if open_line is not None:
                open_line.text += " "
            elif place:
                place[0].put(place[1], glyph)
        elif place := _cell_of(glyph, tables):
            place[0].put(place[1], glyph)
            open_line = None
        elif open_line is not None:
            open_line.add(glyph)
        else:
            open_line = Line(glyph)
            lines.append(open_line)
    return lines


def _cell_of(glyph: Glyph, tables: Iterable[TableBlock]) -> tuple[TableBlock, RuledCell] | None:
    x, y = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    for table in tables:
        cell = table.cell_at(x, y)
        if cell:
            return table, cell
    return None


def _glyphs(text: pypdfium2.PdfTextPage, rotation: int) -> Iterable[Glyph]:
    """The page's characters in the file's order, among them the blanks and line ends that PDFium makes."""
    loose = raw.FS_RECTF()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        sign = _HYPHENS.get(code) or chr(code)
        if abs(math.sin(2 * raw.FPDFText_GetCharAngle(text, index))) > _ASLANT and not sign.isspace():
            continue
        raw.FPDFText_GetLooseCharBox(text, index, loose)
        raw.FPDFText_GetCharBox(text, index, left, right, bottom, top)
        wide = loose.right - loose.left > _TOO_LOOSE * (right.value - left.value)
        high = loose.top - loose.bottom > _TOO_LOOSE * (top.value - bottom.value)
        if wide and high:
            corners = (left.value, bottom.value), (right.value, top.value)
        else:
            corners = (loose.left, loose.bottom), (loose.right, loose.top)
        (x0, y0), (x1, y1) = (shown_at(corner, rotation) for corner in corners)
        yield Glyph(sign, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _in_order(lines: list[Line]) -> Iterable[str]:
    return (text for _, text in placed_lines(lines))


def placed_lines(lines: list[Line]) -> list[tuple[float, str]]:
    """Lines with their tops, from above, pieces joined; pages of columns stay in the file's order."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom) / 2):
        if rows and _beside(rows[-1][0], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    columns = sum(1 for row in rows if sum(len(line.text) >= _COLUMN_LINE for line in row) > 1)
    if columns >= _COLUMN_PAIRS:
        return [(line.top, line.text.strip()) for line in lines]
    return [(min(line.top for line in row), _joined(row)) for row in rows]


def _beside(one: Line, other: Line) -> bool:
    heights = sorted((one.bottom - one.top, other.bottom - other.top))
    if heights[1] > _AS_HIGH * heights[0]:
        return False
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SIDE_BY_SIDE * heights[0]


def _joined(row: list[Line]) -> str:
    first, *others = sorted(row, key=lambda line: line.left)
    text, right = first.text, first.right
    for line in others:
        gap = line.left - right > _GAP * (line.bottom - line.top)
        text += (" " if gap else "") + line.text
        right = line.right
    return text.strip()
