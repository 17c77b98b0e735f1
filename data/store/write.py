"""Records to rows."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
from sqlite_utils import Database

from ..records import (
    Citation,
    Count,
    Date,
    Fact,
    Organisation,
    Person,
    Report,
    Section,
    SourceText,
    Statement,
    Table,
    Zero,
)
from .index import Index
from .indexed import Indexed
from .originals import pack_original
from .readings import next_number, write_reading
from .rows import upsert_row

# Tables whose columns are a record's fields, in the order they are written.
FACT_TABLES: dict[str, type[Fact]] = {
    "sections": Section,
    "dates": Date,
    "counts": Count,
    "zeros": Zero,
    "citations": Citation,
    "organisations": Organisation,
    "people": Person,
    "statements": Statement,
}
_CHILDREN = (*FACT_TABLES, "tables", "checks")
_CELL_COLUMNS = (
    *("report_id", "table_id", "table", "form", "code", "row_code", "column_code"),
    *("raw", "value", "unit", "note", "state", "start", "end"),
)
_ADD_TABLE = 'insert into tables(report_id, "table", form, start, "end", notes) values (?, ?, ?, ?, ?, ?)'
_PLAIN = ("id", "text", "title", "org", "genre", "level", "year", "published")
_NUMBERS = ("index_number", "document_number", "form")
# SQLite's integers have 64 bits; a larger count is kept as the nearest real number.
_INTEGER_MAX = 2**63 - 1

Row = Sequence[Any]


def write_report(
    db: Database, index: Index, report: Report, indexed: Indexed, made: SourceText | None = None
) -> None:
    """Write a report with its facts and index entries, in place of what was there under its id."""
    known = db.execute("select number from reports where id = ?", (report.id,)).fetchone()
    if known:
        index.take_out(report.id)
        for table in _CHILDREN:
            db.execute(f"delete from {table} where report_id = ?", (report.id,))
    number = known[0] if known else next_number(db, "reports")
    upsert_row(db, "reports", _report_row(report) | {"number": number}, key="id")
    for name, record in FACT_TABLES.items():
        _write_facts(db, name, record, report)
    for official in report.tables:
        _write_table(db, report.id, official)
    _write_checks(db, report)
    write_reading(db, report.id, indexed, pack_original(made) if made else None)
    index.add(report.id, indexed)


# Facts come from the file with the least path (`sources.facts_source`). When that has another text now, what
# the next file says of this one was not kept: it has to be read again.
_STALE = """
update sources set pipeline = '' where report_id = :report_id and status = 'ok' and not exists (
  select 1 from sources where report_id = :report_id and status = 'ok' and path < :path
)
"""


def drop_orphan(db: Database, index: Index, report_id: str, path: str) -> None:
    """Delete a report that the file at `path` has no more; others that have it are to be read again."""
    if db.execute("select 1 from sources where report_id = ?", (report_id,)).fetchone():
        db.execute(_STALE, {"report_id": report_id, "path": path})
        return
    index.take_out(report_id)
    db.execute("delete from reports where id = ?", (report_id,))


def storable(value: int | float | None) -> int | float | None:
    """A number as SQLite can hold it."""
    if isinstance(value, int) and abs(value) > _INTEGER_MAX:
        try:
            return float(value)
        except OverflowError:
            return float("inf")
    return value


def _report_row(report: Report) -> dict[str, Any]:
    row = {name: getattr(report, name) for name in _PLAIN + _NUMBERS}
    region, period = report.region, report.period
    row["region_code"] = region.code if region else None
    for name in ("province", "city", "county"):
        row[name] = getattr(region, name, None)
    row["period_start"] = period.iso_start if period else None
    row["period_end"] = period.iso_end if period else None
    row["period_text_start"] = period.start if period else None
    row["period_text_end"] = period.end if period else None
    for name in ("kind", "value", "edtf"):
        row[f"period_{name}"] = getattr(period, name, None)
    row["length"] = len(report.text)
    return row


def _write_facts(db: Database, table: str, record: type[Fact], report: Report) -> None:
    facts: tuple[Fact, ...] = getattr(report, table)
    if not facts:
        return
    names = record.__struct_fields__
    rows: Iterable[Row] = ((report.id, *msgspec.structs.astuple(fact)) for fact in facts)
    if table == "counts":
        at = names.index("value") + 1
        rows = ((*row[:at], storable(row[at]), *row[at + 1 :]) for row in rows)
    if table == "statements":
        places = section_kinds(report.sections, [fact.start for fact in facts])
        names = (*names, "n", "section", "id")
        first = next_number(db, "statements")
        rows = ((*row, n, kind, first + n) for n, (row, kind) in enumerate(zip(rows, places, strict=True)))
    insert_rows(db, table, ("report_id", *names), rows)


def section_kinds(sections: Sequence[Section], starts: Sequence[int]) -> list[str | None]:
    """Kind of the innermost section that each of the places stands in, None outside all."""
    ordered = sorted(sections, key=lambda section: (section.start, section.depth))
    kinds: list[str | None] = []
    for start in starts:
        around = (s.kind for s in reversed(ordered) if s.start <= start < s.content_end)
        kinds.append(next(around, None))
    return kinds


def _write_table(db: Database, report_id: str, table: Table) -> None:
    notes = json.dumps(table.notes, ensure_ascii=False)
    row = (report_id, table.table, table.form, table.start, table.end, notes)
    number = db.execute(_ADD_TABLE, row).lastrowid
    head = (report_id, number, table.table, table.form)
    rows = (
        (*head, code, *_split(code), c.raw, storable(c.value), c.unit, c.note, c.state, c.start, c.end)
        for code, c in table.cells.items()
    )
    insert_rows(db, "table_cells", _CELL_COLUMNS, rows)


def _split(code: str) -> tuple[str, str]:
    row, _, column = code.rpartition(".")
    return row, column


def _write_checks(db: Database, report: Report) -> None:
    plain = ("kind", "rule", "severity", "state", "left", "right", "difference", "message")
    rows = (
        (report.id, *(getattr(c, name) for name in plain), json.dumps(c.cells), json.dumps(c.places))
        for c in report.checks
    )
    columns = ("report_id", *plain, "cells", "places")
    insert_rows(db, "checks", columns, rows)


def insert_rows(db: Database, table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows by one prepared statement: a hundred thousand facts take a second, not ten."""
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    db.conn.executemany(f'insert into "{table}" ({names}) values ({marks})', rows)
