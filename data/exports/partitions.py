"""A data set of partitions: the tables of a database as folders of Parquet files, written by many machines.

    FOLDER/reports/part-00003.parquet     rows of `reports` in partition 3; so for each table of `TABLES`
    FOLDER/_answers/part-00003.parquet    what was read of each file, from which a database is built
    FOLDER/_partitions/00003.json         of which files it is; written last, the rest is nothing without it
    FOLDER/_SUCCESS                       the data set is whole

As with Hadoop's writers, names that begin with `_` are no data for Spark and Arrow. Columns are those of the
database; ids are those of the partition's rows plus its number times 2^32, so that they are unique.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from ..errors import DataSetError
from ..store import Sought, Store
from .libraries import library
from .parquet_files import write_parquet
from .tables import ExportTable, Row, choose_tables
from .values import Remarks

TABLES = (
    *(
        "reports",
        "sections",
        "statements",
        "dates",
        "counts",
        "zeros",
        "citations",
        "organisations",
        "people",
    ),
    *("tables", "table_cells", "checks", "sources"),
)
_ID_BITS = 32
_IDS = ("id", "table_id", "number")
_ANSWERS, _PARTITIONS, _SUCCESS = "_answers", "_partitions", "_SUCCESS"


class FileState(msgspec.Struct, frozen=True):
    """A file as it was read: its path, size in bytes, and time of change in nanoseconds."""

    path: str
    size: int
    mtime_ns: int


class Partition(msgspec.Struct, frozen=True, kw_only=True):
    """What a partition holds: of which files, read by which `version` under which settings.

    `reports` are ids with the least path that has their text; `left_out` those of them whose rows stand in
    another partition, which has the text under a lesser path; `failed` reasons by path.
    """

    number: int
    version: str
    settings: str
    files: tuple[FileState, ...]
    added: tuple[str, ...]
    failed: dict[str, str]
    reports: dict[str, str]
    left_out: tuple[str, ...] = ()


class Answered(msgspec.Struct, frozen=True):
    """What was read of a file, encoded; `sha256` is its content's, None where it could not be read."""

    path: str
    sha256: str | None
    answer: bytes


class DataSet:
    """A folder of partitions. Whatever is stopped or done twice, a partition is whole or not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self) -> None:
        """Make the folder, or open one again; it is not whole until `finish`. Raises DataSetError."""
        try:
            for name in (_ANSWERS, _PARTITIONS, *TABLES):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self._path(_SUCCESS).unlink(missing_ok=True)
        except OSError as error:
            raise DataSetError(
                f"{self.folder}: no data set can be written here ({error.strerror}). Name a folder that can."
            ) from None

    def finish(self) -> None:
        """Say that it is whole."""
        self._path(_SUCCESS).touch()

    def partitions(self) -> Iterator[Partition]:
        """What the partitions hold, by number; raises DataSetError where that cannot be read."""
        for path in sorted(self._path(_PARTITIONS).glob("*.json")):
            try:
                yield msgspec.json.decode(path.read_bytes(), type=Partition)
            except (OSError, msgspec.MsgspecError) as error:
                raise DataSetError(f"{path}: damaged ({error}). Delete it and index again.") from None

    def whole(self) -> list[Partition]:
        """The partitions of a data set whose run came to its end; raises DataSetError where there is none."""
        partitions = list(self.partitions())
        if not partitions or not self._path(_SUCCESS).exists():
            raise DataSetError(
                f"{self.folder}: no whole data set of nianbao. Make it, or go on with it: "
                f"nianbao index … --scheduler … --dataset {self.folder}"
            )
        return partitions

    def remove(self, number: int) -> None:
        """Delete a partition."""
        self._manifest(number).unlink(missing_ok=True)
        for name in (_ANSWERS, *TABLES):
            self._file(name, number).unlink(missing_ok=True)

    def write(self, store: Store, partition: Partition, answers: Sequence[Answered]) -> None:
        """Write a partition: the tables of `store`, and the answers that went into it."""
        offset = partition.number << _ID_BITS
        for table in choose_tables(store, TABLES, Sought(), named=False):
            shifted = _shifted(table, offset)
            self._put(table.name, partition.number, partial(_write, shifted))
        self._put(_ANSWERS, partition.number, partial(_write_answers, answers))
        self.describe(partition)

    def describe(self, partition: Partition) -> None:
        """Write what a partition holds."""
        text = msgspec.json.format(msgspec.json.encode(partition))
        whole = self._manifest(partition.number)
        _put(whole, lambda path: path.write_bytes(text))

    def answered(self, number: int) -> Iterator[tuple[str, str | None, Callable[[], bytes]]]:
        """Path and SHA-256 of each file of a partition with a way to its answer, in the order of reading."""
        path = self._file(_ANSWERS, number)
        try:
            file = library("pyarrow.parquet").ParquetFile(path)
            for batch in file.iter_batches(batch_size=64):
                columns = (batch.column(name) for name in ("path", "sha256", "answer"))
                for one, sha256, answer in zip(*columns, strict=True):
                    yield one.as_py(), sha256.as_py(), answer.as_py
        except (OSError, ValueError) as error:
            raise DataSetError(f"{path}: it cannot be read ({error}). Index again.") from None

    def leave_out(self, partition: Partition, reports: frozenset[str]) -> None:
        """Take the rows of these reports out of a partition."""
        compute = library("pyarrow.compute")
        parquet = library("pyarrow.parquet")
        arrow = library("pyarrow")
        for name in TABLES:
            column = "id" if name == "reports" else "report_id"
            if name == "sources":
                continue
            table = parquet.read_table(self._file(name, partition.number))
            kept = table.filter(compute.invert(compute.is_in(table[column], arrow.array(sorted(reports)))))
            self._put(name, partition.number, partial(parquet.write_table, kept))
        left_out = tuple(sorted({*partition.left_out, *reports}))
        self.describe(msgspec.structs.replace(partition, left_out=left_out))

    def _put(self, name: str, number: int, write: Callable[[Path], Any]) -> None:
        _put(self._file(name, number), write)

    def _path(self, name: str) -> Path:
        return self.folder / name

    def _file(self, name: str, number: int) -> Path:
        return self.folder / name / f"part-{number:05d}.parquet"

    def _manifest(self, number: int) -> Path:
        return self.folder / _PARTITIONS / f"{number:05d}.json"


def _put(path: Path, write: Callable[[Path], Any]) -> None:
    """Write a file under another name, and give it its own when it is whole."""
    part = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        write(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(table: ExportTable, path: Path) -> None:
    write_parquet(table, path, Remarks(), lambda _: None)


def _write_answers(answers: Iterable[Answered], path: Path) -> None:
    arrow = library("pyarrow")
    schema = arrow.schema([("path", "string"), ("sha256", "string"), ("answer", "binary")])
    rows = [msgspec.structs.asdict(each) for each in answers]
    table = arrow.Table.from_pylist(rows, schema=schema)
    library("pyarrow.parquet").write_table(
        table, path, compression="zstd", use_dictionary=False, row_group_size=256
    )


def _shifted(table: ExportTable, offset: int) -> ExportTable:
    """The table with its ids raised by `offset`."""
    ids = [
        at
        for at, column in enumerate(table.entry.columns)
        if column.name in _IDS and column.type == "integer"
    ]

    def read() -> Iterator[Row]:
        for row in table.read():
            raised = list(row)
            for at in ids:
                raised[at] += offset
            yield raised

    return msgspec.structs.replace(table, read=read)
