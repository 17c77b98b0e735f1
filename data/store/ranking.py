"""BM25 for the hits of a search: over words as they were cut, and over what was typed as it stands.

The index holds the words that jieba cut. Here no dictionary is loaded: what of a query is a word is looked up
in the index itself, so that a query is cut as the texts are, whatever dictionary they were cut with. Terms
of this field, which jieba cuts into common words (规范性 文件), count as one each; they are looked up as
pairs of characters.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sqlite_utils import Database

from ..errors import ResourceError
from ..lines import data_lines
from ..query import Scope
from .bigrams import lookup

# What a word in the title, the body's name, a heading and the text counts in BM25, and what BM25 of the typed
# words counts beside it: that alone knows words across the borders of jieba's. On benchmarks/judged 2 to 8
# for title and body change nothing, more for headings costs a little; typed words at 16 gain 0.01 nDCG on 1.
WEIGHTS = (8.0, 8.0, 1.0, 0.5)
_TYPED = 16.0

# Longer words are seldom in the dictionary; each candidate is a look-up of some 10 µs.
_LENGTH_MAX = 6
_CANDIDATES_MAX = 120
# Each phrase is looked up once more for its frequency.
_TERMS_MAX = 16
# What more than this share of reports hold has an inverse document frequency of nothing (FTS5 gives 1e-6).
_COMMON_SHARE = 0.5
_MANY = 2_000

_RUN = re.compile(r"[0-9a-z]+|[^\W\d_a-z]+")
_TERMS = Path(__file__).parents[1] / "lexicon" / "search_terms.txt"


class Ranking(NamedTuple):
    """A statement for `key` and `score` (the less the better) of all rows that rank, with its parameters."""

    sql: str
    named: dict[str, str]


def make_ranking(db: Database, scope: Scope, texts: Iterable[str]) -> Ranking | None:
    """How to rank reports or statements by the words of a query; None where none ranks."""
    texts = [text for text in texts if any(map(str.isalnum, text))]
    phrases = " OR ".join(lookup(text) for text in [*texts, *search_terms_in(texts)][:_TERMS_MAX])
    parts, named = [], {}
    if phrases and scope in ("reports", "statements"):
        table = "report_bigrams" if scope == "reports" else "statement_bigrams"
        parts.append(f"select rowid as key, {_TYPED} * bm25({table}) as score from {table}(:phrases)")
        named["phrases"] = phrases
    words = words_expression(ranking_words(db, texts)) if scope == "reports" else ""
    if words:
        weights = ", ".join(map(str, WEIGHTS))
        parts.append(f"select rowid as key, bm25(report_words, {weights}) as score from report_words(:words)")
        named["words"] = words
    if not parts:
        return None
    # FTS5 knows no bm25() inside an aggregate, where SQLite would put it.
    each = ", ".join(f"scores_{n} as materialized ({part})" for n, part in enumerate(parts))
    both = " union all ".join(f"select * from scores_{n}" for n in range(len(parts)))
    return Ranking(f"with {each} select key, sum(score) as score from ({both}) group by key", named)


def ranking_words(db: Database, texts: Iterable[str]) -> list[str]:
    """The words of the index that stand in these texts, in order; of a large archive no common ones."""
    counted = [(word, _reports_with(db, word)) for word in _candidates(texts)]
    known = [(word, number) for word, number in counted if number]
    total = db.execute("select count(*) from report_words_docsize").fetchone()[0]
    return [word for word, number in known if total < _MANY or number <= total * _COMMON_SHARE]


def words_expression(words: Iterable[str]) -> str:
    """The FTS5 expression of any of the words."""
    return " OR ".join(f'"{word}"' for word in words)


@cache
def search_terms(path: Path = _TERMS) -> frozenset[str]:
    """Terms of this field that are longer than the words they are cut into; raises ResourceError."""
    found = set()
    for number, line in data_lines(path):
        if len(line) < 3 or not all(map(str.isalnum, line)) or line in found:
            raise ResourceError(f"{path.name}:{number}: {line!r} is no new term of three characters or more.")
        found.add(line)
    return frozenset(found)


def search_terms_in(texts: Iterable[str]) -> list[str]:
    """The terms that stand inside texts, the texts themselves left out."""
    texts = list(texts)
    found = {term: 0 for text in texts for term in _inside(text) if term in search_terms()}
    return [term for term in found if term not in texts]


def _inside(text: str) -> Iterator[str]:
    longest = max(map(len, search_terms()), default=0)
    for start in range(len(text)):
        for end in range(start + 3, min(len(text), start + longest) + 1):
            yield text[start:end]


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
