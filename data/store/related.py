"""Words that stand beside those of a query more often than elsewhere in the same reports."""

import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec
from sqlite_utils import Database

from ..lines import data_lines
from ..query import Word, leaves, read_query
from .bigrams import lower_ascii
from .indexed import SEPARATOR
from .query import plain_match

# So many of the reports found are read, spread over all of them.
_SAMPLE = 80
# How far from a word another may stand, in characters, separators between words among them: two short
# sentences to each side.
_BESIDE = 60
# What stands beside the words in fewer reports may do so by chance.
_LEAST = 3
_WORD = re.compile(r"[^\W\d_a-z]{2,8}|[a-z][0-9a-z]+")
_STOP = Path(__file__).parents[1] / "lexicon" / "stop_words.txt"


class Related(msgspec.Struct, frozen=True, kw_only=True):
    """A word, in how many of the reports looked at it stands beside those asked for, and how telling that is.

    `score` is the log-likelihood ratio (Dunning 1993) of its frequency there against that in the rest of the
    same reports; above 10.8 chance has less than 1 in 1,000.
    """

    word: str
    reports: int
    score: float


def related_words(db: Database, typed: str, limit: int) -> tuple[Related, ...]:
    """At most `limit` words, the most telling first; raises QueryError where the query is not of words alone.

    Words are those that the texts were cut into; stop words, single characters, figures and what is part of
    the query are left out.
    """
    sought = [node.text for node in leaves(read_query(typed)) if isinstance(node, Word)]
    beside, everywhere, holding = _count(db, plain_match(typed), _pattern(sought))
    near, all_words = beside.total(), everywhere.total()
    found = [
        Related(word=word, reports=holding[word], score=round(score, 1))
        for word, number in beside.items()
        if holding[word] >= _LEAST
        and _tells(word, sought)
        and number * all_words > everywhere[word] * near
        and (score := log_likelihood(number, near, everywhere[word] - number, all_words - near)) > 0
    ]
    return tuple(sorted(found, key=lambda each: (-each.score, each.word))[: max(0, limit)])


def log_likelihood(here: int, size: int, there: int, rest: int) -> float:
    """G² of a word that stands `here` times among `size` words and `there` times among `rest` others."""
    both = (here + there) / max(1, size + rest)
    pairs = ((here, size * both), (there, rest * both))
    return 2 * sum(seen * math.log(seen / expected) for seen, expected in pairs if seen)


@cache
def stop_words(path: Path = _STOP) -> frozenset[str]:
    """Words that stand beside every other and tell of none."""
    return frozenset(line for _, line in data_lines(path))


def _count(
    db: Database, expression: str, pattern: re.Pattern[str]
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Words beside the query's, words anywhere, and in how many reports each stands beside."""
    beside: Counter[str] = Counter()
    everywhere: Counter[str] = Counter()
    holding: Counter[str] = Counter()
    for parted in _sample(db, expression):
        here = [word for piece in _pieces(parted, pattern) for word in piece.split(SEPARATOR)]
        everywhere.update(parted.split(SEPARATOR))
        beside.update(here)
        holding.update(set(here))
    return beside, everywhere, holding


def _sample(db: Database, expression: str) -> Iterator[str]:
    """The words of some of the reports found, from one end of the archive to the other."""
    sql = "select rowid from report_bigrams where report_bigrams match ?"
    numbers = [row[0] for row in db.execute(sql, (expression,))]
    chosen = numbers[:: max(1, -(-len(numbers) // _SAMPLE))]
    words = (
        "select g.words from json_each(?) k cross join reports r on r.number = k.value "
        "join readings g on g.report_id = r.id"
    )
    for (parted,) in db.execute(words, (json.dumps(chosen),)):
        yield lower_ascii(parted)


def _pieces(parted: str, pattern: re.Pattern[str]) -> Iterator[str]:
    """What stands around the places of the query's words, no character twice, in whole words."""
    end = 0
    for found in pattern.finditer(parted):
        start = max(end, parted.find(SEPARATOR, max(0, found.start() - _BESIDE)) + 1)
        stop = parted.find(SEPARATOR, found.end() + _BESIDE)
        end = max(end, stop if stop >= 0 else len(parted))
        yield parted[start:end]


def _pattern(words: list[str]) -> re.Pattern[str]:
    """The words wherever the borders between cut words fall."""
    return re.compile("|".join(f"{SEPARATOR}?".join(map(re.escape, word)) for word in words))


def _tells(word: str, sought: list[str]) -> bool:
    return (
        bool(_WORD.fullmatch(word)) and word not in stop_words() and not any(word in each for each in sought)
    )
