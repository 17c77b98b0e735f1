"""Digital PDF: text and ruled tables through PDFium."""

import re

import pypdfium2
from pypdfium2 import raw

from ..errors import BrokenFile, EmptyText, EncryptedFile, InputError
from ..limits import Limits
from ..records import SourceText
from .composition import Composition
from .decoding import familiarity, plain
from .pdf_lines import TableBlock, nearest, page_blocks

_HEAD = b"%PDF-"
# ISO 32000-2 asks for the head at the start and the end mark at the end; both are found with rubbish around
# them.
_HEAD_WITHIN = 1024
_END = b"%%EOF"
_END_WITHIN = 64 * 1024
# A page mark: - 4 -, — 5 —, 第 3 页, 3/9.
_PAGE_MARK = re.compile(r"[-—–－ ]*(?:第? ?\d{1,4} ?页?)(?: ?[,，/]? ?共? ?\d{1,4} ?页?)?[-—–－ ]*")
# Sides of columns this far apart are the same (points).
_SAME_SIDE = 3.0
# A page of scanned paper carries at most a mark or a stamp of the scanner's.
_SCANNED_MAX = 20
_OCR = "Recognise its text (OCR) and give the result, or find the HTML page of the report."


class PdfReader:
    """Reads the text layer of a PDF.

    Pages are parted by a line feed and a form feed; page marks stay as lines of their own. A ruled table
    stands in the text a row a line. One that goes on over the end of a page is one grid where its second part
    has no columns that the first had not, else two: so every span stays true.
    """

    name = "pdf"
    suffixes = frozenset({".pdf"})

    def accepts(self, data: bytes) -> bool:
        """Whether the head of a PDF stands among the first bytes."""
        return _HEAD in data[:_HEAD_WITHIN]

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The text and grids; raises EncryptedFile, BrokenFile, or EmptyText for scanned pages."""
        if _END not in data[-_END_WITHIN:]:
            raise BrokenFile(f"{name}: the PDF is cut short, its end is missing. Fetch it again.")
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _opening_error(error, name) from None
        try:
            composition = _compose(document)
            _check_text(composition.text, document, name)
        except pypdfium2.PdfiumError as error:
            raise BrokenFile(f"{name}: the PDF is damaged ({error}). Fetch it again.") from None
        finally:
            document.close()
        return SourceText(text=composition.text, format=self.name, grids=composition.grids)


def _opening_error(error: pypdfium2.PdfiumError, name: str) -> InputError:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return EncryptedFile(f"{name}: the PDF asks for a password. Save it without one and try again.")
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return EncryptedFile(
            f"{name}: the PDF is locked in a way that is not supported. Save it unlocked and try again."
        )
    return BrokenFile(f"{name}: the PDF is damaged and does not open. Fetch it again.")


def _compose(document: pypdfium2.PdfDocument) -> Composition:
    composition = Composition()
    table: TableBlock | None = None
    for number in range(len(document)):
        page = document[number]
        try:
            blocks = page_blocks(page)
        finally:
            page.close()
        if number:
            composition.break_page()
        table = _add(blocks, composition, table)
    return composition


def _add(
    blocks: list[str | TableBlock], composition: Composition, table: TableBlock | None
) -> TableBlock | None:
    """Add a page; `table` stood last on the page before. Gives the one that stands last on this page."""
    for block in blocks:
        if isinstance(block, str):
            line = plain(block).replace("\n", " ")
            composition.add_line(line)
            table = table if _PAGE_MARK.fullmatch(line) else None
        elif table is not None and _goes_on(table, block):
            composition.extend_grid(block.rows(table.xs))
            block.xs = table.xs
        else:
            composition.add_grid(block.rows())
            table = block
    return table


def _goes_on(table: TableBlock, following: TableBlock) -> bool:
    ends = (table.xs[0], following.xs[0]), (table.xs[-1], following.xs[-1])
    inner = ((table.xs[nearest(table.xs, x)], x) for x in following.xs)
    return all(abs(one - other) <= _SAME_SIDE for one, other in (*ends, *inner))


def _check_text(text: str, document: pypdfium2.PdfDocument, name: str) -> None:
    """Raise EmptyText where the pages hold no text, too little for anything but a scan, or none legible."""
    lines = (line for line in text.split("\n") if not _PAGE_MARK.fullmatch(line))
    signs = sum(len("".join(line.split())) for line in lines)
    scanned = signs < _SCANNED_MAX * len(document) and _has_images(document)
    if not signs or scanned:
        raise EmptyText(f"{name}: the PDF has no text layer, its pages are images. {_OCR}")
    if familiarity(text) < 0:
        raise EmptyText(f"{name}: the PDF's fonts do not say which characters they show. {_OCR}")


def _has_images(document: pypdfium2.PdfDocument) -> bool:
    for number in range(len(document)):
        page = document[number]
        try:
            if any(True for _ in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE])):
                return True
        finally:
            page.close()
    return False
