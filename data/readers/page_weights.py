"""How much each element of a page holds: prose, characters, links."""

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass

from lxml.html import HtmlElement

_CELLS = frozenset({"td", "th"})
_PROSE = re.compile("[，。；、,;]")
_NO_WORDS = re.compile(r"[\s\d:：/|.·【】（）()\[\]-]+")
_ATTACHED = re.compile(r"\.(?:pdf|docx?|xlsx?|wps|et|zip|rar|ofd|txt|csv)(?:$|[?#])", re.IGNORECASE)
# Letters that all marks of a footer have among them; a cheap look before a dear one.
_MARKS = re.compile("ICP|[备備标標版安]", re.IGNORECASE)
_MARKED_MAX = 400


@dataclass(slots=True)
class Weight:
    """Of one element with all in it: characters of prose (text with punctuation or in a cell, outside links),
    characters (no digits, no punctuation of dates), those in links to pages, links to pages, elements.

    `own_prose` is that of its own text alone; `own_marks` says that this may have a mark of a footer.
    """

    prose: int = 0
    own_prose: int = 0
    characters: int = 0
    linked: int = 0
    links: int = 0
    elements: int = 1
    own_marks: bool = False


Weights = Mapping[HtmlElement, Weight]


def weigh(root: HtmlElement) -> Weights:
    """The weight of `root` and of every element in it, in document order."""
    weights = {element: Weight() for element in root.iter()}
    for element, weight in weights.items():
        if element.text:
            _add(weight, element, element.text)
        tail, around = element.tail, element.getparent()
        if tail and element is not root:
            _add(weights[around], around, tail)
    for element in reversed(weights):
        if element is not root:
            _gather(weights[element.getparent()], weights[element], element)
    return weights


def prose_without(weights: Weights, dropped: Set[HtmlElement]) -> dict[HtmlElement, int]:
    """The prose of each element that is left when the elements `dropped` are taken out."""
    prose = {element: weight.own_prose for element, weight in weights.items()}
    root = next(iter(weights))
    for element in reversed(prose):
        if element in dropped:
            prose[element] = 0
        elif element is not root:
            prose[element.getparent()] += prose[element]
    return prose


def _add(weight: Weight, holder: HtmlElement, text: str) -> None:
    text = text.strip()
    if not text:
        return
    weight.characters += len(_NO_WORDS.sub("", text))
    if holder.tag == "a":
        return
    if _PROSE.search(text) or _in_cell(holder):
        weight.prose += len(text)
        weight.own_prose += len(text)
    weight.own_marks |= len(text) < _MARKED_MAX and bool(_MARKS.search(text))


def _in_cell(holder: HtmlElement) -> bool:
    if holder.tag in _CELLS:
        return True
    around = holder.getparent()
    return around is not None and around.tag in _CELLS


def _gather(whole: Weight, part: Weight, element: HtmlElement) -> None:
    whole.prose += part.prose
    whole.characters += part.characters
    whole.elements += part.elements
    if element.tag == "a":
        if part.characters and not _ATTACHED.search(element.get("href") or ""):
            whole.linked += part.characters
            whole.links += 1
    else:
        whole.linked += part.linked
        whole.links += part.links
