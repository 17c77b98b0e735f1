"""Which figure of the panel another is a share of."""

import re
from functools import cache
from pathlib import Path

from .errors import ResourceError
from .word_lists import read_rows

_FILE = Path(__file__).with_name("lexicon") / "indicator_bases.tsv"


@cache
def base_of(column: str) -> str | None:
    """The column of the whole that a column is part of (`granted`: `total_handled`), None without one."""
    return next((base for base, parts in _bases() if parts.fullmatch(column)), None)


@cache
def _bases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return read_bases(_FILE)


def read_bases(path: Path) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Wholes with the pattern of their parts; raises ResourceError for a pattern that is none."""
    found = []
    for number, (base, parts) in read_rows(path, 2):
        try:
            found.append((base, re.compile(parts)))
        except re.error as error:
            raise ResourceError(f"{path.name}:{number}: {parts!r} is no pattern: {error}.") from None
    return tuple(found)
