"""Rows of tables as members: one report each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import NamedTuple

from ..errors import EmptyText
from .columns import labelled, missing_column, text_column
from .member import Member
from .spool import Spool

# A header may stand under a title and a note, seldom deeper.
_HEADER_WITHIN = 5


class Header(NamedTuple):
    """The names of the columns, and the place of the one that holds the text."""

    columns: Sequence[str]
    text: int


def find_header(rows: Iterable[Sequence[str]], wanted: str | None) -> Header | None:
    """The first of the upper rows that names a text column; None where none does."""
    for row in islice(rows, _HEADER_WITHIN):
        text = text_column(row, wanted)
        if text is not None:
            return Header(row, text)
    return None


def row_members(
    rows: Iterable[Sequence[str]], container: str, spool: Spool, wanted: str | None, prefix: str = ""
) -> Iterator[Member]:
    """A member for each row under the header, named by its number (the header's row counts too).

    Rows without any value are passed over. Raises UnknownFormat where there is no text column.
    """
    numbered = enumerate(rows, 1)
    upper = list(islice(numbered, _HEADER_WITHIN))
    header = find_header((row for _, row in upper), wanted)
    if header is None:
        filled = (row for _, row in upper if any(row))
        raise missing_column(container, next(filled, ()), wanted)
    below = (numbered_row for numbered_row in upper if numbered_row[1] is not header.columns)
    at = next(number for number, row in upper if row is header.columns)
    for number, row in chain(below, numbered):
        if number > at and any(cell.strip() for cell in row):
            yield _row_member(row, header, f"{prefix}{number}", container, spool)


def _row_member(row: Sequence[str], header: Header, name: str, container: str, spool: Spool) -> Member:
    cells = {
        column or str(at + 1): cell
        for at, (column, cell) in enumerate(zip(header.columns, row, strict=False))
        if at != header.text
    }
    text = row[header.text] if header.text < len(row) else ""
    return text_member(text, labelled(cells), name, container, spool)


def text_member(text: str, fields: dict[str, str], name: str, container: str, spool: Spool) -> Member:
    """The member of a row's text; with EmptyText where there is none."""
    spool.count(container)
    if not text.strip():
        reason = f"{container}!/{name}: its text is empty. Fill it in, or leave the row out."
        return spool.refuse(name, EmptyText(reason), fields)
    return spool.add(container, name, (text.encode("utf-8", "replace"),), fields=fields, suffix=".txt")
