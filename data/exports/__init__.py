"""Tables of a database as files that other tools load; a file has its name only when it is whole."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

import msgspec

from ..errors import OutputError
from ..release import __version__
from ..store import Filters, Store
from .formats import write_folder, write_single
from .staging import check_target, staged
from .tables import REPEATING, ExportTable, choose_tables, dictionary_tables, filtered
from .text_files import write_csv, write_jsonl
from .values import Remarks

__all__ = [
    "FORMATS",
    "REPEATING",
    "Export",
    "ExportTable",
    "Exported",
    "Format",
    "choose_tables",
    "dictionary_tables",
    "filtered",
    "format_of",
    "write_csv",
    "write_export",
    "write_jsonl",
]

Format = Literal["csv", "jsonl", "parquet", "xlsx", "sqlite", "datapackage", "dta"]
FORMATS: tuple[Format, ...] = get_args(Format)
# Formats of which one file holds any number of tables.
_BOOKS = ("xlsx", "sqlite")
_SUFFIXES: dict[str, Format] = {
    ".csv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".dta": "dta",
}


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What to export: `tables` (none: all but the views that repeat rows of tables), and of which reports.

    Of one table `query` and `filters` leave the facts found; of several, and in a database, all rows of the
    reports found. `by_year` writes Parquet in a folder for each year; `bom` begins CSV with a byte order
    mark, by which Excel knows UTF-8.
    """

    tables: tuple[str, ...] = ()
    format: Format = "csv"
    query: str | None = None
    filters: Filters = Filters()
    by_year: bool = False
    bom: bool = False


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: rows by table, and remarks on what a format could not take."""

    out: Path
    tables: dict[str, int]
    remarks: tuple[str, ...]


# Rows done, rows in all, the table at hand.
Watcher = Callable[[int, int, str], Any]


def format_of(out: Path) -> Format:
    """The format that the end of a file's name stands for; `csv` where it stands for none."""
    return _SUFFIXES.get(out.suffix.lower(), "csv")


def write_export(
    store: Store, export: Export, out: Path, *, force: bool = False, watch: Watcher = lambda *_: None
) -> Exported:
    """Write the export to `out`: one file, or a folder of files (zipped where `out` ends in `.zip`).

    A folder is made for several tables in formats of a table a file, for a data package and for `by_year`;
    `dictionary` files and `export.json` stand in it. `out` is replaced only with `force`, a folder only
    where an export made it. Raises OutputError, NotFound, QueryError, ToolMissing, DatabaseError.
    """
    single = _is_single(export, out)
    check_target(out, force=force, protected=store.path)
    remarks = Remarks()
    among = filtered(export.filters, export.query)
    with store.snapshot():
        tables = choose_tables(store, export.tables, among, named=export.format == "xlsx" or export.by_year)
        progress = _Progress(watch, sum(table.count for table in tables))
        with staged(out, force=force, protected=store.path) as place:
            if single:
                write_single(store, export, tables, place, _about(store, export), remarks, progress)
            else:
                write_folder(export, tables, place, _about(store, export), remarks, progress)
    return Exported(out=out, tables={each.name: each.count for each in tables}, remarks=remarks.all())


class _Progress:
    """Rows counted up, under the name of the table at hand."""

    def __init__(self, watch: Watcher, total: int) -> None:
        self._watch, self._total, self._done, self.name = watch, total, 0, ""

    def __call__(self, rows: int) -> None:
        self._done += rows
        self._watch(min(self._done, self._total), self._total, self.name)


def _is_single(export: Export, out: Path) -> bool:
    """Whether `out` becomes one file; raises OutputError where its name says otherwise."""
    zipped = out.suffix.lower() == ".zip"
    if export.format in _BOOKS:
        if zipped:
            raise OutputError(f"{out}: {export.format} is one file already; give it a name of its own.")
        return True
    if export.by_year and export.format != "parquet":
        raise OutputError(f"Only Parquet is written by year, not {export.format}.")
    if len(export.tables) == 1 and export.format != "datapackage" and not export.by_year:
        return not zipped and not out.is_dir()
    if out.suffix.lower() in _SUFFIXES:
        raise OutputError(f"{out} names one file; of several tables name a folder, a .zip, or one table.")
    return False


def _about(store: Store, export: Export) -> dict[str, Any]:
    """Where the data come from, to be told in the export."""
    chosen = {"query": export.query} | msgspec.structs.asdict(export.filters)
    return {
        "program": "nianbao",
        "version": __version__,
        "schema": store.dictionary().schema,
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "filters": {name: value for name, value in chosen.items() if value is not None},
    }
