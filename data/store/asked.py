"""What a person may have meant by words that no text holds: words, years, the name of a body."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import msgspec

from ..errors import ResourceError
from ..lines import data_lines
from .indexed import query_words

T = TypeVar("T")

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:年度(?!报)|年(?![度报]))?")
_TYPED = re.compile(r"\w+")
_RUN = re.compile(r"[^\W\d_a-z]{2,}")
_TITLE_WORDS = Path(__file__).parents[1] / "lexicon" / "title_words.txt"

# A piece of a name of three characters seldom is part of another by chance (县水利 within 县…水…利…).
_PIECE = 3
# What a longer body's name loses: 泾县 is the county's government rather than one of its offices.
_SLACK = 0.2


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """Words as they were cut, pairs of neighbouring characters, years of reports, what may name a body."""

    words: tuple[str, ...]
    pairs: tuple[str, ...]
    years: tuple[int, ...]
    names: tuple[str, ...]


def understand(texts: Iterable[str]) -> Asked:
    """What the words of a query ask for when they are not taken literally; loads the dictionary."""
    texts = list(texts)
    rest = [_YEAR.sub(" ", text) for text in texts]
    years = (int(year) for text in texts for year in _YEAR.findall(text))
    words = (word for text in rest for word in query_words([text]))
    pairs = (a + b for text in rest for run in _TYPED.findall(text) for a, b in pairwise(run))
    names = (run for text in rest for run in _RUN.findall(_title_pattern().sub(" ", text)))
    return Asked(words=_once(words), pairs=_once(pairs), years=_once(years), names=_once(names))


def name_share(names: Iterable[str], body: str) -> float:
    """How much of these names a body's name covers, 0 to 1; an abbreviation keeps the order of characters.

    人社局 is covered by 人力资源和社会保障局. A piece counts from three characters on, a whole name that
    stands in the body's as it is from two; several pieces count less than one as long as they together.
    """
    names = list(names)
    pieces = [(length, len(name)) for name in names for length in _pieces(name, body)]
    covered = sum(length * length / whole for length, whole in pieces) / max(1, sum(map(len, names)))
    fits = min(1.0, sum(length for length, _ in pieces) / max(1, len(body.removesuffix("人民政府"))))
    return covered * (1 - _SLACK + _SLACK * fits)


def _pieces(name: str, body: str) -> Iterator[int]:
    """The lengths of the pieces of a name that stand in a body's name."""
    if name in body:
        yield len(name)
        return
    at = 0
    while at < len(name):
        length = _in_order(name, at, body)
        if length >= _PIECE:
            yield length
        at += length if length >= _PIECE else 1


def _in_order(name: str, at: int, body: str) -> int:
    """How many characters of a name from a place on stand in a body's name in this order."""
    length, place = 0, -1
    for sign in name[at:]:
        place = body.find(sign, place + 1)
        if place < 0:
            break
        length += 1
    return length


@cache
def _title_pattern(path: Path = _TITLE_WORDS) -> re.Pattern[str]:
    words = []
    for number, line in data_lines(path):
        if line in words or not line.isalpha():
            raise ResourceError(f"{path.name}:{number}: {line!r} is no new word of letters; take it out.")
        words.append(line)
    return re.compile("|".join(map(re.escape, words)))


def _once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
