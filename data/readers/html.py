"""Web pages: the article, its tables and the fields that the page states."""

import re
from functools import cache

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ..errors import BrokenFile, EmptyText, UnknownFormat
from ..folding import fold
from ..limits import Limits
from ..records import SourceText
from .article import article, headline, strip_unshown
from .composition import Composition
from .decoding import decode, plain
from .html_lines import compose, lines
from .page_fields import stated_fields
from .page_marks import page_marks

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]{3,20})""", re.IGNORECASE)
# The HTML standard looks for a declared encoding in the first 1024 bytes; sites put scripts before it.
_HEAD = 4096
_MARKUP = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*"
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|link|style|div|table|p|section|article|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_LATER = re.compile(r"<(?:html|body)\b[^>]{0,500}>", re.IGNORECASE)
# An article that shows its title does so in its first lines.
_TITLE_WITHIN = 8
# A title is set in this many lines at most.
_TITLE_LINES = 3
_XML_HEAD = re.compile(r"^\s*<\?xml[^>]{0,200}>")


class HtmlReader:
    """Reads HTML as a person would: the article without the site around it."""

    name = "html"
    suffixes = frozenset({".html", ".htm", ".shtml", ".xhtml"})

    def accepts(self, data: bytes) -> bool:
        """Whether the first characters are those of a page."""
        head = decode(data[:_HEAD])
        return bool(head and (_MARKUP.match(head.text) or _MARKUP_LATER.search(head.text)))

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The article's text, its title on top, with its grids and the page's fields.

        Raises UnknownFormat where the bytes are no characters, EmptyText where the page shows no text.
        """
        declared = _CHARSET.search(data[:_HEAD])
        decoded = decode(data, declared[1].decode("ascii") if declared else None)
        if decoded is None:
            raise UnknownFormat(
                f"{name}: its bytes are no characters of any known encoding. Save the page again."
            )
        root = _parse(plain(decoded.text), name)
        strip_unshown(root)
        shown = lines(root.find("body") if root.find("body") is not None else root)
        fields = stated_fields(root, shown)
        title = headline(root, shown)
        composition = _compose(root, title, shown)
        if not composition.text.strip():
            raise EmptyText(
                f"{name}: the page shows no text; perhaps a script writes it. "
                "Save it from a browser as shown, or as PDF."
            )
        return SourceText(
            text=composition.text,
            format=self.name,
            grids=composition.grids,
            title=title,
            encoding=decoded.encoding,
            fields=fields,
        )


def _parse(page: str, name: str) -> HtmlElement:
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(_XML_HEAD.sub("", page), parser=parser)
    except etree.ParserError:
        raise EmptyText(f"{name}: the page is empty. Fetch it again, or leave it out.") from None
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        raise BrokenFile(f"{name}: its tags are nested too deep to be read whole. Save the page again.")
    return root


def _compose(root: HtmlElement, title: str | None, shown: list[str]) -> Composition:
    """The article under its title; all that is `shown` where taking furniture out leaves nothing."""
    body = article(root)
    composition = Composition()
    if title and _titled(title, shown) and not _titled(title, lines(body)[:_TITLE_WITHIN]):
        composition.add_line(title)
    compose(body, composition, _is_furniture)
    if composition.text.strip() in ("", title):
        composition = Composition()
        for line in shown:
            composition.add_line(line)
    return composition


def _titled(title: str, shown: list[str]) -> bool:
    """Whether one line, or a few short ones in a row, say just the title."""
    sought = _squeezed(title)
    squeezed = [_squeezed(line) for line in shown]
    return any(
        sought == "".join(squeezed[start:end])
        for start in range(len(squeezed))
        if squeezed[start] and sought.startswith(squeezed[start])
        for end in range(start + 1, start + _TITLE_LINES + 1)
    )


def _squeezed(text: str) -> str:
    return "".join(fold(text).split())


def _is_furniture(line: str) -> bool:
    return bool(_furniture_line().fullmatch("".join(line.split())))


@cache
def _furniture_line() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in page_marks().furniture_lines))
