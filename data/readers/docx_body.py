"""The body of a Word file as the lines and grids that Word shows."""

from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from .composition import Composition
from .docx_numbers import Numbers, Styles
from .number_forms import with_number
from .spanned_rows import Piece, add_rows
from .xml_parts import Element, attribute, child, local_name, number

# Around blocks, rows, cells or runs without being shown themselves.
_WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"})
# What Word does not show: deletions, field codes, phonetics above characters, comments, properties.
_UNSHOWN = frozenset(
    "del moveFrom instrText delText delInstrText rt rPr pPr sdtPr sdtEndPr commentReference annotationRef "  # noqa: SIM905
    "object docPartObj tblPr tcPr trPr sectPr".split()
)
_SIGNS = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# Ticks and boxes of the fonts Wingdings and Wingdings 2, by their codes.
_SYMBOLS = {
    ("Wingdings", 0x6F): "□",
    ("Wingdings", 0xA8): "□",
    ("Wingdings", 0xFC): "√",
    ("Wingdings", 0xFE): "☑",
    ("Wingdings 2", 0x50): "√",
    ("Wingdings 2", 0x52): "☑",
    ("Wingdings 2", 0xA3): "□",
}
_OFF = ("0", "false", "off")
_CONTENTS = "Table of Contents"
# Word shows at most 63 columns.
_COLUMNS_MAX = 100


class Body:
    """Reads blocks in their order; numbers are counted on the way, notes gathered for the end."""

    def __init__(self, styles: Styles, numbers: Numbers, notes: Mapping[str, Element | None]) -> None:
        self._styles = styles
        self._numbers = numbers
        self._notes = {
            (kind, attribute(note, "id")): note
            for kind, root in notes.items()
            for note in (root if root is not None else ())
        }
        self._cited: list[Element] = []

    def compose(self, content: Element, composition: Composition) -> None:
        """Add what `content` shows, then the notes that it cites."""
        self._add_blocks(content, composition)
        while self._cited:
            note = self._cited.pop(0)
            for line in self._lines(note):
                if line.strip():
                    composition.add_line(line.strip())

    def _add_blocks(self, holder: Element, composition: Composition) -> None:
        begun = ""
        for block in _flat(holder):
            kind = local_name(block)
            if kind == "tbl":
                self._add_table(block, composition)
            elif kind == "p" and not self._styles.is_contents(block):
                lines, boxes = self._paragraph(block)
                lines[0] = begun + lines[0]
                begun = lines.pop() if _runs_on(block) else ""
                for line in lines:
                    composition.add_line(line)
                for box in boxes:
                    self._add_blocks(box, composition)
        if begun:
            composition.add_line(begun)

    def _lines(self, holder: Element) -> list[str]:
        """What a cell or note shows, tables in it a line a row."""
        inner = Composition()
        self._add_blocks(holder, inner)
        return inner.text.split("\n")

    def _add_table(self, table: Element, composition: Composition) -> None:
        rows = [row for row in _flat(table) if local_name(row) == "tr" and not _is_deleted(row)]
        cells = [[cell for cell in _flat(row) if local_name(cell) == "tc"] for row in rows]
        if any(local_name(block) == "tbl" for row in cells for cell in row for block in _flat(cell)):
            for row in cells:
                for cell in row:
                    self._add_blocks(cell, composition)
            return
        add_rows([self._row(*pair) for pair in zip(rows, cells, strict=True)], composition)

    def _row(self, row: Element, cells: Sequence[Element]) -> list[Piece]:
        before = child(row, "trPr", "gridBefore")
        offset = _width(attribute(before, "val")) if before is not None else 0
        pieces = [Piece((), offset)] if offset else []
        for cell in cells:
            properties = child(cell, "tcPr")
            span = child(properties, "gridSpan")
            width = _width(attribute(span, "val")) if span is not None else 1
            if pieces and _goes_on(properties, "hMerge"):
                pieces[-1] = pieces[-1]._replace(colspan=pieces[-1].colspan + width)
            elif _goes_on(properties, "vMerge"):
                pieces.append(Piece((), width, covered=True))
            else:
                pieces.append(Piece(self._lines(cell), width))
        return pieces

    def _paragraph(self, paragraph: Element) -> tuple[list[str], list[Element]]:
        """The lines of a paragraph, its number before them, and its text boxes."""
        shown: list[str] = []
        boxes: list[Element] = []
        for element in _shown(paragraph):
            kind = local_name(element)
            if kind == "t":
                shown.append((element.text or "").replace("\n", " ").replace("\t", " "))
            elif kind in _SIGNS:
                shown.append(_SIGNS[kind] if attribute(element, "type") != "page" else "")
            elif kind == "sym":
                shown.append(_symbol(element))
            elif kind == "txbxContent":
                boxes.append(element)
            elif kind in ("footnoteReference", "endnoteReference"):
                self._cite(kind.removesuffix("Reference"), attribute(element, "id"))
        text = "".join(shown).replace("\r", "\n")
        return with_number(self._numbers.of(paragraph), text).split("\n"), boxes

    def _cite(self, kind: str, key: str | None) -> None:
        note = self._notes.pop((kind, key), None)
        if note is not None:
            self._cited.append(note)


def _flat(holder: Element) -> Iterator[Element]:
    """The elements in `holder`, wrappers opened; tables of contents left out."""
    stack = list(reversed(holder))
    while stack:
        element = stack.pop()
        if local_name(element) not in _WRAPPERS:
            yield element
        elif not _is_contents(element):
            stack.extend(reversed(element))


def _shown(paragraph: Element) -> Iterator[Element]:
    """The elements of a paragraph that are shown; text boxes are not entered."""
    walk = etree.iterwalk(paragraph, events=("start",))
    for _, element in walk:
        kind = local_name(element)
        if kind in _UNSHOWN or (kind == "r" and _is_hidden(element)) or _is_second(element, kind):
            walk.skip_subtree()
            continue
        if kind == "txbxContent":
            walk.skip_subtree()
        yield element


def _is_second(element: Element, kind: str) -> bool:
    """Whether this is what older readers should show in place of what stands before it."""
    if kind not in ("Choice", "Fallback"):
        return False
    before = element.getprevious()
    return before is not None and local_name(before) == "Choice"


def _is_hidden(run: Element) -> bool:
    hidden = child(run, "rPr", "vanish")
    return hidden is not None and attribute(hidden, "val") not in _OFF


def _is_contents(wrapper: Element) -> bool:
    gallery = child(wrapper, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == _CONTENTS


def _is_deleted(row: Element) -> bool:
    return child(row, "trPr", "del") is not None


def _runs_on(paragraph: Element) -> bool:
    """Whether the paragraph's end was deleted, so that the next one goes on with it."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def _goes_on(properties: Element | None, merge: str) -> bool:
    merged = child(properties, merge)
    return merged is not None and attribute(merged, "val") != "restart"


def _width(value: str | None) -> int:
    return min(max(0, number(value, 1)), _COLUMNS_MAX)


def _symbol(element: Element) -> str:
    code = attribute(element, "char") or ""
    try:
        # Word adds 0xF000 to the code of a sign in a symbol font.
        return _SYMBOLS.get((attribute(element, "font") or "", int(code, 16) & 0xFFF), "")
    except ValueError:
        return ""
