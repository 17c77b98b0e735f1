"""Words of a query as FTS5 expressions over pairs of characters, and what those cannot tell."""

import re
from collections.abc import Callable
from typing import NamedTuple

from ..errors import QueryError
from ..query import And, Near, Node, Not, Or, Word, read_query
from .bigrams import lookup

_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTER = re.compile("[0-9a-z]")

Test = Callable[[str], bool]


class Inexact(NamedTuple):
    """Rows that match `certain` hold it; of those that match `unsure`, the ones whose text passes `test`."""

    certain: str | None
    unsure: str
    test: Test


def match_expression(node: Node) -> str | None:
    """The FTS5 expression that exactly the rows match of which `node` is true; None where there is none.

    Made of hexadecimal digits, brackets, quotes and FTS5's own words alone.
    """
    match node:
        case Word() if not node.begins:
            return lookup(node.text)
        case Near() if not (node.left.begins or node.right.begins):
            same = _is_single(node.left.text) == _is_single(node.right.text)
            return _near(node, node.distance + (not _is_single(node.left.text))) if same else None
        case Or():
            parts = [match_expression(part) for part in node.parts]
            return f"({' OR '.join(map(str, parts))})" if all(parts) else None
        case And():
            return _match_all(node)
    return None


def plain_match(typed: str) -> str:
    """The FTS5 expression of a query of words alone; raises QueryError."""
    expression = match_expression(read_query(typed))
    if expression is None:
        raise QueryError("Only words, phrases, AND, OR, NOT and NEAR can be looked up here; drop the rest.")
    return expression


def inexact(node: Word | Near) -> Inexact:
    """How to find what no FTS5 expression tells: few rows have to be looked through.

    FTS5 counts pairs between two phrases of pairs: one more than characters, but for a single character in
    front; so NEAR of a single character and a longer word is sure one pair closer, and open at that distance.
    """
    if isinstance(node, Word):
        word = lookup(node.text)
        inside = " OR ".join(lookup(letter + node.text) for letter in _LETTERS)
        pattern = _pattern(node)
        return Inexact(
            f"({word} NOT ({inside}))", f"({inside})", lambda text: pattern.search(text) is not None
        )
    wide = _near(node, node.distance + 1)
    if node.left.begins or node.right.begins:
        return Inexact(None, wide, lambda text: stands_near(text, node))
    sure = _near(node, node.distance)
    return Inexact(sure, f"({wide} NOT {sure})", lambda text: stands_near(text, node))


def stands_near(text: str, node: Near) -> bool:
    """Whether the two words stand within the distance in a text as it is searched."""
    lefts = [found.start(1) for found in _pattern(node.left).finditer(text)]
    rights = [found.start(1) for found in _pattern(node.right).finditer(text)]
    spans = sorted([(at, 0) for at in lefts] + [(at, 1) for at in rights])
    sizes = len(node.left.text), len(node.right.text)
    last: list[int | None] = [None, None]
    for at, side in spans:
        before = last[1 - side]
        if before is not None and _units(text[before + sizes[1 - side] : at], node.distance):
            return True
        last[side] = at
    return False


def _units(between: str, most: int) -> bool:
    """Whether there are at most so many characters, one outside the basic plane counting two."""
    return len(between) <= most and len(between) + sum(each > "\uffff" for each in between) <= most


def _pattern(word: Word) -> re.Pattern[str]:
    """Every place of a word, overlapping ones too."""
    before = f"(?<!{_LETTER.pattern})" if word.begins else ""
    return re.compile(f"(?={before}({re.escape(word.text)}))")


def _near(node: Near, pairs: int) -> str:
    return f"NEAR({lookup(node.left.text)} {lookup(node.right.text)}, {pairs})"


def _match_all(node: And) -> str | None:
    wanted = [match_expression(part) for part in node.parts if not isinstance(part, Not)]
    unwanted = [match_expression(part.part) for part in node.parts if isinstance(part, Not)]
    if not wanted or not all(wanted + unwanted):
        return None
    expression = f"({' AND '.join(map(str, wanted))})"
    return f"({expression} NOT ({' OR '.join(map(str, unwanted))}))" if unwanted else expression


def _is_single(text: str) -> bool:
    return len(text) == 1 and text <= "\uffff"
