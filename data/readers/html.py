"""Web pages: the article, its tables and the fields that the page states."""

import re

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from ..errors import AttachmentOnly, EmptyText, LimitExceeded, UnknownFormat
from ..folding import fold
from ..limits import Limits
from ..records import SourceText
from .article import article, strip_unshown
from .composition import Composition
from .decoding import decode, plain
from .headline import headline
from .html_lines import BLOCKS, compose, lines
from .page_fields import stated_fields, states_fields
from .page_links import attachments, says_nothing
from .page_marks import is_furniture

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w:.-]{3,20})""", re.IGNORECASE)
# The HTML standard looks for a declared encoding in the first 1024 bytes; sites put scripts before it.
_HEAD = 4096
_MARKUP = re.compile(
    r"\s*+(?:<\?xml[^>]{0,200}>\s*+)?(?:(?><!--.{0,2000}?-->)\s*+)*+"
    r"<(?:!doctype\s+html|html|head|body|meta|title|script|link|style|div|table|p|section|article|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP_LATER = re.compile(r"<(?:html|body)\b[^>]{0,500}>", re.IGNORECASE)
# An article that shows its title does so in its first lines.
_TITLE_WITHIN = 8
# A title is set in this many lines at most.
_TITLE_LINES = 3
# What a page says about its article stands in this many lines; the longest report met has 1,100.
_SHOWN_LINES = 2000
# A page of fewer tags is read whatever its limits; one of more may have a third as many as cells are allowed:
# reading takes a hundredth of a millisecond a tag.
_TAGS_MIN = 10_000
# So many attachments are named in an error.
_NAMED_MAX = 5
# A tag with so many signs as part attributes has too many of them.
_LONG_TAG = re.compile(r"""<([a-zA-Z][^\s<>]{0,30}+)(?:[^>"']++|"[^"]*+"|'[^']*+')++""")
_ATTRIBUTES_MAX = 500
_TAG = re.compile("<(?!t[dhr]\\b)[a-zA-Z]", re.IGNORECASE)
_CELL = re.compile(r"<t[dh]\b", re.IGNORECASE)
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

        Raises UnknownFormat where the bytes are no characters, EmptyText where the page shows no text,
        AttachmentOnly where it only leads to a document, LimitExceeded where its tags are too many or deep.
        """
        declared = _CHARSET.search(data[:_HEAD])
        decoded = decode(data, declared[1].decode("ascii") if declared else None)
        if decoded is None:
            raise UnknownFormat(
                f"{name}: its bytes are no characters of any known encoding. Save the page again."
            )
        root = _parse(plain(decoded.text), name, limits)
        attached = attachments(root)
        strip_unshown(root)
        shown = lines(root.find("body") if root.find("body") is not None else root)
        fields = stated_fields(root, shown[:_SHOWN_LINES])
        title = headline(root, shown[:_SHOWN_LINES])
        composition = _compose(root, title, shown)
        if not composition.text.strip():
            raise EmptyText(
                f"{name}: the page shows no text; perhaps a script writes it. "
                "Save it from a browser as shown, or as PDF."
            )
        if attached and not composition.grids and says_nothing(composition.text.split("\n"), title):
            raise AttachmentOnly(
                f"{name}: the page holds no report, only links to it: {'、'.join(attached[:_NAMED_MAX])}. "
                "Fetch and index that file."
            )
        return SourceText(
            text=composition.text,
            format=self.name,
            grids=composition.grids,
            title=title,
            encoding=decoded.encoding,
            fields=fields,
        )


def _parse(page: str, name: str, limits: Limits) -> HtmlElement:
    _check_number(page, name, limits)
    parser = HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        root = document_fromstring(_LONG_TAG.sub(_without_attributes, _XML_HEAD.sub("", page)), parser=parser)
    except etree.ParserError:
        raise EmptyText(f"{name}: the page is empty. Fetch it again, or leave it out.") from None
    resources = any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
    if resources or _depth(root) > limits.depth:
        raise LimitExceeded(
            f"{name}: its tags are nested too deep, more than {limits.depth} (--max-depth). "
            "Save the page again, or allow more."
        )
    return root


def _check_number(page: str, name: str, limits: Limits) -> None:
    """Cells, tags and line feeds are counted before a tree is made of them: it takes 50 times their bytes."""
    cells = len(_CELL.findall(page)) if page.count("<") > limits.cells else 0
    if cells > limits.cells:
        raise LimitExceeded(
            f"{name}: its tables have {cells:,} cells, more than {limits.cells:,} (--max-cells). "
            "Split it, or allow more."
        )
    most = max(_TAGS_MIN, limits.cells // 3)
    tags = len(_TAG.findall(page)) if page.count("<") > most else 0
    if tags > most or (page.count("\n") > most and "<pre" in page):
        raise LimitExceeded(
            f"{name}: it has more than {most:,} tags or lines, a third of the cells that a file may "
            "have (--max-cells). Split it, or allow more."
        )


def _without_attributes(tag: re.Match[str]) -> str:
    """The tag, or its name alone where its attributes are so many that parsing them takes their square."""
    signs = max(map(tag[0].count, "= \n\t/\"'"))
    return f"<{tag[1]} " if signs > _ATTRIBUTES_MAX else tag[0]


def _depth(root: HtmlElement) -> int:
    """How deep blocks are nested; tags of type style left open are many on old pages, and harmless."""
    depth = deepest = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if element.tag in BLOCKS:
            depth += 1 if event == "start" else -1
            deepest = max(deepest, depth)
    return deepest


def _compose(root: HtmlElement, title: str | None, shown: list[str]) -> Composition:
    """The article under its title; all that is `shown` where taking furniture out leaves nothing."""
    body = article(root)
    composition = Composition()
    if title and _titled(title, shown[:_SHOWN_LINES]) and not _titled(title, lines(body)[:_TITLE_WITHIN]):
        composition.add_line(title)
    compose(body, composition, _unwanted)
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


def _unwanted(line: str) -> bool:
    return is_furniture(line) or states_fields(line)
