"""Which words put the hits of a search in order: those of the index that the query's words are made of.

The index holds the words that jieba cut. Here no dictionary is loaded: what of a query is a word is looked up
in the index itself, so that a query is cut as the texts are, whatever dictionary they were cut with.
"""

import re
from collections.abc import Iterable, Iterator

from sqlite_utils import Database

# Longer words are seldom in the dictionary; each candidate is a look-up of some 10 µs.
_LENGTH_MAX = 6
_CANDIDATES_MAX = 120
# What more than this share of reports hold has an inverse document frequency of nothing (FTS5 gives 1e-6).
_COMMON_SHARE = 0.5
_MANY = 2_000

_RUN = re.compile(r"[0-9a-z]+|[^\W\d_a-z]+")


def ranking_words(db: Database, texts: Iterable[str]) -> list[str]:
    """The words of the index that stand in these texts, in order; of a large archive no common ones."""
    counted = [(word, _reports_with(db, word)) for word in _candidates(texts)]
    known = [(word, number) for word, number in counted if number]
    total = db.execute("select count(*) from report_words_docsize").fetchone()[0]
    return [word for word, number in known if total < _MANY or number <= total * _COMMON_SHARE]


def words_expression(words: Iterable[str]) -> str:
    """The FTS5 expression of any of the words."""
    return " OR ".join(f'"{word}"' for word in words)


def _reports_with(db: Database, word: str) -> int:
    sql = "select count(*) from report_words where report_words match ?"
    return int(db.execute(sql, (words_expression([word]),)).fetchone()[0])


def _candidates(texts: Iterable[str]) -> list[str]:
    """Runs of letters and digits, and pieces of two to six characters of the rest; single ones alone."""
    found = dict.fromkeys(piece for text in texts for run in _RUN.findall(text) for piece in _pieces(run))
    return list(found)[:_CANDIDATES_MAX]


def _pieces(run: str) -> Iterator[str]:
    if run.isascii() or len(run) == 1:
        yield run
        return
    for start in range(len(run) - 1):
        for end in range(start + 2, min(len(run), start + _LENGTH_MAX) + 1):
            yield run[start:end]
