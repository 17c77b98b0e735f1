"""One statement of SQL for a query: the rows it finds, how many there are, and the first of them in order."""

from typing import Any, NamedTuple

from sqlite_utils import Database

from ..query import And, Holds, Node, Scope, bind, speaks_of_rows
from .conditions import TABLES
from .evaluation import INDEXES, Evaluation, apart
from .query import match_expression

# BM25 weights of title, body and text: a word in the title says what the whole report is about.
_RANK = "bm25(report_words, 8.0, 4.0, 1.0)"
# Of a word that one report in so many holds, the newest reports are found by trying them one by one.
_TRIED_MAX = 2_000

_REPORT = "r.id as report_id, r.year, r.number"
# Rows of `reports` hold the text; what a search needs of them stands in indexes of its own.
_BY_NUMBER = "reports r indexed by idx_reports_number_fields"
_BY_ID = "reports r indexed by idx_reports_id_fields"
_NEWEST = "reports r indexed by idx_reports_newest"
_PAGE = "limit :limit offset :offset"


class Plan(NamedTuple):
    """The parts of a statement: `words` is what one look-up finds, `where` all else."""

    scope: Scope
    words: str | None
    where: str
    named: dict[str, Any]

    def count(self, db: Database) -> int:
        """How many rows there are."""
        sql = f"{self._found('')} select count(*) from {self._rows}"
        return int(db.execute(sql, self.named).fetchone()[0])

    def newest(self, db: Database, total: int, limit: int, offset: int) -> list[dict[str, Any]]:
        """Rows `offset` to `offset + limit` of the newest first."""
        page = {"limit": limit, "offset": offset}
        every = db.execute("select count(*) from reports").fetchone()[0]
        alone = self.scope == "reports" and self.words is not None and self.where == "1"
        if alone and every * (offset + limit) <= total * _TRIED_MAX:
            return self._tried(db, page)
        sql = (
            f"{self._found('')} select {self._columns}, 0.0 as score from {self._rows} {self._order} {_PAGE}"
        )
        return list(db.query(sql, self.named | page))

    def best(self, db: Database, words: str, limit: int, offset: int) -> list[dict[str, Any]]:
        """Rows `offset` to `offset + limit` of the best first: BM25, then the newest."""
        named = self.named | {"limit": limit, "offset": offset, "ranking": words}
        order = self._order.replace("order by", "order by score,")
        if self.scope == "statements":
            found = self._found(", bm25(statement_bigrams) as score")
            sql = f"{found} select {self._columns}, found.score from {self._rows} {order} {_PAGE}"
            return list(db.query(sql, self.named | {"limit": limit, "offset": offset}))
        ranked = (
            f"ranked as materialized (select rowid as number, {_RANK} as score "
            "from report_words where report_words match :ranking)"
        )
        found = f"{self._found('')}, {ranked}" if self.words else f"with {ranked}"
        head, _, where = self._rows.partition(" where ")
        rows = f"{head} left join ranked on ranked.number = r.number where {where}"
        score = "coalesce(ranked.score, 0.0) as score"
        return list(db.query(f"{found} select {self._columns}, {score} from {rows} {order} {_PAGE}", named))

    def _tried(self, db: Database, page: dict[str, int]) -> list[dict[str, Any]]:
        held = "exists (select 1 from report_bigrams where report_bigrams match :match and rowid = r.number)"
        sql = (
            f"select {self._columns}, 0.0 as score from {_NEWEST} where {held} "
            f"order by r.year desc, r.id {_PAGE}"
        )
        return list(db.query(sql, self.named | page))

    def _found(self, score: str) -> str:
        if self.words is None:
            return ""
        table = INDEXES[self.scope][0]
        return (
            f"with found as materialized (select rowid as key{score} from {table} where {table} match :match)"
        )

    @property
    def _columns(self) -> str:
        return f"{_REPORT}, {'null' if self.scope == 'reports' else 'f.id'} as fact_id"

    @property
    def _rows(self) -> str:
        """What stands between `from` and `order by`."""
        if self.scope == "reports":
            joined = f"found cross join {_BY_NUMBER} on r.number = found.key" if self.words else _BY_NUMBER
            return f"{joined} where r.number >= 0 and {self.where}"
        facts = f"{TABLES[self.scope]} f"
        if self.words:
            facts = f"found cross join {facts} on f.id = found.key"
        return f"{facts} cross join {_BY_ID} on r.id = f.report_id where {self.where}"

    @property
    def _order(self) -> str:
        return f"order by r.year desc, r.id{'' if self.scope == 'reports' else ', f.id'}"


def make_plan(db: Database, typed: str, tree: Node, scope: Scope) -> Plan:
    """How to find the rows of `scope` a tree is true of; raises QueryError at what cannot be."""
    bound = bind(tree, scope)
    words, rest = apart(bound, scope)
    evaluation = Evaluation(db, typed, few=words is not None)
    about_report = [part for part in rest if scope != "reports" and not speaks_of_rows(part, scope)]
    conditions = [evaluation.true_of(part, scope) for part in rest if part not in about_report]
    if about_report:
        outer = " and ".join(evaluation.true_of(part, "reports") for part in about_report)
        conditions.insert(
            0, f"f.report_id in (select r.id from {_BY_NUMBER} where r.number >= 0 and {outer})"
        )
    expression = match_expression(words) if words else None
    named = evaluation.named | ({"match": expression} if expression else {})
    return Plan(scope, expression, " and ".join(conditions) or "1", named)


def shown_fact(db: Database, typed: str, tree: Node, report: int) -> tuple[Scope, int] | None:
    """Of a report that was found, the row of a fact that a condition of the query asks for."""
    bound = bind(tree)
    for part in bound.parts if isinstance(bound, And) else (bound,):
        if isinstance(part, Holds) and part.scope != "reports":
            evaluation = Evaluation(db, typed, few=True, one=True)
            where = evaluation.true_of(part.where, part.scope)
            sql = (
                f"select f.id from {_BY_NUMBER} cross join {TABLES[part.scope]} f on f.report_id = r.id "
                f"where r.number = :report and {where} order by f.start limit 1"
            )
            row = db.execute(sql, evaluation.named | {"report": report}).fetchone()
            if row:
                return part.scope, int(row[0])
    return None
