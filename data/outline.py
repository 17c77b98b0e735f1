"""Words of the official outline and of the page around it: section titles, table labels, page furniture.

The outline is that of the forms of 2019 and 2021 (国办公开办函〔2019〕60号, 〔2021〕30号) and of the free
narratives before them.
"""

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import cast, get_args

from .errors import ResourceError
from .lines import data_lines
from .records import SectionKind

_LEXICON = Path(__file__).with_name("lexicon")


def _compiled(pattern: str, place: str) -> re.Pattern[str]:
    try:
        return re.compile(pattern)
    except re.error as error:
        raise ResourceError(f"{place}: {pattern!r} is no regular expression ({error}).") from error


def read_titles(path: Path) -> list[tuple[SectionKind, re.Pattern[str]]]:
    """Section kinds with the pattern of their title words, in order of precedence.

    Raises ResourceError naming the line whose kind is unknown or whose pattern does not compile.
    """
    kinds = get_args(SectionKind)
    rules: list[tuple[SectionKind, re.Pattern[str]]] = []
    for number, line in data_lines(path):
        kind, _, pattern = line.partition("\t")
        place = f"{path.name}:{number}"
        if kind not in kinds or not pattern:
            raise ResourceError(
                f"{place}: {line!r} must be a kind ({', '.join(kinds)}), a tab and a pattern."
            )
        rules.append((cast(SectionKind, kind), _compiled(pattern, place)))
    return rules


def read_words(path: Path) -> tuple[str, ...]:
    """Words of a list, longest first; raises ResourceError naming a line that repeats or holds blanks."""
    words: dict[str, int] = {}
    for number, word in data_lines(path):
        if word in words or re.search(r"\s", word):
            raise ResourceError(f"{path.name}:{number}: {word!r} must be a single word not listed before.")
        words[word] = number
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


def read_grouped(path: Path, groups: tuple[str, ...]) -> dict[str, re.Pattern[str]]:
    """Patterns of a file by the group named before their tab, the alternatives of a group as one pattern.

    Raises ResourceError naming the line whose group is none of `groups` or whose pattern does not compile.
    """
    parts: dict[str, list[str]] = {group: [] for group in groups}
    for number, line in data_lines(path):
        group, _, pattern = line.partition("\t")
        place = f"{path.name}:{number}"
        if group not in parts or not pattern:
            raise ResourceError(f"{place}: {line!r} must be one of {', '.join(groups)}, a tab and a pattern.")
        parts[group].append(_compiled(pattern, place).pattern)
    return {group: re.compile("|".join(patterns)) for group, patterns in parts.items()}


@cache
def titles() -> list[tuple[SectionKind, re.Pattern[str]]]:
    """The rules of `section_titles.tsv`."""
    return read_titles(_LEXICON / "section_titles.tsv")


# The titles of the forms come again in every report.
@lru_cache(maxsize=4096)
def section_kind(title: str) -> SectionKind:
    """Kind of the section that a folded title without blanks heads; `unknown` where its words do not tell."""
    return next((kind for kind, pattern in titles() if pattern.search(title)), "unknown")


@cache
def table_labels() -> tuple[str, ...]:
    """Row and column labels of the official tables, folded, without blanks and enumerators, longest first."""
    return read_words(_LEXICON / "table_labels.txt")


@cache
def heading_ends() -> dict[str, re.Pattern[str]]:
    """Nouns that end a heading: `case` before any sentence, `glued` before some, `line` with the line."""
    return read_grouped(_LEXICON / "heading_ends.tsv", ("case", "glued", "line"))


@cache
def official_titles() -> tuple[str, ...]:
    """Section titles of the official forms and their variants, longest first."""
    return read_words(_LEXICON / "official_titles.txt")


@cache
def furniture() -> dict[str, re.Pattern[str]]:
    """Page furniture: `line` for whole lines, `label` for the name of a field before its colon."""
    return read_grouped(_LEXICON / "page_furniture.tsv", ("line", "label"))
