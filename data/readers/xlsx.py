"""Excel files (`.xlsx`): each sheet a grid, as offices attach the tables of a report."""

import re
from collections.abc import Iterator
from io import BytesIO

from ..errors import EmptyText, LimitExceeded
from ..limits import Limits
from ..records import SourceText
from .composition import Composition, PlainCell, one_line
from .file_kinds import SHEET_MEMBER, packed_members
from .workbook import Merge, Sheet, damages_named, sheets

# Names that Excel and WPS give a sheet say nothing of it.
_NAMELESS = re.compile(r"(?:Sheet|工作表)\s?\d{0,3}", re.IGNORECASE)


class XlsxReader:
    """Reads Excel files through openpyxl: values, not formulas; merged cells as one."""

    name = "xlsx"
    suffixes = frozenset({".xlsx", ".xlsm"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is a ZIP with a workbook in it."""
        return SHEET_MEMBER in packed_members(data)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """A line a row, cells parted by tabs; a line with its name before a sheet that has one.

        A row with one cell that is filled and none merged downward is a line of text, no row of the grid, at
        the head of a sheet: its title. Raises BrokenFile, EmptyText, LimitExceeded.
        """
        composition = Composition()
        with damages_named(name):
            left = limits.cells
            for sheet in sheets(BytesIO(data), name, limits):
                left = _add(sheet, composition, left, name, limits)
        if not composition.text.strip():
            raise EmptyText(f"{name}: the Excel file holds no values. Save it with its values.")
        return SourceText(text=composition.text, format=self.name, grids=composition.grids)


def _add(sheet: Sheet, composition: Composition, left: int, name: str, limits: Limits) -> int:
    """Add a sheet; how many cells may still come."""
    rows: dict[int, list[str]] = {}
    for number, cells in enumerate(sheet.rows, 1):
        row = [one_line(cell.split("\n")) if cell else "" for cell in _trimmed(cells)]
        left -= len(row)
        if left < 0:
            raise LimitExceeded(
                f"{name}: its sheets have more than {limits.cells:,} cells (--max-cells). "
                "Split it, or allow more."
            )
        if row:
            rows[number] = row
    grid = list(_grid(rows, sheet.merges, limits.cells))
    if grid and not _NAMELESS.fullmatch(sheet.name.strip()):
        composition.add_line(one_line([sheet.name]))
    while grid and len(grid[0]) == 1 and grid[0][0].rowspan == 1:
        composition.add_line(grid.pop(0)[0].text)
    composition.add_grid(grid)
    return left


def _trimmed(row: list[str]) -> list[str]:
    while row and not row[-1].strip():
        row.pop()
    return row


def _grid(rows: dict[int, list[str]], merges: tuple[Merge, ...], most: int) -> Iterator[list[PlainCell]]:
    """Rows that hold something, all as wide as the widest; a merged cell stands once, at its upper left."""
    width = max(map(len, rows.values()), default=0)
    spans, covered = _spans(sorted(rows), width, merges, most)
    for number, row in rows.items():
        filled = [*row, *[""] * (width - len(row))]
        cells = [
            PlainCell(text, *spans.get((number, column), (1, 1)))
            for column, text in enumerate(filled, 1)
            if (number, column) not in covered
        ]
        # A title over a table is one cell, whether or not it was merged with the empty ones after it.
        alone = [cell for cell in cells if cell.text]
        yield alone if len(alone) == 1 and cells[0].text and cells[0].rowspan == 1 else cells


_Place = tuple[int, int]


def _spans(
    rows: list[int], width: int, merges: tuple[Merge, ...], most: int
) -> tuple[dict[_Place, _Place], set[_Place]]:
    """How many rows and columns merged cells span by their places, and the places they cover besides.

    Merges that together cover more than `most` cells are left unmerged from there on.
    """
    spans: dict[_Place, _Place] = {}
    covered: set[_Place] = set()
    for merge in merges:
        within = [number for number in rows if merge.top <= number <= merge.bottom]
        columns = range(merge.left, min(merge.right, width) + 1)
        most -= len(within) * len(columns) + len(rows) // 64
        if most < 0:
            break
        if within and columns:
            first = (within[0], merge.left)
            spans[first] = (len(within), len(columns))
            covered.update((row, column) for row in within for column in columns if (row, column) != first)
    return spans, covered - spans.keys()
