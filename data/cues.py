"""Find cue words in a text: which groups of the word lists it touches, and how often.

The lists `data/lexicon/cues_*.tsv` hold a group and a cue of two characters or more a line, folded.
"""

from collections.abc import Iterable, Set
from functools import cache
from pathlib import Path

from .errors import ResourceError
from .folding import fold
from .lines import data_lines

_LEXICON = Path(__file__).with_name("lexicon")


class CueList:
    """Cues by their first two characters: a text is asked only for those whose beginning it has."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self._by_start: dict[str, list[tuple[str, str]]] = {}
        for group, cue in pairs:
            self._by_start.setdefault(cue[:2], []).append((cue, group))

    def count(self, text: str, pairs: Set[str]) -> dict[str, int]:
        """How many cues of each group stand in `text`; `pairs` are its pairs of neighbouring characters."""
        counts: dict[str, int] = {}
        for start in self._by_start.keys() & pairs:
            for cue, group in self._by_start[start]:
                if len(cue) == 2 or cue in text:
                    counts[group] = counts.get(group, 0) + 1
        return counts

    def opens(self, text: str) -> bool:
        """Whether `text` begins with a cue."""
        begun = self._by_start.get(text[:2])
        return begun is not None and any(text.startswith(cue) for cue, _ in begun)


@cache
def read_cues(*names: str) -> CueList:
    """The lists `data/lexicon/cues_{name}.tsv` in one, groups named `name:group`.

    ResourceError names the line that breaks their form.
    """
    return CueList(
        (f"{name}:{group}", cue) for name in names for group, cue in _pairs(_LEXICON / f"cues_{name}.tsv")
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
