"""Word files (ECMA-376, `.docx`): paragraphs and tables in their order, tables as grids.

Numbers that Word counts itself (an automatic 一、 before a heading) are no part of the text and are lost.
"""

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.table import Table
from docx.text.paragraph import Paragraph
from lxml.etree import XMLSyntaxError

from ..errors import BrokenFile, EmptyText
from ..limits import Limits
from ..records import Grid, GridCell, SourceText
from .file_kinds import WORD_MEMBER, packed_members

# Unpacked, the parts of a report hold a few MB; a file of this many is a bomb or a book of pictures.
_UNPACKED_MAX = 256 * 1024 * 1024


class _Placed(NamedTuple):
    """A cell with how far it reaches."""

    text: str
    rowspan: int
    colspan: int


class DocxReader:
    """Reads Word files through python-docx."""

    name = "docx"
    suffixes = frozenset({".docx"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is a ZIP with a Word document in it."""
        return WORD_MEMBER in packed_members(data)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """Paragraphs a line each; tables a row a line, cells parted by tabs. Raises BrokenFile, EmptyText."""
        document = _opened(data, name)
        lines: list[str] = []
        grids: list[Grid] = []
        at = 0
        for block in document.iter_inner_content():
            if isinstance(block, Table):
                text, grid = _table(block, at)
                grids.append(grid)
            else:
                text = _plain(block)
            lines.append(text)
            at += len(text) + 1
        text = "\n".join(lines)
        if not text.strip():
            raise EmptyText(f"{name}: the Word file holds no text. Pictures of text need OCR first.")
        return SourceText(text=text, format=self.name, grids=tuple(grids))


def _opened(data: bytes, name: str) -> WordDocument:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            unpacked = sum(member.file_size for member in archive.infolist())
        if unpacked > _UNPACKED_MAX:
            raise BrokenFile(f"{name}: unpacked it would be {unpacked / 2**20:.0f} MB. Save its text alone.")
        return Document(BytesIO(data))
    except (OpcError, XMLSyntaxError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise BrokenFile(f"{name}: the Word file is damaged ({error}). Fetch it again.") from None


def _plain(paragraph: Paragraph) -> str:
    """Its text; breaks inside give lines, other blanks stay."""
    return paragraph.text.replace("\r", "\n").replace("\t", " ")


def _table(table: Table, at: int) -> tuple[str, Grid]:
    """The text of a table that begins at `at`, and its grid with every cell's place."""
    lines: list[str] = []
    rows: list[tuple[GridCell, ...]] = []
    start = at
    for row in _rows(table):
        cells = []
        for cell in row:
            end = at + len(cell.text)
            cells.append(
                GridCell(text=cell.text, start=at, end=end, rowspan=cell.rowspan, colspan=cell.colspan)
            )
            at = end + 1
        lines.append("\t".join(cell.text for cell in row))
        at += not row
        rows.append(tuple(cells))
    text = "\n".join(lines)
    return text, Grid(rows=tuple(rows), start=start, end=start + len(text))


def _rows(table: Table) -> Iterator[list[_Placed]]:
    """Cells row by row; a merged cell stands once, at its upper left."""
    grid = [[cell._tc for cell in row.cells] for row in table.rows]
    texts = {id(cell._tc): " ".join(cell.text.split()) for row in table.rows for cell in row.cells}
    seen: set[int] = set()
    for number, row in enumerate(grid):
        placed = []
        for cell in row:
            if id(cell) not in seen:
                seen.add(id(cell))
                height = sum(any(one is cell for one in below) for below in grid[number:])
                placed.append(_Placed(texts[id(cell)], height, sum(one is cell for one in row)))
        yield placed
