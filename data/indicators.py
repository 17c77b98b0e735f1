"""The indicators whose figures a summary shows, read from `lexicon/indicators.tsv`."""

import re
from functools import cache
from pathlib import Path

import msgspec

from .errors import ResourceError
from .records import Genre

_FILE = Path(__file__).with_name("lexicon") / "indicators.tsv"


class Indicator(msgspec.Struct, frozen=True):
    """A figure to look for: by the item counted, the unit, and the words before the number."""

    genre: str
    label: str
    units: frozenset[str]
    item: re.Pattern[str]
    before: re.Pattern[str] | None


@cache
def indicators(genre: Genre) -> tuple[Indicator, ...]:
    """The indicators of a genre, in order of showing."""
    return tuple(one for one in _read() if one.genre == genre)


@cache
def _read() -> tuple[Indicator, ...]:
    found = []
    for number, line in enumerate(_FILE.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        try:
            genre, label, units, item, before = line.split("\t")
            pattern = None if before == "-" else re.compile(before)
            found.append(Indicator(genre, label, frozenset(units.split("|")), re.compile(item), pattern))
        except (ValueError, re.error) as error:
            raise ResourceError(f"{_FILE.name}:{number}: not an indicator of five fields: {error}.") from None
    return tuple(found)
