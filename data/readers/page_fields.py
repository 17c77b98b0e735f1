"""Metadata that a page states about its article: index number, publisher, dates, document number.

They stand in tables, definition lists, list items, lines of their own and `<meta>`; labels are given in
simplified characters without blanks, values as they stand.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice, pairwise

from lxml import etree
from lxml.html import HtmlElement

from ..folding import fold
from .page_marks import page_marks

# A value longer than this is prose behind a word that only looks like a label.
_VALUE_MAX = 120
_LINE_MAX = 4 * _VALUE_MAX
# A line that only states a field is no longer than this; with one label only, half of it.
_STATING_MAX = 200
_LABEL_MAX = 16
# Metadata stand before the article; so many short elements are not before it.
_LONE_MAX = 5000
# A number or day that follows its label at once: label and value had each a tag of its own.
_BARE_VALUE = r"[0-9A-Z][0-9A-Za-z/_-]{5,}(?:\s|$)"
_BEFORE_LABEL = re.compile(r"[^\u4e00-\u9fff]")
_NO_LETTER = re.compile(r"[^\u4e00-\u9fff]+")
_LONE = etree.XPath(
    "//*[not(*)][self::dt or self::b or self::strong or self::span or self::label or self::em or self::i"
    " or self::font or self::p or self::div][string-length(text()) < 16]"
)


@cache
def _own() -> frozenset[str]:
    return frozenset((*page_marks().labels, *page_marks().common_labels))


@cache
def _label() -> re.Pattern[str]:
    """A label with a colon anywhere, in brackets, or alone in a cell or line; in a folded line."""
    marks = page_marks()
    longest = sorted((*_own(), *marks.other_labels), key=len, reverse=True)
    either = "|".join(" *".join(map(re.escape, label)) for label in longest)
    first = f"[{''.join(sorted({label[0] for label in longest}))}]"
    return re.compile(
        rf"[〔【(]?(?={first})(?:{either}) *[〕】)]? *: *[〕】]?"
        rf"|(?:(?<=[\t |〕】])|^)[〔【](?={first})(?:{either}) *[〕】] *"
        rf"|(?:(?<=[\t ])|^)(?={first})(?:{either}) *(?=\t|$|{_BARE_VALUE})"
    )


@cache
def _value_end() -> re.Pattern[str]:
    others = "|".join(map(re.escape, page_marks().other_labels))
    return re.compile(
        rf"\t|[ \u3000\xa0]{{2,}}|[|｜】]|\s?[【\[［]|\s(?:{others})|\s\S{{2,8}}[:：](?!\d)|\s[(（]\d+[)）]"
    )


def stated_fields(root: HtmlElement, lines: list[str]) -> dict[str, str]:
    """Fields by label: the first of each among elements of their own, `lines` and `<meta>`, in this order."""
    fields: dict[str, str] = {}
    for label, value in _paired(root):
        fields.setdefault(label, value)
    for line, following in pairwise([*lines, ""]):
        if len(line) <= _LINE_MAX:
            for label, value in _pairs(line, following):
                fields.setdefault(label, value)
    for label, value in _meta(root):
        fields.setdefault(label, value)
    return fields


def states_fields(line: str) -> bool:
    """Whether a line does nothing but state fields of its page."""
    if len(line) > _STATING_MAX or "。" in line:
        return False
    found = _labels(_folded(line))
    if not found or found[0].start():
        return False
    colons = [match for match in found if not match[0].strip()[-1:].isalpha()]
    alone = _name(found[0]) in page_marks().labels and len(line) <= _STATING_MAX // 2
    return len(colons) > 1 or (len(colons) == 1 and alone)


def _folded(line: str) -> str:
    return "\t".join(map(fold, line.split("\t")))


def _labels(line: str) -> list[re.Match[str]]:
    """Labels of a folded line; one in mid-word counts only where the line begins with a label."""
    found = list(_label().finditer(line))
    if found and found[0].start() == 0:
        return found
    return [match for match in found if not match.start() or _BEFORE_LABEL.match(line[match.start() - 1])]


def _name(match: re.Match[str]) -> str:
    return _NO_LETTER.sub("", match[0])


def _pairs(line: str, following: str) -> Iterator[tuple[str, str]]:
    found = _labels(_folded(line))
    marks = page_marks()
    sure = any(_name(match) in marks.labels for match in found)
    ends = [match.start() for match in found[1:]] + [len(line)]
    for match, end in zip(found, ends, strict=False):
        label = _name(match)
        if label not in _own() or not (sure or ":" in match[0]):
            continue
        rest = line[match.end() : end].lstrip("\t \u3000\xa0")
        if not rest and end == len(line) and not _begins_with_label(following):
            rest = following
        value = _value_end().split(rest, maxsplit=1)[0].strip(" \u3000\xa0[]【】")
        if 0 < len(value) <= _VALUE_MAX:
            yield label, value


def _begins_with_label(line: str) -> bool:
    start = "".join(fold(line[:_LABEL_MAX]).split()).lstrip("〔【(")
    return start.startswith((*_own(), *page_marks().other_labels))


def _paired(root: HtmlElement) -> Iterator[tuple[str, str]]:
    """Labels that have an element to themselves, with what stands behind it.

    A word of every day needs its colon, unless it stands in a block that began with other labels.
    """
    sure = False
    for element in islice(_LONE(root), _LONE_MAX):
        written = fold(element.text or "")
        label = _NO_LETTER.sub("", written)
        if label not in _own():
            continue
        sure |= label in page_marks().labels
        if sure or ":" in written or element.tag == "dt":
            value = " ".join((element.tail or "").split()).strip(":： ") or _sibling_text(element)
            if 0 < len(value) <= _VALUE_MAX and not _begins_with_label(value):
                yield label, _value_end().split(value, maxsplit=1)[0].strip()


def _sibling_text(element: HtmlElement) -> str:
    sibling = element.getnext()
    if sibling is None or len(sibling) > 2:
        return ""
    return " ".join("".join(sibling.itertext()).split())


def _meta(root: HtmlElement) -> Iterator[tuple[str, str]]:
    names = {name.lower(): label for name, label in page_marks().meta.items()}
    for meta in root.iter("meta"):
        label, content = names.get((meta.get("name") or "").lower()), meta.get("content")
        if label and content and content.strip():
            yield label, " ".join(content.split())
