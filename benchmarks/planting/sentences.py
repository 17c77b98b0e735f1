"""Invented statements: new, with other figures, lightly reworded, and others on the same matter."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from nianbao.data.lines import data_lines

_PIECES = Path(__file__).with_name("pieces.tsv")
_SLOT = re.compile(r"\{(\w+)\}")
_FIGURES = ("n", "m")
# Characters of coined names: none stands in another piece often.
_NAME = (
    "皋浔泖茆郢邛沔澧淝泗滏嵊崂岙峄嶂隰邙邺郓邳郯鄄鄞芮荥莒菏蓼薛蕲虢虞蠡"
    "裕辽迤逯遂郝郏郗钧铜锡镐阆阜隆雍霍靖鲍鳌鹤麟黟"
)
_LABELS = ("initiative", "problem", "plan")


@cache
def _pieces() -> dict[str, list[str]]:
    pieces = defaultdict(list)
    for _, line in data_lines(_PIECES):
        slot, _, text = line.partition("\t")
        pieces[slot].append(text)
    return dict(pieces)


@dataclass(frozen=True)
class Sentence:
    """A statement without its figures: `pattern` has {n} and {m} where they stand, `parts` its pieces."""

    label: str
    pattern: str
    parts: tuple[tuple[str, str], ...]

    def text(self, rng: Random) -> str:
        """The statement with figures drawn anew."""
        return _SLOT.sub(lambda found: _figure(found[1], rng), self.pattern)


def coined(rng: Random) -> str:
    """A name that nothing else has."""
    return "".join(rng.choices(_NAME, k=3))


class Sentences:
    """Statements made of pieces drawn at random, no two of which have all pieces but one in common."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._used: set[frozenset[str]] = set()

    def new(self, label: str | None = None, **parts: str) -> Sentence:
        """A statement of a label, with the pieces given by slot and others drawn."""
        label = label or self._rng.choice(_LABELS)
        while True:
            shape = self._rng.choice(_pieces()[f"shape:{label}"])
            used = {slot: parts.get(slot) or self._rng.choice(_pieces()[slot]) for slot in _slots(shape)}
            some = {frozenset(used.values()) - {piece} for piece in used.values()}
            if self._used.isdisjoint(some):
                self._used |= some
                return Sentence(label, _filled(shape, used, self._rng), tuple(used.items()))

    def decoy(self, sentence: Sentence) -> Sentence:
        """Another statement on the same matter: the same two pieces, all else drawn anew."""
        parts = dict(sentence.parts)
        topics = [slot for slot in ("what", "where", "short", "mend") if slot in parts][:2]
        return self.new(sentence.label, **{slot: parts[slot] for slot in topics})


def _filled(shape: str, used: dict[str, str], rng: Random) -> str:
    pattern = shape
    for slot, piece in used.items():
        pattern = pattern.replace("{" + slot + "}", piece)
    while "{name}" in pattern:
        pattern = pattern.replace("{name}", coined(rng), 1)
    return pattern


def reworded(sentence: Sentence, rng: Random) -> Sentence:
    """The same statement with up to three words exchanged or put in, or with its end left out."""
    pattern = sentence.pattern
    if rng.random() < 0.2:
        pattern = pattern[: pattern.rindex("，")] + "。"
        return Sentence(sentence.label, pattern, sentence.parts)
    for _ in range(rng.randint(1, 3)):
        pattern = _exchanged(pattern, rng) if rng.random() < 0.6 else _qualified(pattern, rng)
    if pattern == sentence.pattern:
        pattern = _qualified(pattern, rng)
    return Sentence(sentence.label, pattern, sentence.parts)


def _exchanged(pattern: str, rng: Random) -> str:
    pairs = [pair.split("\t") for pair in _pieces()["synonym"]]
    fitting = [pair for pair in pairs if pair[0] in pattern]
    if not fitting:
        return _qualified(pattern, rng)
    old, new = rng.choice(fitting)
    return pattern.replace(old, new, 1)


def _qualified(pattern: str, rng: Random) -> str:
    """With a qualifier behind one of its commas."""
    commas = [found.end() for found in re.finditer("[，；]", pattern)]
    at = rng.choice(commas)
    return pattern[:at] + rng.choice(_pieces()["qualifier"]) + pattern[at:]


def _slots(shape: str) -> list[str]:
    return [slot for slot in _SLOT.findall(shape) if slot != "name"]


def _figure(slot: str, rng: Random) -> str:
    return str(rng.randint(12, 980) if slot == "n" else rng.randint(2, 11))
