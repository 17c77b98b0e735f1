"""CSV and TSV files with a report in each row (RFC 4180, and what Excel saves in its stead)."""

import csv
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import BrokenFile
from .member import Member
from .rows import find_header, row_members
from .spool import Spool
from .text_lines import LINE, text_lines

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = (",", "\t", ";", "|")
_HEAD_LINES = 5


class DelimitedContainer:
    """Takes CSV and TSV files apart, a member for each row.

    `text_column` names the column of the reports; without it that is found by its usual names.
    """

    name = "csv"
    suffixes = frozenset({".csv", ".tsv"})

    def __init__(self, text_column: str | None = None) -> None:
        self.text_column = text_column

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether the suffix says so: the content of a table and of prose with commas look alike."""
        return path.suffix.lower() in self.suffixes and bool(head.strip())

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Its rows; raises UnknownFormat where no column holds texts. See `Container.unpack`."""
        delimiter = self._delimiter(path, name, spool)
        lines = text_lines(path, name, LINE * spool.limits.characters)
        try:
            yield from row_members(_reader(lines, delimiter, spool), name, spool, self.text_column)
        except csv.Error as error:
            raise BrokenFile(
                f"{name}: its quotes or cells do not close ({error}). Save the table as CSV again."
            ) from None

    def _delimiter(self, path: Path, name: str, spool: Spool) -> str:
        """The one that parts a text column off, else the one that parts the most columns."""
        head = list(islice(text_lines(path, name, LINE * spool.limits.characters), _HEAD_LINES))
        best, most = _DELIMITERS[0], 1
        for delimiter in _DELIMITERS:
            try:
                rows = list(_reader(iter(head), delimiter, spool))
            except csv.Error:
                continue
            if find_header(rows, self.text_column) and len(rows[0]) > 1:
                return delimiter
            if rows and len(rows[0]) > most:
                best, most = delimiter, len(rows[0])
        return best


def _reader(lines: Iterator[str], delimiter: str, spool: Spool) -> "Reader":
    # The bound is the module's own; a cell beyond the limit on texts could not be read anyway.
    csv.field_size_limit(2 * spool.limits.characters)
    return csv.reader(lines, delimiter=delimiter)
