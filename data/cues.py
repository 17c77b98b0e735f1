"""Find cue words in a text: where those of the word lists stand, and which group each belongs to.

The lists `data/lexicon/cues_*.tsv` hold a group and a cue of two characters or more a line, folded.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .errors import ResourceError
from .folding import fold
from .grams import Codes, GramTable, code_points
from .lines import data_lines

_LEXICON = Path(__file__).with_name("lexicon")

Indices = NDArray[np.intp]


class CueList:
    """Cues by their first two characters: a text is asked only for those whose beginning it has.

    `groups` names the groups; `group[cue]` is the number of a cue's group.
    """

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        ordered = sorted(pairs, key=lambda pair: pair[1][:2])
        starts = [cue[:2] for _, cue in ordered]
        beginnings = sorted(set(starts))
        self.groups = list(dict.fromkeys(group for group, _ in pairs))
        self.group = np.array([self.groups.index(group) for group, _ in ordered], np.intp)
        self._starts = GramTable({start: number for number, start in enumerate(beginnings)})
        self._first = np.searchsorted(starts, beginnings)
        self._several = np.diff([*self._first, len(starts)])
        self._lengths = np.array([len(cue) for _, cue in ordered], np.intp)
        self._longest = int(self._lengths.max())
        padded = "".join(cue.ljust(self._longest) for _, cue in ordered)
        self._codes = code_points(padded).reshape(-1, self._longest)

    def find(self, codes: Codes, ends: Indices, places: Indices) -> tuple[Indices, Indices]:
        """Where cues begin, and which: cues that overlap are all found, in order of `places`.

        `codes` are the code points of a text; of its `places` each is looked at, and a cue that begins at `i`
        ends at `ends[i]` at the latest.
        """
        last = len(codes) - 1
        starts = self._starts.pairs(codes[places], codes[np.minimum(places + 1, last)])
        begun = starts >= 0
        starts, places = starts[begun], places[begun]
        several = self._several[starts]
        ahead = np.cumsum(several) - several
        cues = np.arange(several.sum()) + np.repeat(self._first[starts] - ahead, several)
        places = np.repeat(places, several)
        right = places + self._lengths[cues] <= ends[places]
        places, cues = places[right], cues[right]
        for at in range(2, self._longest):
            here = codes[np.minimum(places + at, last)]
            right = (here == self._codes[cues, at]) | (self._lengths[cues] <= at)
            places, cues = places[right], cues[right]
        return places, cues


@cache
def read_cues(*names: str) -> CueList:
    """The lists `data/lexicon/cues_{name}.tsv` in one, groups named `name:group`.

    ResourceError names the line that breaks their form.
    """
    return CueList(
        [(f"{name}:{group}", cue) for name in names for group, cue in _pairs(_LEXICON / f"cues_{name}.tsv")]
    )


def _pairs(path: Path) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    seen: set[tuple[str, str]] = set()
    for number, line in data_lines(path):
        group, _, cue = line.partition("\t")
        if not group or len(cue) < 2 or cue != fold(cue) or (group, cue) in seen:
            raise ResourceError(
                f"{path.name}:{number}: {line!r} is no group, tab and new folded cue of two characters."
            )
        seen.add((group, cue))
        pairs.append((group, cue))
    return pairs
