"""Rows of numbers put into the rows of a form: by the labels beside them, or by the form's order."""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate, islice, pairwise
from typing import NamedTuple

from .table_cells import Piece
from .table_rows import Shown
from .table_slots import Slots

# A number never begins with 0 before another digit: these are numbers without a blank between.
_GLUED = re.compile(r"0\d{1,39}")
_GLUED_MAX = 24
# So many rows without label at either end were not torn but are not shown.
_CUT_MIN = 3


class Placement(NamedTuple):
    """The cells of each placed slot, and why others were not placed."""

    cells: dict[int, tuple[Piece, ...]]
    notes: tuple[str, ...]


class _Row(NamedTuple):
    """A row as shown, with its cells cut to the form's columns; None where they do not fit."""

    slot: int | None
    cells: tuple[Piece, ...] | None
    shown: Shown


def place(rows: Sequence[Shown], slots: Slots) -> Placement:
    """Every row where its label or the form's order proves its place; the rest is named in `notes`.

    A row between two labelled ones is placed only where as many rows of numbers as rows of the form stand
    between them. A label without numbers is a blank row, unless numbers are left over around it.
    """
    return _Placing(rows, slots).result()


class _Placing:
    def __init__(self, rows: Sequence[Shown], slots: Slots) -> None:
        self.slots = slots
        self.active = _active(rows, slots)
        self.notes: list[str] = []
        self.placed: dict[int, tuple[Piece, ...]] = {}
        self.margins = _Margins(rows, self._width)
        self.glued = any(_GLUED.fullmatch(row.cells[0].text) for row in rows if len(row.cells) == 1)
        self.rows = [_Row(row.slot, self._fit(row), row) for row in rows]

    def result(self) -> Placement:
        """Labelled rows first, then what stands between them."""
        anchors = self._anchors()
        edges = [(-1, -1), *anchors, (len(self.rows), len(self.slots.slots))]
        for (row, slot), (next_row, next_slot) in pairwise(edges):
            open_end = next_row == len(self.rows)
            self._between(self.rows[row + 1 : next_row], range(slot + 1, next_slot), open_end or row < 0)
        return Placement(self.placed, tuple(dict.fromkeys(self.notes)))

    def _width(self, slot: int | None) -> int:
        """Columns of a slot; of one not known, those of the table's widest block."""
        if slot is not None:
            return self._row_width(slot)
        return self._widest

    @cached_property
    def _widest(self) -> int:
        return max(map(self._row_width, range(len(self.slots.slots))))

    def _row_width(self, slot: int) -> int:
        columns = len(self.slots.columns(slot))
        return columns * len(self.slots.slots) if self.slots.table.layout == "one_row" else columns

    def _label(self, slot: int) -> str:
        return self.slots.slots[slot].row.label

    def _fit(self, row: Shown) -> tuple[Piece, ...] | None:
        width, cells = self._width(row.slot), row.cells
        if len(cells) == width:
            return cells
        if not row.complete:
            return _unglued(cells[0], width) if self.glued and len(cells) == 1 else None
        filled = [at for at, cell in enumerate(cells) if cell.text]
        if not filled and cells and row.slot is not None:
            return tuple(cells[min(at, len(cells) - 1)] for at in range(width))
        starts = [
            start
            for start in range(len(cells) - width + 1)
            if not filled or (start <= filled[0] and filled[-1] < start + width)
        ]
        if len(starts) > 1:
            starts = [start for start in starts if self.margins.fits(row, start)]
        return cells[starts[0] : starts[0] + width] if len(starts) == 1 else None

    def _anchors(self) -> list[tuple[int, int]]:
        """Index and slot of the labelled rows that fit, as far as they keep the form's order."""
        anchors: list[tuple[int, int]] = []
        for at, row in enumerate(self.rows):
            if row.slot is None or not row.shown.cells:
                continue
            if row.cells is None:
                self._refuse(row)
            elif row.slot in self.placed:
                if _texts(row.cells) != _texts(self.placed[row.slot]):
                    self.notes.append(f"「{self._label(row.slot)}」出现两次且不一致，取前一次")
                continue
            else:
                self.placed[row.slot] = row.cells
            anchors.append((at, row.slot))
        return _rising(anchors)

    def _refuse(self, row: _Row) -> None:
        number = sum(bool(cell.text) for cell in row.shown.cells)
        self.notes.append(
            f"「{self._label(row.slot or 0)}」有{number}个数，应有{self._width(row.slot)}个，"
            "无法对应各列，未填"
        )

    def _between(self, rows: Sequence[_Row], slots: range, outer: bool) -> None:
        """Place the rows between two labelled ones."""
        wanted = [slot for slot in slots if slot in self.active and slot not in self.placed]
        bare = [row.slot for row in rows if row.slot is not None and not row.shown.cells]
        bare = [slot for slot in dict.fromkeys(bare) if slot not in self.placed]
        loose = [row for row in rows if row.slot is None]
        fitting = [row for row in loose if row.cells is not None]
        if not fitting:
            self._blanks(rows, bare, bool(loose))
            return
        for candidates in (wanted, _shown_part(wanted, bare, outer)):
            if len(candidates) == len(fitting) and all(
                self._width(slot) == len(row.cells or ())
                for slot, row in zip(candidates, fitting, strict=True)
            ):
                self.placed.update(
                    (slot, row.cells or ()) for slot, row in zip(candidates, fitting, strict=True)
                )
                return
        self.notes.append(f"{len(fitting)}行数字对应表中{len(wanted)}行，无法确定，未填")

    def _blanks(self, rows: Sequence[_Row], bare: Sequence[int], leftover: bool) -> None:
        """Rows with a label and no number are blank where no number nearby may be theirs."""
        for slot in bare:
            if slot not in self.active:
                continue
            closed = all(row.shown.closed for row in rows if row.slot == slot)
            if leftover or _torn(self.rows):
                self.notes.append(f"「{self._label(slot)}」没有数字，附近的数字无法对应，未填")
            elif closed:
                self.placed[slot] = (Piece(""),) * self._width(slot)
            else:
                self.notes.append(f"文本到「{self._label(slot)}」为止，未见其数字")


def _unglued(cell: Piece, width: int) -> tuple[Piece, ...] | None:
    """The numbers of a row that stand without a blank between, where they can be parted in one way only."""
    text = cell.text
    if width < 2 or not text.isdigit() or not width <= len(text) <= _GLUED_MAX:
        return None
    found = _partings(text, width)
    if len(found) != 1:
        return None
    start = cell.start or 0
    edges = list(accumulate(map(len, found[0]), initial=0))
    return tuple(Piece(text[a:b], start + a, start + b) for a, b in pairwise(edges))


# The ends of a number are parted anew for each of its beginnings.
@lru_cache(maxsize=1024)
def _partings(digits: str, width: int) -> tuple[tuple[str, ...], ...]:
    """The first two ways to cut digits into `width` numbers of which none begins with a needless 0."""
    if width == 1:
        return ((digits,),) if digits == "0" or digits[0] != "0" else ()
    ways = (
        (digits[:cut], *rest)
        for cut in range(1, min(len(digits), 2 if digits[0] == "0" else len(digits) - width + 2))
        for rest in _partings(digits[cut:], width - 1)
    )
    return tuple(islice(ways, 2))


def _shown_part(wanted: Sequence[int], bare: Sequence[int], outer: bool) -> list[int]:
    """Of the rows before the first labelled one or after the last, those a broken-off text may show."""
    if not outer or not bare:
        return []
    before = [slot for slot in wanted if slot < min(bare)]
    after = [slot for slot in wanted if slot > max(bare)]
    hidden = {slot for part in (before, after) if len(part) >= _CUT_MIN for slot in part}
    return [slot for slot in wanted if slot not in hidden]


def _active(rows: Sequence[Shown], slots: Slots) -> frozenset[int]:
    """The slots this table has: optional rows where shown, a totalled group's rows or else its head."""
    seen = {row.slot for row in rows if row.slot is not None}
    active = set(range(len(slots.slots)))
    for at, slot in enumerate(slots.slots):
        if slot.row.optional and at not in seen:
            active.discard(at)
        if slot.row.totals_children:
            children = {index for index, each in enumerate(slots.slots) if each.row.parent == slot.row.code}
            own = any(row.slot == at and row.cells for row in rows)
            active -= {at} if seen & children and not own else children - seen
    return frozenset(active)


class _Margins:
    """Where numbers begin among padding, learnt from the rows where it is beyond doubt.

    Grids keep the numbers in the same columns; crawls move the padding of merged labels to the row's end,
    so that numbers begin right after the label.
    """

    def __init__(self, rows: Sequence[Shown], width: Callable[[int | None], int]) -> None:
        found: set[tuple[int, int]] = set()
        for row in rows:
            filled = [at for at, cell in enumerate(row.cells) if cell.text]
            if filled and row.complete and filled[-1] - filled[0] + 1 == width(row.slot) > 1:
                found.add((row.offset + filled[0], filled[0]))
        self._columns = {column for column, _ in found}
        self._after = {after for _, after in found}

    def fits(self, row: Shown, start: int) -> bool:
        """Whether a row's numbers may begin at `start`, as those of the other rows do."""
        by_column = len(self._columns) == 1 and row.offset + start in self._columns
        by_label = len(self._after) == 1 and start in self._after
        if len(self._columns) == 1 and len(self._after) == 1:
            return by_column and by_label
        return by_column or by_label


def _rising(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Anchors without those whose slot comes before an earlier one's."""
    kept: list[tuple[int, int]] = []
    for anchor in anchors:
        if not kept or anchor[1] > kept[-1][1]:
            kept.append(anchor)
    return kept


def _torn(rows: Sequence[_Row]) -> bool:
    """Whether lines that stood before were left out, so that a missing number says nothing.

    The sign: some row is short of numbers, and no number of the table stands twice.
    """
    loose = [row for row in rows if not row.shown.complete]
    numbers = [cell.text for row in loose for cell in row.shown.cells]
    short = any(row.shown.cells and row.cells is None for row in loose)
    return short and len(numbers) == len(set(numbers))


def _texts(cells: Sequence[Piece]) -> list[str]:
    return [cell.text for cell in cells]
