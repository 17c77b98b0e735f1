"""Rows of tables and views, one by one."""

from collections.abc import Iterator
from typing import Any

from sqlite_utils import Database

from ..errors import NotFound

# What search and migrations keep for themselves.
_INTERNAL = (
    *("readings", "sqlite_", "_sqlite_", "statement_places"),
    *("report_bigrams", "statement_bigrams", "report_words", "facet_", "saved_"),
    # What an exported database says of itself.
    "dictionary",
)


def count_tables(db: Database) -> dict[str, int]:
    """Tables and views fit for export, each with its number of rows, in alphabetical order."""
    return {name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in table_names(db)}


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
    names = table_names(db)
    if table not in names:
        raise NotFound(f"There is no table {table!r}; there are {', '.join(names)}.")


def table_names(db: Database) -> list[str]:
    """Names of the tables and views fit for export, in alphabetical order."""
    names = db.table_names() + db.view_names()
    return sorted(name for name in names if not name.startswith(_INTERNAL))
