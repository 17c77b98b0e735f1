"""The data behind a chart as flat rows."""

from collections.abc import Iterator
from typing import Any

from .theme import Spec

# What only the drawing needs: where a number stands, which points a line joins, what is dark.
_DRAWN = frozenset(
    ("bend", "run", "last", "alone", "dark", "place", "top", "said", "there", "row", "column", "counted")
)


def chart_rows(spec: Spec) -> list[dict[str, Any]]:
    """Every row of a specification once, in the order it is drawn in."""
    rows: list[dict[str, Any]] = []
    for values in _datasets(spec):
        rows += [{name: value for name, value in row.items() if name not in _DRAWN} for row in values]
    return rows


def row_columns(rows: list[dict[str, Any]]) -> list[str]:
    """All columns that any of the rows has, in order."""
    return list(dict.fromkeys(name for row in rows for name in row))


def _datasets(spec: Spec) -> Iterator[list[dict[str, Any]]]:
    """The data of the whole, then of its parts; layers of the same data give it once."""
    seen: list[list[dict[str, Any]]] = []
    for part in _parts(spec):
        values = part.get("data", {}).get("values")
        if values is not None and values not in seen:
            seen.append(values)
            yield values


def _parts(spec: Spec) -> Iterator[Spec]:
    yield spec
    for part in (*spec.get("layer", ()), *spec.get("concat", ())):
        yield from _parts(part)
