"""Where a body is seated, told from its name: GB/T 2260 divisions, never a guess."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from ..data.folding import fold
from ..data.records import Region
from ..data.regions.divisions import Division, divisions, misspellings, zones

Divisions = tuple[Division, ...]

# Characters of a hint that are looked at: site names, paths and a report's first lines are shorter.
HINT_MAX = 400
_UNKNOWN_PLACE = re.compile(r"[省市州盟县区旗]")


class _Index:
    """Names to divisions, `full` and `short`; `lengths` of names by their first two characters."""

    def __init__(self) -> None:
        self.full: dict[str, Divisions] = {}
        self.short: dict[str, Divisions] = {}
        self.lengths: dict[str, tuple[int, ...]] = {}
        self.by_code: dict[str, Division] = {}
        for division in divisions():
            if self.by_code.setdefault(division.code, division).until and not division.until:
                self.by_code[division.code] = division
            for name in _full_names(division):
                self._add(self.full, name, division)
            if division.short:
                self._add(self.short, division.short, division)
        for name, code in zones().items():
            self._add(self.full, name, self.by_code[code])
        self.longest = max(map(len, self.full))

    def _add(self, names: dict[str, Divisions], name: str, division: Division) -> None:
        names[name] = (*names.get(name, ()), division)
        lengths = self.lengths.get(name[:2], ())
        self.lengths[name[:2]] = tuple(sorted({*lengths, len(name)}, reverse=True))

    def ancestors(self, division: Division) -> Iterator[Division]:
        """The division and all above it."""
        yield division
        while division.parent:
            division = self.by_code[division.parent]
            yield division


def _full_names(division: Division) -> set[str]:
    """The name, and for autonomous places the form in daily use (延边州, 青龙县)."""
    names = {division.name}
    if division.short and "自治" in division.name and division.depth > 1:
        names.add(division.short + division.name[-1])
    return names


@cache
def _index() -> _Index:
    return _Index()


def find_region(name: str, hints: Sequence[str] = ()) -> Region | None:
    """The region that a body's name tells: 宿迁市宿豫区…, 沭阳县…, 广西…, 延边州….

    A name that several divisions bear (鼓楼区) is decided by a larger place in `name`, else in `hints` (site
    name, path, first lines, the surest first). What stays undecided is left out: the region then ends at what
    all candidates share, and is None where that is nothing.
    """
    places = _resolve(spelled(fold(name).replace(" ", "")))
    for hint in hints:
        if len(places) < 2:
            break
        places = _narrowed(places, hint)
    return _region(places)


def spelled(name: str) -> str:
    """`name` with the misspellings of places put right (沐阳县 → 沭阳县)."""
    for wrong, right in misspellings().items():
        if wrong in name:
            return name.replace(wrong, right)
    return name


def mentions(text: str, *, short: bool = False) -> list[tuple[int, int, Divisions]]:
    """Places named in folded `text`, longest first at each point: start, end, divisions of that name.

    The short name of a province or city counts at the start, or anywhere if `short`; that of a county only
    right after another place.
    """
    index = _index()
    found: list[tuple[int, int, Divisions]] = []
    at = 0
    while at < len(text) - 1:
        for length in index.lengths.get(text[at : at + 2], ()):
            name = text[at : at + length]
            named = index.full.get(name, ()) or _short(index, name, found[-1][1] if found else -1, at, short)
            if len(name) == length and named:
                found.append((at, at + length, named))
                at += length
                break
        else:
            at += 1
    return found


def places_start(text: str) -> int:
    """Where the places at the end of folded `text`, one after the other, begin; its length without any."""
    index, start = _index(), len(text)
    while start >= 2:
        names = (text[at:start] for at in range(max(0, start - index.longest), start - 1))
        name = next((one for one in names if one in index.full or _above_county(index, one)), None)
        if name is None:
            break
        start -= len(name)
    return start


def _above_county(index: _Index, name: str) -> bool:
    """Whether it is the short name of a province or city."""
    return any(one.depth < 3 for one in index.short.get(name, ()))


def _short(index: _Index, name: str, last: int, at: int, anywhere: bool) -> Divisions:
    """Divisions of that short name where it may count at `at`, `last` being the end of the place before."""
    named = index.short.get(name, ())
    if not named or last == at:
        return named
    return tuple(one for one in named if one.depth < 3) if anywhere or not at else ()


def _resolve(name: str) -> Divisions:
    """The divisions that a name may mean, each place named in it limiting the ones after it."""
    index = _index()
    places: Divisions = ()
    for start, _, named in mentions(name):
        if not places:
            if _UNKNOWN_PLACE.search(name[:start]):
                return ()
            places = named
            continue
        inside = tuple(one for one in named if _within(index, one, places))
        if not inside:
            break
        places = inside
    return places


def _within(index: _Index, division: Division, places: Divisions) -> bool:
    codes = {place.code for place in places}
    return any(above.code in codes for above in index.ancestors(division))


def _narrowed(places: Divisions, hint: str) -> Divisions:
    """The candidates that a hint supports by naming a larger place; all of them where it names none."""
    index = _index()
    named = [
        one for _, _, found in mentions(fold(hint[:HINT_MAX]), short=True) for one in found if one.depth < 3
    ]
    for depth in (2, 1):
        codes = {one.code for one in named if one.depth == depth}
        supported = tuple(
            p for p in places if any(a.code in codes for a in index.ancestors(p) if a.depth == depth)
        )
        if supported:
            return supported
    return places


def _region(places: Divisions) -> Region | None:
    """The region of one division, or as much as several share."""
    index = _index()
    chains = [list(index.ancestors(place))[::-1] for place in places]
    shared: list[Division] = []
    for level in zip(*chains, strict=False):
        if len({one.code for one in level}) > 1:
            break
        shared.append(level[0])
    if not shared:
        return None
    names = {one.depth: one.name for one in shared}
    return Region(code=shared[-1].code, province=names.get(1), city=names.get(2), county=names.get(3))
