"""PDF: its text layer and ruled tables through PDFium; scanned pages through recognition (OCR)."""

import time
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from pypdfium2 import raw

from ..errors import BrokenFile, EmptyText, EncryptedFile, InputError, LimitExceeded, ToolMissing
from ..limits import Limits
from ..records import SourceText
from .decoding import familiarity
from .page_composition import PageComposition, signs
from .pdf_lines import TableBlock, page_blocks
from .pdf_streams import check_streams
from .recognition import UNRECOGNISED, Recognition, page_list

if TYPE_CHECKING:
    from .ocr import Picture

_HEAD = b"%PDF-"
# ISO 32000-2 asks for the head at the start and the end mark at the end; both are found with rubbish around
# them.
_HEAD_WITHIN = 1024
_END = b"%%EOF"
_END_WITHIN = 64 * 1024
# A page of scanned paper carries at most a mark or a stamp of the scanner's.
_SCANNED_MAX = 20
# Its pictures (a scanner may cut it in strips) cover this share of it.
_PICTURED = 0.3
# Text drawn as outlines takes a path for each character, or stroke; a framed page has a dozen, a drawing
# or a map more than this.
_OUTLINED, _OUTLINED_MAX = 300, 20_000
# Dots an inch at which pages are recognised, and the most pixels a side (A3).
_DPI, _SIDE_MAX = 200, 3500


class PdfReader:
    """Reads the text layer of a PDF, and recognises pages that have none.

    Pages are parted by a line feed and a form feed; page marks stay as lines of their own. A ruled table
    stands in the text a row a line. One that goes on over the end of a page is one grid where its second part
    has no columns that the first had not, else two: so every span stays true.

    What was recognised may be misread: `fields` names its pages under `识别`; under `未识别` those left
    out, where text is on other pages and the extra `ocr` is not installed.
    """

    name = "pdf"
    suffixes = frozenset({".pdf"})

    def accepts(self, data: bytes) -> bool:
        """Whether the head of a PDF stands among the first bytes."""
        return _HEAD in data[:_HEAD_WITHIN]

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The text and grids.

        Raises EncryptedFile, BrokenFile, LimitExceeded, ToolMissing for scanned pages without the extra, or
        EmptyText where no text was found.
        """
        if _END not in data[-_END_WITHIN:]:
            raise BrokenFile(f"{name}: the PDF is cut short, its end is missing. Fetch it again.")
        check_streams(data, name, limits)
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _opening_error(error, name) from None
        try:
            return _read(document, name, limits)
        except pypdfium2.PdfiumError as error:
            raise BrokenFile(f"{name}: the PDF is damaged ({error}). Fetch it again.") from None
        finally:
            document.close()


def _opening_error(error: pypdfium2.PdfiumError, name: str) -> InputError:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return EncryptedFile(f"{name}: the PDF asks for a password. Save it without one and try again.")
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return EncryptedFile(
            f"{name}: the PDF is locked in a way that is not supported. Save it unlocked and try again."
        )
    return BrokenFile(f"{name}: the PDF is damaged and does not open. Fetch it again.")


class _Layer(NamedTuple):
    """The text layer of a page, its characters, and whether the page shows text that is not in it."""

    blocks: list[str | TableBlock]
    signs: str
    scanned: bool


def _read(document: pypdfium2.PdfDocument, name: str, limits: Limits) -> SourceText:
    layers = _layers(document, name, limits)
    scanned = [number for number, layer in enumerate(layers) if layer.scanned]
    recognised, fields = _recognised(document, scanned, layers, name, limits)
    composition = PageComposition()
    for number, layer in enumerate(layers):
        found = recognised.get(number, [])
        composition.add_page(found if len(signs(found)) >= len(layer.signs) else layer.blocks)
    shown = len(signs([*composition.text.split("\n")]))
    if shown < (_SCANNED_MAX * len(scanned) or 1):
        raise EmptyText(f"{name}: the PDF shows no text, or next to none. Find the HTML page of the report.")
    return SourceText(text=composition.text, format=PdfReader.name, grids=composition.grids, fields=fields)


def _layers(document: pypdfium2.PdfDocument, name: str, limits: Limits) -> list[_Layer]:
    """The text layers of the pages; raises LimitExceeded for too many pages, characters or seconds."""
    _check("pages", len(document), limits.pages, "--max-pages", name)
    layers: list[_Layer] = []
    characters, started = 0, time.monotonic()
    for number in range(len(document)):
        page = document[number]
        try:
            count = _count(page)
            characters += count
            _check(
                "characters on a page", count, limits.characters // 10, "a tenth of --max-characters", name
            )
            _check("characters", characters, limits.characters, "--max-characters", name)
            layers.append(_layer(page))
        finally:
            page.close()
        if time.monotonic() - started > limits.seconds:
            raise LimitExceeded(
                f"{name}: {number + 1} pages of the PDF took more than {limits.seconds} seconds "
                "(--max-seconds). Split it, or allow more."
            )
    return layers


def _count(page: pypdfium2.PdfPage) -> int:
    text = page.get_textpage()
    try:
        return int(text.count_chars())
    finally:
        text.close()


def _check(what: str, figure: int, limit: int, option: str, name: str) -> None:
    if figure > limit:
        raise LimitExceeded(
            f"{name}: the PDF has {figure:,} {what}, more than {limit:,} ({option}). Split it, or allow more."
        )


def _layer(page: pypdfium2.PdfPage) -> _Layer:
    blocks = page_blocks(page)
    text = signs(blocks)
    if len(text) < _SCANNED_MAX:
        return _Layer(blocks, text, _is_picture(page))
    illegible = familiarity(text) < 0
    return _Layer(blocks, "" if illegible else text, illegible)


def _is_picture(page: pypdfium2.PdfPage) -> bool:
    """Whether pictures cover much of a page, or so many outlines that they may be its characters."""
    width, height = page.get_size()
    pictured, outlines = 0.0, 0
    for shape in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]):
        if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = shape.get_bounds()
            pictured += (right - left) * (top - bottom)
        else:
            outlines += 1
        if pictured > _PICTURED * width * height:
            return True
        if outlines > _OUTLINED_MAX:
            return False
    return outlines > _OUTLINED


def _recognised(
    document: pypdfium2.PdfDocument, scanned: list[int], layers: list[_Layer], name: str, limits: Limits
) -> tuple[dict[int, list[str | TableBlock]], dict[str, str]]:
    """The blocks of the pages that had to be recognised, and what `fields` say of it.

    Raises ToolMissing where the pages are scans on the whole, or without any other text.
    """
    if not scanned:
        return {}, {}
    try:
        recognition = Recognition(name, limits, len(scanned))
    except ToolMissing:
        if sum(len(layer.signs) for layer in layers) < _SCANNED_MAX * len(layers):
            raise
        return {}, {UNRECOGNISED: page_list(number + 1 for number in scanned)}
    found = {}
    for number in scanned:
        picture, points = _rendered(document, number)
        found[number] = recognition.blocks(number + 1, picture, points)
    return found, recognition.fields()


def _rendered(document: pypdfium2.PdfDocument, number: int) -> tuple["Picture", float]:
    """A page as a picture (height, width, 3), and how many points a pixel of it measures."""
    page = document[number]
    try:
        points = max(72 / _DPI, max(page.get_size()) / _SIDE_MAX)
        bitmap = page.render(scale=1 / points, rev_byteorder=True, prefer_bgrx=False)
        picture: Picture = bitmap.to_numpy().copy()
        bitmap.close()
        return picture[:, :, :3], points
    finally:
        page.close()
