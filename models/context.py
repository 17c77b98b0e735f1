"""What the statements before a statement say about it: the stretch it stands in, its place in a list.

A report speaks of its problems and of its plans in stretches. A lead-in opens one (存在以下问题:, 下一步,),
a heading may, and a list that starts at 一是 again after a list of problems usually answers it.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from ..data.errors import ResourceError
from .pieces import Piece

# What parts the headings of a chain, outermost first.
JOINT = " / "
ZONES = ("act", "problem", "plan")
_LEXICON = Path(__file__).parents[1] / "data" / "lexicon" / "zones.tsv"
# A lead-in names its stretch at its beginning; further on the same words are mere content.
_LEAD = 40
_ACT_SECTIONS = ("overview", "proactive", "requests")
_ITEM = (
    r"(?:(?P<han>[一二三四五六七八九十])(?:是|要|方面|、|[)])|其(?P<qi>[一二三四五六])|第(?P<di>[一二三四五六])[,、]"
    r"|(?P<digit>\d{1,2})(?:[)]|[.、](?!\d)))"
)
_ORDINAL = re.compile(r"[(]?" + _ITEM)
# A list may begin in mid-sentence, behind words that only name the time or the turn to it.
_AFTER_LEAD = re.compile(r"[^,:;。]{0,12}+(?:[,:][^,:;。]{0,12}+)?[,:](?=[一其])" + _ITEM)
_COUNTED = re.compile(r"^(?:[(]?[一二三四五六七八九十\d]{1,3}[)、.](?!\d)|[①-⑳]|-{2}|—{1,2})+")
_FIRST = re.compile(r"(?:首先|一方面|一手)")
# What a text that opens with any of these begins with, digits aside.
_OPENINGS = frozenset("(首其第一二三四五六七八九十")
_HAN = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)}
_YEAR = re.compile(r"20[0-3]\d(?=年)")


class Context(NamedTuple):
    """`zone` of `ZONES` or empty, by lead-ins and headings; `ordinal` 0 where there is none.

    `chain` is the zone that the headings in force open by themselves. `restart` tells whether a list began
    anew after one of problems, `lead` whether the piece itself opens the zone, `later` whether it names the
    year after the one the text names first; `head` is the last piece that bore an ordinal, empty for itself.
    """

    zone: str
    chain: str
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
    chain = ""
    for text, stands_in, _, above, enumerator in pieces:
        if stands_in != section:
            zone, head, last, restart, section = "", "", 0, False, stands_in
        if above != heading:
            chain = chain_zone(above)
            zone, head = _entered(zone, chain, heading, above), ""
            heading = above
        own = zone_of(text)
        if own and own != zone and not (own == "problem" and chain == "plan"):
            zone, restart, last = own, False, 0
        ordinal = ordinal_of(text) or _counted_off(enumerator)
        if ordinal:
            restart, last, head = restart or (ordinal == 1 and last > 1), ordinal, ""
        years = [int(named) for named in _YEAR.findall(text)] if "20" in text else []
        year = year or (years[0] if years else 0)
        found.append(Context(zone, chain, ordinal, restart, bool(own), year + 1 in years, head))
        if ordinal:
            head = text
    return found


def _entered(zone: str, chain: str, left: str, entered: str) -> str:
    """The zone under a heading just entered: what its new parts open, else the one before goes on."""
    known = left.split(JOINT)
    opened = [zone_of(part) for part in entered.split(JOINT) if part not in known]
    own = next((one for one in reversed(opened) if one), "")
    return chain if own or chain == "plan" else zone


def bare_heading(heading: str) -> str:
    """A heading without the enumerator that counts it off."""
    return _COUNTED.sub("", heading)


def cut_enumerator(text: str) -> tuple[str, str]:
    """The outer enumerator before a text, and the rest ((一), 1.; 一是 belongs to its sentence)."""
    counted = _COUNTED.match(text)
    return (counted.group(), text[counted.end() :]) if counted else ("", text)


@lru_cache(maxsize=4096)
def chain_zone(heading: str) -> str:
    """The zone that a chain of headings opens: the innermost that opens one, but nothing leaves the plans."""
    zone = ""
    for part in heading.split(JOINT):
        own = zone_of(part)
        zone = own if own and not (zone == "plan" and own == "problem") else zone
    return zone


def number_of(piece: Piece) -> int:
    """The number of the list item that a piece is, by its enumerator or its own opening; 0 for none."""
    return ordinal_of(piece.text) or _counted_off(piece.enumerator)


@lru_cache(maxsize=256)
def _counted_off(enumerator: str) -> int:
    return ordinal_of(enumerator.rstrip("、.") + "、") if enumerator else 0


def zone_of(text: str) -> str:
    """The stretch that a lead-in or heading opens; empty where it opens none."""
    match = _zones().search(text, 0, _LEAD)
    return (match.lastgroup or "").rstrip("0123456789") if match else ""


def ordinal_of(text: str) -> int:
    """The number of a list item (一是 → 1, 其二 → 2, 3. → 3, 下一步,一是 → 1); 0 where it bears none."""
    match = None
    if text[:1] in _OPENINGS or text[:1].isdigit():
        if _FIRST.match(text):
            return 1
        match = _ORDINAL.match(text)
    match = match or _AFTER_LEAD.match(text)
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
        zone, begins, pattern = (line + "\t\t").split("\t")[:3]
        if zone not in ZONES or not begins or not pattern:
            raise ResourceError(
                f"zones.tsv:{number}: {line!r} must be one of {ZONES}, the characters that the pattern may "
                "begin with, and the pattern, with tabs between them."
            )
        parts.append((f"{zone}{number}", begins, pattern))
    # Most characters begin none of them, and one look tells.
    letters = re.escape("".join(dict.fromkeys("".join(begins for _, begins, _ in parts))))
    return re.compile(
        f"(?=[{letters}])(?:" + "|".join(f"(?P<{name}>{pattern})" for name, _, pattern in parts) + ")"
    )
