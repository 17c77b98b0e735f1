"""Parquet: typed columns, the dictionary in its metadata, whole or a folder for each year."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..store import ColumnEntry, FieldType
from .libraries import library
from .tables import ExportTable, Row
from .text_files import Tick
from .values import Remarks, typed

_ARROW: dict[FieldType, tuple[Any, ...]] = {
    "integer": ("int64",),
    "number": ("float64",),
    "text": ("string",),
    "json": ("string",),
    "blob": ("binary",),
    "date": ("date32",),
    "datetime": ("timestamp", "us", "UTC"),
}
# The name under which Hive, Spark, DuckDB and Arrow know a partition of rows without a value.
_NO_YEAR = "__HIVE_DEFAULT_PARTITION__"
# Characters that wait for their year's file at most; then the year with most is written.
_WAITING_MAX = 10_000_000
# Dictionaries of values do not pay for texts that hardly ever return.
_UNLIKE = ("id", "text", "start", "end", "raw", "message", "error", "problem", "places", "sha256", "path")


def write_parquet(table: ExportTable, path: Path, remarks: Remarks, tick: Tick) -> None:
    """One file; raises ToolMissing."""
    with _File(table.name, table.entry.columns, path, table.entry.meaning) as file:
        for batch in table.batches():
            file.write(batch, remarks)
            tick(len(batch))


def write_partitioned(table: ExportTable, folder: Path, remarks: Remarks, tick: Tick) -> None:
    """A file for each year, in folders as Hive names them; `year` stands in their names, not in the files.

    A table without a year is one file in `folder`. Raises ToolMissing.
    """
    folder.mkdir()
    if "year" not in table.columns:
        write_parquet(table, folder / "part-0.parquet", remarks, tick)
        return
    at = table.columns.index("year")
    columns = [column for column in table.entry.columns if column.name != "year"]
    files = _YearFiles(table, columns, folder, remarks)
    try:
        for batch in table.batches():
            files.put((row[at], (*row[:at], *row[at + 1 :])) for row in batch)
            tick(len(batch))
        files.flush()
    finally:
        files.close()


class _Waiting(NamedTuple):
    rows: list[Row]
    characters: int = 0


class _YearFiles:
    """Files of several years, written a group of rows at a time."""

    def __init__(
        self, table: ExportTable, columns: Sequence[ColumnEntry], folder: Path, remarks: Remarks
    ) -> None:
        self._table, self._columns, self._folder, self._remarks = table, columns, folder, remarks
        self._waiting: dict[int | None, _Waiting] = {}
        self._files: dict[int | None, _File] = {}

    def put(self, rows: Iterable[tuple[int | None, Row]]) -> None:
        """Take rows with their years."""
        for year, row in rows:
            held = self._waiting.setdefault(year, _Waiting([]))
            held.rows.append(row)
            characters = held.characters + sum(len(value) if isinstance(value, str) else 8 for value in row)
            self._waiting[year] = held._replace(characters=characters)
        while sum(held.characters for held in self._waiting.values()) > _WAITING_MAX:
            self._write(max(self._waiting, key=lambda year: self._waiting[year].characters))

    def flush(self) -> None:
        """Write what waits; a table without rows has a file all the same, which tells its columns."""
        for year in list(self._waiting) or ([] if self._files else [None]):
            self._write(year)

    def close(self) -> None:
        """Close all files."""
        for file in self._files.values():
            file.close()

    def _write(self, year: int | None) -> None:
        if year not in self._files:
            place = self._folder / f"year={_NO_YEAR if year is None else year}"
            place.mkdir()
            meaning = self._table.entry.meaning
            self._files[year] = _File(self._table.name, self._columns, place / "part-0.parquet", meaning)
        self._files[year].write(self._waiting.pop(year, _Waiting([])).rows, self._remarks)


class _File:
    """A Parquet file that is open."""

    def __init__(self, table: str, columns: Sequence[ColumnEntry], path: Path, meaning: str) -> None:
        self._arrow = library("pyarrow")
        self._table, self._columns = table, columns
        fields = [self._field(column) for column in columns]
        self._schema = self._arrow.schema(fields, metadata={"table": table, "description": meaning})
        self._writer = library("pyarrow.parquet").ParquetWriter(
            path, self._schema, compression="zstd", use_dictionary=list(_returning(columns))
        )

    def write(self, rows: Sequence[Row], remarks: Remarks) -> None:
        """A group of rows."""
        if not rows:
            return
        values = zip(self._columns, zip(*rows, strict=True), strict=True)
        arrays = [
            self._arrow.array(typed(self._table, column, list(each), remarks), field.type)
            for (column, each), field in zip(values, self._schema, strict=True)
        ]
        self._writer.write_table(self._arrow.table(arrays, schema=self._schema))

    def close(self) -> None:
        """Finish the file."""
        self._writer.close()

    def __enter__(self) -> "_File":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _field(self, column: ColumnEntry) -> Any:  # noqa: ANN401
        kind, *arguments = _ARROW[column.type]
        said = {"chinese": column.chinese, "english": column.english, "description": column.meaning}
        said |= {"unit": column.unit or "", "codes": column.codes or ""}
        metadata = {name: text for name, text in said.items() if text}
        return self._arrow.field(column.name, getattr(self._arrow, kind)(*arguments), metadata=metadata)


def _returning(columns: Iterable[ColumnEntry]) -> Iterator[str]:
    """Columns whose values return often."""
    for column in columns:
        if column.type in ("text", "json", "date") and column.name not in _UNLIKE:
            yield column.name
