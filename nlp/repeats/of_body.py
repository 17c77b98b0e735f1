"""What one body says again from year to year."""

from collections.abc import Iterator, Sequence

import msgspec

from ...data.store import Store
from ...data.store.repeat_rows import NewRepeat, RepeatKind
from ...data.store.repeats import Repeat, RepeatFilters
from ...data.store.stated import StatedIn
from .archive import gather_repeats

_KINDS: tuple[RepeatKind, ...] = ("verbatim", "figures", "near")


class Again(msgspec.Struct, frozen=True, kw_only=True):
    """One time that it is said: in which report, where, and how like it is to the first (see `Member`)."""

    report_id: str
    year: int
    start: int
    kind: RepeatKind


class BodyRepeat(msgspec.Struct, frozen=True, kw_only=True):
    """A statement of a body's reports of two years or more, as it stands the first time.

    `elsewhere` is the number of other bodies that have it, None where they were not looked at.
    """

    label: str
    category: str | None
    text: str
    kind: RepeatKind
    years: int
    times: tuple[Again, ...]
    elsewhere: int | None


def body_repeats(store: Store, reports: Sequence[str]) -> tuple[BodyRepeat, ...]:
    """What the body with these reports says in several years, what it says longest first.

    As it was found in the whole archive, without set phrases, where that is up to date; else among these
    reports alone, which takes some 100 ms.
    """
    ids = tuple(reports)
    if store.repeats_current():
        found = _of_archive(store, ids)
    else:
        stated = {each.id: each for each in store.stated(ids)}
        found = (_alone(each, stated) for each in gather_repeats(store.standing(ids)))
    several = [each for each in found if each.years > 1 and each.label != "other"]
    return tuple(sorted(several, key=lambda each: (-each.years, -len(each.text), each.times[0].start)))


def _of_archive(store: Store, ids: tuple[str, ...]) -> Iterator[BodyRepeat]:
    for repeat in store.repeats(RepeatFilters(reports=ids, where="within")):
        found = _of_chains(repeat, frozenset(ids))
        if found is not None:
            yield found


def _of_chains(repeat: Repeat, ids: frozenset[str]) -> BodyRepeat | None:
    own = [member for chain in repeat.chains for member in chain.members if member.report_id in ids]
    times = tuple(
        Again(report_id=one.report_id, year=one.year, start=one.start, kind=one.kind)
        for one in sorted(own, key=lambda one: (one.year, one.start))
    )
    if not times:
        return None
    first = min(own, key=lambda one: (one.year, one.start))
    return _repeat(repeat.label, repeat.category, first.text, times, repeat.bodies - 1)


def _alone(repeat: NewRepeat, stated: dict[int, StatedIn]) -> BodyRepeat:
    members = [member for chain in repeat.chains for member in chain.members]
    times = tuple(
        Again(report_id=one.report, year=one.year, start=stated[one.statement].start, kind=one.kind)
        for one in members
    )
    return _repeat(repeat.label, repeat.category, stated[members[0].statement].text, times, None)


def _repeat(
    label: str, category: str | None, text: str, times: tuple[Again, ...], elsewhere: int | None
) -> BodyRepeat:
    return BodyRepeat(
        label=label,
        category=category,
        text=text,
        kind=max((one.kind for one in times), key=_KINDS.index),
        years=len({one.year for one in times}),
        times=times,
        elsewhere=elsewhere,
    )
