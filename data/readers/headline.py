"""What an article is called."""

import re
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from ..folding import fold
from .page_marks import Names, is_furniture, named, page_marks

_LENGTHS = range(5, 90)
_REPORT = re.compile(r"(?:报告|年报)(?:[(（].{1,12}[)）])?$")
_PATH = re.compile(r"[>＞»→/]|(?:您|当前).{0,6}位置|正文$")
_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-{2,}|\s*——?\s*(?=[^——]{2,12}$)")
_CANDIDATES = etree.XPath("//h1|//h2|//*[@id or @class]")


@cache
def _names() -> Names:
    return Names(named(page_marks().headline))


def headline(root: HtmlElement, shown: list[str]) -> str | None:
    """The article's title, or None where the page has none of its own.

    In this order: the site standard's `<meta>`, a headline that the `<title>` repeats, a line that it repeats
    and that ends as reports are called, such a headline, any such line, a headline, the `<title>` without the
    site's name.
    """
    stated = _one_line(root.findtext(".//title") or "")[:500]
    whole = stated.replace(" ", "")
    found = [text for text in _headlines(root) if _may_be(text)]
    repeated = [text for text in found if text.replace(" ", "") in whole]
    called = [
        line for line in shown if len(line) in _LENGTHS and _REPORT.search(fold(line)) and _may_be(line)
    ]
    confirmed = [line for line in called if line.replace(" ", "") in whole]
    parts = [part for part in _PARTS.split(stated) if len(part) in _LENGTHS]
    choices = (
        _meta_title(root),
        max(repeated, key=len, default=""),
        max(confirmed, key=len, default=""),
        *[text for text in found if _REPORT.search(fold(text))][:1],
        *called[:1],
        *found[:1],
        *parts[:1],
    )
    return next(filter(None, choices), None)


def _may_be(text: str) -> bool:
    return len(text) in _LENGTHS and not _PATH.search(text) and not is_furniture(text)


def _meta_title(root: HtmlElement) -> str:
    titles = (meta.get("content") or "" for meta in root.iter("meta") if _is_title(meta.get("name")))
    return _one_line(next(titles, ""))


def _is_title(name: str | None) -> bool:
    return (name or "").lower() == "articletitle"


def _headlines(root: HtmlElement) -> list[str]:
    names = _names()
    return [
        _one_line(_short_text(element))
        for element in _CANDIDATES(root)
        if element.tag != "title" and (element.tag in ("h1", "h2") or names.found(element))
    ]


def _short_text(element: HtmlElement) -> str:
    """The text of an element, or nothing where it is longer than a headline: a page may bear its name."""
    length = 0
    pieces: list[str] = []
    for piece in element.itertext():
        length += len(piece)
        if length > 3 * _LENGTHS.stop or len(pieces) > _LENGTHS.stop:
            return ""
        pieces.append(piece)
    return "".join(pieces)


def _one_line(text: str) -> str:
    return " ".join(text.split())
