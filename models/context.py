"""What the statements before a statement say about it: the stretch it stands in, its place in a list.

A report speaks of its problems and of its plans in stretches. A lead-in opens one (存在以下问题:, 下一步,),
a heading may, and a list that starts at 一是 again after a list of problems usually answers it.
"""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..data.errors import ResourceError
from .pieces import Piece

ZONES = ("act", "problem", "plan")
_LEXICON = Path(__file__).parents[1] / "data" / "lexicon" / "zones.tsv"
# A lead-in names its stretch at its beginning; further on the same words are mere content.
_LEAD = 40
_ACT_SECTIONS = ("overview", "proactive", "requests")
_ORDINAL = re.compile(
    r"[(]?(?:(?P<han>[一二三四五六七八九十])(?:是|要|方面|、|[)])|其(?P<qi>[一二三四五六])|第(?P<di>[一二三四五六])[,、]"
    r"|(?P<digit>\d{1,2})(?:[)]|[.、](?!\d)))"
)
_FIRST = re.compile(r"(?:首先|一方面|一手)")
_HAN = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}
_YEAR = re.compile(r"20[0-3]\d(?=年)")


class Context(NamedTuple):
    """`zone` of `ZONES` or empty, by lead-ins and headings; `ordinal` 0 where there is none.

    `restart` tells whether a list began anew after one of problems, `lead` whether the piece itself opens the
    zone, `later` whether it names the year after the one the text names first; `head` is the last piece
    that bore an ordinal, empty for itself.
    """

    zone: str
    ordinal: int
    restart: bool
    lead: bool
    later: bool
    head: str


def settle(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with sections that cannot be there mended.

    The official outline ends with problems and other matters: acts that seem to follow the problems of a
    disclosure report stand under a heading of the plans (（一）深化公开内容) that was taken for a section.
    """
    settled: list[Piece] = []
    inside = False
    for piece in pieces:
        inside = piece.genre == "disclosure" and (
            piece.section == "problems" or (inside and piece.section in _ACT_SECTIONS)
        )
        settled.append(piece._replace(section="problems") if inside else piece)
    return settled


def contexts(pieces: Sequence[Piece]) -> list[Context]:
    """The context of each piece of a passage or report, in order."""
    found: list[Context] = []
    zone, head, last, restart, section, heading, year = "", "", 0, False, "", "", 0
    for piece in pieces:
        if piece.section != section:
            zone, head, last, restart, section = "", "", 0, False, piece.section
        if piece.heading != heading:
            zone, heading, head = zone_of(piece.heading[:_LEAD]) or zone, piece.heading, ""
        own = zone_of(piece.text[:_LEAD])
        if own and own != zone:
            zone, restart, last = own, False, 0
        ordinal = ordinal_of(piece.text)
        if ordinal:
            restart, last, head = restart or (ordinal == 1 and last > 1), ordinal, ""
        years = [int(named) for named in _YEAR.findall(piece.text)]
        year = year or (years[0] if years else 0)
        found.append(Context(zone, ordinal, restart, bool(own), year + 1 in years, head))
        if ordinal:
            head = piece.text
    return found


def zone_of(text: str) -> str:
    """The stretch that a lead-in or heading opens; empty where it opens none."""
    match = _zones().search(text)
    return (match.lastgroup or "").rstrip("0123456789") if match else ""


def ordinal_of(text: str) -> int:
    """The number of a list item (一是 → 1, 其二 → 2, 3. → 3); 0 where it bears none."""
    if _FIRST.match(text):
        return 1
    match = _ORDINAL.match(text)
    if not match:
        return 0
    han = match["han"] or match["qi"] or match["di"]
    return _HAN[han] if han else int(match["digit"])


@cache
def _zones() -> re.Pattern[str]:
    parts = []
    for number, line in enumerate(_LEXICON.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        zone, _, pattern = line.partition("\t")
        if zone not in ZONES or not pattern:
            raise ResourceError(f"zones.tsv:{number}: {line!r} must be one of {ZONES}, a tab and a pattern.")
        parts.append((f"{zone}{number}", pattern))
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in parts))
