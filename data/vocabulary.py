"""Word lists of the lexicon folder: a word a line, or a word, a tab and a value; `#` opens a comment line."""

import re
from functools import cache
from pathlib import Path

from .errors import ResourceError
from .lines import data_lines
from .word_lists import any_of, read_rows

_LEXICON = Path(__file__).with_name("lexicon")


@cache
def vocabulary(name: str) -> tuple[str, ...]:
    """Words of `lexicon/<name>.txt` in file order; raises ResourceError for a word that stands twice."""
    return read_vocabulary(_LEXICON / f"{name}.txt")


@cache
def weights(name: str) -> dict[str, float]:
    """Words of `lexicon/<name>.tsv`, each with its number; raises ResourceError for a bad row."""
    found: dict[str, float] = {}
    path = _LEXICON / f"{name}.tsv"
    for number, (word, value) in read_rows(path, 2):
        if word in found or not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
            raise ResourceError(
                f"{path.name}:{number}: {word} needs a number after a tab, and to stand only once."
            )
        found[word] = float(value)
    return found


def read_vocabulary(path: Path) -> tuple[str, ...]:
    """Words of a file, one a line."""
    found: dict[str, None] = {}
    for number, line in data_lines(path):
        if line in found or line != line.strip():
            raise ResourceError(
                f"{path.name}:{number}: {line!r} stands twice or has blanks around it; mend the line."
            )
        found[line] = None
    return tuple(found)


def alternation(words: tuple[str, ...]) -> str:
    """A pattern of any of the words, the longest first."""
    return any_of(words)
