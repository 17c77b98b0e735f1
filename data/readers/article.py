"""Which element of a page holds its article, and what the article is called.

Own scoring rather than trafilatura or a readability port: they flatten tables (spans, empty cells) and drop
what looks thin, such as headings between tables or a report of two sentences; here what cannot be told apart
stays in.
"""

import re
from collections import defaultdict
from functools import cache
from itertools import islice

from lxml.html import HtmlElement

from .html_lines import is_data
from .page_marks import named, page_marks, worded

# Elements that never show text of the article.
_UNSHOWN = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
    *("audio", "video", "select", "option", "input", "button", "textarea", "map", "link"),
)
_FURNITURE_TAGS = ("nav", "footer")
_CELLS = ("td", "th")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PROSE = re.compile("[，。；、,;]")

# An element with less of the page's prose than this may be furniture by its name alone; an article cannot.
_FURNITURE_MAX = 0.15
# Hidden parts with more than this are the article, unhidden by a script.
_HIDDEN_MAX = 0.5
# An element named like a content container is believed with this share of the prose, others need nearly all
# of it.
_NAMED_SHARE = 0.5
_UNNAMED_SHARE = 0.95
# Sites' own sentences (who runs it, how to view it) are shorter than this, their tables of metadata lower.
_SENTENCE = 40
_TABLE_ROWS = 3
# Elements that are part of an article, never the whole of it.
_PARTS = frozenset(
    "p span a b strong em font table thead tbody tr ul ol li h1 h2 h3 h4 h5 h6 blockquote pre".split()  # noqa: SIM905
)

_HEADLINE = range(5, 90)
# A headline is set in fewer pieces than this; a whole page may bear a headline's name.
_HEADLINE_PIECES = 30
_REPORT = re.compile(r"(?:报告|年报)(?:[(（].{1,12}[)）])?$")
_TITLE_PARTS = re.compile(r"\s*[_|｜]\s*|\s+[-–—]+\s+|-{2,}|\s*——?\s*(?=[^——]{2,12}$)")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    marks = page_marks()
    return named(marks.content), worded(marks.furniture), named(marks.headline)


def strip_unshown(root: HtmlElement) -> None:
    """Take out of the tree what a browser does not show: scripts, styles, form controls, hidden elements."""
    for element in list(root.iter(*_UNSHOWN)):
        element.drop_tree()
    prose = _prose(root)
    for element in list(root.iter()):
        hidden = element.get("hidden") is not None or _HIDDEN.search(element.get("style") or "")
        if hidden and prose[element] <= _HIDDEN_MAX * prose[root] and element.getparent() is not None:
            element.drop_tree()


def article(root: HtmlElement) -> HtmlElement:
    """The element that holds the article, furniture taken out of it; the whole body where none stands out."""
    body = root.find("body") if root.find("body") is not None else root
    content, furniture, _ = _patterns()
    prose = _prose(body)
    if not prose[body]:
        return body
    for element in list(body.iter()):
        by_name = element.tag in _FURNITURE_TAGS or furniture.search(_names(element))
        if by_name and element is not body and prose[element] <= _FURNITURE_MAX * prose[body]:
            element.drop_tree()
    prose = _prose(body)
    enough = _NAMED_SHARE * prose[body]
    believed = [
        element for element in body.iter() if content.search(_names(element)) and prose[element] >= enough
    ]
    return _grown(_innermost(believed[-1] if believed else body, prose), body)


def _innermost(element: HtmlElement, prose: dict[HtmlElement, int]) -> HtmlElement:
    """The deepest element under `element` with nearly all of its prose."""
    enough = _UNNAMED_SHARE * prose[element]
    while True:
        inner = [child for child in element if child.tag not in _PARTS and prose[child] >= enough]
        if not inner:
            return element
        element = inner[0]


def _grown(element: HtmlElement, body: HtmlElement) -> HtmlElement:
    """`element`, or the one around it that also holds what of the page can only be an article's."""
    inside = set(element.iter())
    outside = [other for other in body.iter() if other not in inside and _weighs(other)]
    for other in outside:
        while other not in inside:
            element = element.getparent()
            inside = set(element.iter())
    return element


def _weighs(element: HtmlElement) -> bool:
    """Whether an element is a long sentence or a table of data other than the page's metadata."""
    if element.tag == "table":
        return (
            len(element.findall(".//tr")) >= _TABLE_ROWS and is_data(element) and not _states_fields(element)
        )
    texts = (element.text if element.tag != "a" else "", *(child.tail for child in element))
    return any(text and "。" in text and len(text.strip()) >= _SENTENCE for text in texts)


def _states_fields(table: HtmlElement) -> bool:
    labels = page_marks().labels
    return any("".join(text.split()).rstrip(":：") in labels for text in table.itertext())


def _names(element: HtmlElement) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _prose(root: HtmlElement) -> dict[HtmlElement, int]:
    """Characters of prose under each element: text with punctuation or in a cell, outside links."""
    prose: dict[HtmlElement, int] = defaultdict(int)
    for element in root.iter():
        for text, holder in ((element.text, element), (element.tail, element.getparent())):
            if text and holder is not None and _counts(text, holder):
                prose[holder] += len(text.strip())
    for element in reversed(list(root.iter())):
        parent = element.getparent()
        if parent is not None and element is not root:
            prose[parent] += prose[element]
    return prose


def _counts(text: str, holder: HtmlElement) -> bool:
    if holder.tag == "a" or not text.strip():
        return False
    around = holder.getparent()
    in_cell = holder.tag in _CELLS or (around is not None and around.tag in _CELLS)
    return in_cell or bool(_PROSE.search(text))


def headline(root: HtmlElement, shown: list[str]) -> str | None:
    """The article's title, or None where the page has none of its own.

    In this order: the site standard's `<meta>`, a headline that the `<title>` repeats, a headline, one of
    the lines `shown` that ends as reports are called, the `<title>` without the site's name.
    """
    stated = _one_line(root.findtext(".//title") or "")
    found = [text for text in _headlines(root) if len(text) in _HEADLINE]
    repeated = [text for text in found if text.replace(" ", "") in stated.replace(" ", "")]
    called = [line for line in shown if len(line) in _HEADLINE and _REPORT.search(line)]
    parts = [part for part in _TITLE_PARTS.split(stated) if len(part) in _HEADLINE]
    choices = (_meta_title(root), max(repeated, key=len, default=""), *found[:1], *called[:1], *parts[:1])
    return next(filter(None, choices), None)


def _meta_title(root: HtmlElement) -> str:
    titles = (meta.get("content") or "" for meta in root.iter("meta") if _is_title(meta.get("name")))
    return _one_line(next(titles, ""))


def _is_title(name: str | None) -> bool:
    return (name or "").lower() == "articletitle"


def _headlines(root: HtmlElement) -> list[str]:
    *_, marked = _patterns()
    found = (
        element for element in root.iter() if element.tag in ("h1", "h2") or marked.search(_names(element))
    )
    return [
        _one_line("".join(islice(element.itertext(), _HEADLINE_PIECES)))
        for element in found
        if element.tag != "title"
    ]


def _one_line(text: str) -> str:
    return " ".join(text.split())
