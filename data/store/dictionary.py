"""The data dictionary: what each table and column holds, made from the schema and `dictionary.tsv`."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

import msgspec
from sqlite_utils import Database

from ..errors import ResourceError
from ..lines import data_lines
from ..terms import codes
from ._tables import Database as LightDatabase
from .export import table_names
from .schema import migrations, schema_version
from .selection import Selection, column_types
from .views import panel_columns

FieldType = Literal["integer", "number", "text", "date", "datetime", "json", "blob"]

_FILE = Path(__file__).with_name("dictionary.tsv")
_FIELDS = 9
_TYPES: dict[str, FieldType] = {"integer": "integer", "real": "number", "blob": "blob"}
# The schema version that brought the figures of the panel.
_PANEL_SINCE = 5
# Keys of views, which SQLite does not know of.
_VIEW_KEYS = {"panel": ("org", "year"), "panel_columns": ("column",), "facts": ("kind", "id")}
_VIEW_KEYS |= dict.fromkeys(("initiatives", "problems", "plans", "check_results"), ("id",))


class ColumnEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A column: its type and unit, labels, meaning, and whose codes it holds (a kind of `data.terms`).

    `key` tells that it belongs to the key of its table, `required` that it is never empty, `refers` which
    column it points to (`reports.id`), `since` the version of the schema that brought it.
    """

    name: str
    type: FieldType
    chinese: str
    english: str
    meaning: str
    unit: str | None = None
    codes: str | None = None
    key: bool = False
    required: bool = False
    refers: str | None = None
    since: int | None = None


class TableEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A table or view; `meaning` says what a row is."""

    name: str
    kind: Literal["table", "view"]
    chinese: str
    english: str
    meaning: str
    since: int | None
    columns: tuple[ColumnEntry, ...]


class Dictionary(msgspec.Struct, frozen=True, kw_only=True):
    """What a database of this version of the schema holds, table by table."""

    schema: int
    tables: tuple[TableEntry, ...]

    def table(self, name: str) -> TableEntry:
        """The entry of a table; raises KeyError."""
        return {each.name: each for each in self.tables}[name]


class Described(NamedTuple):
    """A line of `dictionary.tsv`."""

    type: str | None
    unit: str | None
    codes: str | None
    since: int | None
    chinese: str
    english: str
    meaning: str


@cache
def schema_dictionary() -> Dictionary:
    """The dictionary of a database just made, without any file."""
    with LightDatabase(memory=True, execute_plugins=False) as db:
        migrations.apply(db)
        return read_dictionary(db)


def read_dictionary(db: Database) -> Dictionary:
    """The dictionary of a database; tables that nobody has described bear their names for labels."""
    tables = tuple(_table(db, name) for name in table_names(db))
    return Dictionary(schema=schema_version(), tables=tables)


def read_descriptions(path: Path = _FILE) -> dict[tuple[str, str], Described]:
    """Descriptions by table and column; raises ResourceError naming the line that is wrong."""
    found: dict[tuple[str, str], Described] = {}
    for number, line in data_lines(path):
        fields = [None if field == "-" else field for field in line.split("\t")]
        if len(fields) != _FIELDS or not all((*fields[:2], *fields[-3:])):
            raise ResourceError(f"{path.name}:{number}: write nine fields with tabs between, - for none.")
        table, column, type_, unit, kind, since, *labels = fields
        if (type_ and type_ not in get_args(FieldType)) or (kind and not codes(kind)):
            raise ResourceError(f"{path.name}:{number}: no such type or codes: {type_ or kind}.")
        key = str(table), str(column)
        if key in found:
            raise ResourceError(f"{path.name}:{number}: {table}.{column} stands twice; keep one.")
        found[key] = Described(type_, unit, kind, int(since) if since else None, *map(str, labels))
    return found


@cache
def _descriptions() -> dict[tuple[str, str], Described]:
    found = read_descriptions()
    for each in panel_columns():
        cells = " or ".join(f"{table}/{code}" for table, code in each.cells)
        meaning = f"{each.english}: cell {cells}"
        labels = (each.chinese, each.english, meaning)
        found["panel", each.column] = Described(None, each.unit, None, _PANEL_SINCE, *labels)
    return found


def _table(db: Database, name: str) -> TableEntry:
    view = name in db.view_names()
    said = _descriptions().get((name, "*"))
    since = said.since if said else None
    return TableEntry(
        name=name,
        kind="view" if view else "table",
        chinese=said.chinese if said else name,
        english=said.english if said else name,
        meaning=said.meaning if said else "",
        since=since,
        columns=tuple(_columns(db, name, since)),
    )


def _columns(db: Database, table: str, since: int | None) -> Iterator[ColumnEntry]:
    declared = {row["name"]: row for row in db.query("select * from pragma_table_info(?)", (table,))}
    refers = {"report_id": "reports.id"} if table in db.view_names() else {}
    refers |= {
        row["from"]: f"{row['table']}.{row['to']}"
        for row in db.query("select * from pragma_foreign_key_list(?)", (table,))
    }
    for name, type_ in column_types(db, Selection(table=table)).items():
        said = _descriptions().get((table, name)) or _descriptions().get(("*", name))
        key = bool(declared[name]["pk"]) or name in _VIEW_KEYS.get(table, ())
        yield ColumnEntry(
            name=name,
            type=said.type if said and said.type else _TYPES.get(type_, "text"),  # type: ignore[arg-type]
            chinese=said.chinese if said else name,
            english=said.english if said else name,
            meaning=said.meaning if said else "",
            unit=said.unit if said else None,
            codes=said.codes if said else None,
            key=key,
            required=key or bool(declared[name]["notnull"]),
            refers=refers.get(name),
            since=(said and said.since) or since,
        )
