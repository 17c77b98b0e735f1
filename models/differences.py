"""Where found facts differ from marked ones, the surest mistakes first."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from ..data.gold import Passage
from ..data.records import Fact, Report
from .matching import match
from .scores import plain


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that is wrong (both sides), missed (nothing found) or extra (nothing marked), and its place.

    `certainty` is the confidence of a wrong label, 1 for all else: what was said surely weighs most.
    """

    passage: str
    kind: str
    marked: str
    found: str
    start: int
    certainty: float


def differences(passage: Passage, report: Report) -> list[Difference]:
    """All differences of a passage, kind by kind."""
    return [one for kind in _SAID if kind in passage.marked for one in _of_kind(passage, report, kind)]


def _of_kind(passage: Passage, report: Report, kind: str) -> Iterator[Difference]:
    say = _SAID[kind]
    marked, found = list(getattr(passage, kind)), list(getattr(report, kind))

    def alike(one: Fact, other: Fact) -> bool:
        return say(one) == say(other)

    right = match(marked, found, alike)
    left = [one for i, one in enumerate(marked) if i not in {i for i, _ in right}]
    rest = [one for j, one in enumerate(found) if j not in {j for _, j in right}]
    pairs = dict(match(left, rest, _overlapping))
    for i, one in enumerate(left):
        other = rest[pairs[i]] if i in pairs else None
        yield _difference(passage, kind, one, other)
    for j, other in enumerate(rest):
        if j not in pairs.values():
            yield _difference(passage, kind, None, other)


def _overlapping(_one: Fact, _other: Fact) -> bool:
    return True


def _difference(passage: Passage, kind: str, one: Fact | None, other: Fact | None) -> Difference:
    here = one or other
    assert here is not None
    return Difference(
        passage=passage.id,
        kind=kind,
        marked=_shown(kind, one),
        found=_shown(kind, other),
        start=here.start,
        certainty=getattr(other, "confidence", 1.0),
    )


def _shown(kind: str, fact: Fact | None) -> str:
    if fact is None:
        return ""
    return " ".join((" ".join(fact.text.split())[:40], *map(str, _SAID[kind](fact))))


def _date(fact: Any) -> tuple[object, ...]:  # noqa: ANN401
    return (fact.kind, fact.value) if fact.kind == "duration" else (fact.iso_start, fact.iso_end)


# What is compared of each kind of fact: two facts that say the same here are no difference.
_SAID: dict[str, Callable[[Any], tuple[object, ...]]] = {
    "dates": _date,
    "counts": lambda fact: (fact.value, fact.unit, fact.bound),
    "zeros": lambda _fact: (),
    "statements": lambda fact: (fact.label,),
    "citations": lambda fact: (plain(fact.title), plain(fact.number)),
}
