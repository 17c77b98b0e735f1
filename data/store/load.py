"""Rows back to records, and a report by any of the names people give it."""

import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import msgspec
from sqlite_utils import Database

from ..errors import NotFound
from ..folding import fold
from ..records import Cell, Check, Date, Fact, Region, Report, Table
from .write import FACT_TABLES

_ORG = "fold(coalesce(org, ''))"
_ID_PREFIX = re.compile(r"[0-9a-f]{4,16}")
_ORG_YEAR = re.compile(r"(.+?)[ ,]*(\d{4})年?度?")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BLANKS = re.compile(r"\s+")
# How many near names an error lists, and how many names are compared to find them.
_NEAR = 5
_COMPARED = 5000

# From the surest name to the loosest; each takes the key as :key and answers ids.
_LOOKUPS = (
    "select id from reports where id = :key",
    "select report_id from sources where path = :key and report_id is not null",
    "select distinct report_id from sources where report_id is not null "
    "and substr(replace(path, '\\', '/'), -length(:key) - 1) = '/' || :key",
    "select id from reports where title = :key",
)


def load_report(db: Database, report_id: str) -> Report:
    """The report as it was written; the id must be there. A region with nothing in it comes back as None."""
    row = next(db.query("select * from reports where id = ?", [report_id]))
    names = ("id", "text", "genre", "title", "org", "level", "year", "published")
    fields: dict[str, Any] = {name: row[name] for name in names}
    fields |= {name: row[name] for name in ("index_number", "document_number", "form")}
    for table, record in FACT_TABLES.items():
        rows = db.query(f'select * from "{table}" where report_id = ? order by id', [report_id])
        fields[table] = tuple(_fact(row, record) for row in rows)
    fields |= {"region": _region(row), "period": _period(row)}
    fields |= {"tables": load_tables(db, report_id), "checks": _checks(db, report_id)}
    return Report(**fields)


def _fact(row: dict[str, Any], record: type[Fact]) -> Fact:
    values = {name: row[name] for name in record.__struct_fields__}
    if "uncertain" in values:
        values["uncertain"] = bool(values["uncertain"])
    return record(**values)


def _region(row: dict[str, Any]) -> Region | None:
    names = {name: row[name] for name in ("province", "city", "county")} | {"code": row["region_code"]}
    return Region(**names) if any(value is not None for value in names.values()) else None


def _period(row: dict[str, Any]) -> Date | None:
    start, end = row["period_text_start"], row["period_text_end"]
    if start is None:
        return None
    return Date(
        text=row["text"][start:end],
        start=start,
        end=end,
        kind=row["period_kind"],
        iso_start=row["period_start"],
        iso_end=row["period_end"],
        value=row["period_value"],
        edtf=row["period_edtf"],
    )


def load_tables(db: Database, report_id: str) -> tuple[Table, ...]:
    """The official tables of a report."""
    cells: dict[int, dict[str, Cell]] = {}
    for row in db.query("select * from table_cells where report_id = ? order by id", [report_id]):
        cell = Cell(**{name: row[name] for name in Cell.__struct_fields__})
        cells.setdefault(row["table_id"], {})[row["code"]] = cell
    return tuple(
        Table(
            table=row["table"],
            form=row["form"],
            cells=cells.get(row["id"], {}),
            start=row["start"],
            end=row["end"],
            notes=tuple(json.loads(row["notes"])),
        )
        for row in db.query("select * from tables where report_id = ? order by id", [report_id])
    )


def _checks(db: Database, report_id: str) -> tuple[Check, ...]:
    rows = db.query("select * from checks where report_id = ? order by id", [report_id])
    lists = ("cells", "places")
    return tuple(
        msgspec.convert(row | {name: json.loads(row[name]) for name in lists}, Check, strict=False)
        for row in rows
    )


def find_report(db: Database, key: str) -> str:
    """Id of the report that `key` names.

    `key` is an id or the beginning of one (four digits at least), a source's path or file name, a title, or
    body and year (`青田县2023`). Raises NotFound listing those it could be, or those that come near.
    """
    if _SURROGATE.search(key):
        raise NotFound(f"{key!r} holds half a surrogate pair; no report is called that.")
    for found in _candidates(db, key):
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(
                f"{key!r} could be any of {len(found)} reports; give one's id: {_listed(db, found)}."
            )
    near = _near(db, key)
    hint = f"Near it: {'; '.join(near)}." if near else "The `reports` table lists what there is."
    raise NotFound(f"No report is called {key!r}. {hint}")


def _candidates(db: Database, key: str) -> Iterator[list[str]]:
    for sql in _LOOKUPS:
        yield _ids(db, sql, {"key": key})
    if _ID_PREFIX.fullmatch(key):
        yield _ids(db, "select id from reports where id glob :key || '*'", {"key": key})
    yield _ids(db, f"select id from reports where {_ORG} = :org", {"org": fold(key)})
    body_year = _ORG_YEAR.fullmatch(_BLANKS.sub("", fold(key)))
    if body_year:
        named = {"org": body_year[1], "year": int(body_year[2])}
        yield _ids(db, f"select id from reports where {_ORG} = :org and year = :year", named)
        yield _ids(db, f"select id from reports where instr({_ORG}, :org) and year = :year", named)


def _ids(db: Database, sql: str, named: dict[str, Any]) -> list[str]:
    return [row[0] for row in db.execute(f"{sql} limit 100", named)]


def _listed(db: Database, ids: list[str]) -> str:
    shown = ids[:_NEAR]
    marks = ", ".join("?" * len(shown))
    rows = db.execute(f"select id, title, org, year from reports where id in ({marks})", shown)
    return "; ".join(f"{row[0]} ({row[1] or row[2] or '?'}, {row[3] or '?'})" for row in rows)


def _near(db: Database, key: str) -> list[str]:
    titles = "select title from reports where instr(title, :key)"
    paths = "select path from sources where instr(path, :key)"
    near = _ids(db, f"select * from ({titles} union {paths})", {"key": key})[:_NEAR]
    if near:
        return near
    names = "select title from reports where title is not null union select path from sources limit ?"
    everything = [row[0] for row in db.execute(names, (_COMPARED,))]
    return get_close_matches(key, everything, n=_NEAR, cutoff=0.5)
