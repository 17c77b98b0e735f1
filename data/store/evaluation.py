"""A query's tree as SQL: which reports, or which rows of a kind of fact, it is true of."""

import json
from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from ..errors import QueryError
from ..query import And, Condition, Holds, Near, Node, Not, Or, Scope, Word, leaves
from ..query.place import query_error
from .cell_names import cells_labelled
from .conditions import TABLES, TEXTS, cells_among, condition_sql, holds_text, sum_condition
from .indexed import view_key
from .query import inexact, match_expression
from .readings import read_indexed
from .snippets import in_view

# So many texts are read through for one search; each takes up to 0.1 ms.
_READ_MAX = 2_000

# Left to itself SQLite looks through all statements of a label for each report. Cells stand by their tables.
_OWN = {
    "statements": "statements f indexed by idx_statements_report_id_n where f.report_id = r.id",
    "cells": "tables t cross join table_cells f indexed by idx_table_cells_code_table_id "
    "on f.table_id = t.id where t.report_id = r.id",
}

# Full-text tables and the column of `r` or `f` that their rowids are.
INDEXES: dict[str, tuple[str, str]] = {
    "reports": ("report_bigrams", "r.number"),
    "statements": ("statement_bigrams", "f.id"),
}


class Evaluation:
    """Makes SQL of trees; `named` gathers the parameters. Nothing of a query gets into the SQL itself.

    `few` says that some other condition leaves few rows: then each is asked for its facts, and not all
    facts for their report. `one` says that rows come one at a time: then each is looked up in the index.
    """

    def __init__(self, db: Database, typed: str, *, few: bool = False, one: bool = False) -> None:
        self.named: dict[str, Any] = {}
        self._db = db
        self._typed = typed
        self._few = few
        self._one = one
        self._read: dict[str, str] = {}
        self._left = _READ_MAX

    def put(self, value: Any) -> str:  # noqa: ANN401 - whatever SQLite takes
        """A parameter for `value`."""
        name = f"p{len(self.named)}"
        self.named[name] = value
        return f":{name}"

    def true_of(self, node: Node, scope: Scope) -> str:
        """SQL, 1 where `node` is true of the report `r` (in other scopes of its row `f`), else 0."""
        expression = match_expression(node) if scope in INDEXES else None
        if expression is not None:
            return self._matches(scope, expression)
        match node:
            case Word() | Near():
                return self._text(node, scope)
            case And():
                return f"({' and '.join(self._all(node, scope))})"
            case Or():
                return f"({' or '.join(self.true_of(part, scope) for part in node.parts)})"
            case Not():
                return f"(not {self.true_of(node.part, scope)})"
            case Holds():
                return self._holds(node)
        return self._condition(node)

    def _condition(self, node: Condition) -> str:
        try:
            return condition_sql(node, self.put)
        except QueryError as error:
            raise query_error(self._typed, node.at, f"{node.field}: {error}.") from None

    def _all(self, node: And, scope: Scope) -> Iterator[str]:
        """The parts of a conjunction, words first and in one look-up as far as they go."""
        words, rest = apart(node, scope)
        expression = words and match_expression(words)
        if expression:
            yield self._matches(scope, expression)
        yield from (self.true_of(part, scope) for part in rest)

    def _matches(self, scope: Scope, expression: str) -> str:
        table, number = INDEXES[scope]
        found = f"select rowid from {table} where {table} match {self.put(expression)}"
        return f"exists ({found} and rowid = {number})" if self._one else f"({number} in ({found}))"

    def _holds(self, node: Holds) -> str:
        if node.scope == "reports":
            return self.true_of(node.where, "reports")
        if isinstance(node.where, Condition):
            summed = self._sum(node.where)
            if summed:
                return summed
        where = self.true_of(node.where, node.scope)
        table = TABLES[node.scope]
        if not self._few and (node.scope == "statements" or _has_text(node.where)):
            return f"(r.id in (select f.report_id from {table} f where {where}))"
        own = _OWN.get(node.scope, f"{table} f where f.report_id = r.id")
        return f"(exists (select 1 from {own} and {where}))"

    def _sum(self, node: Condition) -> str | None:
        try:
            return sum_condition(node, self.put)
        except QueryError as error:
            raise query_error(self._typed, node.at, f"{node.field}: {error}.") from None

    def _text(self, node: Word | Near, scope: Scope) -> str:
        if scope in INDEXES:
            return self._inexact(node, scope)
        if isinstance(node, Near) or node.begins:
            at = node.left.at if isinstance(node, Near) else node.at
            raise query_error(
                self._typed,
                at,
                "NEAR and gov* look through reports and statements alone.",
                "Write the word by itself.",
            )
        if scope == "cells":
            return cells_among(cells_labelled(node.text), self.put)
        return holds_text(TEXTS[scope], node.text, self.put)

    def _inexact(self, node: Word | Near, scope: Scope) -> str:
        """What FTS5 cannot tell: the few rows in doubt are read."""
        sought = inexact(node)
        number = INDEXES[scope][1]
        listed = f"{number} in (select value from json_each({self.put(self._read_through(node, scope))}))"
        if sought.certain is None:
            return f"({listed})"
        return f"({self._matches(scope, sought.certain)} or {listed})"

    def _read_through(self, node: Word | Near, scope: Scope) -> str:
        """The numbers of the rows in doubt that hold it, as JSON."""
        sought, table = inexact(node), INDEXES[scope][0]
        words = (node,) if isinstance(node, Word) else (node.left, node.right)
        key = f"{table} {sought.unsure} {[word.begins for word in words]}"
        if key in self._read:
            return self._read[key]
        unsure = self._db.execute(
            f"select rowid from {table} where {table} match ? limit ?", (sought.unsure, self._left + 1)
        )
        numbers = [row[0] for row in unsure]
        self._left -= len(numbers)
        if self._left < 0:
            wrong = f"{words[0].text}* stands inside too many words; over {_READ_MAX} texts had to be read."
            raise query_error(self._typed, words[0].at, wrong, "Write more of the word, or leave out the *.")
        passed = [key for key, text in texts_of(self._db, scope, numbers) if sought.test(text)]
        self._read[key] = json.dumps(passed)
        return self._read[key]


def apart(node: Node, scope: Scope) -> tuple[And | None, list[Node]]:
    """The parts of a conjunction that one look-up finds, and the rest."""
    parts = node.parts if isinstance(node, And) else (node,)
    if scope not in INDEXES:
        return None, list(parts)
    found = [part for part in parts if match_expression(_plain(part)) is not None]
    if all(isinstance(part, Not) for part in found):
        return None, list(parts)
    return And(tuple(found)), [part for part in parts if part not in found]


def texts_of(db: Database, scope: Scope, numbers: list[int]) -> Iterator[tuple[int, str]]:
    """The texts of reports or statements as they are searched, by number."""
    wanted = json.dumps(numbers)
    among = "in (select value from json_each(?))"
    if scope == "reports":
        sql = (
            "select r.number, g.words from reports r join readings g on g.report_id = r.id "
            f"where r.number {among}"
        )
        for number, parted in db.execute(sql, (wanted,)):
            yield number, view_key(parted)
        return
    sql = f'select id, report_id, start, "end" from statements where id {among} order by report_id'
    report_id = indexed = None
    for number, each, start, end in db.execute(sql, (wanted,)):
        if indexed is None or each != report_id:
            report_id, indexed = each, read_indexed(db, each)
        first, last = in_view(indexed, start, end)
        yield number, indexed.key[first:last]


def _plain(part: Node) -> Node:
    return part.part if isinstance(part, Not) else part


def _has_text(node: Node) -> bool:
    return any(isinstance(leaf, Word | Near) for leaf in leaves(node))
