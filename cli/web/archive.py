"""The page of an archive: how much there is, what it says over the years, what fails, what is missing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, get_args

from ...data.check_rules import check_rule
from ...data.errors import QueryError
from ...data.records import Genre
from ...data.regions.tiles import Tile, tiles
from ...data.store import FacetCount, Filters, Gap, GapKind, Sought, Stats, Store, Years
from ...data.store.failing import FailingRule
from .kept import kept
from .marking import anchor_of
from .pages import Asked
from .told import named

_GENRES: tuple[Genre, ...] = get_args(Genre)
_FIRST, _LAST = 1900, 2199
# To find suspicious reports every statement is read, 0.5 ms a report; of more the page tells the command.
# Counting all facts reads the whole file, which of a large one not yet in memory takes as long.
_LOOKED_THROUGH_MAX = 2_000
# Missing and doubled reports are found by a look at the head of each, 90 µs a report; the page is to come
# within a second.
_LISTED_MAX = 5_000
_EXAMPLES, _RULES, _GAPS = 5, 15, 20
_SHADES = 5


class Chosen(NamedTuple):
    """What the page is about: reports of a genre, of some years, of a region."""

    genre: Genre
    years: Years | None
    region: str | None

    @property
    def among(self) -> Sought:
        """The search for them."""
        return Sought(words=f"genre:{self.genre}", filters=Filters(years=self.years, region=self.region))

    @property
    def parameters(self) -> dict[str, str | None]:
        """As the address of a chart has it."""
        first, last = self.years or (None, None)
        years = None if self.years is None else f"{first or ''}..{last or ''}"
        return {"genre": self.genre, "year": years, "region": self.region}


class Province(NamedTuple):
    """A province: its tile, the name that reports have it by, how many they are, how dark it is (0 to 5)."""

    tile: Tile
    name: str
    reports: int
    shade: int


class MissingYears(NamedTuple):
    """A body and the years of it that the archive lacks."""

    org: str
    years: tuple[int, ...]


class ArchiveFacts(NamedTuple):
    """What the page shows, in no language."""

    stats: Stats | None
    total: int
    every: Mapping[str, tuple[FacetCount, ...]]
    facets: Mapping[str, tuple[FacetCount, ...]]
    reports: int
    rules: Sequence[FailingRule]
    gaps: Sequence[Gap]
    listed: bool
    looked_through: bool


def survey(asked: Asked) -> Mapping[str, Any]:
    """What the page shows of the reports that its address asks for; raises QueryError."""
    chosen = _chosen(asked)
    facts = kept(asked, ("archive", chosen), lambda: _facts(asked, chosen))
    language = asked.language
    return {
        "facts": facts,
        "chosen": chosen,
        "database": asked.database,
        "path": asked.archive.path.name,
        "genres": [each for each in facts.every["genre"] if each.value in _GENRES],
        "years": [each.value for each in facts.every["year"] if each.value is not None],
        "regions": sorted(str(each.value) for each in facts.every["region"] if each.value),
        "labels": {str(each.value): each.count for each in facts.facets["label"]},
        "span": _span(facts.facets["year"]),
        "provinces": list(_provinces(facts.facets["region"])),
        "province": lambda tile: language.pick(tile.chinese, tile.english),
        "conditions": list(_conditions(chosen)),
        "rule": lambda rule: check_rule(rule).name,
        "rules_shown": _RULES,
        "missing": _missing(facts.gaps),
        "found": Counter((gap.kind, gap.rule) for gap in facts.gaps),
        "odd": [gap for gap in facts.gaps if gap.kind != "missing"],
        "gaps_shown": _GAPS,
        "line": lambda text: "".join(text.splitlines()),
        "anchor": anchor_of,
        "word": lambda kind, code: named(language, kind, code),
    }


def _chosen(asked: Asked) -> Chosen:
    genre = asked.get("genre")
    if genre and genre not in _GENRES:
        raise QueryError(f"genre={genre!r}: choose from {', '.join(_GENRES)}.")
    years = _year(asked, "from"), _year(asked, "to")
    known = next((each for each in _GENRES if each == genre), None) or _usual(asked)
    return Chosen(known, None if years == (None, None) else years, asked.get("region").strip() or None)


def _year(asked: Asked, name: str) -> int | None:
    typed = asked.get(name)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdecimal() and len(typed) == 4 and _FIRST <= int(typed) <= _LAST):
        raise QueryError(f"{name}={typed!r}: give a year from {_FIRST} to {_LAST}.")
    return int(typed)


def _usual(asked: Asked) -> Genre:
    """The genre that most reports are of."""

    def find() -> Genre:
        with asked.archive.reading() as store:
            counts = {each.value: each.count for each in store.facets(of=("genre",))["genre"]}
        return max(_GENRES, key=lambda genre: counts.get(genre, 0))

    return kept(asked, "genre", find)


def _facts(asked: Asked, chosen: Chosen) -> ArchiveFacts:
    among = chosen.among
    with asked.archive.reading() as store:
        every = kept(asked, "facets", lambda: store.facets(of=("genre", "year", "region"), limit=1_000))
        wanted = ("genre", "year", "region", "org", "label")
        facets = store.facets(among.words, filters=among.filters, of=wanted, limit=100_000)
        reports = sum(each.count for each in facets["genre"])
        total = sum(each.count for each in every["genre"])
        return ArchiveFacts(
            stats=kept(asked, "stats", store.stats) if total <= _LOOKED_THROUGH_MAX else None,
            total=total,
            every=every,
            facets=facets,
            reports=reports,
            rules=store.failing_rules(among, _EXAMPLES),
            gaps=list(_gaps(store, chosen, reports)),
            listed=reports <= _LISTED_MAX,
            looked_through=reports <= _LOOKED_THROUGH_MAX,
        )


def _gaps(store: Store, chosen: Chosen, reports: int) -> Iterator[Gap]:
    """What is missing, doubled and suspicious, as far as it is soon found."""
    kinds: tuple[GapKind | None, ...] = (None,)
    if reports > _LOOKED_THROUGH_MAX:
        kinds = ("missing", "doubled") if reports <= _LISTED_MAX else ()
    for kind in kinds:
        found = store.gaps(region=chosen.region, years=chosen.years, kind=kind)
        yield from (gap for gap in found if gap.genre == chosen.genre)


def _missing(gaps: Sequence[Gap]) -> list[MissingYears]:
    """Bodies that lack most years first."""
    years: dict[str, list[int]] = {}
    for gap in gaps:
        if gap.kind == "missing" and gap.org and gap.year:
            years.setdefault(gap.org, []).append(gap.year)
    found = [MissingYears(org, tuple(sorted(some))) for org, some in years.items()]
    return sorted(found, key=lambda each: (-len(each.years), each.org))


def _span(years: Sequence[FacetCount]) -> str:
    known = [each.value for each in years if each.value is not None]
    return "" if not known else str(known[0]) if len(known) == 1 else f"{known[0]}–{known[-1]}"


def _provinces(regions: Sequence[FacetCount]) -> Iterator[Province]:
    """Every province, those without reports too, in the order of the grid."""
    held = {str(each.value): each.count for each in regions if each.value}
    most = max(held.values(), default=1)
    for tile in tiles():
        name = next((name for name in held if name.startswith(tile.chinese)), tile.chinese)
        number = held.get(name, 0)
        yield Province(tile, name, number, -(-_SHADES * number // most))


def _conditions(chosen: Chosen) -> Iterator[str]:
    """What is chosen but for the region, as conditions of a search."""
    yield f"genre:{chosen.genre}"
    if chosen.years is not None:
        first, last = chosen.years
        yield f"year:{first or ''}..{last or ''}"
