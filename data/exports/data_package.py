"""The descriptor of a Data Package (Frictionless Data, version 2): what is in the CSV files of a folder."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..store import ColumnEntry
from ..terms import codes, english_term, term
from .tables import ExportTable

DESCRIPTOR = "datapackage.json"
_PROFILE = "https://datapackage.org/profiles/2.0/"
_TYPES = {"text": "string", "json": "array", "blob": "string"}
# Opendefinition's id for what is in the public domain without a licence.
_LICENCE = {
    "name": "other-pd",
    "title": "Reports of state organs are official documents, to which copyright does not apply "
    "(中华人民共和国著作权法第五条); facts taken from them bear no licence of their own.",
}


def package(tables: Sequence[ExportTable], about: dict[str, Any]) -> dict[str, Any]:
    """The descriptor; the rows of each table stand in `NAME.csv`. `about` are further properties."""
    names = {table.name for table in tables}
    return {
        "$schema": f"{_PROFILE}datapackage.json",
        "name": "nianbao",
        "licenses": [_LICENCE],
        **about,
        "resources": [_resource(table, names) for table in tables],
    }


def _resource(table: ExportTable, names: set[str]) -> dict[str, Any]:
    return {
        "name": table.name,
        "type": "table",
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": f"{table.entry.chinese} {table.entry.english}",
        "description": table.entry.meaning,
        "rows": table.count,
        "schema": dict(_schema(table, names)),
    }


def _schema(table: ExportTable, names: set[str]) -> Iterator[tuple[str, Any]]:
    columns = table.entry.columns
    yield "$schema", f"{_PROFILE}tableschema.json"
    yield "fields", [_field(column) for column in columns]
    # CSV has no NULL: an empty text cannot be told from it.
    yield "missingValues", [""]
    if key := [column.name for column in columns if column.key]:
        yield "primaryKey", key
    if found := [each for column in columns if (each := _foreign_key(column, names))]:
        yield "foreignKeys", found


def _field(column: ColumnEntry) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "title": f"{column.chinese} {column.english}",
        "description": column.meaning,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.codes:
        kind = column.codes
        value = int if column.type == "integer" else str
        field["categories"] = [
            {"value": value(code), "label": f"{term(kind, code)} {english_term(kind, code)}"}
            for code in codes(kind)
        ]
    if column.required and column.type != "text":
        field["constraints"] = {"required": True}
    return field


def _foreign_key(column: ColumnEntry, names: set[str]) -> dict[str, Any] | None:
    table, _, field = (column.refers or "").partition(".")
    if table not in names:
        return None
    return {"fields": [column.name], "reference": {"resource": table, "fields": [field]}}
