"""How a query is read: words, phrases, and what each is looked up by."""

import re
import unicodedata
from typing import Literal

import msgspec

from ..errors import QueryError
from ..folding import fold
from .bigrams import lookup, lower_ascii

# A word is looked up at a few microseconds a character and word; both limits keep a search under 0.1 s.
_CHARACTERS_MAX = 1000
_TERMS_MAX = 64

_PART = re.compile(r'"((?:[^"]|"")*)(?:"|$)|[^\s"]+')
# What a view leaves out, or keeps as one space between two letters or digits.
_BLANK = re.compile("[ \ufeff\u200b\u200c\u200d\u2060\u00ad\r\f\v]+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ALNUM = re.compile("[0-9A-Za-z]")

Lookup = Literal["pairs", "prefix"]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One word or phrase of a query, folded as texts are.

    `lookup` says how it is found: as a phrase of overlapping `pairs` of characters, or, a single character,
    as the `prefix` of pairs. Both are exact.
    """

    text: str
    phrase: bool
    lookup: Lookup


def read_query(words: str) -> tuple[Term, ...]:
    """The terms of a query, all of which a text must hold: words between blanks, phrases in double quotes.

    Inside a phrase two double quotes stand for one. Raises QueryError where there is nothing to look for, or
    too much.
    """
    if len(words) > _CHARACTERS_MAX:
        raise QueryError(
            f"The query has {len(words)} characters; {_CHARACTERS_MAX} are the most. Shorten it."
        )
    check_characters(words)
    folded = lower_ascii(fold(words))
    terms: dict[str, Term] = {}
    for part in _PART.finditer(folded):
        phrase = part[1] is not None
        text = _as_viewed(part[1].replace('""', '"') if phrase else part[0])
        if text and text not in terms:
            pairs = len(text) > 1 or ord(text) > 0xFFFF
            terms[text] = Term(text=text, phrase=phrase, lookup="pairs" if pairs else "prefix")
    if all(map(_is_punctuation, terms)):
        raise QueryError("There is nothing to look for; give a word or at least one character of one.")
    if len(terms) > _TERMS_MAX:
        raise QueryError(
            f"The query has {len(terms)} words; {_TERMS_MAX} are the most. Quote it as a phrase."
        )
    return tuple(terms.values())


def check_characters(text: str) -> None:
    """Raises QueryError where `text` holds half a surrogate pair, which no text in a database can."""
    if _SURROGATE.search(text):
        raise QueryError(f"{text!r} holds half a surrogate pair, which is no character; type it anew.")


def match_expression(terms: tuple[Term, ...]) -> str:
    """The FTS5 expression that all of the terms must match; made of hexadecimal digits and quotes alone."""
    return " AND ".join(lookup(term.text) for term in terms)


def _as_viewed(text: str) -> str:
    """`text` without the blanks that a view leaves out."""
    text = text.replace("\n", " ")

    def stand_in(blank: re.Match[str]) -> str:
        if not blank.start() or " " not in blank.group():
            return ""
        return " " if _ALNUM.match(text, blank.start() - 1) and _ALNUM.match(text, blank.end()) else ""

    return _BLANK.sub(stand_in, text)


def _is_punctuation(text: str) -> bool:
    return all(unicodedata.category(character)[0] in "PZC" for character in text)
