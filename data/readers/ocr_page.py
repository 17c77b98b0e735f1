"""A recognised page: its lines in reading order and its ruled tables.

The page is first turned upright and level. Cells that the recogniser left out or ran together (it overlooks
lone figures) are then recognised each by itself.
"""

import math
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from .ocr import Piece, Recogniser
from .ocr_rules import drawn_grids, ink, without_stamps
from .pdf_grids import RuledCell
from .pdf_lines import Glyph, Line, TableBlock, placed_lines

if TYPE_CHECKING:
    from .ocr import Picture

# A line is this much longer than high (or higher than long) before it tells how the page lies.
_LONG = 3.0
# Below this mean certainty the page is tried upside down; upright pages have 0.9 and more, turned ones 0.6.
_UPRIGHT_SCORE = 0.8
# Turned by less than this (degrees) a page is level: over a page's width that is a quarter of a line.
_LEVEL = 0.15
# A line that reaches this far (of its height) over its cell's side runs over two cells.
_OVER = 0.6
# A cell is empty unless a sign in it is this high or wide (of the page's lines); less is dirt.
_SIGN = 0.4
# A cell's signs are in one line where they are less high than this many lines.
_ONE_LINE = 1.7
# Left free of a cell's sides, and put around what is cut out (of a line's height).
_INSET, _MARGIN = 0.12, 0.3


class RecognisedPage(NamedTuple):
    """Lines and tables from top to bottom, and how sure the recogniser is of them, between 0 and 1."""

    blocks: list[str | TableBlock]
    score: float


def recognised_page(picture: "Picture", points: float, recogniser: Recogniser) -> RecognisedPage:
    """What a picture (height, width, 3) shows; a pixel measures `points`."""
    picture, pieces = _upright(without_stamps(picture, points), recogniser)
    if not pieces:
        return RecognisedPage([], 0.0)
    picture, lines = _levelled(picture, pieces)
    mask = ink(picture)
    tables = [TableBlock(grid) for grid in drawn_grids(mask, points)]
    page = _Page(picture, mask, points, median(line.bottom - line.top for line in lines), recogniser)
    outside = _sorted_out(lines, tables, page)
    blocks: list[tuple[float, str | TableBlock]] = [
        (table.top, table) for table in tables if not table.is_empty
    ]
    order: list[tuple[float, str | TableBlock]] = [*placed_lines(_in_columns(outside))]
    if blocks:
        order = sorted([*blocks, *order], key=lambda placed: placed[0])
    return RecognisedPage([block for _, block in order], _sureness(pieces))


class _Page(NamedTuple):
    """A level page: its picture and ink, the size of a pixel and the height of a line in pixels."""

    picture: "Picture"
    mask: "Picture"
    points: float
    line: float
    recogniser: Recogniser


def _sureness(pieces: Sequence[Piece]) -> float:
    return sum(piece.score * len(piece.text) for piece in pieces) / max(1, sum(len(p.text) for p in pieces))


def _upright(picture: "Picture", recogniser: Recogniser) -> tuple["Picture", list[Piece]]:
    """The picture turned by quarters so that its lines run across and are legible."""
    import numpy as np

    pieces = recogniser.pieces(picture)
    if _lies(pieces):
        picture = np.ascontiguousarray(np.rot90(picture))
        pieces = recogniser.pieces(picture)
    if pieces and _sureness(pieces) < _UPRIGHT_SCORE:
        turned = np.ascontiguousarray(np.rot90(picture, 2))
        others = recogniser.pieces(turned)
        if _sureness(others) > max(_UPRIGHT_SCORE, _sureness(pieces)):
            return turned, others
    return picture, pieces


def _lies(pieces: Iterable[Piece]) -> bool:
    """Whether most long lines run down the page."""
    down = across = 0
    for piece in pieces:
        width, height = _sides(piece)
        down += height > _LONG * width
        across += width > _LONG * height
    return down > across


def _sides(piece: Piece) -> tuple[float, float]:
    upper_left, upper_right, _, lower_left = piece.corners
    return math.dist(upper_left, upper_right), math.dist(upper_left, lower_left)


def _levelled(picture: "Picture", pieces: list[Piece]) -> tuple["Picture", list[Line]]:
    """The picture turned so that its lines are level, and the lines in its pixels."""
    import cv2
    import numpy as np

    slopes = [_slope(piece) for piece in pieces if _sides(piece)[0] > _LONG * _sides(piece)[1]]
    slope = median(slopes) if slopes else 0.0
    if abs(slope) < _LEVEL:
        return picture, [_line(piece.text, piece.corners) for piece in pieces]
    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), slope, 1.0)
    level = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
    lines = [_line(piece.text, piece.corners @ turn[:, :2].T + turn[:, 2]) for piece in pieces]
    return np.asarray(level, np.uint8), lines


def _slope(piece: Piece) -> float:
    (x0, y0), (x1, y1) = piece.corners[:2].tolist()
    return math.degrees(math.atan2(y1 - y0, x1 - x0))


def _line(text: str, corners: Iterable[Iterable[float]]) -> Line:
    xs, ys = zip(*corners, strict=True)
    return Line(Glyph(text.strip(), min(xs), min(ys), max(xs), max(ys)))


def _sorted_out(lines: list[Line], tables: list[TableBlock], page: _Page) -> list[Line]:
    """The lines outside the tables, in points; those inside go to their cells."""
    outside: list[Line] = []
    inside: dict[int, dict[RuledCell, list[Line]]] = {index: {} for index in range(len(tables))}
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        line.scale(page.points)
        x, y = (line.left + line.right) / 2, (line.top + line.bottom) / 2
        for index, table in enumerate(tables):
            if cell := table.cell_at(x, y):
                inside[index].setdefault(cell, []).append(line)
                break
        else:
            outside.append(line)
    for index, table in enumerate(tables):
        _fill(table, inside[index], page)
    return outside


def _fill(table: TableBlock, found: dict[RuledCell, list[Line]], page: _Page) -> None:
    """Put the lines found into the cells of a table; recognise again what is run together or left out."""
    unsure: set[RuledCell] = set()
    for cell, lines in found.items():
        for line in lines:
            unsure |= _run_over(table, cell, line)
    for cell in table.cells:
        lines = found.get(cell, [])
        if cell in unsure or not lines:
            lines = _recognised_cell(table, cell, page)
        for line in lines:
            table.put(cell, Glyph(line.text, line.left, line.top, line.right, line.bottom))


def _run_over(table: TableBlock, cell: RuledCell, line: Line) -> set[RuledCell]:
    """The cells that a line covers, where they are more than its own."""
    over = _OVER * (line.bottom - line.top)
    y = (line.top + line.bottom) / 2
    ends = {table.cell_at(line.left + over, y), table.cell_at(line.right - over, y)} - {None}
    return {found for found in {*ends, cell} if found} if ends != {cell} else set()


def _recognised_cell(table: TableBlock, cell: RuledCell, page: _Page) -> list[Line]:
    """The lines of a cell, recognised by itself; none where it is blank."""
    import numpy as np

    inset = max(2.0, _INSET * page.line)
    left, top, right, bottom = (side / page.points for side in table.box(cell))
    box = round(left + inset), round(top + inset), round(right - inset), round(bottom - inset)
    signs = _signs(page, *box)
    if signs is None:
        return []
    margin = round(_MARGIN * page.line)
    left, top = max(box[0], signs[0] - margin), max(box[1], signs[1] - margin)
    right, bottom = min(box[2], signs[2] + margin), min(box[3], signs[3] + margin)
    cut = page.picture[top:bottom, left:right]
    if signs[3] - signs[1] > _ONE_LINE * page.line:
        pieces = page.recogniser.pieces(cut)
        lines = [_line(piece.text, piece.corners + np.array([left, top])) for piece in pieces]
    else:
        lines = [Line(Glyph(page.recogniser.line(cut), *signs))]
    for line in lines:
        line.scale(page.points)
    return [line for line in lines if line.text]


def _signs(page: _Page, left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int] | None:
    """The box around the signs in a box of the page, dirt left out; None where there are none."""
    import cv2
    import numpy as np

    inner = page.mask[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
    if not inner.size:
        return None
    _, _, stats, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(inner))
    signs = [box for box in stats[1:].tolist() if max(box[2], box[3]) >= _SIGN * page.line]
    if not signs:
        return None
    xs, ys = [box[0] for box in signs], [box[1] for box in signs]
    ends = max(box[0] + box[2] for box in signs), max(box[1] + box[3] for box in signs)
    return left + min(xs), top + min(ys), left + ends[0], top + ends[1]


# Two lines side by side of which each is this long (in heights) are columns of prose; so many such pairs
# make a page of columns.
_COLUMN_LINE = 8.0
_COLUMN_PAIRS = 6


def _in_columns(lines: list[Line]) -> list[Line]:
    """Lines from the top; where prose stands in two columns, the left one before the right one."""
    lines = sorted(lines, key=lambda line: (line.top + line.bottom) / 2)
    pairs = [
        (one, other)
        for above, below in pairwise(lines)
        for one, other in [sorted((above, below), key=lambda line: line.left)]
        if _is_pair(one, other)
    ]
    if len(pairs) < _COLUMN_PAIRS:
        return lines
    gutter = median((one.right + other.left) / 2 for one, other in pairs)
    ordered: list[Line] = []
    right: list[Line] = []
    for line in lines:
        if line.left < gutter < line.right - (line.bottom - line.top):
            ordered += right
            right = []
        (right if line.left >= gutter else ordered).append(line)
    return ordered + right


def _is_pair(one: Line, other: Line) -> bool:
    height = min(one.bottom - one.top, other.bottom - other.top)
    long = all(line.right - line.left > _COLUMN_LINE * height for line in (one, other))
    level = min(one.bottom, other.bottom) - max(one.top, other.top) > height / 2
    return long and level and one.right < other.left
