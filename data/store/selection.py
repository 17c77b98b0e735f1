"""Rows of a table or view, all or those of some reports, with the type of each column."""

from collections.abc import Iterator
from typing import Any, Literal, NamedTuple

import msgspec
from sqlite_utils import Database

from ..errors import QueryError
from ..query import Scope, read_query
from .conditions import TABLES
from .export import check_table
from .search import Filters
from .sought import Sought, find_plan

ColumnType = Literal["integer", "real", "text", "blob", "any"]

_TYPES: dict[str, ColumnType] = {
    "INTEGER": "integer",
    "INT": "integer",
    "REAL": "real",
    "FLOAT": "real",
    "TEXT": "text",
    "BLOB": "blob",
}
# SQLite names no type for what a view computes; figures of the panel are numbers, a fact's value is anything.
_COMPUTED: dict[str, dict[str, ColumnType]] = {
    "facts": {"kind": "text"},
    "panel": {"reports": "integer", "*": "real"},
    "panel_columns": {"position": "integer", "*": "text"},
}
# Tables and views whose rows a search finds by themselves; `id` is theirs.
_SCOPES: dict[str, Scope] = {table: scope for scope, table in TABLES.items()}  # type: ignore[misc]
_SCOPES |= dict.fromkeys(("initiatives", "problems", "plans"), "statements")
# Tables whose order is not that in which their rows came.
_ORDERS = {"reports": "org, year, id", "panel": "org, year, report_id"}


class Selection(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows: of `table`, of the reports that `query` and `filters` are true of.

    `columns` are those wanted, None for all; `named` puts before them `org` and `year` of the report, for
    tables whose rows have a `report_id` and not these. With `found`, of a table of facts the facts that the
    query and the filters are true of, as in a search for them.
    """

    table: str
    columns: tuple[str, ...] | None = None
    named: bool = False
    query: str | None = None
    filters: Filters = Filters()
    found: bool = False


class _Column(NamedTuple):
    name: str
    sql: str
    type: ColumnType


def column_types(db: Database, selection: Selection) -> dict[str, ColumnType]:
    """The columns of the rows in order, each with its type; `any` holds numbers or texts, row by row.

    Raises NotFound naming the tables there are.
    """
    return {column.name: column.type for column in _columns(db, selection)}


def count_rows(db: Database, selection: Selection) -> int:
    """How many rows there are; raises NotFound and QueryError."""
    where, values = _where(db, selection)
    sql = f'select count(*) from "{selection.table}" f {where}'
    return int(db.execute(sql, values).fetchone()[0])


def select_rows(db: Database, selection: Selection, start: int, stop: int) -> Iterator[tuple[Any, ...]]:
    """The rows from `start` to `stop` in the order of `column_types`, read as they are taken."""
    sql, values = _select(db, selection)
    order = f"order by {_ORDERS[selection.table]}" if selection.table in _ORDERS else ""
    sql += f" {order} limit :rows offset :first"
    return iter(db.execute(sql, values | {"rows": max(0, stop - start), "first": start}))


def stream_rows(db: Database, selection: Selection) -> Iterator[tuple[Any, ...]]:
    """All rows as they lie, the panel by body and year: sorting texts would write them all to the disk."""
    sql, values = _select(db, selection)
    return iter(
        db.execute(f"{sql} order by {_ORDERS['panel']}" if selection.table == "panel" else sql, values)
    )


def _select(db: Database, selection: Selection) -> tuple[str, dict[str, Any]]:
    columns = ", ".join(column.sql for column in _columns(db, selection))
    source = f'"{selection.table}" f'
    if selection.named:
        source += " left join reports r on r.id = f.report_id"
    where, values = _where(db, selection)
    return f"select {columns} from {source} {where}", values


def _columns(db: Database, selection: Selection) -> list[_Column]:
    computed = _COMPUTED.get(selection.table, {})
    found = {
        name: _Column(
            name, f'f."{name}"', _TYPES.get(declared) or computed.get(name, computed.get("*", "any"))
        )
        for name, declared in _declared(db, selection.table)
    }
    if selection.columns is not None:
        found = {name: found[name] for name in selection.columns}
    head = [_Column("org", "r.org", "text"), _Column("year", "r.year", "integer")]
    return [*(head if selection.named else ()), *found.values()]


def _declared(db: Database, table: str) -> list[tuple[str, str]]:
    check_table(db, table)
    return list(db.execute("select name, type from pragma_table_info(?)", (table,)).fetchall())


def _where(db: Database, selection: Selection) -> tuple[str, dict[str, Any]]:
    columns = {name for name, _ in _declared(db, selection.table)}
    if selection.query is None and selection.filters == Filters():
        return "", {}
    key = "id" if selection.table == "reports" else "report_id"
    if key not in columns:
        raise QueryError(f"Rows of {selection.table} belong to no report; take the whole table.")
    scope = _SCOPES.get(selection.table, "reports") if selection.found else "reports"
    if selection.query is not None:
        # Of a blank query a search would take all rows; who gives one here has lost the words.
        read_query(selection.query)
    plan = find_plan(db, Sought(words=selection.query or "", in_=scope, filters=selection.filters))[1]
    found = plan.report_ids
    if scope != "reports":
        key, found = "id", plan.statement("f.id")
    return f"where f.{key} in ({found})", dict(plan.named)
