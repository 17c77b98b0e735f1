"""Word files (ECMA-376, `.docx`): what Word shows of the body, tables as grids.

The parts are read with lxml, not through python-docx: its blocks leave out automatic numbers, content
controls, inserted text, text boxes and footnotes, and here each part is unpacked within limits.
"""

from ..errors import BrokenFile, EmptyText, EncryptedFile
from ..limits import Limits
from ..records import SourceText
from .composition import Composition
from .docx_body import Body
from .docx_numbers import Numbers, Styles
from .file_kinds import WORD_MEMBER, packed_members
from .xml_parts import Element, child
from .zip_parts import ZipParts

_NOTES = ("footnote", "endnote")


class DocxReader:
    """Reads Word files."""

    name = "docx"
    suffixes = frozenset({".docx", ".docm", ".dotx", ".dotm"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is a ZIP with a Word document in it."""
        return WORD_MEMBER in packed_members(data)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """Paragraphs a line each; tables a row a line, cells parted by tabs; notes at the end.

        Numbers that Word counts itself stand before their paragraphs. Tracked deletions, hidden text, the
        table of contents, headers and footers are left out. Raises BrokenFile, EncryptedFile, EmptyText or
        LimitExceeded.
        """
        composition = compose_docx(ZipParts(data, name, limits), name)
        if not composition.text.strip():
            raise EmptyText(f"{name}: the Word file holds no text. Pictures of text need OCR first.")
        return SourceText(text=composition.text, format=self.name, grids=composition.grids)


def compose_docx(parts: ZipParts, name: str) -> Composition:
    """What the document in `parts` shows; raises what `ZipParts` raises."""
    root = parts.xml(WORD_MEMBER)
    content = child(root, "body")
    if content is None:
        raise BrokenFile(f"{name}: the Word file has no body. Fetch it again.")
    styles = Styles(_optional(parts, "word/styles.xml"))
    numbers = Numbers(_optional(parts, "word/numbering.xml"), styles)
    notes = {kind: _optional(parts, f"word/{kind}s.xml") for kind in _NOTES}
    composition = Composition()
    Body(styles, numbers, notes).compose(content, composition)
    return composition


def _optional(parts: ZipParts, part: str) -> Element | None:
    """A part that may be missing, or be damaged without harm to the text."""
    try:
        return parts.xml(part) if part in parts else None
    except (BrokenFile, EncryptedFile):
        return None
