"""One statement of SQL for a query: the rows it finds, how many there are, and the first of them in order."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlite_utils import Database

from ..query import And, Holds, Node, Scope, bind, speaks_of_rows
from .conditions import TABLES
from .evaluation import INDEXES, Evaluation, apart
from .query import match_expression
from .ranking import Ranking

# So many of the newest reports are tried one by one at most (some 20 µs each) to find those of a page.
_TRIED_MAX = 2_000

# Rows of `reports` hold the text; what a search needs of them stands in indexes of its own.
_BY_NUMBER = "reports r indexed by idx_reports_number_fields"
_BY_ID = "reports r indexed by idx_reports_id_fields"
_NEWEST = "reports r indexed by idx_reports_newest"
# In the order of `_order`, so that the first ones are found without the others.
_IN_ORDER = {
    "reports": _NEWEST,
    "statements": f"{_NEWEST} cross join statements f indexed by idx_statements_report_id_n "
    "on f.report_id = r.id",
}
_HELD = "exists (select 1 from {0} where {0} match :match and rowid = {1})"
_PAGE = "limit :limit offset :offset"


class Plan(NamedTuple):
    """The parts of a statement: `words` is what one look-up finds, `where` all else.

    Rows are told by their key: `reports.number`, or the id of a fact.
    """

    scope: Scope
    words: str | None
    where: str
    named: dict[str, Any]

    @property
    def alone(self) -> bool:
        """Whether one look-up finds all reports or statements."""
        return self.words is not None and self.where == "1"

    def count(self, db: Database) -> int:
        """How many rows there are."""
        sql = f"{self._found} select count(*) from {self._rows}"
        if self.alone and self.scope == "statements":
            sql = f"{self._found} select count(*) from found k cross join statements f on f.id = k.value"
        elif self.alone and _is_whole(db):
            sql = "select count(*) from report_bigrams where report_bigrams match :match"
        return int(db.execute(sql, self.named).fetchone()[0])

    def newest(self, db: Database) -> list[int]:
        """The keys of all rows, the newest report first."""
        sql = f"{self._found} select {self._key} from {self._rows} order by {self._order}"
        return [row[0] for row in db.execute(sql, self.named)]

    def few_newest(
        self, db: Database, total: int, limit: int, offset: int, without: Sequence[int] = ()
    ) -> list[int] | None:
        """The same, `limit` from `offset` on, by trying row by row; None where that takes long."""
        table, number = INDEXES.get(self.scope, INDEXES["reports"])
        column, rows = number.partition(".")[2], TABLES.get(self.scope, "reports")
        every = db.execute(f"select max({column}) from {rows}").fetchone()[0]
        # A single character is looked up among all pairs it begins, each time anew.
        if not self.alone or "*" in str(self.words) or every * (offset + limit) > total * _TRIED_MAX:
            return None
        among = f"{number} not in (select value from json_each(:without)) and {_HELD.format(table, number)}"
        sql = f"select {number} from {_IN_ORDER[self.scope]} where {among} order by {self._order} {_PAGE}"
        named = self.named | {"limit": limit, "offset": offset, "without": json.dumps(list(without))}
        return [row[0] for row in db.execute(sql, named)]

    def held_among(self, db: Database, numbers: Sequence[int]) -> list[int]:
        """Those of some reports that one look-up finds, in their order."""
        sql = f"select r.value from json_each(:numbers) r where {_HELD.format('report_bigrams', 'r.value')}"
        return [row[0] for row in db.execute(sql, self.named | {"numbers": json.dumps(list(numbers))})]

    def rows(self, db: Database, keys: list[int]) -> list[dict[str, Any]]:
        """The rows of these keys in order: `report_id`, `number`, `fact_id`, `score`."""
        sql = f"select {self._columns}, 0.0 as score from {self._listed} order by k.key"
        return list(db.query(sql, {"keys": json.dumps(keys)}))

    def best(
        self, db: Database, keys: list[int] | None, ranking: Ranking, limit: int, offset: int
    ) -> list[dict[str, Any]]:
        """`limit` rows from `offset` on, of these keys (None: of all), by a ranking, then the newest."""
        found = f"with ranked as materialized ({ranking.sql})"
        rows, named = self._listed, {"keys": json.dumps(keys)}
        if keys is None:
            found, rows, named = f"{self._found}, {found.removeprefix('with ')}", self._rows, self.named
        head, where, conditions = rows.partition(" where ")
        sql = (
            f"{found} select {self._columns}, coalesce(ranked.score, 0.0) as score "
            f"from {head} left join ranked on ranked.key = {self._key}{where}{conditions} "
            f"order by score, {self._order} {_PAGE}"
        )
        return list(db.query(sql, named | ranking.named | {"limit": limit, "offset": offset}))

    def statement(self, columns: str, tail: str = "") -> str:
        """A statement for columns of `r`, of facts `f` too; `tail` follows the conditions."""
        return f"{self._found} select {columns} from {self._rows} {tail}"

    def sorted(self, value: str, tail: str) -> str:
        """A statement for rows as `best` has them, with a `value`; `tail` puts them in order."""
        return self.statement(f"{self._columns}, 0.0 as score, {value} as value", tail)

    def faceted(self, columns: str) -> str:
        """A statement for columns of `facet`, what the reports found are counted by."""
        if self.alone and self.scope == "reports":
            source = "report_bigrams found cross join facet_reports facet on facet.number = found.rowid"
            return f"select {columns} from {source} where report_bigrams match :match"
        if self.words is None and self.where == "1":
            return f"select {columns} from facet_reports facet"
        reports, _, where = self._rows.partition(" where ")
        joined = f"{reports} cross join facet_reports facet on facet.number = r.number"
        return f"{self._found} select {columns} from {joined} where {where}"

    @property
    def report_ids(self) -> str:
        """SQL of the ids of the reports, for another statement with the same parameters."""
        return f"{self._found} select r.id from {self._rows}"

    @property
    def _key(self) -> str:
        return "r.number" if self.scope == "reports" else "f.id"

    @property
    def _order(self) -> str:
        return f"r.year desc, r.id{'' if self.scope == 'reports' else ', f.id'}"

    @property
    def _columns(self) -> str:
        fact = "null" if self.scope == "reports" else "f.id"
        return f"r.id as report_id, r.number, {fact} as fact_id"

    @property
    def _found(self) -> str:
        if self.words is None:
            return ""
        table = INDEXES[self.scope][0]
        return f"with found as materialized (select rowid as value from {table} where {table} match :match)"

    @property
    def _rows(self) -> str:
        """All rows: what stands between `from` and `order by`."""
        source = "found" if self.words else ""
        return f"{self._joined(source)} where {self.where}"

    @property
    def _listed(self) -> str:
        """The rows of the keys given."""
        return self._joined("json_each(:keys)")

    def _joined(self, source: str) -> str:
        """The reports, or facts with their reports, of the keys that a source has; all without one."""
        if self.scope == "reports":
            return f"{source} k cross join {_BY_NUMBER} on r.number = k.value" if source else _BY_NUMBER
        facts = f"{TABLES[self.scope]} f"
        facts = f"{source} k cross join {facts} on f.id = k.value" if source else facts
        return f"{facts} cross join {_BY_ID} on r.id = f.report_id"


def _is_whole(db: Database) -> bool:
    """Whether the index has no report that was deleted by other hands."""
    sql = "select (select count(*) from reports) = (select count(*) from report_bigrams_docsize)"
    return bool(db.execute(sql).fetchone()[0])


def make_plan(db: Database, typed: str, tree: Node, scope: Scope) -> Plan:
    """How to find the rows of `scope` a tree is true of; raises QueryError at what cannot be."""
    bound = bind(tree, scope)
    words, rest = apart(bound, scope)
    evaluation = Evaluation(db, typed, few=words is not None)
    about_report = [part for part in rest if scope != "reports" and not speaks_of_rows(part, scope)]
    conditions = [evaluation.true_of(part, scope) for part in rest if part not in about_report]
    if about_report:
        outer = " and ".join(evaluation.true_of(part, "reports") for part in about_report)
        conditions.insert(0, f"f.report_id in (select r.id from {_BY_NUMBER} where {outer})")
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
