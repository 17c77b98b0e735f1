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
    """Rows that match `certain`, and of those that match `unsure` the ones whose text passes `test`."""

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
            return _near(node)
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
    """How to find words that begin with something: where it may stand inside one, the text has to be read."""
    if isinstance(node, Near):
        return Inexact(None, _near(node), lambda text: stands_near(text, node))
    word = lookup(node.text)
    inside = " OR ".join(lookup(letter + node.text) for letter in _LETTERS)
    pattern = _pattern(node)
    return Inexact(f"({word} NOT ({inside}))", f"({inside})", lambda text: pattern.search(text) is not None)


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


def _near(node: Near) -> str:
    """FTS5 counts the pairs between two phrases of pairs.

    Two longer words have one pair more between them than characters. A single character is a phrase of one
    pair; beside it the longer word is looked up with the pair its last character begins, so that pairs
    between are characters between, whichever stands first.
    """
    left, right = node.left.text, node.right.text
    if not (_is_single(left) or _is_single(right)):
        return f"NEAR({lookup(left)} {lookup(right)}, {node.distance + 1})"
    return f"NEAR({_lookup_to_end(left)} {_lookup_to_end(right)}, {node.distance})"


def _lookup_to_end(word: str) -> str:
    found = lookup(word)
    if _is_single(word):
        return found
    last = word[-1].encode("utf-16-be", "surrogatepass")[-2:].hex()
    return f'{found[:-1]} {last}"*'


def _match_all(node: And) -> str | None:
    wanted = [match_expression(part) for part in node.parts if not isinstance(part, Not)]
    unwanted = [match_expression(part.part) for part in node.parts if isinstance(part, Not)]
    if not wanted or not all(wanted + unwanted):
        return None
    expression = f"({' AND '.join(map(str, wanted))})"
    return f"({expression} NOT ({' OR '.join(map(str, unwanted))}))" if unwanted else expression


def _is_single(text: str) -> bool:
    return len(text) == 1 and text <= "\uffff"
