"""Which element of a page holds its article.

Own scoring rather than trafilatura or a readability port: they flatten tables (spans, empty cells) and drop
what looks thin, such as headings between tables or a report of two sentences; here what cannot be told apart
stays in. `benchmarks/articles.py` compares them. All of it takes one pass or few, whatever the nesting.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache

from lxml import etree
from lxml.html import HtmlElement

from ..folding import fold
from .html_lines import is_data, lines
from .page_marks import Names, named, page_marks, whole_line, worded
from .page_weights import Weights, prose_without, weigh

# Elements that never show text of the article.
_UNSHOWN = (
    *("script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas"),
    *("audio", "video", "select", "option", "input", "button", "textarea", "map", "link"),
)
_FURNITURE_TAGS = frozenset({"nav", "footer"})
# Elements to be taken out get this tag and go all at once: one by one moves the text behind them each time.
_DROPPED = "template"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MAYBE_HIDDEN = etree.XPath(
    "descendant::*[@hidden or contains(@style, 'none') or contains(@style, 'NONE')"
    " or contains(@style, 'hidden') or contains(@style, 'HIDDEN')]"
)
_NAMED = etree.XPath("descendant::*[@id or @class or self::nav or self::footer]")

# An element with less of the page's prose than this may be furniture by its name alone; an article cannot.
_FURNITURE_MAX = 0.15
# Hidden parts with more than this are the article, unhidden by a script.
_HIDDEN_MAX = 0.5
# An element named like a content container is believed with this share of the prose, others need nearly all
# of it.
_NAMED_SHARE = 0.5
_UNNAMED_SHARE = 0.95
# A list of other pages: this many links make up this share of its characters; the rest is a heading.
_LINKS_MIN = 3
_LINKED_SHARE = 0.7
_LIST_HEADING = 8
_HEADING_TAGS = frozenset({"h2", "h3", "h4", "h5", "h6", "div", "p", "b", "strong", "span", "dt"})
# A footer: short, of few elements, and not far up from the line that gives it away.
_FOOTER_CHARACTERS = 400
_FOOTER_ELEMENTS = 60
_FOOTER_CLIMB = 6
# Sites' own sentences (who runs it, how to view it) are shorter than this, their tables of metadata lower.
_SENTENCE = 40
_TABLE_ROWS = 3
# Elements that are part of an article, never the whole of it.
_PARTS = frozenset(
    "p span a b strong em font table thead tbody tr ul ol li h1 h2 h3 h4 h5 h6 blockquote pre".split()  # noqa: SIM905
)


@cache
def _patterns() -> tuple[Names, Names]:
    marks = page_marks()
    return Names(named(marks.content)), Names(worded(marks.furniture))


def strip_unshown(root: HtmlElement) -> None:
    """Take out of the tree what a browser does not show: scripts, styles, form controls, hidden elements."""
    etree.strip_elements(root, *_UNSHOWN, with_tail=False)
    hidden = [element for element in _MAYBE_HIDDEN(root) if _is_hidden(element)]
    if hidden:
        weights = weigh(root)
        most = _HIDDEN_MAX * weights[root].prose
        _drop(root, (each for each in hidden if weights[each].prose <= most and each is not root))


def _is_hidden(element: HtmlElement) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))


def _drop(root: HtmlElement, elements: Iterable[HtmlElement]) -> None:
    """Take `elements` out of the tree; the text behind each stays."""
    for element in elements:
        element.tag = _DROPPED
    etree.strip_elements(root, _DROPPED, with_tail=False)


def article(root: HtmlElement) -> HtmlElement:
    """The element that holds the article, furniture taken out of it; the whole body where none stands out."""
    body = root.find("body") if root.find("body") is not None else root
    weights = weigh(body)
    if not weights[body].prose:
        return body
    content, _ = _patterns()
    unwanted = {*_furniture(body, weights), *_link_lists(body, weights), *_footers(body, weights)}
    unwanted.discard(body)
    prose = prose_without(weights, unwanted)
    _drop(body, unwanted)
    enough = _NAMED_SHARE * prose[body]
    believed = [element for element in _NAMED(body) if prose[element] >= enough and content.found(element)]
    return _grown(_innermost(believed[-1] if believed else body, prose), body)


def _furniture(body: HtmlElement, weights: Weights) -> Iterator[HtmlElement]:
    """Elements that their names show to be the site's."""
    _, furniture = _patterns()
    most = _FURNITURE_MAX * weights[body].prose
    for element in _NAMED(body):
        if weights[element].prose <= most and (element.tag in _FURNITURE_TAGS or furniture.found(element)):
            yield element


def _link_lists(body: HtmlElement, weights: Weights) -> Iterator[HtmlElement]:
    """Elements that mostly lead to other pages, each with the heading before it."""
    for element, weight in weights.items():
        is_list = weight.links >= _LINKS_MIN and weight.linked >= _LINKED_SHARE * weight.characters
        if is_list and element is not body:
            yield element
            before = element.getprevious()
            if before is not None and before.tag in _HEADING_TAGS:
                heading = weights[before]
                if (
                    not heading.prose
                    and heading.characters <= _LIST_HEADING
                    and heading.elements < _LIST_HEADING
                ):
                    yield before


def _footers(body: HtmlElement, weights: Weights) -> Iterator[HtmlElement]:
    """What stands around lines that only a site's footer has: its number, its keeper's mark."""
    given_away = whole_line(page_marks().footer_marks)
    for element in list(weights):
        if element is not body and weights[element].own_marks and given_away.search(_own_text(element)):
            yield _footer(element, body, weights)


def _own_text(element: HtmlElement) -> str:
    return fold("".join((element.text or "", *(child.tail or "" for child in element))))


def _footer(element: HtmlElement, body: HtmlElement, weights: Weights) -> HtmlElement:
    for _ in range(_FOOTER_CLIMB):
        around = element.getparent()
        if around is None or around is body or not _is_footer(around, weights):
            break
        element = around
    return element


def _is_footer(element: HtmlElement, weights: Weights) -> bool:
    weight = weights[element]
    if weight.characters > _FOOTER_CHARACTERS or weight.elements > _FOOTER_ELEMENTS:
        return False
    line_of_footer = whole_line(page_marks().footer_words)
    return all(line_of_footer.search(fold(line)) for line in lines(element) if line)


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
    around = [element, *element.iterancestors()]
    level = dict(zip(around, range(len(around)), strict=True))
    inside = set(element.iter())
    highest = 0
    for other in body.iter():
        if other not in inside and other not in level and _weighs(other):
            path = []
            while other not in level:
                path.append(other)
                other = other.getparent()
            level.update(dict.fromkeys(path, level[other]))
            highest = max(highest, level[other])
        elif other in level and other is not element and _weighs(other):
            highest = max(highest, level[other])
    return around[min(highest, around.index(body))]


def _weighs(element: HtmlElement) -> bool:
    """Whether an element is a long sentence or a table of data other than the page's metadata."""
    if element.tag == "table":
        return (
            is_data(element) and len(element.findall(".//tr")) >= _TABLE_ROWS and not _states_fields(element)
        )
    texts = (element.text if element.tag != "a" else "", *(child.tail for child in element))
    return any(text and "。" in text and len(text.strip()) >= _SENTENCE for text in texts)


def _states_fields(table: HtmlElement) -> bool:
    labels = page_marks().labels
    return any(fold("".join(text.split())).rstrip(":") in labels for text in table.itertext())
