"""The body of an OpenDocument text as the lines and grids that an editor shows."""

from collections.abc import Iterable, Iterator

from lxml import etree

from ..errors import LimitExceeded
from ..limits import Limits
from .composition import Composition
from .number_forms import with_number
from .odt_numbers import Count, Numbers
from .spanned_rows import Piece, add_rows
from .xml_parts import Element, attribute, child, local_name, number

_PARAGRAPHS = ("p", "h")
_BOXES = frozenset({"frame", "custom-shape", "text-box", "rect", "ellipse", "polygon", "g", "a"})
_WRAPPERS = _BOXES | {"section", "numbered-paragraph", "index-body"}
# Not shown in the line: comments, phonetics, field commands, drawings' descriptions.
_UNSHOWN = frozenset(
    {"annotation", "annotation-end", "ruby-text", "title", "desc", "script", "hidden-paragraph"}
)
_ROW_HOLDERS = frozenset({"table-header-rows", "table-rows", "table-row-group"})
_CELLS = ("table-cell", "covered-table-cell")
_BLANKS_MAX = 100
_COLUMNS_MAX = 1000


class Body:
    """Reads blocks in their order; numbers are counted on the way, notes gathered for the end."""

    def __init__(self, numbers: Numbers, name: str, limits: Limits) -> None:
        self._numbers = numbers
        self._name = name
        self._limits = limits
        self._cells = 0
        self._cited: list[Element] = []

    def compose(self, content: Element, composition: Composition) -> None:
        """Add what `content` shows, then its notes; raises LimitExceeded for tables of too many cells."""
        self._add_blocks(content, composition)
        while self._cited:
            for line in self._lines(self._cited.pop(0)):
                if line.strip():
                    composition.add_line(line.strip())

    def _add_blocks(
        self, blocks: Iterable[Element], composition: Composition, counted: str | None = None
    ) -> None:
        """Add `blocks`; `counted` is the number of a list item before the first, None outside of lists."""
        for block in blocks:
            kind = local_name(block)
            if kind in _PARAGRAPHS:
                heading = counted is None and kind == "h"
                shown = self._numbers.of_heading(block) if heading else counted or ""
                self._add_paragraph(block, shown, composition)
                counted = None if counted is None else ""
            elif kind == "list":
                self._add_list(block, self._numbers.begin(block), "", 1, composition)
            elif kind == "table":
                self._add_table(block, composition)
            elif kind in _WRAPPERS:
                self._add_blocks(block, composition)

    def _add_list(
        self, element: Element, count: Count, style: str, depth: int, composition: Composition
    ) -> None:
        style = attribute(element, "style-name") or style
        for item in element:
            is_counted = local_name(item) == "list-item" and len(item) and local_name(item[0]) in _PARAGRAPHS
            counted = self._numbers.of_item(item, count, style, depth) if is_counted else ""
            for block in item:
                if local_name(block) == "list":
                    self._add_list(block, count, style, depth + 1, composition)
                else:
                    self._add_blocks((block,), composition, counted)
                counted = ""

    def _add_paragraph(self, paragraph: Element, counted: str, composition: Composition) -> None:
        boxes: list[Element] = []
        text = "".join(self._shown(paragraph, boxes)).strip(" ")
        for line in with_number(counted, text).split("\n"):
            composition.add_line(line)
        for box in boxes:
            self._add_blocks((box,), composition)

    def _shown(self, paragraph: Element, boxes: list[Element]) -> Iterator[str]:
        """The text of a paragraph; text boxes are put into `boxes`, notes kept for the end."""
        walk = etree.iterwalk(paragraph, events=("start", "end"))
        for event, element in walk:
            kind = local_name(element)
            if event == "end":
                yield _blanks(element.tail) if element is not paragraph else ""
            elif kind in _BOXES - {"a"}:
                boxes.append(element)
                walk.skip_subtree()
            elif kind in _UNSHOWN or kind == "note":
                note = child(element, "note-body") if kind == "note" else None
                self._cited += [note] if note is not None else []
                walk.skip_subtree()
            else:
                yield _sign(element, kind) + _blanks(element.text)

    def _lines(self, holder: Element) -> list[str]:
        inner = Composition()
        self._add_blocks(holder, inner)
        return inner.text.split("\n")

    def _add_table(self, table: Element, composition: Composition) -> None:
        if any(local_name(inner) == "table" for inner in table.iterdescendants("{*}table")):
            for cell in table.iterdescendants("{*}table-cell"):
                if next(cell.iterancestors("{*}table")) is table:
                    self._add_blocks(cell, composition)
            return
        add_rows(self._rows(table), composition)

    def _rows(self, table: Element) -> Iterator[list[Piece]]:
        pending: dict[int, tuple[int, int]] = {}
        for row in _table_rows(table):
            pieces, pending = self._row(row, pending)
            times = number(attribute(row, "number-rows-repeated"), 1)
            if times > 1 and not any(line.strip() for piece in pieces for line in piece.lines):
                times = 1
            self._count(len(pieces) * times)
            yield from [pieces] * times

    def _row(
        self, row: Element, pending: dict[int, tuple[int, int]]
    ) -> tuple[list[Piece], dict[int, tuple[int, int]]]:
        """The pieces of a row; `pending` tells by column how far a cell reaches down, and its width."""
        pieces: list[Piece] = []
        after: dict[int, tuple[int, int]] = {}
        column = 0
        for cell in row.iterchildren(*(f"{{*}}{kind}" for kind in _CELLS)):
            repeated = min(number(attribute(cell, "number-columns-repeated"), 1), _COLUMNS_MAX)
            for place in range(column, column + repeated):
                left, width = pending.get(place, (0, 1))
                if left:
                    pieces.append(Piece((), width, covered=True))
                elif local_name(cell) == "table-cell":
                    left, width = _span(cell, "number-rows-spanned"), _span(cell, "number-columns-spanned")
                    pieces.append(Piece(self._lines(cell), width))
                if left > 1:
                    after[place] = left - 1, width
            column += repeated
            self._check(len(pieces))
        return pieces, after

    def _count(self, cells: int) -> None:
        self._cells += cells
        self._check(0)

    def _check(self, more: int) -> None:
        if self._cells + more > self._limits.cells:
            raise LimitExceeded(
                f"{self._name}: its tables have more than {self._limits.cells:,} cells (--max-cells). "
                "Split it, or allow more."
            )


def _table_rows(holder: Element) -> Iterator[Element]:
    stack = list(reversed(holder))
    while stack:
        element = stack.pop()
        if local_name(element) == "table-row":
            yield element
        elif local_name(element) in _ROW_HOLDERS:
            stack.extend(reversed(element))


def _span(cell: Element, name: str) -> int:
    return min(max(1, number(attribute(cell, name), 1)), _COLUMNS_MAX)


def _sign(element: Element, kind: str) -> str:
    if kind == "s":
        return " " * min(max(1, number(attribute(element, "c"), 1)), _BLANKS_MAX)
    return {"tab": " ", "line-break": "\n"}.get(kind, "")


def _blanks(text: str | None) -> str:
    """Line ends and tabs in the file are blanks (ODF 1.3 part 3, 6.1.2)."""
    return " ".join(text.replace("\t", " ").replace("\r", " ").split("\n")) if text else ""
