"""The repeats of an archive: its statements read once, gathered by key and by nearness, and kept."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ...data.bodies import Body
from ...data.store import Store
from ...data.store.repeat_rows import NewChain, NewMember, NewRepeat, RepeatKind
from ...data.store.repeat_sources import ReportStatements
from .clusters import gather
from .keys import Key, make_key, names_pattern
from .nearness import near_pairs
from .spread import is_set_phrase

# The stage, how far it is, and how far it goes.
Watch = Callable[[str, int, int], None]
# The digits of a region's code that name its province.
_PROVINCE = 2


class _Said(NamedTuple):
    """A statement: its number, the report's and how it reads, word for word, as a number."""

    id: int
    report: int
    plain: int
    label: str
    category: str | None


class _Archive:
    """All statements by masked key, in order of their appearance."""

    def __init__(self) -> None:
        self.reports: list[ReportStatements] = []
        self.texts: list[str] = []
        self.said: list[list[_Said]] = []
        self.names: dict[Body, Counter[str]] = {}
        self._places: dict[str, int] = {}
        self._plain: dict[str, int] = {}

    def add(self, report: ReportStatements) -> None:
        number = len(self.reports)
        region = report.region
        names = names_pattern(tuple(filter(None, (report.org, region.province, region.city, region.county))))
        for stated in report.statements:
            key = make_key(stated.view, names)
            if key is not None:
                self._place(key).append(
                    _Said(stated.id, number, self._number(key.plain), stated.label, stated.category)
                )
        self.names.setdefault(report.body, Counter())[report.org] += 1
        # The texts of an archive do not fit into memory together.
        self.reports.append(msgspec.structs.replace(report, statements=()))

    def _place(self, key: Key) -> list[_Said]:
        place = self._places.setdefault(key.masked, len(self.texts))
        if place == len(self.texts):
            self.texts.append(key.masked)
            self.said.append([])
        return self.said[place]

    def _number(self, plain: str) -> int:
        return self._plain.setdefault(plain, len(self._plain))


def make_repeats(store: Store, watch: Watch = lambda stage, done, total: None, *, anew: bool = False) -> None:
    """Find the repeats of an archive and keep them, unless those there are were found in it as it is.

    `anew` finds them again all the same. A store opened to be read keeps them for itself as long as it is
    open. 100,000 different statements take some 20 s. `watch` is told the stage (`reading`, `comparing`)
    and how far it is.
    """
    if store.repeats_current() and not anew:
        return
    found_in, total = store.data_version(), store.count_standing()
    archive = _Archive()
    for number, report in enumerate(store.standing(), 1):
        archive.add(report)
        watch("reading", number, total)
    store.write_repeats(list(_repeats(archive, watch)), found_in)


def gather_repeats(reports: Iterable[ReportStatements]) -> Iterator[NewRepeat]:
    """The repeats among these reports, the oldest first, and no others."""
    archive = _Archive()
    for report in reports:
        archive.add(report)
    yield from _repeats(archive, lambda stage, done, total: None)


def _repeats(archive: _Archive, watch: Watch) -> Iterator[NewRepeat]:
    pairs = near_pairs(archive.texts, lambda done, total: watch("comparing", done, total))
    groups = gather(archive.texts, pairs)
    grouped = {place for group in groups for place in group}
    groups += [[place] for place, said in enumerate(archive.said) if len(said) > 1 and place not in grouped]
    bodies = {body: number for number, body in enumerate(archive.names, 1)}
    using = Counter[str](genre for _, genre in {(report.body, report.genre) for report in archive.reports})
    for group in sorted(groups):
        repeat = _repeat(archive, group, bodies, using)
        if repeat is not None:
            yield repeat


def _repeat(
    archive: _Archive, group: Sequence[int], bodies: dict[Body, int], using: Counter[str]
) -> NewRepeat | None:
    """The repeat of these keys; None where one report of one year says it, however often."""
    said = sorted((one.report, place, one) for place in group for one in archive.said[place])
    reports = [archive.reports[number] for number, _, _ in said]
    if len({(report.body, report.year) for report in reports}) < 2:
        return None
    first = said[0][2]
    chains: dict[Body, list[NewMember]] = {}
    for (_, place, one), report in zip(said, reports, strict=True):
        kind, likeness = _likeness(archive, said[0][1], first, place, one)
        member = NewMember(one.id, report.id, report.year, kind, likeness)
        chains.setdefault(report.body, []).append(member)
    label, category = Counter((one.label, one.category) for _, _, one in said).most_common(1)[0][0]
    genre = Counter(report.genre for report in reports).most_common(1)[0][0]
    return NewRepeat(
        label=label,
        category=category,
        length=len(archive.texts[said[0][1]]),
        regions=len({(report.region.code or "")[:_PROVINCE] for report in reports} - {""}),
        share=round(min(len(chains) / using[genre], 1), 4),
        set_phrase=is_set_phrase(len(chains), using[genre]),
        chains=tuple(
            _chain(archive, reports, body, bodies[body], members) for body, members in chains.items()
        ),
    )


def _likeness(archive: _Archive, head: int, first: _Said, place: int, one: _Said) -> tuple[RepeatKind, float]:
    if one.plain == first.plain:
        return "verbatim", 1.0
    if place == head:
        return "figures", 1.0
    from rapidfuzz.distance import Indel

    return "near", round(Indel.normalized_similarity(archive.texts[head], archive.texts[place]), 3)


def _chain(
    archive: _Archive,
    reports: Sequence[ReportStatements],
    body: Body,
    number: int,
    members: list[NewMember],
) -> NewChain:
    name, _ = archive.names[body].most_common(1)[0]
    own = next(report for report in reports if report.body == body)
    return NewChain(
        body=number,
        org=name,
        region_code=own.region.code,
        published=own.published,
        members=tuple(members),
    )
