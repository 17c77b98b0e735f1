"""The database's schema as numbered migrations.

Each migration runs inside a transaction of its own together with the record that it ran (table
`_sqlite_migrations`). A migration that has been released is never edited: a change is a new one.
"""

from functools import cache
from typing import Any

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from .index_rows import create_index_tables
from .old_readings import upgrade_reading
from .repeat_tables import create_repeats
from .report_facets import create_report_facets
from .saved_tables import create_saved
from .views import create_views

# "NIAN" in the file header marks a database of ours (SQLite file format, offset 68).
APPLICATION_ID = 0x4E49414E

migrations = Migrations("nianbao")

_SPAN = {"id": int, "report_id": str, "start": int, "end": int, "text": str}

_FACTS: dict[str, dict[str, Any]] = {
    "sections": {"kind": str, "depth": int, "content_end": int},
    "statements": {
        "n": int,
        "label": str,
        "category": str,
        "confidence": float,
        "answers": int,
        "section": str,
    },
    "dates": {"kind": str, "iso_start": str, "iso_end": str, "value": str, "edtf": str},
    "counts": {"value": "ANY", "unit": str, "bound": str, "item": str},
    "zeros": {"item": str},
    "citations": {"title": str, "number": str},
    "organisations": {},
    "people": {"name": str, "title": str},
}


@cache
def schema_version() -> int:
    """Number of migrations this version knows; the file keeps it as `user_version`."""
    with Database(memory=True, execute_plugins=False) as db:
        return len(migrations.pending(db))


def _child(
    db: Database, name: str, columns: dict[str, Any], *, not_null: set[str], parent: str = "report_id"
) -> None:
    other = "tables" if parent == "table_id" else "reports"
    keys = [ForeignKey(name, parent, other, "id", on_delete="CASCADE")]
    if parent != "report_id" and "report_id" in columns:
        keys.append(ForeignKey(name, "report_id", "reports", "id", on_delete="CASCADE"))
    table = db.create_table(name, columns, pk="id", foreign_keys=keys, not_null=not_null, strict=True)
    for key in keys:
        table.create_index([str(key.column)])


@migrations()
def m001_reports(db: Database) -> None:
    """Reports, the files they came from, and the runs that read them."""
    reports = {
        **dict.fromkeys(("id", "text", "title", "org", "genre", "level"), str),
        "year": int,
        **dict.fromkeys(("region_code", "province", "city", "county", "published"), str),
        **dict.fromkeys(("period_start", "period_end", "period_kind", "period_value", "period_edtf"), str),
        **dict.fromkeys(("period_text_start", "period_text_end"), int),
        **dict.fromkeys(("index_number", "document_number", "form"), str),
        **dict.fromkeys(("length", "number"), int),
    }
    table = db.create_table(
        "reports", reports, pk="id", not_null={"id", "text", "genre", "length", "number"}, strict=True
    )
    table.create_index(["number"], unique=True)
    for columns in (["org", "year"], ["year"], ["region_code"], ["title"]):
        table.create_index(columns)
    _create_sources(db)
    runs = {"id": int, "pipeline": str, "started": str, "ended": str}
    counts = dict.fromkeys(("added", "unchanged", "failed"), int)
    db.create_table("runs", runs | counts, pk="id", not_null={"pipeline", "started"}, strict=True)


def _create_sources(db: Database) -> None:
    columns = {
        **dict.fromkeys(("path", "report_id"), str),
        **dict.fromkeys(("size", "mtime_ns"), int),
        **dict.fromkeys(("sha256", "format", "encoding", "status", "error", "pipeline"), str),
    }
    report = ForeignKey("sources", "report_id", "reports", "id", on_delete="SET NULL")
    table = db.create_table(
        "sources",
        columns,
        pk="path",
        foreign_keys=[report],
        not_null={"path", "status", "pipeline"},
        strict=True,
    )
    table.create_index(["report_id"])


@migrations()
def m002_facts(db: Database) -> None:
    """A table for each kind of fact, the official tables with their cells, checks and corrections."""
    for name, columns in _FACTS.items():
        _child(db, name, _SPAN | columns, not_null={"report_id", "start", "end", "text"})
    statements = db.table("statements")
    statements.create_index(["label", "category"])
    # A plan's problem is looked up by its number.
    statements.create_index(["report_id", "n"])
    statements.drop_index("idx_statements_report_id")
    place = {"start": int, "end": int}
    tables = {"id": int, "report_id": str, "table": str, "form": str, **place}
    _child(db, "tables", tables, not_null={"report_id", "table"})
    _create_cells(db)
    checks: dict[str, Any] = {"id": int, "report_id": str, "kind": str, "state": str}
    checks |= dict.fromkeys(("left", "right", "difference"), float) | {"cells": str, "message": str}
    _child(db, "checks", checks, not_null={"report_id", "kind", "state", "cells", "message"})
    corrections: dict[str, Any] = {"id": int, "report_id": str, "fact": str, **place, "field": str}
    corrections |= {"old": "ANY", "new": "ANY", "note": str, "corrected": str}
    wanted = {"report_id", "fact", "start", "end", "field", "corrected"}
    _child(db, "corrections", corrections, not_null=wanted)


def _create_cells(db: Database) -> None:
    columns: dict[str, Any] = {"id": int, "report_id": str, "table_id": int}
    columns |= dict.fromkeys(("table", "form", "code", "row_code", "column_code", "raw"), str)
    columns |= {"value": "ANY", "unit": str, "note": str, "state": str, "start": int, "end": int}
    wanted = {"report_id", "table_id", "table", "code", "state"}
    _child(db, "table_cells", columns, not_null=wanted, parent="table_id")
    db.table("table_cells").create_index(["code", "report_id"])


@migrations()
def m003_index(db: Database) -> None:
    """What search looks up: how each text reads, its bigrams, its statements' bigrams, its words.

    The three FTS5 tables are contentless: their rowids are `reports.number` and `statements.id`, their
    columns bear no raw column's name, and what went in is computed from `readings` again to take it out.
    """
    readings = {"report_id": str, "body": bytes}
    report = ForeignKey("readings", "report_id", "reports", "id", on_delete="CASCADE")
    wanted = {"report_id", "body"}
    db.create_table("readings", readings, pk="report_id", foreign_keys=[report], not_null=wanted, strict=True)
    # The tokens are hexadecimal digits, so the ASCII tokenizer does, a quarter faster than unicode61.
    for name in ("report_bigrams", "statement_bigrams"):
        db.execute(f"create virtual table {name} using fts5(bigrams, content='', tokenize='ascii')")
    db.execute("create virtual table report_words using fts5(title_words, org_words, words, content='')")


@migrations()
def m004_views(db: Database) -> None:
    """Views for people: facts, initiatives, problems, plans, panel."""
    create_views(db)


@migrations()
def m005_checks(db: Database) -> None:
    """Which rule a check tests, how bad a failure is and where it stands; remarks on tables; wider panel."""
    for column, default in (("rule", ""), ("severity", "error"), ("places", "[]")):
        db.table("checks").add_column(column, str, not_null_default=default)
    db.table("checks").create_index(["state", "rule"])
    db.table("tables").add_column("notes", str, not_null_default="[]")
    create_views(db)


@migrations()
def m006_uncertain(db: Database) -> None:
    """Statements whose label a person should look at."""
    db.table("statements").add_column("uncertain", int, not_null_default=0)
    create_views(db)


@migrations()
def m007_sources(db: Database) -> None:
    """Which archive a file stands in, what failure it met, and what a reader made of a report."""
    sources = db.table("sources")
    for column in ("container", "error_kind", "limits", "remark"):
        sources.add_column(column, str)
    sources.create_index(["container"])
    sources.create_index(["status"])
    db.table("readings").add_column("source", bytes)


@migrations()
def m008_since(db: Database) -> None:
    """When the state of each file began; triggers note it, whichever way a row is written."""
    db.table("sources").add_column("since", str)
    for name, event in (
        ("insert", "after insert on sources"),
        (
            "update",
            "after update of status, error_kind on sources "
            "when new.status is not old.status or new.error_kind is not old.error_kind",
        ),
    ):
        db.execute(
            f"create trigger sources_since_{name} {event} begin update sources "
            "set since = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now') where path = new.path; end"
        )


@migrations()
def m009_search(db: Database) -> None:
    """What search asks of a report, without its text: rows of `reports` are long."""
    fields = "genre, level, form, published, length, region_code, province, city, county, org, title"
    for name, columns in (
        ("number_fields", f"number, id, year, {fields}"),
        ("id_fields", f"id, number, year, {fields}"),
        ("newest", "year desc, id, number"),
    ):
        db.execute(f"create index idx_reports_{name} on reports({columns})")


@migrations()
def m010_panel(db: Database) -> None:
    """The report that stands for a body and year does not hang on the order in which they came."""
    create_views(db)


@migrations()
def m011_rebuildable(db: Database) -> None:
    """Full-text tables that SQLite can make again by itself: their words in plain columns."""
    readings = db.table("readings")
    for column in ("words", "title_words", "org_words", "heading_words"):
        readings.add_column(column, str, not_null_default="")
    places: dict[str, Any] = {"id": int, "first": int, "last": int}
    statement = ForeignKey("statement_places", "id", "statements", "id", on_delete="CASCADE")
    db.create_table("statement_places", places, pk="id", foreign_keys=[statement], strict=True)
    create_index_tables(db)
    for (report_id,) in db.execute("select report_id from readings").fetchall():
        upgrade_reading(db, report_id)


@migrations()
def m012_saved(db: Database) -> None:
    """Searches kept under a name."""
    create_saved(db)


@migrations()
def m013_facets(db: Database) -> None:
    """What reports are counted by; a table of the labels of each was there before, in some files.

    Of two indexes SQLite takes that of the status for the better, which nearly all sources share, unless the
    other has it too.
    """
    db.execute("drop table if exists report_kinds")
    create_report_facets(db)
    sources = db.table("sources")
    for column in ("report_id", "container"):
        sources.drop_index(f"idx_sources_{column}")
        sources.create_index([column, "status"])


@migrations()
def m014_repeats(db: Database) -> None:
    """Statements that return, with the bodies and years that have them."""
    create_repeats(db)


@migrations()
def m016_counted(db: Database) -> None:
    """Statements are counted by label, category and report from an index, without their texts."""
    statements = db.table("statements")
    statements.drop_index("idx_statements_label_category")
    statements.create_index(["label", "category", "report_id", "uncertain"])


@migrations()
def m017_cells(db: Database) -> None:
    """Cells of a code by their table, in the order in which they came.

    By report, whose ids are in no order, each of its hundred cells changed a page of its own: nearly half of
    what was written for a report put into an archive of 10,000.
    """
    cells = db.table("table_cells")
    cells.drop_index("idx_table_cells_code_report_id")
    cells.create_index(["code", "table_id"])
