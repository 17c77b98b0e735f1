"""Tables of a PDF page, from the lines that rule them.

Boxes filled behind words, which Word writes for shaded text, are no rules: pdfplumber's table finder takes
them for rows of a table, a whole page of prose at a time. So only strokes and thin boxes count here.
"""

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pypdfium2
from pypdfium2 import raw

# Boxes thinner than this are lines drawn as boxes (points; Word's are 0.5, the thickest frames 2.3).
_THIN = 3.0
# Ends and crossings of rules that should meet lie this far apart at most (points).
_NEAR = 3.0
# Of a unit's side this share must be ruled to part two cells.
_RULED_SHARE = 0.5
# More crossings than this (the largest form has 40 by 12) are a drawing.
_CROSSINGS_MAX = 40_000
# A page of more paths than this, or a path of more corners, is a drawing: a form of 40 by 12 cells whose
# every side is a path of its own has 2,000.
_PATHS_MAX, _CORNERS_MAX = 20_000, 2_000


Point = tuple[float, float]


def shown_at(point: Point, rotation: int) -> Point:
    """A point of the page's own space as shown after turning by `rotation` degrees, y downwards."""
    x, y = point
    return {0: (x, -y), 90: (y, x), 180: (-x, y), 270: (-y, -x)}[rotation]


class Rule(NamedTuple):
    """A straight line along one axis: at `at` on the other axis, from `start` to `end`."""

    at: float
    start: float
    end: float


class RuledCell(NamedTuple):
    """A cell as `[left, right)` and `[top, bottom)` among the grid's columns and rows."""

    left: int
    right: int
    top: int
    bottom: int


class RuledGrid(NamedTuple):
    """A ruled table: where its columns (`xs`) and its rows (`ys`, downwards) part, and its cells."""

    xs: list[float]
    ys: list[float]
    cells: list[RuledCell]


def ruled_grids(page: pypdfium2.PdfPage) -> list[RuledGrid]:
    """The page's ruled tables of two cells or more, from the top."""
    return grids_between(*_rules(page))


def grids_between(across: Iterable[Rule], down: Iterable[Rule]) -> list[RuledGrid]:
    """The tables of two cells or more that rules make (in points), from the top."""
    across, down = _merged(across), _merged(down)
    if not across or not down or len(across) * len(down) > _CROSSINGS_MAX:
        return []
    grids = [_grid(*group) for group in _connected(across, down)]
    return sorted((grid for grid in grids if len(grid.cells) > 1), key=lambda grid: grid.ys[0])


def _rules(page: pypdfium2.PdfPage) -> tuple[list[Rule], list[Rule]]:
    across: list[Rule] = []
    down: list[Rule] = []
    rotation = page.get_rotation()
    for number, path in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH])):
        if number >= _PATHS_MAX:
            return [], []
        if raw.FPDFPath_CountSegments(path) > _CORNERS_MAX:
            continue
        stroked = _is_stroked(path)
        for points in _outlines(path, rotation):
            for (x0, y0), (x1, y1) in _strokes(points, stroked):
                if abs(y1 - y0) <= _THIN and abs(x1 - x0) > _THIN:
                    across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
                elif abs(x1 - x0) <= _THIN and abs(y1 - y0) > _THIN:
                    down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
    return across, down


def _strokes(points: list[Point], stroked: bool) -> Iterator[tuple[Point, Point]]:
    """The lines of an outline: the diagonal of a thin box, each side of a stroked one."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    lower, upper = (min(xs), min(ys)), (max(xs), max(ys))
    if min(upper[0] - lower[0], upper[1] - lower[1]) <= _THIN:
        yield lower, upper
    elif stroked:
        yield from pairwise(points)


def _is_stroked(path: pypdfium2.PdfObject) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and bool(stroke.value)


def _outlines(path: pypdfium2.PdfObject, rotation: int) -> list[list[Point]]:
    """Corner points of each part of a path as the page shows it; curves by their ends."""
    matrix = path.get_matrix()
    holder = path.container
    while holder is not None:
        matrix = matrix.multiply(holder.get_matrix())
        holder = holder.container
    outlines: list[list[Point]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        corner = shown_at(matrix.on_point(x.value, y.value), rotation)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not outlines:
            outlines.append([])
        outlines[-1].append(corner)
        if raw.FPDFPathSegment_GetClose(segment):
            outlines[-1].append(outlines[-1][0])
    return outlines


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rules on one line that touch, as one."""
    merged: list[Rule] = []
    for line in _clustered(sorted(rules)):
        at = sum(rule.at for rule in line) / len(line)
        open_start, open_end = None, 0.0
        for _, start, end in sorted(line, key=lambda rule: rule.start):
            if open_start is not None and start <= open_end + _NEAR:
                open_end = max(open_end, end)
                continue
            if open_start is not None:
                merged.append(Rule(at, open_start, open_end))
            open_start, open_end = start, end
        if open_start is not None:
            merged.append(Rule(at, open_start, open_end))
    return merged


def _clustered(rules: list[Rule]) -> Iterator[list[Rule]]:
    cluster: list[Rule] = []
    for rule in rules:
        if cluster and rule.at - cluster[0].at > _NEAR:
            yield cluster
            cluster = []
        cluster.append(rule)
    if cluster:
        yield cluster


def _connected(across: list[Rule], down: list[Rule]) -> Iterator[tuple[list[Rule], list[Rule]]]:
    """Rules grouped by which cross or meet; groups with lines both ways alone."""
    left = set(range(len(down)))
    waiting = set(range(len(across)))
    while waiting:
        rows, columns, fresh = set(), set(), {waiting.pop()}
        while fresh:
            rows |= fresh
            met = {c for c in left for r in fresh if _meet(across[r], down[c])}
            left -= met
            columns |= met
            fresh = {r for r in waiting for c in met if _meet(across[r], down[c])}
            waiting -= fresh
        if columns:
            yield [across[r] for r in rows], [down[c] for c in columns]


def _meet(row: Rule, column: Rule) -> bool:
    return (
        row.start - _NEAR <= column.at <= row.end + _NEAR
        and column.start - _NEAR <= row.at <= column.end + _NEAR
    )


def _places(rules: list[Rule], crossing: list[Rule]) -> list[float]:
    """Where a grid parts along one axis: at its rules, and where the crossing ones end (open sides)."""
    places: list[float] = []
    ends = [rule.start for rule in crossing], [rule.end for rule in crossing]
    for at in sorted({*(rule.at for rule in rules), min(ends[0]), max(ends[1])}):
        if not places or at - places[-1] > _NEAR:
            places.append(at)
    return places


def _grid(across: list[Rule], down: list[Rule]) -> RuledGrid:
    xs, ys = _places(down, across), _places(across, down)
    below = [[_ruled(across, y, x0, x1) for x0, x1 in pairwise(xs)] for y in ys]
    right = [[_ruled(down, x, y0, y1) for y0, y1 in pairwise(ys)] for x in xs]
    free = {(row, column) for row in range(len(ys) - 1) for column in range(len(xs) - 1)}
    cells = []
    for row, column in sorted(free):
        if (row, column) in free:
            cell = _cell(row, column, free, below, right)
            free -= {(r, c) for r in range(cell.top, cell.bottom) for c in range(cell.left, cell.right)}
            cells.append(cell)
    return _squeezed(xs, ys, cells)


def _ruled(rules: list[Rule], at: float, start: float, end: float) -> bool:
    covered = sum(
        max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in rules if abs(rule.at - at) <= _NEAR
    )
    return covered >= _RULED_SHARE * (end - start)


def _cell(
    row: int, column: int, free: set[tuple[int, int]], below: list[list[bool]], right: list[list[bool]]
) -> RuledCell:
    """The widest, then deepest cell from its upper left unit to the next rules."""
    end = column + 1
    while (row, end) in free and not right[end][row]:
        end += 1
    bottom = row + 1
    while all((bottom, c) in free and not below[bottom][c] for c in range(column, end)):
        bottom += 1
    return RuledCell(column, end, row, bottom)


def _squeezed(xs: list[float], ys: list[float], cells: list[RuledCell]) -> RuledGrid:
    """The grid without rows and columns in which no cell begins."""
    columns = sorted({cell.left for cell in cells})
    rows = sorted({cell.top for cell in cells})
    column_at = {old: sum(column < old for column in columns) for old in range(len(xs))}
    row_at = {old: sum(row < old for row in rows) for old in range(len(ys))}
    squeezed = [
        RuledCell(column_at[left], column_at[right], row_at[top], row_at[bottom])
        for left, right, top, bottom in cells
    ]
    return RuledGrid([xs[c] for c in columns] + xs[-1:], [ys[r] for r in rows] + ys[-1:], squeezed)
