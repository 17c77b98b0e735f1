"""Rows by name into a table, by one prepared statement for each set of columns."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlite_utils import Database


def upsert_row(db: Database, table: str, row: Mapping[str, Any], key: str) -> None:
    """Insert a row, or change the one that has its `key`; columns that `row` has not stay as they are.

    sqlite-utils asks for the schema at every row, which takes longer than writing it.
    """
    db.execute(_upsert(table, tuple(row), key), tuple(row.values()))


@cache
def _upsert(table: str, columns: tuple[str, ...], key: str) -> str:
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    changes = ", ".join(f'"{column}" = excluded."{column}"' for column in columns if column != key)
    return f'insert into "{table}" ({names}) values ({marks}) on conflict("{key}") do update set {changes}'
