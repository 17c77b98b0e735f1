"""Named word lists of the lexicon: lines of `list<TAB>word word …`, `#` before a remark."""

import re
from functools import cache
from pathlib import Path

from .errors import ResourceError
from .lines import data_lines

_LEXICON = Path(__file__).with_name("lexicon")


@cache
def word_lists(name: str) -> dict[str, tuple[str, ...]]:
    """The lists of `lexicon/<name>.tsv` by their names, words in the file's order.

    A list may go on over several lines. Raises ResourceError naming the line that is no list or says a
    word twice.
    """
    return read_lists(_LEXICON / f"{name}.tsv")


def read_lists(path: Path) -> dict[str, tuple[str, ...]]:
    """The lists of a file; see `word_lists`."""
    lists: dict[str, tuple[str, ...]] = {}
    for number, fields in read_rows(path, 2):
        known, words = lists.get(fields[0], ()), tuple(fields[1].split())
        again = [word for at, word in enumerate(words) if word in known or word in words[:at]]
        if again:
            raise ResourceError(
                f"{path.name}:{number}: {again[0]!r} stands twice in {fields[0]!r}; drop one."
            )
        lists[fields[0]] = known + words
    return lists


def read_rows(path: Path, columns: int) -> list[tuple[int, list[str]]]:
    """Line numbers and fields of a tab-separated file; ResourceError names a line of another width."""
    rows = []
    for number, line in data_lines(path):
        fields = line.split("\t")
        if len(fields) != columns or not all(fields):
            raise ResourceError(f"{path.name}:{number}: {line!r} needs {columns} fields parted by tabs.")
        rows.append((number, fields))
    return rows


def any_of(words: tuple[str, ...]) -> str:
    """A regular expression of any of the words, the longest that fits: a tree that fails at one look."""
    heads: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        heads.setdefault(word[:1], []).append(word[1:])
    ends = "" in heads
    branches = [
        re.escape(head) + (any_of(tuple(tails)) if tails != [""] else "")
        for head, tails in heads.items()
        if head
    ]
    return f"(?:{'|'.join(branches)}){'?' if ends else ''}" if branches else ""
