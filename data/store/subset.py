"""A part of a database as a database of its own: the same schema, its search index, nothing dangling."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from sqlite_utils import Database

from .connection import open_database, transaction
from .export import table_names
from .readings import put, read_indexed
from .report_facets import write_report_kinds
from .sought import Sought, find_plan

# Reports written at once: their texts and facts are some 10 MB.
_BATCH = 200
# What somebody searched for is no data of the reports; the rest is made anew out of what is copied.
_LEFT_OUT: tuple[str, ...] = ("saved_", "facet_", "dictionary", "sqlite_", "_sqlite_")
_LEFT_OUT += ("report_bigrams", "statement_bigrams", "report_words")
# The tables that a view reads.
_SOURCES = re.compile(r"\b(?:from|join) (\w+)", re.IGNORECASE)
# Without these no database of ours; what they need of others is left out with it.
_NEEDED = ("reports", "readings")
_FOLLOWING = {"statement_places": "statements", "table_cells": "tables"}


class Subset(msgspec.Struct, frozen=True, kw_only=True):
    """Which rows: those of the reports that `among` finds (None: all), of `tables` (None: all).

    Tables that the others need (`reports`, and `tables` for `table_cells`) are always there.
    """

    tables: tuple[str, ...] | None = None
    among: Sought | None = None


class ExtraTable(NamedTuple):
    """A table that is no part of the schema: its columns are of any type."""

    name: str
    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def write_subset(
    source: Database,
    target: Path,
    subset: Subset,
    extra: Iterable[ExtraTable],
    each: Callable[[int], Any],
) -> None:
    """Write a database at `target`, where there is none; `each` is told how many reports are written."""
    db = open_database(target, create=True, read_only=False)
    try:
        # A file that nobody else knows of yet: where this fails, it is thrown away.
        db.disable_wal()
        db.execute("pragma journal_mode = off")
        db.execute("pragma synchronous = off")
        db.execute("pragma foreign_keys = off")
        with transaction(db):
            with _without_triggers(db):
                _copy(source, db, subset, each)
            for table in extra:
                _create(db, table)
        db.execute("pragma journal_mode = delete")
    finally:
        db.close()


def _copy(source: Database, db: Database, subset: Subset, each: Callable[[int], Any]) -> None:
    tables = _wanted(source, subset)
    of_reports = {name: where for name in tables if (where := _belongs(source, name))}
    ids = _report_ids(source, subset)
    done = 0
    while batch := list(islice(ids, _BATCH)):
        for name, where in of_reports.items():
            _copy_rows(source, db, name, f"where {where}", {"ids": json.dumps(batch)})
        for report_id in batch:
            put(db, report_id, read_indexed(db, report_id))
            write_report_kinds(db, report_id)
            write_report_kinds(db, report_id)
        done += len(batch)
        each(done)
    for name in tables:
        if name not in of_reports:
            _copy_rows(source, db, name, "", {})
    _drop_dangling(db)
    if subset.among not in (None, Sought()):
        # They were found among other reports than these.
        db.execute("update repeat_runs set current = 0")


@contextmanager
def _without_triggers(db: Database) -> Iterator[None]:
    """Rows come as they are, what triggers note of them too; only those of facets have work to do."""
    triggers = [each for each in db.triggers if not each.name.startswith(_LEFT_OUT)]
    for each in triggers:
        db.execute(f'drop trigger "{each.name}"')
    yield
    for each in triggers:
        db.execute(each.sql)


def _wanted(db: Database, subset: Subset) -> list[str]:
    """The tables to be copied, those of search among them."""
    every = [name for name in db.table_names() if not name.startswith(_LEFT_OUT)]
    if subset.tables is None:
        return every
    named = {*subset.tables, *_NEEDED}
    named |= {name for view in db.views if view.name in named for name in _SOURCES.findall(view.schema)}
    named |= {parent for name, parent in _FOLLOWING.items() if name in named}
    named |= {name for name, parent in _FOLLOWING.items() if parent in named and name not in table_names(db)}
    return [name for name in every if name in named]


def _report_ids(db: Database, subset: Subset) -> Iterator[str]:
    if subset.among is None:
        return (row[0] for row in db.execute("select id from reports order by number"))
    plan = find_plan(db, msgspec.structs.replace(subset.among, in_="reports"))[1]
    return (row[0] for row in db.execute(plan.report_ids, plan.named))


def _belongs(db: Database, table: str) -> str | None:
    """The condition that a row belongs to one of the reports `:ids`; None where it belongs to none."""
    ids = "(select value from json_each(:ids))"
    if table == "reports":
        return f"id in {ids}"
    if "report_id" in {column.name for column in db.table(table).columns}:
        return f"report_id in {ids}"
    for key in db.table(table).foreign_keys:
        parent = _belongs(db, key.other_table)
        if parent:
            return f'"{key.column}" in (select "{key.other_column}" from "{key.other_table}" where {parent})'
    return None


def _copy_rows(source: Database, db: Database, table: str, where: str, named: dict[str, Any]) -> None:
    columns = [column.name for column in db.table(table).columns]
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = source.execute(f'select {listed} from "{table}" {where}', named)
    holes = ", ".join("?" * len(columns))
    db.conn.executemany(f'insert into "{table}"({listed}) values ({holes})', rows)


def _drop_dangling(db: Database) -> None:
    """Take out rows that point to what is not here, a link between two reports of which one is."""
    while found := db.execute("pragma foreign_key_check").fetchall():
        for table, row, *_ in found:
            db.execute(f'delete from "{table}" where rowid = ?', (row,))


def _create(db: Database, table: ExtraTable) -> None:
    listed = ", ".join(f'"{name}"' for name in table.columns)
    db.execute(f'create table "{table.name}" ({listed})')
    holes = ", ".join("?" * len(table.columns))
    db.conn.executemany(f'insert into "{table.name}" values ({holes})', table.rows)
