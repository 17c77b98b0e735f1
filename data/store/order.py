"""Rows that a search found, best first: BM25, then how the words stand; nearly equal ones folded."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from ..folding import fold
from ..query import Scope
from .alike import fold_alike
from .bigrams import lower_ascii
from .evaluation import texts_of
from .plan import Plan
from .ranking import Ranking

# So many of the best by BM25 are looked at once more, and folded (0.4 ms each); 50 rank no better.
LOOKED_AT = 30
# Of statements more are folded, as one sentence may stand in every report.
_FOLDED = {"reports": LOOKED_AT, "statements": 500}
_OCCURRENCES_MAX = 100
# Shares of the best BM25 score that may be gained; BM25 decides where scores lie further apart. On
# benchmarks/judged only the second matters (0.02 nDCG); above 0.1 nearness costs some. A word in the title or
# the body's name is to outweigh one that is said a few times.
_NEARNESS = 0.05
_SPOKEN_OF = 0.25
_NAMED = 0.40
_RECENCY = 0.02
# Words in one sentence are near; further apart than this they have nothing to do with each other.
_FAR = 60
_YEARS = 20
_BLANKS = re.compile(r"\s+")

Row = dict[str, Any]


def ranked_rows(
    db: Database,
    plan: Plan,
    keys: list[int] | None,
    ranking: Ranking,
    words: Sequence[str],
    *,
    limit: int,
    offset: int,
    folded: bool,
) -> list[Row]:
    """`limit` rows from `offset` on; `similar` are the ids of the reports whose rows are folded under one.

    The order is one whatever the page: only the first `LOOKED_AT` rows are put in order anew, and the
    first ones folded.
    """
    depth = _FOLDED.get(plan.scope, LOOKED_AT) if folded else LOOKED_AT
    found = plan.best(db, keys, ranking, depth, 0)
    first = look_at(db, plan, found[:LOOKED_AT], words)
    if folded:
        first = fold_alike(first + _with_texts(db, plan.scope, found[LOOKED_AT:]))
    page = first[offset : offset + limit]
    missing = limit - len(page)
    if missing:
        beyond = max(0, offset - len(first))
        page += plan.best(db, keys, ranking, missing, depth + beyond)
    return page


def look_at(db: Database, plan: Plan, rows: list[Row], words: Sequence[str]) -> list[Row]:
    """Rows of BM25 in the order of what they say, each with its `text` as it is searched."""
    if not rows:
        return rows
    rows, heads = _with_texts(db, plan.scope, rows), _heads(db, rows)
    best = min(row["score"] for row in rows) or -1.0
    newest = max((head[1] or 0 for head in heads.values()), default=0)
    for row in rows:
        name, year = heads[row["report_id"]]
        gain = _worth(row["text"], words) + _NAMED * sum(word in name for word in words) / max(1, len(words))
        gain += _RECENCY * max(0.0, 1 - (newest - (year or 0)) / _YEARS)
        row["score"] += best * gain
    return sorted(rows, key=lambda row: float(row["score"]))


def _worth(text: str, words: Sequence[str]) -> float:
    """What the places of the words in a text are worth."""
    places = [list(_places(text, word)) for word in words]
    if not all(places):
        return 0.0
    spoken = sum(_spoken_of(text, each, len(word)) for each, word in zip(places, words, strict=True))
    return _SPOKEN_OF * spoken / len(words) + (_NEARNESS * _nearness(places) if len(words) > 1 else 0.0)


def _spoken_of(text: str, places: list[int], length: int) -> float:
    """Share of a word's places where it is no item of an enumeration: 甲、乙和丙 only mentions them."""
    listed = sum(text[at - 1 : at] == "、" or text[at + length : at + length + 1] == "、" for at in places)
    return 1 - listed / len(places)


def _nearness(places: list[list[int]]) -> float:
    """1 where all words stand together, 0 where nowhere within `_FAR` characters."""
    spots = sorted((at, number) for number, each in enumerate(places) for at in each)
    last: dict[int, int] = {}
    least = _FAR
    for at, number in spots:
        last[number] = at
        if len(last) == len(places):
            least = min(least, at - min(last.values()))
    return 1 - least / _FAR


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    for _ in range(_OCCURRENCES_MAX):
        if at < 0:
            return
        yield at
        at = text.find(word, at + 1)


def fold_rows(db: Database, scope: Scope, rows: list[Row]) -> list[Row]:
    """Rows in order, those that say nearly the same folded under the first."""
    return fold_alike(_with_texts(db, scope, rows))


def _with_texts(db: Database, scope: Scope, rows: list[Row]) -> list[Row]:
    texts = _texts(db, scope, rows)
    return [row | {"text": texts.get(row["fact_id"] or row["number"], "")} for row in rows]


def _texts(db: Database, scope: Scope, rows: list[Row]) -> dict[int, str]:
    if scope == "reports":
        return dict(texts_of(db, "reports", [row["number"] for row in rows]))
    marks = ", ".join("?" * len(rows))
    found = db.execute(
        f"select id, text from statements where id in ({marks})", [row["fact_id"] for row in rows]
    )
    return {number: lower_ascii(_BLANKS.sub("", fold(text))) for number, text in found}


def _heads(db: Database, rows: list[Row]) -> dict[str, tuple[str, int | None]]:
    """Title and body as they are searched, and the year, by report."""
    ids = list({row["report_id"] for row in rows})
    marks = ", ".join("?" * len(ids))
    found = db.execute(f"select id, title, org, year from reports where id in ({marks})", ids)
    return {key: (lower_ascii(fold(f"{title} {org}")), year) for key, title, org, year in found}
