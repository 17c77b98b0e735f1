"""The chain of headings and lead-ins above each place of a text, outermost first."""

import re
from functools import lru_cache
from typing import NamedTuple

from .headings import Heading, enumerator_at

# What parts the headings of a chain from each other.
JOINT = " / "
_FIRST = re.compile(r"\(?[一1](?![一二三四五六七八九十\d])|①")
# Addressing the assembly, a work report leaves the points and speaks of the whole part.
_ADDRESS = re.compile(r"^各位代表[!,:]", re.MULTILINE)
# An unnumbered title stands just above the numbers that begin under it, else between 一、 and （一）.
_ABOVE = 0.5
_UNNUMBERED = 1.5
_PART = 0.5


class _Level(NamedTuple):
    """A heading that may be open: smaller ranks stand further out."""

    start: int
    title: str
    rank: float
    first: bool


class HeadingChains:
    """Chains of headings, asked for places in order."""

    def __init__(self, view: str, headings: list[Heading]) -> None:
        self._ahead = _levels(view, headings)[::-1]
        self._open: list[_Level] = []
        # Asked for far more often than it changes.
        self._chain: tuple[int, str] | None = None

    def goes_on(self, place: int) -> bool:
        """Whether a heading begins between the place asked for last and this one."""
        return bool(self._ahead) and self._ahead[-1].start <= place

    def at(self, place: int, lead: tuple[int, str, int] | None = None, counted: str = "") -> tuple[int, str]:
        """Where the innermost heading above a place begins (-1: none), and the chain down to it.

        `lead` is the last lead-in before the place (its start, words and end): where a list of headings
        begins right behind it, it stands above them. `counted` is the enumerator of what stands there: a
        point on a level with the innermost heading does not stand under it.
        """
        while self.goes_on(place):
            level, self._chain = self._ahead.pop(), None
            if not level.title:
                self._open = [one for one in self._open if one.rank <= 1]
                continue
            above = lead if lead and level.first and 0 <= level.start - lead[2] <= 1 else None
            self._enter(level, above)
        if counted and self._open and self._open[-1].rank == _rank(counted):
            self._open.pop()
            self._chain = None
        if self._chain is None:
            start = self._open[-1].start if self._open else -1
            self._chain = start, JOINT.join(level.title for level in self._open)
        return self._chain

    def _enter(self, level: _Level, lead: tuple[int, str, int] | None) -> None:
        ranks = [one.rank for one in self._open]
        if level.rank in ranks:
            at = ranks.index(level.rank)
            announced = level.first and at > 0 and ranks[at - 1] == level.rank - _ABOVE / 2
            del self._open[at - announced :]
        elif level.rank <= 1 or not level.first:
            self._open = [one for one in self._open if one.rank < level.rank]
        if lead:
            self._open.append(_Level(lead[0], lead[1], level.rank - _ABOVE / 2, False))
        self._open.append(level)


@lru_cache(maxsize=256)
def _rank(enumerator: str) -> int:
    """Rank of an enumerator without its stop; 0 where it is none of a heading's."""
    return (enumerator_at(f"{enumerator}、", 0) or (0, 0))[1] if enumerator else 0


def _levels(view: str, headings: list[Heading]) -> list[_Level]:
    numbered = any(heading.rank == 1 for heading in headings)
    levels: list[_Level] = []
    below: _Level | None = None
    for heading in reversed(headings):
        title = view[heading.title : heading.end].strip(":。")
        if heading.rank:
            level = below = _numbered(view, heading, title)
        elif view[heading.start : heading.title].endswith("\n"):
            level = _Level(heading.start, title, _PART, False)
        else:
            rank = below.rank - _ABOVE if below and below.first else _UNNUMBERED if numbered else _PART
            level = _Level(heading.start, title, rank, False)
        levels.append(level)
    closes = [_Level(match.start(), "", _PART, False) for match in _ADDRESS.finditer(view)]
    return sorted([*levels, *closes])


def _numbered(view: str, heading: Heading, title: str) -> _Level:
    if view.startswith("第", heading.start):
        return _Level(heading.start, title, _PART, False)
    marked = enumerator_at(view, heading.start) is None
    return _Level(heading.start, title, heading.rank, not marked and bool(_FIRST.match(view, heading.start)))
