"""Excel files with a report in each row."""

from collections.abc import Iterator
from pathlib import Path

from ..errors import InputError
from ..limits import DEFAULT_LIMITS
from ..readers.workbook import damages_named, sheets
from .member import Member
from .rows import find_header, row_members
from .spool import Spool


class WorkbookContainer:
    """Takes Excel files apart that have a column of texts; others are documents, which a reader reads.

    `text_column` names the column of the reports; without it that is found by its usual names.
    """

    name = "xlsx"
    suffixes = frozenset({".xlsx", ".xlsm"})

    def __init__(self, text_column: str | None = None) -> None:
        self.text_column = text_column

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether the upper rows of one of its sheets name a column of texts."""
        if not head.startswith(b"PK\x03\x04") or path.suffix.lower() not in self.suffixes:
            return False
        try:
            with path.open("rb") as file, damages_named(path.name):
                found = (
                    find_header(sheet.rows, self.text_column)
                    for sheet in sheets(file, path.name, DEFAULT_LIMITS)
                )
                return any(header for header in found)
        except InputError:
            return False

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """The rows of every sheet with a column of texts, named `sheet!/row`; see `Container.unpack`."""
        with path.open("rb") as file, damages_named(name):
            texts = [
                sheet.name
                for sheet in sheets(file, name, spool.limits)
                if find_header(sheet.rows, self.text_column)
            ]
            for sheet in sheets(file, name, spool.limits):
                if sheet.name in texts:
                    prefix = f"{sheet.name}!/" if len(texts) > 1 else ""
                    yield from row_members(sheet.rows, name, spool, self.text_column, prefix)
