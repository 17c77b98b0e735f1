"""What a table shows row by row where its cells are only words and numbers in a row: a cell a line, a row a
line with blanks between, a cell a line with a bar after it, or everything in one line.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .table_cells import Piece
from .table_labels import Hit, is_fragment
from .table_numbers import CELL
from .table_rows import Shown
from .table_slots import Slots
from .table_text import PlainText

_CELL = re.compile(CELL)
_GLUED = re.compile(rf"[\u4e00-\u9fff)]{{1,12}}({CELL})")
_WORD = re.compile(r"[\u4e00-\u9fff]")
_DIGITS = re.compile(r"\d{2,60}")
_NO_CELL_BEFORE = "第"
_NO_CELL_AFTER = re.compile(r"[年月日页%级号]")
_REMARK = re.compile(r"\([^()]{1,60}\)")
# Remarks printed with labels are no longer than this.
_REMARK_MAX = 120
# So many numbers inside brackets are a row between the halves of a label.
_ROW_MIN = 3
# After the last label, words of this length end the table; shorter ones are ends of torn labels.
_WORDS_MIN = 8


class Token(NamedTuple):
    """A `label`, `cell` or `text` in the plain text, or a `blank` or `pad` at a place of the text."""

    kind: str
    start: int
    end: int
    line: int
    core: str = ""


def tokens(text: PlainText, start: int, end: int, hits: Sequence[Hit]) -> list[Token]:
    """Labels, cells, blanks and other words of `plain[start:end]`, up to where the table ends."""
    found: list[Token] = []
    at = start
    for hit in hits:
        found.extend(_between(text, at, hit.start))
        found.append(Token("label", hit.start, hit.end, text.line(hit.end - 1), hit.core))
        at = hit.end
    tail = list(_between(text, at, end))
    return found + tail[: _table_end(text, tail)]


def _table_end(text: PlainText, tail: Sequence[Token]) -> int:
    """How many tokens after the last label belong to the table: up to the first words."""
    cells = False
    for index, token in enumerate(tail):
        cells = cells or token.kind == "cell"
        words = len(_WORD.findall(text.plain, token.start, token.end)) if token.kind == "text" else 0
        if words and (text.plain[token.start] == "(" or is_fragment(text.plain[token.start : token.end])):
            words = 0
        if words >= _WORDS_MIN or (words and cells):
            return index
    return len(tail)


def _between(text: PlainText, start: int, end: int) -> Iterator[Token]:
    """Tokens of a stretch without labels."""
    remark_until = start
    for first, last in text.pieces(start, end):
        if first < remark_until:
            continue
        piece = text.plain[first:last]
        if piece[0] == "(" and (remark_until := _remark_end(text, first, end)) > last:
            yield Token("text", first, remark_until, text.line(first))
            continue
        for token in _piece(text, first, last):
            if token.kind == "cell" and (remark := _REMARK.match(text.plain, token.end, end)):
                remark_until = remark.end()
                token = token._replace(end=remark_until)
            yield token


def _remark_end(text: PlainText, start: int, end: int) -> int:
    """Where a bracketed remark ends; `start` where the bracket is that of a torn label with a row inside."""
    closing = text.plain.find(")", start, min(end, start + _REMARK_MAX))
    numbers = sum(
        bool(_CELL.fullmatch(text.plain, first, last))
        for first, last in text.pieces(start, max(start, closing))
    )
    return closing + 1 if closing > 0 and numbers < _ROW_MIN else start


def _piece(text: PlainText, start: int, end: int) -> Iterator[Token]:
    piece, line = text.plain[start:end], text.line(start)
    glued = None if _CELL.fullmatch(piece) else _GLUED.fullmatch(piece)
    if glued:
        yield Token("text", start, start + glued.start(1), line)
        start, piece = start + glued.start(1), glued[1]
    cell = _CELL.fullmatch(piece) or _DIGITS.fullmatch(piece)
    yield Token("cell" if cell and not _is_dated(text, start, end) else "text", start, end, line)


def _is_dated(text: PlainText, start: int, end: int) -> bool:
    """Whether words of the same line make a number a year, a share or an ordinal."""
    after = _NO_CELL_AFTER.match(text.plain, end) and text.line(end) == text.line(end - 1)
    before = text.plain[max(0, start - 1) : start] == _NO_CELL_BEFORE
    return bool(after or (before and text.line(start - 1) == text.line(start)))


def with_blanks(text: PlainText, found: Sequence[Token]) -> list[Token]:
    """The same tokens with the blank cells and the padding that bars alone on a line show."""
    spread: list[Token] = []
    for token, following in zip(found, [*found[1:], None], strict=True):
        spread.append(token)
        start = text.place(token.end - 1) + 1
        end = text.place(following.start) if following else len(text.folded)
        first, *others = text.folded[start:end].split("\n")
        if first.count("|") > 1:
            spread.append(token._replace(kind="pad", start=token.end))
        at = start + len(first) + 1
        for line in others:
            if (bars := line.count("|")) and not line.strip("| \t"):
                place = at + line.index("|")
                spread.append(Token("blank" if bars == 1 else "pad", place, place, token.line))
            at += len(line) + 1
    return spread


def line_rows(
    text: PlainText, found: Sequence[Token], slots: Slots, barred: bool, more: bool = True
) -> list[Shown]:
    """Rows of numbers in the order of the text, and labels that no number follows, as rows without cells.

    `barred` text has a bar after each cell, blank ones too; `more` says that text follows the table.
    """
    if barred:
        found = with_blanks(text, found)
    for token in found:
        if token.kind == "label":
            slots.note_columns(token.core)
    if slots.table.layout == "one_row":
        cells = tuple(_cell(text, token) for token in _numbers(found))
        return [Shown(0, cells, complete=barred)] if cells else []
    rows = list(_Gathering(text, found, slots, barred).rows())
    if rows and not rows[-1].cells and not more:
        rows[-1] = rows[-1]._replace(closed=False)
    return rows


def _numbers(found: Sequence[Token]) -> list[Token]:
    """Cells of a table with one row, and the blanks beside them; padding and heads part them from others."""
    stretches: list[list[Token]] = [[]]
    for token in found:
        if token.kind in ("cell", "blank"):
            stretches[-1].append(token)
        elif stretches[-1]:
            stretches.append([])
    return [t for each in stretches if any(t.kind == "cell" for t in each) for t in each]


class _Gathering:
    """Goes through the tokens of a table and gathers its rows."""

    def __init__(self, text: PlainText, found: Sequence[Token], slots: Slots, barred: bool) -> None:
        self.text, self.found, self.slots, self.barred = text, found, slots, barred
        lines = Counter(token.line for token in found if token.kind == "cell")
        self.crowded = {line for line, cells in lines.items() if cells > 1}
        self.label: Token | None = None
        self.slot: int | None = None
        self.group: list[Token] = []
        self.padded = False

    def rows(self) -> Iterator[Shown]:
        """The rows in order."""
        for token in self.found:
            if token.kind == "label":
                yield from self._name(token)
            elif token.kind == "pad":
                self.padded = True
            elif token.kind == "cell" or (token.kind == "blank" and not self.padded):
                yield from self._add(token)
        yield from self._end()

    def _end(self) -> Iterator[Shown]:
        """The row gathered so far, or the label that no number followed."""
        if self.group or self.slot is not None:
            cells = tuple(_cell(self.text, token) for token in self.group)
            yield Shown(self.slot, cells, complete=self.barred and bool(cells))
        self.group, self.slot, self.label = [], None, None

    def _name(self, token: Token) -> Iterator[Shown]:
        kind = self.slots.kind(token.core)
        if self.group or kind in ("row", "group"):
            yield from self._end()
        if kind == "row":
            self.label, self.slot = token, self.slots.find(token.core)
        self.padded = False

    def _add(self, token: Token) -> Iterator[Shown]:
        last = self.group[-1] if self.group else self.label
        if last and last.line != token.line and {last.line, token.line} & self.crowded:
            yield from self._end()
        self.group.append(token)


def _cell(text: PlainText, token: Token) -> Piece:
    if token.kind == "blank":
        return Piece("", token.start, token.end)
    start, end = text.place(token.start), text.place(token.end - 1) + 1
    return Piece(text.folded[start:end], start, end)
