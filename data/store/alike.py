"""Fold hits that say nearly the same under the best of them."""

import re
from typing import Any

# Share of what the longer of two texts consists of that both have, figures left out: a sentence with another
# number or year in it is the same one; two of one pattern about different things share about half.
_ALIKE = 0.8
# A passage shorter than this is alike only where it is the same, figures and signs too.
_SHORT = 16
# A text longer than this is compared by its clauses, a shorter one by its runs of eight characters, as
# `data.likeness` does it, which waits for NumPy to load.
_LONG = 1000
_RUN = 8
_FIGURES = re.compile(r"[\s\d.%]+")
_SIGNS = re.compile(r"[^\w]+")

Row = dict[str, Any]


def fold_alike(rows: list[Row]) -> list[Row]:
    """The rows in order without those whose `text` is like that of an earlier one.

    `similar` of a row holds the ids of the reports whose rows are folded under it, in order.
    """
    kept: list[tuple[Row, frozenset[str]]] = []
    for row in rows:
        pieces = pieces_of(row["text"])
        first = next((one for one, known in kept if are_alike(pieces, known)), None)
        if first is None:
            row["similar"] = []
            kept.append((row, pieces))
        else:
            first["similar"].append(row["report_id"])
    return [row for row, _ in kept]


def pieces_of(text: str) -> frozenset[str]:
    """What a text, figures and signs left out, is made of, to be compared with another."""
    plain = _FIGURES.sub("", text)
    if len(plain) > _LONG:
        return frozenset(_SIGNS.split(plain))
    plain = _SIGNS.sub("", plain)
    if len(plain) < _SHORT:
        return frozenset((text,))
    return frozenset(
        map(plain.__getitem__, map(slice, range(len(plain) - _RUN + 1), range(_RUN, len(plain) + 1)))
    )


def are_alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts made of these pieces are nearly the same."""
    least, most = sorted((len(one), len(other)))
    return least >= most * _ALIKE and len(one & other) >= most * _ALIKE
