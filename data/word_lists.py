"""Named word lists of the lexicon: lines of `list<TAB>word word …`, `#` before a remark."""

import re
from collections.abc import Collection, Iterator
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


def beginning(words: Collection[str]) -> str:
    """A regular expression of the first character of a place where one of the words may begin.

    Far quicker to find than the words: it looks at each of the first three characters by itself, so that a
    place it finds may still begin none of them; a place it passes over does not.
    """
    first = {word[0] for word in words}
    alone = {word for word in words if len(word) == 1}
    pairs = {word[1] for word in words if len(word) == 2}
    second = {word[1] for word in words if len(word) > 2}
    third = {word[2] for word in words if len(word) > 2}
    ways = [f"(?<={_one_of(alone)})"] if alone else []
    ways += [f"(?={_one_of(pairs)})"] if pairs else []
    ways += [f"(?={_one_of(second)}{_one_of(third)})"] if third else []
    return f"{_one_of(first)}(?:{'|'.join(ways)})"


def _one_of(characters: set[str]) -> str:
    return f"[{re.escape(''.join(sorted(characters)))}]"


def begun(beginnings: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """What `pattern.finditer(text)` yields, tried only where `beginnings` match one character."""
    end = 0
    for first in beginnings.finditer(text):
        start = first.start()
        if start >= end and (match := pattern.match(text, start)):
            end = match.end()
            yield match


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
