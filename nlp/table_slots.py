"""The rows of a form's table that may hold numbers, and which of them a label names."""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ..data.forms import Block, Column, Form, FormTable, Row, load_forms
from .table_labels import Meaning, cell_label, core_of, meanings


class Slot(NamedTuple):
    """A row that may hold numbers, with its block."""

    row: Row
    block: Block


class Slots:
    """The slots of a table in printed order, and what labels mean in it.

    One wording may stand for several rows (被依法纠错数): it then means the next one after the last found.
    """

    def __init__(self, form: Form, table: FormTable) -> None:
        self.form = form
        self.table = table
        self.slots = _slots(form.id, table.table)
        self.columns_seen: set[str] = set()
        self._codes = {slot.row.code: at for at, slot in enumerate(self.slots)}
        self._meanings = _meanings(form.id, table.table)
        self._last = -1

    def kind(self, core: str) -> str:
        """What a label is here: `row`, `group`, `head`, `column`, `title`, or empty for no label of it."""
        kinds = [each.kind for each in self._meant(core)]
        return "row" if "row" in kinds else kinds[0] if kinds else ""

    def find(self, core: str) -> int | None:
        """Index of the slot that a row's label names."""
        return self._pick([each.code for each in self._meant(core) if each.kind == "row"])

    def cell(self, text: str) -> tuple[str, int | None]:
        """Kind and slot of what a whole cell says; kind is empty where it is no label."""
        label = cell_label(text, self.form, self.table)
        if not label:
            return "", None
        kind, code = label
        if kind == "column":
            self.columns_seen.add(code)
        return kind, (self.find(core_of(text)) or self._pick([code])) if kind == "row" else None

    def note_columns(self, core: str) -> None:
        """Remember the column that a head names."""
        self.columns_seen.update(each.code for each in self._meant(core) if each.kind == "column")

    def columns(self, slot: int) -> tuple[Column, ...]:
        """The columns of a slot as this table shows them: optional ones where their head was seen."""
        block = self.slots[slot].block
        if len(block.value_columns) == len(block.columns):
            return block.columns
        return tuple(
            column for column in block.columns if not column.optional or column.code in self.columns_seen
        )

    def same_rows(self, form: Form) -> bool:
        """Whether `form` has a table of this name with the same rows and columns."""
        mine = self.table.addresses
        return any(table.table == self.table.table and table.addresses == mine for table in form.tables)

    def _meant(self, core: str) -> Sequence[Meaning]:
        return self._meanings.get(core, ())

    def _pick(self, codes: Sequence[str]) -> int | None:
        found = sorted(self._codes[code] for code in codes if code in self._codes)
        if not found:
            return None
        self._last = next((at for at in found if at > self._last), found[0])
        return self._last


# By the names of form and table: forms themselves are slow to hash.
@cache
def _slots(form: str, table: str) -> tuple[Slot, ...]:
    return tuple(
        Slot(row, block)
        for block in load_forms()[form].table(table).blocks
        for row in block.rows
        if row.kind == "value" or row.totals_children
    )


@cache
def _meanings(form: str, table: str) -> dict[str, tuple[Meaning, ...]]:
    """What labels mean in a table, by core form."""
    found = {
        core: tuple(each for each in known if (each.form, each.table) == (form, table))
        for core, known in meanings().items()
    }
    return {core: meant for core, meant in found.items() if meant}
