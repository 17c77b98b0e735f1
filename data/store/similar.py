"""Statements that speak of the same as a given one."""

import re
from typing import Any

from sqlite_utils import Database

from ..errors import NotFound
from ..folding import fold
from .alike import fold_alike
from .bigrams import lookup, lower_ascii
from .hits import Found, Hit, make_hits
from .indexed import query_words

# The rarest words tell what a statement is about; each costs a look-up among all statements.
_WORDS_MAX = 8
# What more than this share of statements hold tells nothing, and takes long to look up.
_COMMON_SHARE = 0.01
_COMMON_LEAST = 50
_COMMON_MOST = 3_000
# Rows looked at for each that is wanted, as most may be repeats of one another.
_LOOKED_AT = 10
_BLANKS = re.compile(r"\s+")
_FIGURE = re.compile(r"[0-9.%]+")

_BEST = """
with ranked as materialized (
  select rowid as id, bm25(statement_bigrams) as score from statement_bigrams
  where statement_bigrams match ? order by rank limit ?
)
select s.id as fact_id, s.report_id, s.text, ranked.score from ranked join statements s using (id)
order by ranked.score, s.id
"""


def similar_statements(db: Database, statement: int, limit: int) -> tuple[Hit, ...]:
    """At most `limit` statements like this one, the likest first; raises NotFound where there is none such.

    Words count by their rarity among statements (BM25). The statement itself, and what says nearly the same
    as it or as a hit before, are folded: see `Hit.similar`.
    """
    row = db.execute("select text, report_id from statements where id = ?", (statement,)).fetchone()
    if row is None:
        raise NotFound(f"There is no statement {statement}; `search --in statements` tells the numbers.")
    text, report = row
    words = telling_words(db, text)
    if not words or limit < 1:
        return ()
    expression = " OR ".join(map(lookup, words))
    found = list(db.query(_BEST, (expression, (limit + 1) * _LOOKED_AT)))
    own: dict[str, Any] = {"fact_id": statement, "report_id": report, "text": text, "score": 0.0}
    rows = [own, *(each for each in found if each["fact_id"] != statement)]
    for each in rows:
        each["text"] = _key(each["text"])
    hits = fold_alike(rows)[1 : limit + 1]
    return make_hits(db, [_found(each) for each in hits], words)


def telling_words(db: Database, text: str) -> list[str]:
    """The words of two characters and more that few statements hold, the rarest first; figures left out."""
    words = [word for word in query_words([_key(text)]) if len(word) > 1 and not _FIGURE.fullmatch(word)]
    total = db.execute("select count(*) from statement_bigrams_docsize").fetchone()[0]
    most = min(_COMMON_MOST, max(_COMMON_LEAST, total * _COMMON_SHARE))
    counted = sorted((_holding(db, word, int(most)), at, word) for at, word in enumerate(words))
    return [word for number, _, word in counted if number <= most][:_WORDS_MAX]


def _holding(db: Database, word: str, most: int) -> int:
    """How many statements hold a word, counted up to one more than `most`."""
    found = "select 1 from statement_bigrams where statement_bigrams match ? limit ?"
    return int(db.execute(f"select count(*) from ({found})", (lookup(word), most + 1)).fetchone()[0])


def _key(text: str) -> str:
    return lower_ascii(_BLANKS.sub("", fold(text)))


def _found(row: dict[str, Any]) -> Found:
    return Found(row["report_id"], row["score"], "statements", row["fact_id"], similar=tuple(row["similar"]))
