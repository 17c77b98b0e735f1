"""Word lists for counts: measure words, and words whose numeral counts nothing."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from .errors import ResourceError
from .lines import data_lines

_LEXICON = Path(__file__).with_name("lexicon")
_MANNERS = ("", "shy", "arabic")
_ROLES = (
    *("left", "weak", "lead", "drive", "head", "right", "strip", "tail"),
    *("adverb", "channel", "event", "noun", "object", "matter", "owned", "suffix", "part", "deed"),
)


class Measure(NamedTuple):
    """A measure word's unit, and its manner: `shy` after 一, `arabic` after Arabic numbers only, or ''."""

    unit: str
    manner: str


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    return [(number, line.split("\t")) for number, line in data_lines(path)]


def read_measures(path: Path) -> dict[str, Measure]:
    """Measure words of a file `word unit manner`; raises ResourceError naming a line that is none."""
    measures: dict[str, Measure] = {}
    for number, row in _rows(path):
        word, unit, manner = [*row, "", ""][:3]
        if not word or word in measures or manner not in _MANNERS or len(row) > 3:
            raise ResourceError(
                f"{path.name}:{number}: {row!r} is not a new `word unit manner` line; "
                f"the manner is one of {', '.join(_MANNERS[1:])} or empty."
            )
        measures[word] = Measure(unit or word, manner)
    return measures


def read_words(path: Path) -> tuple[str, ...]:
    """Words of a file, one a line; raises ResourceError naming a line that is no single new word."""
    words: dict[str, None] = {}
    for number, row in _rows(path):
        if len(row) > 1 or row[0].strip() != row[0] or row[0] in words:
            raise ResourceError(f"{path.name}:{number}: {row!r} is not one new word.")
        words[row[0]] = None
    return tuple(words)


def read_roles(path: Path) -> dict[str, frozenset[str]]:
    """Words of a file `word roles` with their roles; raises ResourceError naming a wrong line."""
    words: dict[str, frozenset[str]] = {}
    for number, row in _rows(path):
        roles = frozenset(row[1].split(",")) if len(row) == 2 else frozenset()
        if not row[0] or row[0] in words or not roles or not roles <= set(_ROLES):
            raise ResourceError(
                f"{path.name}:{number}: {row!r} is not a new `word roles` line; "
                f"roles are {', '.join(_ROLES)}."
            )
        words[row[0]] = roles
    return words


@cache
def measure_words() -> dict[str, Measure]:
    """Every measure word with its unit and manner."""
    return read_measures(_LEXICON / "measure_words.tsv")


@cache
def fixed_numerals() -> tuple[str, ...]:
    """Words in which numeral and measure word stand fixed and count nothing."""
    return read_words(_LEXICON / "fixed_numerals.txt")


@cache
def item_words() -> dict[str, frozenset[str]]:
    """Words that bound the name of what is counted, with what each does."""
    return read_roles(_LEXICON / "item_words.tsv")


@cache
def outcomes() -> tuple[str, ...]:
    """Outcomes of applications, reviews and letters that a breakdown names."""
    return read_words(_LEXICON / "outcomes.txt")


@cache
def item_names() -> tuple[str, ...]:
    """Names, or parts of names, in which a verb or adverb does not bound the name."""
    return read_words(_LEXICON / "item_names.txt")


@cache
def item_heads() -> frozenset[str]:
    """Nouns that a verb before them only describes: 改造项目, 养老机构."""
    return frozenset(read_words(_LEXICON / "item_heads.txt"))
