"""How often each category stands in the reports of a group, body by body."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .shares import Clusters

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from ...data.store import LabelCounts
    from .groups import Group, Grouped


class GroupTally(NamedTuple):
    """What the reports of a group say: `counts` has a row for each, a column for each of `categories`.

    `totals` are their statements, of other categories too; `keys` are the clusters there are, ascending, and
    `places` the cluster of each report among them.
    """

    group: Group
    categories: Mapping[str, int]
    counts: NDArray[np.int64]
    totals: NDArray[np.int64]
    keys: NDArray[np.int64]
    places: NDArray[np.int64]

    @property
    def silent(self) -> int:
        """How many reports have no such statement."""
        return int((self.totals == 0).sum())

    @property
    def statements(self) -> int:
        """How many statements there are."""
        return int(self.totals.sum())

    def mentioning(self, category: str) -> Clusters:
        """By cluster, how many of its reports mention the category, of how many."""
        mentioned = self.counts[:, self.categories[category]] > 0
        return Clusters(self.keys, self._sum(mentioned), self._sum(self.totals >= 0))

    def stating(self, category: str) -> Clusters:
        """By cluster, how many of its statements are of the category, of how many."""
        return Clusters(
            self.keys, self._sum(self.counts[:, self.categories[category]]), self._sum(self.totals)
        )

    def _sum(self, column: NDArray[np.int64] | NDArray[np.bool_]) -> NDArray[np.int64]:
        import numpy as np

        # Floating-point numbers hold such sums exactly.
        return np.bincount(self.places, weights=column, minlength=len(self.keys)).astype(np.int64)


def tally(
    groups: Grouped, counts: Mapping[str, LabelCounts], categories: Sequence[str], *, apart: bool
) -> list[GroupTally]:
    """A tally of each group; reports of one body make a cluster, with `apart` each report is one."""
    import numpy as np

    columns = {category: number for number, category in enumerate(categories)}
    numbers: dict[object, int] = {}
    found = []
    for group, reports in groups:
        table = np.zeros((len(reports), len(columns)), dtype=np.int64)
        totals = np.zeros(len(reports), dtype=np.int64)
        for row, report in enumerate(reports):
            held = counts.get(report.id)
            for category, number in held.categories.items() if held else ():
                totals[row] += number
                if category in columns:
                    table[row, columns[category]] = number
        clusters = [numbers.setdefault(one.id if apart else one.body, len(numbers)) for one in reports]
        keys, places = np.unique(np.array(clusters, dtype=np.int64), return_inverse=True)
        found.append(GroupTally(group, columns, table, totals, keys, places))
    return found
