"""Reports put into groups: by the year they report on, by region, by level, by body."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import takewhile
from typing import Literal, get_args

import msgspec

from ...data.bodies import Body
from ...data.records import Level
from ...data.store import YearReport
from ...data.terms import term

By = Literal["year", "region", "level", "org"]

# Below ten reports the 95 % interval of a share of one half is wider than 50 points.
FEW = 10
_UNKNOWN = "不明"
_OWN = "本级"
_LEVELS: tuple[str, ...] = get_args(Level)


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Reports that are counted together: `key` is the year, the code of the level or a name.

    `few` says that they are too few to go by.
    """

    key: int | str
    name: str
    reports: int
    bodies: int
    few: bool


Grouped = list[tuple[Group, list[YearReport]]]


def grouped(reports: Sequence[YearReport], by: By) -> Grouped:
    """The groups in order: years and levels as they go, regions by code, bodies by name."""
    found: dict[int | str, list[YearReport]] = defaultdict(list)
    key = _key(reports, by)
    for report in reports:
        found[key(report)].append(report)
    return [(_group(name, some, by), some) for name, some in sorted(found.items(), key=_order(by))]


def throughout(groups: Grouped) -> frozenset[Body]:
    """The bodies that have a report in each group."""
    bodies = [frozenset(report.body for report in some) for _, some in groups]
    return frozenset.intersection(*bodies) if bodies else frozenset()


def _group(key: int | str, reports: list[YearReport], by: By) -> Group:
    name = term("level", str(key)) if by == "level" else str(key)
    bodies = len({report.body for report in reports})
    return Group(key=key, name=name, reports=len(reports), bodies=bodies, few=len(reports) < FEW)


def _key(reports: Sequence[YearReport], by: By) -> Callable[[YearReport], int | str]:
    if by == "year":
        return lambda report: report.year
    if by == "level":
        return lambda report: report.level or _UNKNOWN
    if by == "region":
        return partial(_place, depth=_depth(reports))
    names = _names(reports)
    return lambda report: names[report.body]


def _names(reports: Iterable[YearReport]) -> dict[Body, str]:
    """The name that most reports of a body use."""
    used: dict[Body, Counter[str]] = defaultdict(Counter)
    for report in reports:
        used[report.body][report.org] += 1
    return {body: max(names, key=lambda name: (names[name], len(name), name)) for body, names in used.items()}


def _places(report: YearReport) -> tuple[str, ...]:
    region = report.region
    return tuple(name for name in (region.province, region.city, region.county) if name)


def _depth(reports: Iterable[YearReport]) -> int:
    """How many names all places share: provinces are told apart, within one its cities, then its counties."""
    places = [place for report in reports if (place := _places(report))]
    shared = len(list(takewhile(lambda names: len(set(names)) == 1, zip(*places, strict=False))))
    return min(shared, max(map(len, places), default=1) - 1)


def _place(report: YearReport, depth: int) -> str:
    names = _places(report)
    if not names:
        return _UNKNOWN
    return names[depth] if depth < len(names) else names[-1] + _OWN


def _order(by: By) -> Callable[[tuple[int | str, list[YearReport]]], tuple[object, ...]]:
    def order(entry: tuple[int | str, list[YearReport]]) -> tuple[object, ...]:
        key, some = entry
        if by == "year":
            return (key,)
        if by == "level":
            return (len(list(takewhile(lambda level: level != key, _LEVELS))),)
        codes = [report.region.code for report in some if report.region.code]
        return (min(codes, default="9") if by == "region" else "", str(key))

    return order
