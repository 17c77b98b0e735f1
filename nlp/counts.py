"""Counts of a reading: every quantity with its value, measure word, bound, and what it counts."""

from collections.abc import Sequence

from ..data.records import Count
from .count_items import name_items
from .quantities import find_quantities
from .reading import Reading


def find_counts(reading: Reading, *, masked: Sequence[tuple[int, int]] = ()) -> tuple[Count, ...]:
    """Counted quantities in order; see the marking guide for what counts.

    `masked` are spans of the view (dates, durations, titles, document numbers, tables) that no count touches.
    Units come as the text writes them, traditional characters kept.
    """
    quantities = list(find_quantities(reading.view, masked))
    items = name_items(reading.view, quantities)
    counts = []
    for quantity, item in zip(quantities, items, strict=True):
        start, end = reading.span(quantity.start, quantity.end)
        counts.append(
            Count(
                text=reading.text[start:end],
                start=start,
                end=end,
                value=quantity.value,
                unit=_unit(reading, quantity.unit, quantity.unit_span),
                bound=quantity.bound,
                item=reading.clean(*item) if item else None,
            )
        )
    return tuple(counts)


def _unit(reading: Reading, unit: str | None, span: tuple[int, int] | None) -> str | None:
    """The measure word in the text's own characters where it stands there as such."""
    if unit is None or span is None or reading.view[slice(*span)] != unit:
        return unit
    return unit if unit == "%" else reading.clean(*span)
