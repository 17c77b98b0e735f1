"""An HTML tree as the lines and grids a reader sees."""

import re
from collections.abc import Callable, Iterator

from lxml import etree
from lxml.html import HtmlElement

from .composition import Composition, PlainCell, one_line

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody "
    "td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A cell with more than this in several blocks is a page laid out by a table; the longest label of the forms
# has 60.
_LAYOUT_CELL = 400
# HTML allows 65534 rows and 1000 columns; no form of a report comes near.
_SPAN_MAX = 1000


class _Lines:
    """Gathers the pieces of a line and hands it over whole."""

    def __init__(self, composition: Composition, unwanted: Callable[[str], bool]) -> None:
        self._composition = composition
        self._unwanted = unwanted
        self._pieces: list[str] = []

    def add(self, text: str, preformatted: bool) -> None:
        """Add text as it stands in the file; preformatted text has line ends of its own."""
        if not preformatted:
            self._pieces.append(_BLANKS.sub(" ", text))
            return
        first, *others = text.split("\n")
        self._pieces.append(first)
        for other in others:
            self.end()
            self._pieces.append(other)

    def end(self) -> None:
        """End the line."""
        if not self._pieces:
            return
        shown = re.sub(" {2,}", " ", "".join(self._pieces)).strip()
        self._pieces.clear()
        if shown and not self._unwanted(shown):
            self._composition.add_line(shown)


def compose(
    root: HtmlElement,
    composition: Composition,
    unwanted: Callable[[str], bool] = lambda line: False,
) -> None:
    """Add what `root` shows to `composition`: a line a block, a grid a data table.

    Lines (not rows) that `unwanted` says yes to are left out.
    """
    line = _Lines(composition, unwanted)
    walk = etree.iterwalk(root, events=("start", "end"))
    preformatted = 0
    for event, element in walk:
        tag = element.tag
        if event == "start" and tag == "table" and is_data(element):
            line.end()
            for caption in element.iter("caption"):
                composition.add_line(one_line(_pieces(caption)))
            composition.add_grid(_rows(element))
            walk.skip_subtree()
            continue
        preformatted += (tag == "pre") * (1 if event == "start" else -1)
        if tag in BLOCKS or (tag == "br" and event == "start"):
            line.end()
        piece = element.text if event == "start" else element.tail if element is not root else None
        if piece:
            line.add(piece, bool(preformatted))
    line.end()


def lines(root: HtmlElement) -> list[str]:
    """The lines that `root` shows; cells of a row are parted by tabs."""
    composition = Composition()
    compose(root, composition)
    return composition.text.split("\n")


def is_data(table: HtmlElement) -> bool:
    """Whether a table holds data, not the layout of a page: no table inside, two columns, no long prose."""
    if table.find(".//table") is not None:
        return False
    rows = [_cells(row) for row in table.iter("tr")]
    if max(map(len, rows), default=0) < 2:
        return False
    return not any(_is_layout(cell) for row in rows for cell in row)


def _is_layout(cell: HtmlElement) -> bool:
    if not len(cell):
        return False
    blocks = sum(1 for block in cell.iter("p", "div", "br", "li"))
    return blocks > 2 and len("".join(cell.itertext()).strip()) > _LAYOUT_CELL


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _rows(table: HtmlElement) -> Iterator[list[PlainCell]]:
    for row in table.iter("tr"):
        yield [
            PlainCell(one_line(_pieces(cell)), _span(cell.get("rowspan")), _span(cell.get("colspan")))
            for cell in _cells(row)
        ]


def _span(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,4})", value) if value else None
    return min(max(1, int(digits[1])), _SPAN_MAX) if digits else 1


def _pieces(cell: HtmlElement) -> list[str]:
    """The lines of a cell."""
    if not len(cell):
        return [cell.text or ""]
    pieces = [""]
    for event, element in etree.iterwalk(cell, events=("start", "end")):
        if element is not cell and (element.tag in BLOCKS or (element.tag == "br" and event == "start")):
            pieces.append("")
        shown = element.text if event == "start" else element.tail if element is not cell else None
        pieces[-1] += shown or ""
    return pieces
