"""Shares with their intervals, for units that come in clusters.

A share of reports is one unit a report: Wilson's score interval (Wilson 1927; Brown, Cai & DasGupta 2001).
Statements of one report, and reports of one body, are not independent. Their share is a ratio of totals over
clusters, its variance by linearisation (Cochran 1977, 6.3 and 11.7), and its interval Wilson's for the
effective number of units, made smaller for few clusters by the quantile of t (Korn & Graubard 1998; Franco,
Little, Louis & Slud 2019, who find this form of Wilson's the most reliable at shares near 0 and 1).
The difference of two shares is bounded by the MOVER (Newcombe 1998, Zou & Donner 2008), which takes the
clusters that are on both sides into account.
"""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

import msgspec

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Two-sided 95 %.
LEVEL = 0.975
_NORMAL = 1.959963984540054
# From so many clusters on, t is the normal to two digits.
_NORMAL_FROM = 200
# A correlation estimated from fewer pairs than this is worth nothing: the sides then count as independent,
# which makes the interval wider.
_PAIRED_MIN = 10


class Clusters(NamedTuple):
    """Of each cluster (a report, a body) how many of its units have the feature, and how many there are.

    `keys` are numbers that tell clusters apart, each once, in ascending order; the three are as long.
    """

    keys: NDArray[np.int64]
    hits: NDArray[np.int64]
    units: NDArray[np.int64]

    def among(self, chosen: NDArray[np.int64] | NDArray[np.bool_]) -> Clusters:
        """Those at these places."""
        return Clusters(*(column[chosen] for column in self))


class Share(msgspec.Struct, frozen=True, kw_only=True):
    """A share with its 95 % interval: `hits` of `units` in `clusters`; None where there are no units."""

    hits: int
    units: int
    clusters: int
    value: float | None = None
    low: float | None = None
    high: float | None = None


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """The second share less the first with its 95 % interval, and how many clusters are on both sides."""

    value: float
    low: float
    high: float
    both: int


def share_of(clusters: Clusters) -> Share:
    """The share of units that have the feature."""
    held = clusters.among(clusters.units > 0)
    hits, units = int(held.hits.sum()), int(held.units.sum())
    if not units:
        return Share(hits=0, units=0, clusters=0)
    low, high = wilson(hits / units, _effective(held, hits, units))
    return Share(hits=hits, units=units, clusters=len(held.keys), value=hits / units, low=low, high=high)


def wilson(share: float, number: float) -> tuple[float, float]:
    """Wilson's score interval of a share seen in so many units, which need not be whole."""
    square = _NORMAL**2
    middle = (share + square / (2 * number)) / (1 + square / number)
    half = _NORMAL * sqrt(share * (1 - share) / number + square / (4 * number**2)) / (1 + square / number)
    # At 0 and 1 the formula meets the border but for rounding.
    return (0.0 if share == 0 else max(0.0, middle - half)), (1.0 if share == 1 else min(1.0, middle + half))


def difference(first: Clusters, last: Clusters) -> Difference | None:
    """Last less first; None where a side has no units."""
    one, two = share_of(first), share_of(last)
    if one.value is None or two.value is None:
        return None
    both = on_both_sides(first, last)
    number = len(both[0].keys)
    tied = _correlation((first, last), (one.value, two.value), both) if number >= _PAIRED_MIN else 0.0
    value = two.value - one.value
    down = _reach(two.value - (two.low or 0), (one.high or 0) - one.value, tied)
    up = _reach((two.high or 0) - two.value, one.value - (one.low or 0), tied)
    return Difference(value=value, low=max(-1.0, value - down), high=min(1.0, value + up), both=number)


def on_both_sides(first: Clusters, last: Clusters) -> tuple[Clusters, Clusters]:
    """The clusters that have units on both sides, in the same order."""
    import numpy as np

    held = [side.among(side.units > 0) for side in (first, last)]
    _, *places = np.intersect1d(held[0].keys, held[1].keys, assume_unique=True, return_indices=True)
    return held[0].among(places[0]), held[1].among(places[1])


def _reach(one: float, two: float, tied: float) -> float:
    return sqrt(max(0.0, one**2 + two**2 - 2 * tied * one * two))


def _effective(clusters: Clusters, hits: int, units: int) -> float:
    """Of how many independent units the clusters are worth."""
    number = len(clusters.keys)
    if units == number:
        return float(units)
    share = hits / units
    if number == 1 or share in (0.0, 1.0):
        # Nothing tells how alike the units of a cluster are: each cluster counts as one.
        return float(number)
    variance = number / (number - 1) * _square(clusters, share) / units**2
    # Never more than there are units: few clusters may look more alike than they are.
    effective = min(units, share * (1 - share) / variance) if variance else float(units)
    return max(1.0, effective * (_NORMAL / _quantile(number - 1)) ** 2)


def _square(clusters: Clusters, share: float) -> float:
    off = _off(clusters, share)
    return float(off @ off)


def _quantile(freedom: int) -> float:
    """Of Student's t."""
    if freedom >= _NORMAL_FROM:
        return _NORMAL
    from scipy.special import stdtrit

    return float(stdtrit(freedom, LEVEL))


def _correlation(
    sides: tuple[Clusters, Clusters], shares: tuple[float, float], both: tuple[Clusters, Clusters]
) -> float:
    """Of the two shares, by what the clusters on both sides are off them."""
    spread = [sqrt(_square(side, share)) for side, share in zip(sides, shares, strict=True)]
    if not all(spread):
        return 0.0
    one, two = (_off(side, share) for side, share in zip(both, shares, strict=True))
    return max(-1.0, min(1.0, float(one @ two) / (spread[0] * spread[1])))


def _off(clusters: Clusters, share: float) -> NDArray[np.float64]:
    off: NDArray[np.float64] = clusters.hits - share * clusters.units
    return off
