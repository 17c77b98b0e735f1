"""OpenDocument text (ODF 1.3, `.odt`): what an editor shows of the body, tables as grids.

content.xml is read with lxml, so that parts are unpacked within limits and XML is parsed without entities;
the library odfpy was last released in 2020.
"""

from ..errors import BrokenFile, EmptyText, EncryptedFile
from ..limits import Limits
from ..records import SourceText
from .composition import Composition
from .file_kinds import is_open_text, packed_members
from .odt_body import Body
from .odt_numbers import Numbers
from .xml_parts import Element, child, local_name
from .zip_parts import ZipParts

CONTENT_MEMBER = "content.xml"
_MANIFEST = "META-INF/manifest.xml"


class OdtReader:
    """Reads OpenDocument text."""

    name = "odt"
    suffixes = frozenset({".odt", ".ott"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is a ZIP that says it holds an OpenDocument text."""
        return is_open_text(data) and CONTENT_MEMBER in packed_members(data)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """Paragraphs a line each; tables a row a line, cells parted by tabs; notes at the end.

        Numbers that the editor counts itself stand before their paragraphs. Tracked deletions, comments,
        tables of contents, headers and footers are left out. Raises BrokenFile, EncryptedFile, EmptyText
        or LimitExceeded.
        """
        parts = ZipParts(data, name, limits)
        _check_open(parts, name)
        content = parts.xml(CONTENT_MEMBER)
        body = child(content, "body", "text")
        if body is None:
            raise BrokenFile(f"{name}: the OpenDocument file has no text in it. Fetch it again.")
        composition = Composition()
        Body(Numbers(_styles(parts), content), name, limits).compose(body, composition)
        if not composition.text.strip():
            raise EmptyText(f"{name}: the OpenDocument file holds no text. Pictures of text need OCR first.")
        return SourceText(text=composition.text, format=self.name, grids=composition.grids)


def _check_open(parts: ZipParts, name: str) -> None:
    """Raise EncryptedFile where the manifest says that parts are encrypted (ODF 1.3 part 2, 3.4)."""
    if _MANIFEST not in parts:
        return
    for entry in parts.xml(_MANIFEST):
        if any(local_name(data) == "encryption-data" for data in entry):
            raise EncryptedFile(f"{name}: it asks for a password. Save it without one and try again.")


def _styles(parts: ZipParts) -> Element | None:
    """The shared styles; they may be missing, or damaged without harm to the text."""
    try:
        return parts.xml("styles.xml") if "styles.xml" in parts else None
    except (BrokenFile, EncryptedFile):
        return None
