"""How alike two texts are: the share of overlapping runs of eight characters that both have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from .folding import fold

# Imported where it is needed: every command that opens a database would wait for it.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Runs of eight are rare by chance and survive small changes (Manber 1994 and later work on near copies).
_RUN = 8
_FACTOR = 0x9E3779B97F4A7C15
_BLANKS = re.compile(r"\s+")
_BLANKS_AND_DIGITS = re.compile(r"[\s\d]+")


class Shingles(NamedTuple):
    """The runs of a text: `hashes` are sorted, each once; `length` counts the characters looked at."""

    hashes: NDArray[np.uint64]
    length: int


def shingles(text: str, *, digits: bool = True) -> Shingles:
    """The runs of eight characters of a text without its blanks, without its digits too if wanted.

    Takes 0.2 ms for a report; widths of signs and scripts of characters count unless the text is folded.
    """
    import numpy as np

    kept = (_BLANKS if digits else _BLANKS_AND_DIGITS).sub("", text)
    codes = np.frombuffer(kept.encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    count = max(len(codes) - _RUN + 1, 0)
    hashes = np.zeros(count, dtype=np.uint64)
    for at in range(_RUN if count else 0):
        hashes = hashes * np.uint64(_FACTOR) + codes[at : at + count]
    hashes.sort()
    # np.unique costs ten times as much on so few.
    first = np.ones(count, dtype=np.bool_)
    first[1:] = hashes[1:] != hashes[:-1]
    return Shingles(hashes[first], len(kept))


def likeness(one: Shingles, other: Shingles) -> float:
    """The runs that both have as a share of those of the text that has more; 0 where one has none."""
    import numpy as np

    most = max(len(one.hashes), len(other.hashes))
    if not most:
        return 0.0
    both = np.concatenate((one.hashes, other.hashes))
    both.sort()
    return int(np.count_nonzero(both[1:] == both[:-1])) / most


def same_but_blanks(one: str, other: str) -> bool:
    """Whether two texts read the same but for blanks, line ends and the width of their signs."""
    return _BLANKS.sub("", fold(one)) == _BLANKS.sub("", fold(other))
