"""Messages that point at the character of a query where it cannot be read."""

import unicodedata
from collections.abc import Iterable

from ..errors import QueryError

# A line of a terminal; of a longer query only the surroundings of the place are shown.
_AROUND = 34
_QUOTE = 'To look for the characters themselves, put them in double quotes: "…".'


def query_error(query: str, at: int, wrong: str, remedy: str = _QUOTE) -> QueryError:
    """A QueryError with the query, a ^ under the character at `at`, and what to do."""
    shown = "".join(" " if not character.isprintable() else character for character in query)
    first = max(0, at - _AROUND)
    line = ("…" if first else "") + shown[first : at + _AROUND]
    line += "…" if at + _AROUND < len(shown) else ""
    before = shown[first:at]
    indent = ("　" if first else "") + "".join("　" if _is_wide(each) else " " for each in before)
    return QueryError(f"Character {at + 1} of the query: {wrong}\n  {line}\n  {indent}^\n{remedy}")


def listed(names: Iterable[str], joint: str = "or") -> str:
    """`a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} {joint} {last}" if most else last


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
