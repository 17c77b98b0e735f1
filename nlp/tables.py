"""The official tables of a report, cell by cell, however they were flattened.

Whatever the source, a table becomes rows of cells first (`table_rows` where blank cells are kept,
`table_lines` where they are not), and these are put into the rows of the form (`table_places`). What cannot
be placed is left out and named in `Table.notes`; nothing is guessed.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from ..data.forms import Column, load_forms
from ..data.records import Cell, Grid, Table
from .forms import form_in
from .reading import Reading
from .table_cells import Cells, Piece, grid_cells, line_cells, markup_grids
from .table_labels import core_of, meanings
from .table_lines import Token, line_rows, tokens
from .table_numbers import cell_content
from .table_places import place
from .table_regions import Region, find_regions
from .table_rows import Shown, grid_rows
from .table_slots import Slots
from .table_text import PlainText

_MARKUP = re.compile(r"<t[dh]\b", re.IGNORECASE)
# Lines of either kind that show how the whole table is laid out.
_LINES_MIN = 3
# Cells of a row that must be labels of one table to tell it.
_LABEL_MIN = 2


def find_tables(
    source: Reading | str, grids: Sequence[Grid] = (), form_hint: str | None = None
) -> tuple[Table, ...]:
    """The official tables in a text and its grids, in the order of the text, each once.

    `source` may hold HTML; places are then those of the markup. `form_hint` (`2021`, `2019`, …) decides
    where neither the table nor the text tells the form. Cells not shown are absent from `cells`; what was
    shown but could not be placed is said in `notes`.
    """
    text = source if isinstance(source, str) else source.text
    if not grids and _MARKUP.search(text):
        grids = markup_grids(text)
    plain = PlainText(text)
    regions = find_regions(plain)
    if not regions and not grids:
        return ()
    hint = form_in(plain.plain) or form_hint
    found = {table.table: table for table in _from_grids(grids, text, hint)}
    told = {name for name, table in found.items() if not table.notes}
    others = [region for region in regions if region.table not in told]
    for table in _from_text(others, plain, text, hint):
        if table.table not in found or len(table.cells) > len(found[table.table].cells):
            found[table.table] = table
    return tuple(sorted(found.values(), key=lambda table: (table.start is None, table.start or 0)))


def _from_grids(grids: Sequence[Grid], text: str, hint: str | None) -> Iterator[Table]:
    rows: dict[str, list[Cells]] = {}
    current = ""
    for grid in grids:
        cells = grid_cells(grid)
        if not cells or any(piece and not cell_content(piece.text, signed=True) for piece in cells[0]):
            current = ""
        for row in cells:
            current = _table_of_row(row, current)
            rows.setdefault(current, []).append(row)
    for name, found in rows.items():
        if name:
            cores = {core_of(piece.text) for row in found for piece in row if piece}
            slots = _slots(name, cores, hint)
            pieces = [piece for row in found for piece in row if piece and piece.start is not None]
            span = (pieces[0].start, max(piece.end or 0 for piece in pieces)) if pieces else (None, None)
            yield from _table(slots, grid_rows(found, slots), text, span, hint)


def _table_of_row(row: Cells, current: str) -> str:
    """The table a grid's row belongs to: what most of its labels name, else that of the row before."""
    votes: Counter[str] = Counter()
    for piece in row:
        if piece and piece.text:
            for table in _tables_with().get(core_of(piece.text), ()):
                votes[table] += 1
    if not votes or votes[current] == max(votes.values()):
        return current
    return votes.most_common(1)[0][0]


@cache
def _tables_with() -> dict[str, tuple[str, ...]]:
    """The tables that have a label, in the order of the forms, so that ties fall the same way every time."""
    return {
        core: tuple(dict.fromkeys(each.table for each in known if each.table))
        for core, known in meanings().items()
    }


def _from_text(regions: Sequence[Region], plain: PlainText, text: str, hint: str | None) -> Iterator[Table]:
    by_table: dict[str, list[Region]] = {}
    for region in regions:
        by_table.setdefault(region.table, []).append(region)
    for name, found in by_table.items():
        slots = _slots(name, {hit.core for region in found for hit in region.hits}, hint)
        streams = [tokens(plain, region.start, region.end, region.hits) for region in found]
        span = (plain.place(streams[0][0].start), plain.place(streams[-1][-1].end - 1) + 1)
        yield from _table(slots, _rows(plain, streams, slots), text, span, hint)


def _rows(plain: PlainText, streams: Sequence[list[Token]], slots: Slots) -> list[Shown]:
    """Rows of the stretches of one table, read as their layout asks."""
    spans = [(plain.place(each[0].start), plain.place(each[-1].end - 1) + 1) for each in streams]
    lines = [line for start, end in spans for line in plain.folded[start:end].split("\n")]
    if sum(map(_has_cells, lines)) >= _LINES_MIN:
        cells = [row for start, end in spans for row in line_cells(plain.folded, start, end)]
        return grid_rows(cells, slots)
    barred = sum(map(_is_barred, lines)) >= _LINES_MIN
    more = streams[-1][-1].end < len(plain.plain)
    return line_rows(plain, [token for each in streams for token in each], slots, barred, more)


def _has_cells(line: str) -> bool:
    """Whether a line holds several cells, parted by tabs or bars."""
    if "|" in line:
        return any(cell.strip() for cell in line.split("|")[1:-1])
    return "\t" in line.lstrip()


def _is_barred(line: str) -> bool:
    """Whether a line is one cell with a bar after it."""
    cell, *others = line.split("|")
    return bool(others and cell.strip()) and not any(other.strip() for other in others)


def _slots(name: str, cores: Iterable[str], hint: str | None) -> Slots:
    """The rows of the form that knows most of a table's labels; `hint` decides between equals."""
    forms = [form for form in load_forms().values() if any(table.table == name for table in form.tables)]
    known: Counter[str] = Counter()
    for core in cores:
        known.update({each.form for each in meanings().get(core, ()) if each.table == name})
    form = max(forms, key=lambda form: (known[form.id], form.id == hint, form.first_year))
    return Slots(form, form.table(name))


def _table(
    slots: Slots, rows: Sequence[Shown], text: str, span: tuple[int | None, int | None], hint: str | None
) -> Iterator[Table]:
    placement = place(rows, slots)
    notes = list(placement.notes)
    cells: dict[str, Cell] = {}
    for address, column, unit, piece in _addressed(slots, placement.cells):
        cell = _cell(piece, text, column.signed, unit)
        if cell:
            cells[address] = cell
        else:
            notes.append(f"{address}「{piece.text[:20]}」不是一个数，未填")
    if cells or notes:
        form = slots.form.id if slots.form.id == hint or _decisive(slots) else hint
        yield Table(
            table=slots.table.table, form=form, cells=cells, start=span[0], end=span[1], notes=tuple(notes)
        )


def _decisive(slots: Slots) -> bool:
    """Whether the table itself tells its form: no other form has the same rows."""
    return sum(slots.same_rows(form) for form in load_forms().values()) == 1


def _addressed(
    slots: Slots, placed: dict[int, tuple[Piece, ...]]
) -> Iterator[tuple[str, Column, str | None, Piece]]:
    """Address, column, unit by the form, and piece of every placed cell, in the form's order."""
    one_row = slots.table.layout == "one_row"
    for at, (row, block) in enumerate(slots.slots):
        columns = slots.columns(at)
        width = len(columns)
        pieces = placed.get(0, ())[at * width : (at + 1) * width] if one_row else placed.get(at, ())
        for column, piece in zip(columns, pieces, strict=False):
            unit = row.unit or column.unit or block.unit or slots.table.unit
            yield f"{row.code}.{column.code}", column, unit, piece


def _cell(piece: Piece, text: str, signed: bool, unit: str | None) -> Cell | None:
    content = cell_content(piece.text, signed)
    if content is None:
        return None
    quoted = text[piece.start : piece.end] if piece.start is not None else piece.text
    return Cell(
        raw=piece.text if "<" in quoted or "&" in quoted else quoted,
        value=content.value,
        unit=content.unit or unit,
        note=content.note,
        state=content.state,
        start=piece.start,
        end=piece.end,
    )
