"""Statements of two reports that say the same, and those that only one has."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

import msgspec

from ...data.records import Label, Report, Statement
from ..reading import Reading
from ..repeats.keys import Key, make_key
from ..repeats.nearness import near_pairs
from .names import own_names

Sameness = Literal["word_for_word", "figures", "alike", "reworded"]
# Statements that share less in the same order speak of different things, or only in the genre's phrases
# (seen on pairs of real reports); from here to `repeats.nearness.ALIKE` the same point in other words.
REWORDED = 0.6
# Characters of all left texts times those of all right ones: of more (two reports of 20,000 have a fifth)
# only what is nearly the same is found, as trying all would take longer than a second.
_COST_MAX = 2_000_000_000

COMPARED: tuple[Label, ...] = ("problem", "plan", "initiative")


class StatementPair(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of both reports, or of one (the other None).

    `sameness` says that nothing differs but signs (`word_for_word`), nothing but figures and own names
    (`figures`), that the texts are nearly the same (`alike`), or the same in other words (`reworded`: look
    at both); `likeness` in [0, 1] is how much of them stands in the same order.
    """

    label: Label
    left: Statement | None = None
    right: Statement | None = None
    sameness: Sameness | None = None
    likeness: float | None = None


def pair_statements(left: Reading, one: Report, right: Reading, other: Report) -> tuple[StatementPair, ...]:
    """Of each label those in both by their place in the right one, those gone, those new.

    Texts are compared without signs, figures and the bodies' own names, by the thresholds of repeats; each
    statement has one partner, the likest pairs first.
    """
    found: list[StatementPair] = []
    for label in COMPARED:
        sides = [[each for each in report.statements if each.label == label] for report in (one, other)]
        keys = [
            _keys(reading, report, side)
            for reading, report, side in ((left, one, sides[0]), (right, other, sides[1]))
        ]
        found += _paired(label, sides[0], keys[0], sides[1], keys[1])
    return tuple(found)


def _keys(reading: Reading, report: Report, statements: Sequence[Statement]) -> list[Key | None]:
    names = own_names(report)
    return [
        make_key(reading.view[reading.locate(one.start) : reading.locate(one.end)], names)
        for one in statements
    ]


def _paired(
    label: Label,
    left: Sequence[Statement],
    left_keys: Sequence[Key | None],
    right: Sequence[Statement],
    right_keys: Sequence[Key | None],
) -> Iterator[StatementPair]:
    pairs = match_keys(left_keys, right_keys, REWORDED)
    partners = {there: here for here, there in pairs}
    for there, statement in enumerate(right):
        if there in partners:
            here = partners[there]
            sameness, likeness = pairs[here, there]
            yield StatementPair(
                label=label, left=left[here], right=statement, sameness=sameness, likeness=likeness
            )
    taken = set(partners.values())
    yield from (StatementPair(label=label, left=each) for n, each in enumerate(left) if n not in taken)
    yield from (StatementPair(label=label, right=each) for n, each in enumerate(right) if n not in partners)


Pairs = dict[tuple[int, int], tuple[Sameness, float]]
_Candidates = Iterable[tuple[tuple[int, int], Sameness, float]]


def match_keys(left: Sequence[Key | None], right: Sequence[Key | None], least: float) -> Pairs:
    """Places of keys that are the same, alike, or like each other to `least`, each in one pair at most.

    The likest come first; those in other words get what the others leave.
    """
    pairs: Pairs = {}
    _take(pairs, _candidates(left, right))
    _take(pairs, list(_loose(left, right, pairs, least)))
    return pairs


def _take(pairs: Pairs, candidates: _Candidates) -> None:
    taken = {here for here, _ in pairs}, {there for _, there in pairs}
    ordered = sorted(candidates, key=lambda found: (-found[2], found[1] != "word_for_word", found[0]))
    for (here, there), sameness, likeness in ordered:
        if here not in taken[0] and there not in taken[1]:
            pairs[here, there] = (sameness, likeness)
            taken[0].add(here)
            taken[1].add(there)


def _loose(
    left: Sequence[Key | None], right: Sequence[Key | None], pairs: Pairs, least: float
) -> Iterator[tuple[tuple[int, int], Sameness, float]]:
    from rapidfuzz.distance import Indel

    sides = [
        [(n, key.masked) for n, key in enumerate(keys) if key and all(n != places[at] for places in pairs)]
        for at, keys in enumerate((left, right))
    ]
    left_size, right_size = (sum(len(text) for _, text in side) for side in sides)
    if left_size * right_size > _COST_MAX:
        return
    for here, one in sides[0]:
        for there, other in sides[1]:
            likeness = Indel.normalized_similarity(one, other, score_cutoff=least)
            if likeness:
                yield (here, there), "reworded", round(likeness, 3)


def _candidates(
    left: Sequence[Key | None], right: Sequence[Key | None]
) -> Iterator[tuple[tuple[int, int], Sameness, float]]:
    by_masked = [_places(left), _places(right)]
    for masked in by_masked[0].keys() & by_masked[1].keys():
        for here in by_masked[0][masked]:
            for there in by_masked[1][masked]:
                one, other = left[here], right[there]
                equal = one is not None and other is not None and one.plain == other.plain
                yield (here, there), "word_for_word" if equal else "figures", 1.0
    texts = [*by_masked[0], *(masked for masked in by_masked[1] if masked not in by_masked[0])]
    near = near_pairs(texts)
    for first, second, likeness in zip(near.one, near.other, near.likeness, strict=True):
        ends = texts[first], texts[second]
        for one_text, other_text in (ends, ends[::-1]):
            for here in by_masked[0].get(one_text, ()):
                for there in by_masked[1].get(other_text, ()):
                    yield (here, there), "alike", round(float(likeness), 3)


def _places(keys: Iterable[Key | None]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(keys):
        if key is not None:
            found[key.masked].append(place)
    return found
