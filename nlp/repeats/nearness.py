"""Which of many short texts are nearly the same: MinHash finds pairs, their edit similarity proves them.

MinHash over runs of two characters with banding (Broder 1997; Leskovec, Rajaraman and Ullman, *Mining of
Massive Datasets*, chapter 3) in NumPy, all texts at once: `datasketch` does the same one text at a time in
Python: 35 s for 100,000 different sentences where this takes 4, and a dictionary a band in memory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

# Imported where it is needed: a database is opened, and help shown, without it.
if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

# Two texts that share a third of their runs meet in one of 64 bands of 3 with 0.91, half of them with 0.9998.
_BANDS = 64
# Above so many texts, chance meetings in bands of three would be more than can be looked at.
_MANY = 300_000
_ROWS, _ROWS_OF_MANY = 3, 4
# In a band that holds more texts than this, each meets only the first so many of them.
_CROWD, _CROWD_HEADS = 64, 16
# Longer texts are compared only for being equal: the time grows with the square of the length.
LENGTH_MAX = 2_000
# Of two texts of fewer letters one other word makes another sentence.
LENGTH_MIN = 12
# Of all characters of both texts so many stand in the same order in both; in short ones, where a word is a
# greater part, more. Of eleven pairs of real reports looked at in each band ten say
# the same at 0.80 to 0.83, six at 0.75 to 0.78, five at 0.70 to 0.75.
ALIKE = 0.8
_ALIKE_SHORT, _SHORT = 0.9, 24
# A text is part of a longer one where this share of it stands there in order: cut apart, or something added.
_CONTAINED, _CONTAINED_MIN, _CONTAINED_LENGTHS = 0.94, 20, 0.4
_VERIFIED_AT_ONCE = 500_000
# Texts hashed at once: their runs stay in the processor's cache, which is three times as fast.
_CHUNK = 2_000
# Hashing, meeting, and verifying, which takes as long as both.
_STEPS = 4 * _BANDS
_SEED = 20080501

Watch = Callable[[int, int], None]


class Pairs(NamedTuple):
    """Pairs of places `one < other` in a list of texts, each with the likeness of the texts in [0, 1]."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    likeness: NDArray[np.float32]


def near_pairs(texts: Sequence[str], watch: Watch = lambda done, total: None) -> Pairs:
    """The pairs of different texts that are nearly the same.

    Of the pairs among 6,200 different statements of real reports it finds 175 of the 175 that comparing each
    with each does, 174 with bands as they are for more than 300,000. `watch` is told how many of all steps
    are done.
    """
    import numpy as np

    places = np.array([n for n, text in enumerate(texts) if LENGTH_MIN <= len(text) <= LENGTH_MAX], np.int64)
    chosen = [texts[place] for place in places.tolist()]
    codes = np.concatenate([np.empty(0, np.int64), *_candidates(chosen, watch)])
    # np.unique, which hashes, takes twenty times as long.
    codes.sort()
    codes = codes[np.diff(codes, prepend=-1) > 0]
    one, other = codes // max(len(chosen), 1), codes % max(len(chosen), 1)
    likeness = np.zeros(len(codes), np.float32)
    for start in range(0, len(codes), _VERIFIED_AT_ONCE):
        part = slice(start, start + _VERIFIED_AT_ONCE)
        likeness[part] = _likeness(chosen, one[part], other[part])
        watch(2 * _BANDS + 2 * _BANDS * start // len(codes), _STEPS)
    kept = likeness > 0
    return Pairs(places[one[kept]], places[other[kept]], likeness[kept])


def alike(one: str, other: str) -> float:
    """The likeness of two texts where it is enough for the same sentence, else 0."""
    import numpy as np

    pair = [one, other]
    return float(_likeness(pair, np.array([0]), np.array([1]))[0])


def _likeness(texts: Sequence[str], one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.float32]:
    """Of each pair the characters in common order as a share of both, or, of one that is part of the other,
    of the shorter; 0 where that is not enough.
    """
    import numpy as np
    from rapidfuzz.distance import LCSseq
    from rapidfuzz.fuzz import partial_ratio
    from rapidfuzz.process import cpdist

    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    short, long = np.minimum(lengths[one], lengths[other]), np.maximum(lengths[one], lengths[other])
    common = np.zeros(len(one), np.int64)
    fit = np.flatnonzero(short >= long * _CONTAINED_LENGTHS)
    common[fit] = cpdist(*_both(texts, one, other, fit), scorer=LCSseq.similarity, dtype=np.int32)
    share = 2 * common / (short + long)
    needed = ALIKE + (_ALIKE_SHORT - ALIKE) * np.clip((_SHORT - short) / (_SHORT - LENGTH_MIN), 0, 1)
    found = np.where(share >= needed, share, 0)
    part = np.flatnonzero((found == 0) & (common >= _CONTAINED * short) & (short >= _CONTAINED_MIN))
    # The characters of a part must stand close together, not strewn over the longer text.
    within = cpdist(*_both(texts, one, other, part), scorer=partial_ratio, score_cutoff=100 * _CONTAINED)
    found[part] = within / 100
    return found.astype(np.float32)


def _both(
    texts: Sequence[str], one: NDArray[np.int64], other: NDArray[np.int64], chosen: NDArray[np.int64]
) -> tuple[list[str], list[str]]:
    return [texts[n] for n in one[chosen].tolist()], [texts[n] for n in other[chosen].tolist()]


def _candidates(texts: Sequence[str], watch: Watch) -> Iterator[NDArray[np.int64]]:
    """Codes `one * len(texts) + other` of the pairs that share a band."""
    if len(texts) < 2:
        return
    for band, keys in enumerate(_bands(texts, watch)):
        yield from _meetings(keys)
        watch(_BANDS + band, _STEPS)


def _bands(texts: Sequence[str], watch: Watch) -> NDArray[np.uint32]:
    """A key of each band and text: equal where the least hashes of the band's rows are."""
    import numpy as np

    rows = _ROWS if len(texts) <= _MANY else _ROWS_OF_MANY
    factors = (
        np.random.default_rng(_SEED).integers(0, 1 << 32, (_BANDS, rows, 2), np.uint64).astype(np.uint32)
    )
    factors[..., 0] |= np.uint32(1)
    keys = np.empty((_BANDS, len(texts)), np.uint32)
    for start in range(0, len(texts), _CHUNK):
        hashes, starts = _runs(texts[start : start + _CHUNK])
        for band in range(_BANDS):
            key = np.zeros(len(starts), np.uint64)
            for factor, shift in factors[band]:
                key = _mixed(key ^ np.minimum.reduceat(hashes * factor + shift, starts))
            keys[band, start : start + _CHUNK] = key >> np.uint64(32)
        watch(_BANDS * start // len(texts), _STEPS)
    return keys


def _runs(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """A hash of each run of two characters of all texts in a row, and where each text's begin."""
    import numpy as np

    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    pairs = codes.copy()
    pairs[:-1] |= codes[1:] << np.uint64(32)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(lengths)
    # What spans two texts counts for none: the last run of each is its first one again.
    pairs[ends - 1] = pairs[ends - lengths]
    return (_mixed(pairs) >> np.uint64(32)).astype(np.uint32), ends - lengths


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """The finaliser of SplitMix64 (Steele, Lea and Flood 2014)."""
    import numpy as np

    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def _meetings(keys: NDArray[np.uint32]) -> Iterator[NDArray[np.int64]]:
    """Codes of the pairs of places that have one key; of a crowd those with its first places."""
    import numpy as np

    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    edges = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1], [True])))
    sizes = np.diff(edges)
    for size in np.unique(sizes[sizes > 1]).tolist():
        groups = order[edges[:-1][sizes == size][:, None] + np.arange(size)]
        one, other = np.triu_indices(size, 1)
        if size > _CROWD:
            kept = one < _CROWD_HEADS
            one, other = one[kept], other[kept]
        yield (groups[:, one] * len(keys) + groups[:, other]).ravel()
