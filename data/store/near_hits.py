"""What comes near a query whose words no row holds as they were typed.

Conditions of the query hold as ever; its words alone are taken apart. The score is a sum of shares from 0 to
1: BM25 of the words in the report, BM25 of pairs of characters in its best statement, what of the words
stands in its title, what of the body's name was typed, and the year.
"""

import heapq
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlite_utils import Database

from ..folding import fold
from ..query.tree import And, Holds, Near, Node, Or, Scope, Word, conjunction, disjunction
from .asked import Asked, name_share
from .bigrams import lookup, lower_ascii
from .plan import make_plan
from .ranking import WEIGHTS, words_expression

# So many are near at most.
NEAR_MAX = 50
# Beside the best, less than this share of its score is no near hit.
_LEAST = 0.3
# What the shares weigh. On benchmarks/judged half or twice of each changes nDCG by 0.01 at most.
_WORDS = 0.5
_STATEMENT = 1.0
_TITLE = 0.5
_BODY = 1.0
_YEAR = 0.5

_BODIES_MAX = 200
_BEST_BODIES = 20
_DEEP = 500
_LOOKED_UP_MAX = 24
# What more rows hold tells little, and takes long to look up.
_COMMON = 10_000

Row = dict[str, Any]
Scores = dict[int, float]


def without_words(node: Node) -> Node | None:
    """A tree without what must stand in the text as it was typed; None where nothing else is asked."""
    match node:
        case Word() | Near():
            return None
        case And():
            kept = [each for part in node.parts if (each := without_words(part)) is not None]
            return conjunction(kept) if kept else None
        case Or():
            either = [without_words(part) for part in node.parts]
            return None if None in either else disjunction([each for each in either if each is not None])
        case Holds():
            inner = without_words(node.where)
            return None if inner is None else Holds(scope=node.scope, where=inner)
    return node


def near_rows(db: Database, typed: str, tree: Node, scope: Scope, asked: Asked) -> list[Row]:
    """Rows as `Plan.best` has them, the nearest first, `NEAR_MAX` at most; none in other scopes."""
    if scope not in ("reports", "statements"):
        return []
    rest = without_words(tree)
    allowed = None if rest is None else set(make_plan(db, typed, rest, scope).newest(db))
    statements = _shares(_statement_scores(db, asked))
    found = _statement_rows(db, statements) if scope == "statements" else _report_rows(db, asked, statements)
    rows = [row for row in found if allowed is None or row["key"] in allowed]
    for row in rows:
        row["score"] = -_worth(row, asked)
    return _nearest(rows)


def _nearest(rows: list[Row]) -> list[Row]:
    best = heapq.nsmallest(
        NEAR_MAX, rows, key=lambda row: (row["score"], -(row["year"] or 0), row["report_id"])
    )
    return [row for row in best if row["score"] < 0 and row["score"] <= best[0]["score"] * _LEAST]


def _worth(row: Row, asked: Asked) -> float:
    title = lower_ascii(fold(f"{row['title'] or ''} {row['org'] or ''}"))
    words, statement = row["shares"]
    return float(
        _WORDS * words
        + _STATEMENT * statement
        + _TITLE * _pairs_share(asked, title)
        + _BODY * name_share(asked.names, lower_ascii(fold(row["org"] or "")))
        + _YEAR * int(row["year"] in asked.years)
    )


def absent_words(db: Database, words: Iterable[str]) -> tuple[str, ...]:
    """Those of the words that stand in no report, nor as a word in a title or a body's name."""
    return tuple(word for word in words if not _stands(db, word))


def _stands(db: Database, word: str) -> bool:
    looked_up = (("report_bigrams", lookup(word)), ("report_words", words_expression([word])))
    return any(
        db.execute(f"select 1 from {table} where {table} match ? limit 1", (expression,)).fetchone()
        for table, expression in looked_up
    )


def _pairs_share(asked: Asked, title: str) -> float:
    return sum(pair in title for pair in asked.pairs) / max(1, len(asked.pairs))


def _report_rows(db: Database, asked: Asked, statements: Scores) -> list[Row]:
    texts = _shares(_word_scores(db, asked))
    by_report = _reports_of(db, statements)
    numbers = {*texts, *by_report, *_of_bodies(db, asked)}
    sql = (
        "select r.number as key, r.number, r.id as report_id, null as fact_id, r.title, r.org, r.year "
        "from json_each(?) k join reports r on r.number = k.value"
    )
    return [
        row | {"shares": tuple(each.get(row["key"], 0.0) for each in (texts, by_report))}
        for row in db.query(sql, (json.dumps(list(numbers)),))
    ]


def _statement_rows(db: Database, statements: Scores) -> list[Row]:
    sql = (
        "select s.id as key, r.number, r.id as report_id, s.id as fact_id, r.title, r.org, r.year "
        "from json_each(?) k join statements s on s.id = k.value join reports r on r.id = s.report_id"
    )
    return [
        row | {"shares": (0.0, statements[row["key"]])}
        for row in db.query(sql, (json.dumps(list(statements)),))
    ]


def _word_scores(db: Database, asked: Asked) -> Scores:
    """BM25 of the words that tell something by report, for the best."""
    score = f"bm25(report_words, {', '.join(map(str, WEIGHTS))})"
    return _best(db, "report_words", score, [words_expression([word]) for word in asked.words])


def _statement_scores(db: Database, asked: Asked) -> Scores:
    """BM25 of the pairs that tell something by statement, for the best."""
    return _best(
        db, "statement_bigrams", "bm25(statement_bigrams)", list(map(lookup, asked.pairs or asked.words))
    )


def _best(db: Database, table: str, score: str, expressions: Sequence[str]) -> Scores:
    """The scores of the best rows by the rarest of the expressions, those that very many match left out."""
    sql = f"select count(*) from (select 1 from {table} where {table} match ? limit {_COMMON + 1})"
    counted = sorted((db.execute(sql, (each,)).fetchone()[0], at) for at, each in enumerate(expressions))
    telling = [expressions[at] for number, at in counted if 0 < number <= _COMMON][:_LOOKED_UP_MAX]
    if not telling:
        return {}
    sql = f"select rowid, {score} from {table} where {table} match ? order by 2 limit {_DEEP}"
    return dict(db.execute(sql, (" OR ".join(telling),)).fetchall())


def _reports_of(db: Database, statements: Scores) -> Scores:
    """The score of the best statement by report."""
    sql = (
        "select s.id, r.number from json_each(?) k join statements s on s.id = k.value "
        "join reports r on r.id = s.report_id"
    )
    best: Scores = {}
    for key, number in db.execute(sql, (json.dumps(list(statements)),)):
        best[number] = max(best.get(number, 0.0), statements[key])
    return best


def _of_bodies(db: Database, asked: Asked) -> Iterator[int]:
    """The reports of the bodies whose names are likest."""
    if not asked.names:
        return
    bodies = [row[0] for row in db.execute("select distinct org from reports where org is not null")]
    wanted = frozenset("".join(asked.names))
    some = heapq.nlargest(_BODIES_MAX, bodies, key=lambda body: (len(wanted & frozenset(body)), -len(body)))
    liked = heapq.nlargest(_BEST_BODIES, some, key=lambda body: (_liking(asked, body), -len(body)))
    named = json.dumps([body for body in liked if _liking(asked, body)])
    sql = "select number from reports where org in (select value from json_each(?))"
    yield from (row[0] for row in db.execute(sql, (named,)))


def _liking(asked: Asked, body: str) -> float:
    return name_share(asked.names, lower_ascii(fold(body)))


def _shares(scores: Scores) -> Scores:
    """Scores (the less the better) as shares of the best."""
    best = min(scores.values(), default=0.0)
    return {key: score / best for key, score in scores.items()} if best < 0 else {}
