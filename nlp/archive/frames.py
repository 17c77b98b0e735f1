"""Columns of Arrow out of rows, and the frames of other libraries out of those."""

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import islice
from typing import TYPE_CHECKING, Any

from ...data.errors import ToolMissing
from ...data.store import ColumnType

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

# Rows held as Python objects at once; what has become Arrow takes a fifth of the memory.
_BATCH = 16_384

_ARROW: dict[ColumnType, str] = {
    "integer": "int64",
    "real": "float64",
    "text": "string",
    "blob": "binary",
    "any": "float64",
}
_NULLABLE = {"int64": "Int64Dtype", "double": "Float64Dtype", "string": "StringDtype"}


def arrow_table(types: Mapping[str, ColumnType], rows: Iterable[Sequence[Any]]) -> "pyarrow.Table":
    """A table of these columns; a column of any values is of numbers where all are, else of texts.

    Raises ToolMissing.
    """
    arrow = _library("pyarrow")
    mixed = {place: list[Any]() for place, kind in enumerate(types.values()) if kind == "any"}
    chunks: list[list[Any]] = [[] for _ in types]
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        for place, (kind, column) in enumerate(zip(types.values(), zip(*batch, strict=True), strict=True)):
            if place in mixed:
                mixed[place].extend(column)
            else:
                chunks[place].append(arrow.array(column, _ARROW[kind]))
    for place, values in mixed.items():
        chunks[place] = [_any_array(arrow, values)]
    columns = [
        arrow.chunked_array(parts, parts[0].type if parts else _ARROW[kind])
        for kind, parts in zip(types.values(), chunks, strict=True)
    ]
    return arrow.table(columns, names=list(types))


def pandas_frame(table: "pyarrow.Table") -> "pandas.DataFrame":
    """The table in pandas, with a missing value where there is none, never NaN; raises ToolMissing."""
    library = _library("pandas")
    frame: pandas.DataFrame = table.to_pandas(types_mapper=lambda kind: _dtype(library, str(kind)))
    return frame


def polars_frame(table: "pyarrow.Table") -> "polars.DataFrame":
    """The table in Polars; raises ToolMissing."""
    frame: polars.DataFrame = _library("polars").from_arrow(table)
    return frame


def _any_array(arrow: Any, values: list[Any]) -> Any:  # noqa: ANN401 - pyarrow bears no types
    if all(value is None or isinstance(value, int | float) for value in values):
        return arrow.array([value if value is None else float(value) for value in values], "float64")
    return arrow.array([value if value is None else str(value) for value in values], "string")


def _dtype(library: Any, kind: str) -> Any:  # noqa: ANN401
    return getattr(library, _NULLABLE[kind])() if kind in _NULLABLE else None


def _library(name: str) -> Any:  # noqa: ANN401
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise ToolMissing(
            f"{error.name} is not installed, which frames need; install it: pip install 'nianbao[frames]'"
        ) from error
