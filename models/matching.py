"""Pair what was found with what was marked: one to one, as many pairs as possible, the closest first."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from scipy.optimize import linear_sum_assignment

from ..data.records import Fact

Marked = TypeVar("Marked", bound=Fact)
Found = TypeVar("Found", bound=Fact)

# More than all closeness together, so that one more pair always outweighs closer ones.
_PAIR = 1000.0


def match(
    marked: Sequence[Marked], found: Sequence[Found], right: Callable[[Marked, Found], bool]
) -> list[tuple[int, int]]:
    """Indices of the largest one-to-one pairing over overlapping pairs that are `right`, in order."""
    gain = np.zeros((len(marked), len(found)))
    for i, one in enumerate(marked):
        for j, other in enumerate(found):
            shared = min(one.end, other.end) - max(one.start, other.start)
            if shared > 0 and right(one, other):
                gain[i, j] = _PAIR + shared / (max(one.end, other.end) - min(one.start, other.start))
    if not gain.any():
        return []
    rows, columns = linear_sum_assignment(gain, maximize=True)
    return sorted((int(i), int(j)) for i, j in zip(rows, columns, strict=True) if gain[i, j])
