"""Tables as rows of cells, from grids, from markup, and from lines with bars or tabs."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ..data.folding import fold
from ..data.records import Grid, GridCell
from .markup import blank_unseen

_TAG = re.compile(r"<(/?)(table|tr|td|th)\b([^<>]*)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_SPAN = re.compile(r"\b(row|col)span\s{0,9}=\s{0,9}[\"']?\s{0,9}(\d{1,3})", re.IGNORECASE)
_SHOWN = re.compile(r"<[^<>]*>|&(?:nbsp|ensp|emsp|thinsp|zwnj|#160|#xa0|#12288);|\s", re.IGNORECASE)
_RULE = re.compile(r"[\s|:=+-]*")
_BREAK_TAG = re.compile(r"<(?:br|p|div)\b", re.IGNORECASE)
# Wider spans than this are layout.
_SPAN_MAX = 40
# Cells of a grid with its spans spelled out; beyond this no more are. The largest report has 3,000.
_ROOM = 1_000_000


class Piece(NamedTuple):
    """A cell's folded text and its place in the text; a blank cell has the place where it would stand."""

    text: str
    start: int | None = None
    end: int | None = None


# A row of a grid: a cell that a span covers is None, so that an index is a column.
Cells = list[Piece | None]


def grid_cells(grid: Grid) -> list[Cells]:
    """A grid's rows with its spans spelled out, as far as there is room for them."""
    rows: list[Cells] = []
    covered: dict[int, int] = {}
    room = _ROOM
    for shown in grid.rows:
        row: Cells = []
        covered = {column: left - 1 for column, left in covered.items() if left > 1 and room > 0}
        for cell in shown:
            while len(row) in covered:
                row.append(None)
            for offset in range(min(cell.colspan, _SPAN_MAX) if room > 0 else 1):
                if cell.rowspan > 1:
                    covered[len(row)] = cell.rowspan
                row.append(None if offset else Piece(fold(cell.text).strip(), cell.start, cell.end))
        while len(row) in covered and covered[len(row)] < _SPAN_MAX:
            row.append(None)
        room -= len(row) + len(covered)
        rows.append(row)
    return rows


def markup_grids(text: str) -> tuple[Grid, ...]:
    """The tables of HTML in `text`, cells with their places in it; end tags may be missing."""
    grids: list[Grid] = []
    rows: list[list[GridCell]] = []
    first = 0
    opened: tuple[int, str] | None = None
    text = blank_unseen(text)
    for tag in _TAG.finditer(text):
        name = tag[2].lower()
        if opened:
            rows[-1].append(_cell(text, *opened, tag.start()))
            opened = None
        if name == "table":
            grids.extend(_grid(rows, first, tag.end()))
            rows, first = [], tag.start()
        elif name == "tr" and not tag[1]:
            rows.append([])
        elif name in ("td", "th") and not tag[1]:
            if not rows:
                rows.append([])
            opened = (tag.end(), tag[3])
    if opened and rows:
        rows[-1].append(_cell(text, *opened, len(text)))
    return (*grids, *_grid(rows, first, len(text)))


def _grid(rows: list[list[GridCell]], start: int, end: int) -> Iterator[Grid]:
    if any(rows):
        yield Grid(rows=tuple(tuple(row) for row in rows if row), start=start, end=end)


def _cell(text: str, start: int, attributes: str, end: int) -> GridCell:
    spans = {name.lower(): int(number) for name, number in _SPAN.findall(attributes)}
    inner = text[start:end]
    shown = html.unescape(_ANY_TAG.sub("", _BREAK_TAG.sub(r"\n\g<0>", inner))).strip()
    while start < end and (unseen := _SHOWN.match(text, start, end)):
        start = unseen.end()
    while blanks := _unseen_end(text, start, end):
        end -= blanks
    return GridCell(
        text=shown,
        start=start,
        end=max(start, end),
        rowspan=max(1, spans.get("row", 1)),
        colspan=max(1, spans.get("col", 1)),
    )


_UNSEEN_END = re.compile(r"(?:<[^<>]{0,400}>|&(?:nbsp|ensp|emsp|thinsp|zwnj|#160|#xa0|#12288);|\s)$")


def _unseen_end(text: str, start: int, end: int) -> int:
    """How much at the end of `text[start:end]` shows nothing: one tag, entity or blank."""
    if end <= start:
        return 0
    matched = _UNSEEN_END.search(text[max(start, end - 400) : end])
    return len(matched.group()) if matched else 0


def line_cells(folded: str, start: int, end: int) -> Iterator[Cells]:
    """Rows of the lines in `folded[start:end]`, cells parted by bars or else by tabs."""
    at = folded.rfind("\n", 0, start) + 1
    while at < end:
        stop = folded.find("\n", at)
        stop = len(folded) if stop < 0 else stop
        line = folded[at:stop]
        if line.strip() and not ("--" in line and _RULE.fullmatch(line)):
            yield list(_split(line, at))
        at = stop + 1


def _split(line: str, at: int) -> Iterable[Piece]:
    mark = "|" if "|" in line else "\t"
    left, right = 0, len(line)
    if mark == "|":
        stripped = line.rstrip()
        if line.lstrip().startswith("|"):
            left = line.index("|") + 1
            right = len(stripped) - (stripped.endswith("|") and len(stripped) > left)
    place = left
    for text in line[left:right].split(mark):
        bare = text.strip()
        start = at + place + (len(text) - len(text.lstrip()) if bare else 0)
        yield Piece(bare, start, start + len(bare))
        place += len(text) + 1
