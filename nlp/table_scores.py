"""Tables found against marked ones: right, wrong, missing and invented cells, by flattening and in all.

A gold file has a record a line: `id`, `text`, `table`, `cells` (`row.column` to a number, or null where the
cell was shown blank), and may have `form`, `flattening`, `ambiguous`, `unrecoverable` (cells that cannot be
told from the text and are left out), `states` (`row.column` to the cell's state). A key that `cells` does not
have was not shown.
"""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from ..data.errors import RecordError, UnreadableFile
from ..data.records import Cell, CellState
from .tables import find_tables

_EMPTY = ("blank", "nil")


class _Gold(msgspec.Struct, kw_only=True):
    id: str
    text: str
    table: str
    cells: dict[str, float | None]
    form: str | None = None
    flattening: str = ""
    ambiguous: list[str] | dict[str, object] = []
    unrecoverable: list[str] | dict[str, object] = []
    states: dict[str, CellState] = {}


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """Cells of some tables: `right` in value and state, `wrong`, `missing` and `invented` (shown nowhere)."""

    tables: int = 0
    right: int = 0
    wrong: int = 0
    missing: int = 0
    invented: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(**{name: getattr(self, name) + getattr(other, name) for name in self.__struct_fields__})

    @property
    def accuracy(self) -> float | None:
        """Right cells among those to be read; None where there were none."""
        cells = self.right + self.wrong + self.missing
        return self.right / cells if cells else None


class TableScores(msgspec.Struct, frozen=True, kw_only=True):
    """The tally of each flattening and of all; `faults` says what was wrong, missing or invented where."""

    total: Tally
    by_flattening: dict[str, Tally]
    faults: tuple[str, ...]


def score_tables(path: Path) -> TableScores:
    """Read every table of a gold file anew and compare; raises RecordError naming a line that is no record.

    The reader knows nothing but the text: neither the form nor the kind of table.
    """
    total = Tally()
    tallies: dict[str, Tally] = {}
    faults: list[str] = []
    for gold in read_gold(path):
        tally, found = _compare(gold)
        tallies[gold.flattening] = tallies.get(gold.flattening, Tally()) + tally
        total += tally
        faults.extend(f"{gold.id}: {fault}" for fault in found)
    return TableScores(total=total, by_flattening=tallies, faults=tuple(faults))


def read_gold(path: Path) -> list[_Gold]:
    """The marked tables of a file."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UnreadableFile(f"{path}: it cannot be read ({error.strerror}). Check the path.") from None
    decoder = msgspec.json.Decoder(_Gold)
    records = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                records.append(decoder.decode(line))
            except msgspec.DecodeError as error:
                raise RecordError(f"{path}:{number}: {error}. A line is one marked table.") from None
    return records


def _compare(gold: _Gold) -> tuple[Tally, list[str]]:
    cells: Mapping[str, Cell] = {}
    for table in find_tables(gold.text):
        if table.table == gold.table:
            cells = table.cells
    untold = {*gold.ambiguous, *gold.unrecoverable}
    wanted = {key: value for key, value in gold.cells.items() if key not in untold}
    wrong = [
        key for key in wanted if key in cells and not _agrees(cells[key], wanted[key], gold.states.get(key))
    ]
    missing = [key for key in wanted if key not in cells]
    invented = [key for key in cells if key not in gold.cells and key not in untold]
    right = len(wanted) - len(wrong) - len(missing)
    tally = Tally(tables=1, right=right, wrong=len(wrong), missing=len(missing), invented=len(invented))
    faults = [f"{key} is {cells[key].raw!r}, should be {wanted[key]}" for key in wrong]
    faults += [f"{key} is missing, should be {wanted[key]}" for key in missing]
    faults += [f"{key} is {cells[key].raw!r}, but is not shown" for key in invented]
    return tally, faults


def _agrees(cell: Cell, value: float | None, state: CellState | None) -> bool:
    if state is not None and cell.state != state:
        return False
    if value is None:
        return cell.state in _EMPTY
    return cell.value == value and cell.state == ("value" if value else "zero")
