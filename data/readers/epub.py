"""EPUB books (EPUB 3.3): the pages of the spine in their order, each read as HTML is."""

import posixpath
from urllib.parse import unquote

from lxml import etree
from lxml.html import HTMLParser, document_fromstring

from ..errors import BrokenFile, EmptyText, EncryptedFile
from ..limits import Limits
from ..records import SourceText
from .article import strip_unshown
from .composition import Composition
from .decoding import decode, plain
from .file_kinds import BOOK_MEMBER, packed_members
from .html_lines import compose
from .xml_parts import Element, attribute, child
from .zip_parts import ZipParts

_PAGES = ("application/xhtml+xml", "text/html")
_LOCKS = "META-INF/encryption.xml"


class EpubReader:
    """Reads EPUB books."""

    name = "epub"
    suffixes = frozenset({".epub"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is a ZIP with the table of a book in it."""
        return BOOK_MEMBER in packed_members(data)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The pages' lines and tables one after the other, without the table of contents.

        Raises BrokenFile, EncryptedFile, EmptyText or LimitExceeded.
        """
        parts = ZipParts(data, name, limits)
        composition = Composition()
        for page in _spine(parts, name):
            _add_page(parts.read(page), composition, name)
        if not composition.text.strip():
            if _LOCKS in parts:
                raise EncryptedFile(f"{name}: the book is encrypted. Give one without protection.")
            raise EmptyText(f"{name}: the book holds no text. Pictures of text need OCR first.")
        return SourceText(text=composition.text, format=self.name, grids=composition.grids)


def _spine(parts: ZipParts, name: str) -> list[str]:
    """The pages of the book in the order they are read."""
    rootfile = child(parts.xml(BOOK_MEMBER), "rootfiles", "rootfile")
    package = attribute(rootfile, "full-path") if rootfile is not None else None
    if not package:
        raise BrokenFile(f"{name}: the book does not say where its pages are. Fetch it again.")
    root = parts.xml(package)
    items = {attribute(item, "id"): item for item in root.iter("{*}item")}
    order = (items.get(attribute(one, "idref")) for one in root.iter("{*}itemref"))
    folder = posixpath.dirname(package)
    pages = [posixpath.normpath(posixpath.join(folder, _place(item))) for item in order if _is_page(item)]
    return [page for page in dict.fromkeys(pages) if page in parts]


def _is_page(item: Element | None) -> bool:
    if item is None or "nav" in (attribute(item, "properties") or "").split():
        return False
    return attribute(item, "media-type") in _PAGES


def _place(item: Element | None) -> str:
    return unquote(attribute(item, "href") or "") if item is not None else ""


def _add_page(data: bytes, composition: Composition, name: str) -> None:
    decoded = decode(data, "utf-8")
    if decoded is None:
        return
    page = plain(decoded.text)
    page = page[page.index("?>") + 2 :] if page.startswith("<?xml") and "?>" in page else page
    parser = HTMLParser(huge_tree=False, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = document_fromstring(page, parser=parser)
    except etree.ParserError:
        return
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise BrokenFile(f"{name}: its tags are nested too deep to be read whole. Save it as plain text.")
    strip_unshown(root)
    compose(root.find("body") if root.find("body") is not None else root, composition)
