"""Metadata that a page states about its article: index number, publisher, dates, document number."""

import re
from functools import cache
from itertools import pairwise

from lxml.html import HtmlElement

from .page_marks import page_marks

# A value longer than this is prose behind a word that only looks like a label.
_VALUE_MAX = 120
_BLANK = r"[ \u3000\xa0]*"
# A number or day that follows its label at once: label and value had each a tag of its own.
_BARE_VALUE = r"[0-9A-Z][0-9A-Za-z/_-]{5,}(?:[\s\t]|$)"


@cache
def _label() -> re.Pattern[str]:
    """A label on its own in a cell or line, or with a colon; group `own` holds one that is kept."""
    marks = page_marks()
    kept, other = (
        "|".join(_BLANK.join(map(re.escape, label)) for label in sorted(labels, key=len, reverse=True))
        for labels in (marks.labels, marks.other_labels)
    )
    return re.compile(
        rf"(?:(?<=\t)|^|(?<=[\s:|｜】\]]))[\[【(（]?(?:(?P<own>{kept})|{other}){_BLANK}[\]】)）]?{_BLANK}"
        rf"(?:[:：]{_BLANK}[\]】]?|(?=\t|$|{_BARE_VALUE}))"
    )


_VALUE_END = re.compile(r"\t|[ \u3000\xa0]{2,}|[|｜】]|\s\S{2,8}[:：](?!\d)")


def stated_fields(root: HtmlElement, lines: list[str]) -> dict[str, str]:
    """Fields by label without blanks: the first of each in `lines`, else from `<meta>`."""
    fields: dict[str, str] = {}
    lines = [line for line in lines if len(line) <= 4 * _VALUE_MAX]
    for line, following in pairwise([*lines, ""]):
        for label, value in _pairs(line, following):
            fields.setdefault(label, value)
    for label, value in _meta(root):
        fields.setdefault(label, value)
    return fields


def _pairs(line: str, following: str) -> list[tuple[str, str]]:
    found = list(_label().finditer(line))
    ends = [match.start() for match in found[1:]] + [len(line)]
    pairs = []
    for match, end in zip(found, ends, strict=False):
        if match["own"]:
            rest = line[match.end() : end].lstrip("\t \u3000\xa0")
            if not rest and end == len(line) and not _label().match(following):
                rest = following
            value = _VALUE_END.split(rest, maxsplit=1)[0].strip(" \u3000\xa0[]【】")
            if 0 < len(value) <= _VALUE_MAX:
                pairs.append(("".join(match["own"].split()), value))
    return pairs


def _meta(root: HtmlElement) -> list[tuple[str, str]]:
    names = {name.lower(): label for name, label in page_marks().meta.items()}
    stated = (
        (names.get((meta.get("name") or "").lower()), meta.get("content")) for meta in root.iter("meta")
    )
    return [
        (label, " ".join(content.split()))
        for label, content in stated
        if label and content and content.strip()
    ]
