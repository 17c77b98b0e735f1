"""Rows of tables and views, one by one."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlite_utils import Database

from ..errors import NotFound, QueryError
from ..query import Scope
from .conditions import TABLES
from .sought import Sought, find_plan

# What search and migrations keep for themselves.
_INTERNAL = (
    *("readings", "sqlite_", "_sqlite_", "statement_places"),
    *("report_bigrams", "statement_bigrams", "report_words", "report_kinds", "saved_"),
)

# Tables and views whose rows a search finds by themselves; `id` is theirs.
_SCOPES: dict[str, Scope] = {table: scope for scope, table in TABLES.items()}  # type: ignore[misc]
_SCOPES |= dict.fromkeys(("initiatives", "problems", "plans"), "statements")


def count_tables(db: Database) -> dict[str, int]:
    """Tables and views fit for export, each with its number of rows, in alphabetical order."""
    return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in _names(db)}


def read_among(db: Database, table: str, among: Sought) -> Iterator[dict[str, Any]]:
    """The rows of a table or view that a search finds, or whose report it finds, read as they are taken.

    Tables of facts have rows that are found themselves, as in a search of that kind. Raises NotFound and
    QueryError at once.
    """
    columns = read_columns(db, table)
    scope = _SCOPES.get(table, "reports")
    plan = find_plan(db, msgspec.structs.replace(among, in_=scope))[1]
    if scope != "reports":
        found = plan.statement("f.id")
        return db.query(f'select t.* from "{table}" t where t.id in ({found})', plan.named)
    column = "id" if table == "reports" else "report_id"
    if column not in columns:
        raise QueryError(f"Rows of {table} belong to no report; take the whole table.")
    return db.query(f'select t.* from "{table}" t where t.{column} in ({plan.report_ids})', plan.named)


def read_rows(db: Database, table: str) -> Iterator[dict[str, Any]]:
    """Rows of a table or view as they stand, read as they are taken; raises NotFound at once."""
    check_table(db, table)
    return db.query(f'select * from "{table}"')


def read_columns(db: Database, table: str) -> list[str]:
    """Names of the columns of a table or view, in order; raises NotFound."""
    check_table(db, table)
    return [str(row[0]) for row in db.execute(f'select * from "{table}" limit 0').description]


def check_table(db: Database, table: str) -> None:
    """Raise NotFound, naming the tables there are, where there is no such table or view."""
    names = _names(db)
    if table not in names:
        raise NotFound(f"There is no table {table!r}; there are {', '.join(names)}.")


def _names(db: Database) -> list[str]:
    names = db.table_names() + db.view_names()
    return sorted(name for name in names if not name.startswith(_INTERNAL))
