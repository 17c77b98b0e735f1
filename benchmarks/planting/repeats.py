"""Repeats planted in an archive: within bodies, between them, set phrases, and what is none."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Literal

from nianbao.data.regions.divisions import Division, divisions

from .sentences import Sentence, Sentences, reworded

Way = Literal["verbatim", "figures", "near"]
Kind = Literal["within", "between", "phrase"]

FIRST_YEAR, YEARS = 2012, 8
_OFFICES = (
    "人民政府",
    "教育局",
    "民政局",
    "水利局",
    "审计局",
    "财政局",
    "司法局",
    "统计局",
    "林业局",
    "商务局",
)
# Of all statements of a report, those that belong to no repeat.
_OWN = (4, 9)
_WAYS: tuple[Way, ...] = ("verbatim", "figures", "near")
# The share of the bodies that use each set phrase in each of their years.
_SPREADS = (0.08, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
_COPIERS = (1, 1, 1, 2, 3, 5, 11)
# Of the bodies at most this share has a copied sentence: what more have is everybody's.
_COPIED_SHARE = 0.03


@dataclass(frozen=True)
class Office:
    """A body with the division that it is seated in."""

    name: str
    seat: Division
    first_year: int
    last_year: int


@dataclass(frozen=True)
class Planted:
    """A statement put into a report: of the repeat `group`, None where it stands alone, in this way."""

    label: str
    text: str
    group: int | None
    way: Way = "verbatim"


@dataclass
class Planting:
    """What stands in the reports, by body and year, and what kind of repeat each group is.

    `copied` are pairs (source, copier) of bodies, with how many sentences one took from the other.
    """

    offices: list[Office]
    statements: dict[tuple[int, int], list[Planted]] = field(default_factory=lambda: defaultdict(list))
    kinds: dict[int, Kind] = field(default_factory=dict)
    copied: dict[tuple[int, int], int] = field(default_factory=dict)

    def group(self, kind: Kind) -> int:
        self.kinds[len(self.kinds)] = kind
        return len(self.kinds) - 1


def plant(reports: int, seed: int) -> Planting:
    """An archive of about `reports` reports, the same for the same seed."""
    rng = Random(f"planted-{seed}")
    planting, sentences = Planting(list(_offices(reports, rng))), Sentences(rng)
    for phrase in _SPREADS:
        _plant_phrase(planting, sentences, phrase, rng)
    for number, office in enumerate(planting.offices):
        for _ in range(rng.randint(1, 3)):
            _plant_within(planting, sentences, number, office, rng)
    for _ in range(max(3, len(planting.offices) // 6)):
        _plant_copies(planting, sentences, rng)
    for number, office in enumerate(planting.offices):
        for year in range(office.first_year, office.last_year + 1):
            own = (sentences.new() for _ in range(rng.randint(*_OWN)))
            _put(planting, number, year, [Planted(one.label, one.text(rng), None) for one in own])
    for stated in planting.statements.values():
        rng.shuffle(stated)
    return planting


def _offices(reports: int, rng: Random) -> Iterator[Office]:
    seats = [each for each in divisions() if each.until is None]
    pairs = [(seat, name) for seat in seats for name in _OFFICES]
    for seat, name in rng.sample(pairs, len(pairs)):
        if reports <= 0:
            return
        first = FIRST_YEAR + rng.randint(0, YEARS - 3)
        last = min(FIRST_YEAR + YEARS - 1, first + rng.randint(2, YEARS - 1))
        reports -= last - first + 1
        yield Office(seat.name + name, seat, first, last)


def _plant_phrase(planting: Planting, sentences: Sentences, spread: float, rng: Random) -> None:
    sentence, group = sentences.new(), planting.group("phrase")
    number = max(5, round(spread * len(planting.offices)))
    for body in rng.sample(range(len(planting.offices)), min(number, len(planting.offices))):
        office = planting.offices[body]
        for year in range(office.first_year, office.last_year + 1):
            if rng.random() < 0.8 or year == office.first_year:
                _put(planting, body, year, [_said(sentence, group, rng.choice(_WAYS), rng)])


def _plant_within(planting: Planting, sentences: Sentences, body: int, office: Office, rng: Random) -> None:
    """A sentence of a body in two or more of its years, with a decoy in another of its reports."""
    sentence, group = sentences.new(), planting.group("within")
    years = sorted(
        rng.sample(
            range(office.first_year, office.last_year + 1),
            rng.randint(2, office.last_year - office.first_year + 1),
        )
    )
    way = rng.choice(_WAYS)
    for year in years:
        said = _said(sentence, group, "verbatim" if year == years[0] else way, rng)
        _put(planting, body, year, [said])
    other = sentences.decoy(sentence)
    _put(planting, body, rng.choice(years), [Planted(other.label, other.text(rng), None)])


def _plant_copies(planting: Planting, sentences: Sentences, rng: Random) -> None:
    """Sentences of one body that others take over in later years; each has a decoy in a body of its own."""
    copiers = max(1, int(_COPIED_SHARE * len(planting.offices)) - 1)
    source, *others = rng.sample(range(len(planting.offices)), 1 + min(rng.choice(_COPIERS), copiers))
    office = planting.offices[source]
    later = [one for one in others if planting.offices[one].last_year > office.first_year]
    for _ in range(rng.randint(1, 4)):
        sentence = sentences.new()
        if not later:
            return
        group = planting.group("between")
        _put(planting, source, office.first_year, [_said(sentence, group, "verbatim", rng)])
        for body in later:
            copier = planting.offices[body]
            year = rng.randint(max(office.first_year + 1, copier.first_year), copier.last_year)
            _put(planting, body, year, [_said(sentence, group, rng.choice(_WAYS), rng)])
            planting.copied[source, body] = planting.copied.get((source, body), 0) + 1
        body = rng.randrange(len(planting.offices))
        other = sentences.decoy(sentence)
        _put(planting, body, planting.offices[body].last_year, [Planted(other.label, other.text(rng), None)])


def _said(sentence: Sentence, group: int, way: Way, rng: Random) -> Planted:
    """The sentence in one of the ways; figures are drawn from the sentence itself unless they change."""
    used = reworded(sentence, rng) if way == "near" else sentence
    first = sentence.text(Random(sentence.pattern))
    text = first if way == "verbatim" else used.text(rng)
    # A sentence without figures stays the same.
    return Planted(sentence.label, text, group, "verbatim" if text == first else way)


def _put(planting: Planting, body: int, year: int, stated: list[Planted]) -> None:
    planting.statements[body, year] += stated
