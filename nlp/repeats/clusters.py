"""Texts that are nearly the same, gathered around the one that came first."""

from collections.abc import Sequence

from .nearness import Pairs, alike


def gather(texts: Sequence[str], pairs: Pairs) -> list[list[int]]:
    """Places of texts that belong together, each group and the groups in order of their first place.

    The likest pairs are joined first, and two groups only where their first texts are alike too: a sentence
    that changes a little every year does not drag a wholly different one in.
    """
    heads = list(range(len(texts)))
    order = sorted(zip((-pairs.likeness).tolist(), pairs.one.tolist(), pairs.other.tolist(), strict=True))
    for _, one, other in order:
        first, second = sorted((_head(heads, one), _head(heads, other)))
        if first == second:
            continue
        if (first, second) == (one, other) or alike(texts[first], texts[second]):
            heads[second] = first
    groups: dict[int, list[int]] = {}
    for place in range(len(texts)):
        groups.setdefault(_head(heads, place), []).append(place)
    return [group for group in groups.values() if len(group) > 1]


def _head(heads: list[int], place: int) -> int:
    while heads[place] != place:
        heads[place] = heads[heads[place]]
        place = heads[place]
    return place
