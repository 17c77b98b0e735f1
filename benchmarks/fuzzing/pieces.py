"""Pieces of the language of reports, and random texts made of them.

A random text is made from a stream of choices (`Choices`): of a seeded generator, or of the bytes that a
coverage-guided fuzzer varies. What it is made of is lexicon words, skeletons with slots, and any character.
"""

import ast
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from typing import Protocol

from nianbao.data.count_words import measure_words
from nianbao.data.forms import load_forms
from nianbao.data.regions.divisions import divisions
from nianbao.data.vocabulary import vocabulary

LEXICON = Path(__file__).parents[2] / "data" / "lexicon"
_NUMERALS = list("一二三四五六七八九十百千万亿零〇两点半")


def listed(name: str) -> list[str]:
    """The lines of a list in this folder, `#` before a remark, escapes as in Python."""
    lines = Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines()
    return [_unescaped(line) for line in lines if line and not line.startswith("# ")]


def _unescaped(line: str) -> str:
    return re.sub(r"\\(?:x..|u.{4}|U.{8}|[nrtfv\\])", lambda found: ast.literal_eval(f'"{found[0]}"'), line)


# Single characters that parsers treat in some way of their own.
SIGNS = listed("signs.txt")
# Slots stand for a random piece of their kind.
SKELETONS = listed("skeletons.txt")
_SLOT = re.compile(r"\{([A-Z])\}")


class Choices(Protocol):
    """Where decisions come from."""

    def below(self, limit: int) -> int:
        """A number from 0 to `limit` - 1."""


class Dice:
    """Choices of a seeded generator."""

    def __init__(self, seed: object) -> None:
        self._random = Random(repr(seed))

    def below(self, limit: int) -> int:
        return int(self._random.random() * limit)


def pick(choices: Choices, options: list[str]) -> str:
    return options[choices.below(len(options))]


@cache
def words() -> list[str]:
    """Every word of the lexicons, patterns left out."""
    found: dict[str, None] = {}
    for path in sorted(LEXICON.iterdir()):
        if path.suffix in (".txt", ".tsv") and path.stem not in ("traditional", "radicals", "surnames"):
            for line in path.read_text(encoding="utf-8").splitlines():
                for word in re.split(r"[\t,]", line if not line.startswith("#") else ""):
                    if re.fullmatch(r"[\u4e00-\u9fff]{1,16}", word):
                        found[word] = None
    return list(found)


@cache
def places() -> list[str]:
    return sorted({name for one in divisions() for name in (one.name, one.short) if name})


@cache
def units() -> list[str]:
    return list(measure_words())


@cache
def labels() -> list[str]:
    """Labels, column heads and titles of the official forms."""
    tables = [table for form in load_forms().values() for table in form.tables]
    rows = {row.label for table in tables for row in table.rows}
    columns = {column.label for table in tables for block in table.blocks for column in block.columns}
    return sorted(rows | columns | {table.title for table in tables})


@cache
def offices() -> list[str]:
    return sorted({*vocabulary("offices"), *vocabulary("office_short_names"), *vocabulary("national_bodies")})


def number(choices: Choices) -> str:
    """A number as it may stand, likely or not."""
    kind = choices.below(12)
    if kind < 3:
        return str(1990 + choices.below(50))
    if kind < 7:
        return str(choices.below(10 ** (1 + choices.below(7))))
    if kind == 7:
        return f"{choices.below(1000)}.{choices.below(10 ** (1 + choices.below(9)))}"
    if kind == 8:
        return f"{choices.below(1000):,}".join("," * choices.below(3)) or "1,234,567"
    if kind == 9:
        return "".join(pick(choices, list("0123456789 oOlI〇零.,")) for _ in range(1 + choices.below(9)))
    if kind == 10:
        return "9" * choices.below(500)
    return numeral(choices)


def numeral(choices: Choices) -> str:
    """A run of Chinese numerals, of sense or none."""
    return "".join(pick(choices, _NUMERALS) for _ in range(1 + choices.below(6)))


_SLOTS: dict[str, Callable[[Choices], str]] = {
    "N": number,
    "C": numeral,
    "M": lambda choices: str(choices.below(40)),
    "S": lambda choices: pick(choices, ["度", "底", "来", "初", "上半年", "第一季度", "3月份", ""]),
    "U": lambda choices: pick(choices, units()),
    "W": lambda choices: "".join(pick(choices, words()) for _ in range(choices.below(4))),
    "P": lambda choices: pick(choices, places()),
    "O": lambda choices: pick(choices, offices()) + pick(choices, ["局", "厅", "委员会", "办公室", ""]),
    "L": lambda choices: pick(choices, list("省市县区局镇")),
    "F": lambda choices: pick(choices, list("王李张欧阳建国敏〇\u4e00")),
    "T": lambda choices: pick(choices, labels()),
}


def piece(choices: Choices) -> str:
    """One piece: a filled skeleton, a word, a label, a sign, or any character."""
    kind = choices.below(16)
    if kind < 7:
        return _SLOT.sub(lambda slot: _SLOTS[slot[1]](choices), pick(choices, SKELETONS))
    if kind < 10:
        return pick(choices, words())
    if kind < 14:
        return pick(choices, SIGNS)
    if kind == 14:
        return pick(choices, labels())
    return chr(choices.below(0x110000) if choices.below(2) else choices.below(0x3000))


def text(choices: Choices, most: int = 24) -> str:
    """A random text of up to `most` pieces; now and then one of them piles up, or all are said twice."""
    pieces = [piece(choices) for _ in range(1 + choices.below(most))]
    twist = choices.below(8)
    if twist == 0:
        pieces[choices.below(len(pieces))] *= 1 + choices.below(60)
    elif twist == 1:
        pieces *= 2
    return "".join(pieces)
