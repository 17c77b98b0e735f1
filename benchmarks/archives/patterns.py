"""Sentences from patterns with slots, drawn with a seeded generator."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from random import Random

_PATTERNS = Path(__file__).with_name("patterns.tsv")
_SLOTS = Path(__file__).with_name("slots.tsv")
_SLOT = re.compile(r"\{([^{}]+)\}")
_NUMBER = re.compile(r"(\d+)-(\d+)(\.1)?")

Draw = Callable[[Random, Mapping[str, str]], str]
Part = str | Draw


def _rows(path: Path) -> list[list[str]]:
    lines = path.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return {name: tuple(values.split("|")) for name, values in _rows(_SLOTS)}


@cache
def patterns() -> dict[str, list[tuple[Part, ...]]]:
    """Every group's patterns, each cut into text and what fills its slots."""
    groups: dict[str, list[tuple[Part, ...]]] = defaultdict(list)
    for group, pattern in _rows(_PATTERNS):
        groups[group].append(_compiled(pattern))
    return dict(groups)


def _compiled(pattern: str) -> tuple[Part, ...]:
    pieces = _SLOT.split(pattern)
    return tuple(_slot(piece) if n % 2 else piece for n, piece in enumerate(pieces) if piece)


def _slot(name: str) -> Part:
    number = _NUMBER.fullmatch(name)
    if number:
        return _number(int(number[1]), int(number[2]), bool(number[3]))
    if name.isdigit():
        return name
    words = _words().get(name)
    if words:
        return lambda rng, _: words[int(rng.random() * len(words))]
    return lambda _, known: known[name]


def _number(low: int, high: int, decimal: bool) -> Draw:
    width = high - low + 1
    if decimal:
        return lambda rng, _: f"{low + rng.random() * (width - 1):.1f}"
    return lambda rng, _: str(low + int(rng.random() * width))


class Prose:
    """Draws sentences for one report: `known` holds the words of its body and year."""

    def __init__(self, rng: Random, known: Mapping[str, str]) -> None:
        self.rng = rng
        self.known = known

    def fill(self, pattern: tuple[Part, ...]) -> str:
        rng, known = self.rng, self.known
        return "".join([part if isinstance(part, str) else part(rng, known) for part in pattern])

    def one(self, group: str) -> str:
        choices = patterns()[group]
        return self.fill(choices[int(self.rng.random() * len(choices))])

    def some(self, group: str, number: int) -> list[str]:
        """`number` sentences, none of one pattern before all others were used."""
        choices = patterns()[group]
        taken: list[tuple[Part, ...]] = []
        while len(taken) < number:
            taken += self.rng.sample(choices, min(len(choices), number - len(taken)))
        return [self.fill(pattern) for pattern in taken]
