"""OFD files (GB/T 33190-2016), the fixed-layout format of Chinese offices: their text by its place."""

import posixpath

from ..errors import BrokenFile, EmptyText, LimitExceeded
from ..limits import Limits
from ..records import SourceText
from .composition import Composition
from .file_kinds import OFD_MEMBER, packed_members
from .ofd_page import page_lines
from .xml_parts import attribute, child
from .zip_parts import ZipParts


class OfdReader:
    """Reads OFD files; tables come as lines, their rules are not looked at."""

    name = "ofd"
    suffixes = frozenset({".ofd"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is a ZIP with the entry of an OFD file in it."""
        return OFD_MEMBER in packed_members(data)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The pages' lines from top to bottom, pages parted by a line feed and a form feed.

        Templates, stamps and notes on the page are left out. Raises BrokenFile, EncryptedFile, EmptyText or
        LimitExceeded.
        """
        parts = ZipParts(data, name, limits)
        pages = _pages(parts, name)
        if len(pages) > limits.pages:
            raise LimitExceeded(
                f"{name}: it has {len(pages):,} pages, more than {limits.pages:,} (--max-pages). Split it."
            )
        composition = Composition()
        for number, page in enumerate(pages):
            if number:
                composition.break_page()
            for line in page_lines(parts.xml(page)):
                composition.add_line(line)
        if not composition.text.strip():
            raise EmptyText(f"{name}: the OFD file holds no text. Pictures of text need OCR first.")
        return SourceText(text=composition.text, format=self.name)


def _pages(parts: ZipParts, name: str) -> list[str]:
    """The parts that are pages, document after document."""
    pages = []
    for body in parts.xml(OFD_MEMBER).iterchildren("{*}DocBody"):
        place = child(body, "DocRoot")
        document = _joined("", place.text if place is not None else None)
        listed = child(parts.xml(document), "Pages")
        for page in listed if listed is not None else ():
            pages.append(_joined(posixpath.dirname(document), attribute(page, "BaseLoc")))
    if not pages:
        raise BrokenFile(f"{name}: the OFD file has no pages. Fetch it again.")
    return pages


def _joined(folder: str, place: str | None) -> str:
    """A place in the archive: from its root where it begins with a slash, else from `folder`."""
    path = posixpath.join("/", folder, (place or "").strip())
    return posixpath.normpath(path).lstrip("/")
