"""Stata's .dta (format 118, UTF-8): labels of variables and values, days as days, long texts as strL."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..store import ColumnEntry
from ..terms import codes, term
from .libraries import library
from .stata_names import stata_names
from .tables import ExportTable
from .text_files import Tick
from .values import Remarks, typed

if TYPE_CHECKING:
    import pandas

# Limits of the format: labels of variables and data, and bytes of a fixed text; whole numbers beyond 2^53 are
# not told apart by its doubles.
_LABEL_MAX = 80
_FIXED_MAX = 2045
_WHOLE_MAX = 2**53
_FORMAT = 118


def write_stata(table: ExportTable, path: Path, remarks: Remarks, tick: Tick) -> None:
    """One file; the whole table is held in memory, as the writer of pandas asks. Raises ToolMissing."""
    pandas = library("pandas")
    columns = table.entry.columns
    names = stata_names(table.columns)
    rows: list[Sequence[Any]] = []
    for batch in table.batches():
        rows += batch
        tick(len(batch))
    values = zip(*rows, strict=True) if rows else ((),) * len(columns)
    frame = pandas.DataFrame(
        {
            names[column.name]: _series(pandas, column, typed(table.name, column, list(each), remarks))
            for column, each in zip(columns, values, strict=True)
        }
    )
    frame.to_stata(
        path,
        version=_FORMAT,
        write_index=False,
        data_label=f"{table.entry.chinese} {table.entry.english}"[:_LABEL_MAX],
        variable_labels={names[column.name]: _label(column) for column in columns},
        convert_dates={names[each.name]: "td" for each in columns if each.type == "date"},
        convert_strl=[name for name in frame if _is_long(frame[name])],
    )


def _series(pandas: Any, column: ColumnEntry, values: list[Any]) -> "pandas.Series[Any]":  # noqa: ANN401
    # pandas cannot write labels of no value at all.
    if column.codes and column.type == "text" and values:
        return pandas.Series(_categorical(pandas, column.codes, values))
    if column.type == "date":
        return pandas.Series(pandas.to_datetime(pandas.Series(values, dtype=object)), dtype="datetime64[s]")
    if column.type == "integer" and all(value is None or abs(value) < _WHOLE_MAX for value in values):
        whole = pandas.Series(values, dtype="Int64")
        return whole.astype("float64") if whole.isna().any() or whole.empty else whole.astype("int64")
    if column.type == "number":
        return pandas.Series(values, dtype="float64")
    return pandas.Series(["" if value is None else str(value) for value in values], dtype=object)


def _categorical(pandas: Any, kind: str, values: list[str | None]) -> Any:  # noqa: ANN401
    """Codes as numbers with labels: the code, and its name in Chinese."""
    known = [*codes(kind), *sorted({value for value in values if value and value not in codes(kind)})]
    labels = {code: f"{code} {term(kind, code)}" if term(kind, code) != code else code for code in known}
    return pandas.Categorical(
        [None if value is None else labels[value] for value in values], categories=list(labels.values())
    )


def _label(column: ColumnEntry) -> str:
    unit = f" ({column.unit})" if column.unit else ""
    return f"{column.chinese} {column.english}"[: _LABEL_MAX - len(unit)] + unit


def _is_long(series: "pandas.Series[Any]") -> bool:
    """Texts that a field of fixed width cannot hold, or would cut at a NUL."""
    if series.dtype != object:
        return False
    return any("\0" in value or 4 * len(value) > _FIXED_MAX < len(value.encode()) for value in series)
