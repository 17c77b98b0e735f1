"""How telling a term is: by the share of statements of the labelled passages that have it."""

import math
from collections import Counter
from collections.abc import Iterable

import msgspec

from .texts import terms_of


class Background(msgspec.Struct, frozen=True):
    """In how many of `total` statements each word and concept stands, and each pair of characters.

    A fixed background, so that the reports of a single body are judged as those of a large archive are.
    """

    total: int
    words: dict[str, int]
    pairs: dict[str, int]

    def word(self, word: str) -> float:
        """Inverse document frequency of a word or concept."""
        return math.log((self.total + 1) / (self.words.get(word, 0) + 1))

    def pair(self, pair: str) -> float:
        """Inverse document frequency of a pair of characters."""
        return math.log((self.total + 1) / (self.pairs.get(pair, 0) + 1))


def background_of(texts: Iterable[str], rarest: int = 3) -> Background:
    """The background that texts make; terms in fewer than `rarest` of them count as never seen."""
    words: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    total = 0
    for text in texts:
        terms = terms_of(text)
        words.update(terms.words)
        pairs.update(terms.pairs)
        total += 1
    return Background(total, _often(words, rarest), _often(pairs, rarest))


def _often(counts: Counter[str], rarest: int) -> dict[str, int]:
    return {term: counts[term] for term in sorted(counts) if counts[term] >= rarest}
