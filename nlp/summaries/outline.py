"""The outline of a report that a busy reader wants: extracted, never written; every line has its place."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable

from ...data.records import (
    Point,
    Report,
    Shortcoming,
    Statement,
    Summary,
    Undertaking,
)
from .figures import key_figures

# As many as there are.
EVERYTHING = 10**9
# Statements shown for a category of initiatives; the total stands beside them.
SHOWN = 3
# Plans shown that answer no stated problem: all of a disclosure report's, the targets among a work report's.
PLANS = 12


def summarise(report: Report, shown: int = SHOWN) -> Summary:
    """The summary of a report: key figures, zeros, initiatives by category, problems with their plans."""
    counted = sorted({count.start for count in report.counts})
    return Summary(
        id=report.id,
        genre=report.genre,
        title=report.title,
        org=report.org,
        year=report.year,
        published=report.published,
        figures=tuple(key_figures(report)),
        zeros=report.zeros,
        initiatives=tuple(_undertakings(report, counted, shown)),
        problems=tuple(_shortcomings(report)),
        plans=_undertaking("general", _unanswering(report), counted, PLANS),
    )


def _point(statement: Statement) -> Point:
    return Point(text=statement.text, start=statement.start, end=statement.end, category=statement.category)


def _undertakings(report: Report, counted: list[int], shown: int) -> Iterable[Undertaking]:
    """Initiatives by category, the fullest category first."""
    groups: dict[str, list[Statement]] = defaultdict(list)
    for statement in report.statements:
        if statement.label == "initiative":
            groups[statement.category or "general"].append(statement)
    for category, group in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        yield _undertaking(category, group, counted, shown)


def _undertaking(category: str, group: list[Statement], counted: list[int], shown: int) -> Undertaking:
    """Those with figures stand for the rest, in the order of the text."""
    ranked = sorted(group, key=lambda one: (-_weight(one, counted), one.start))[:shown]
    points = tuple(_point(one) for one in sorted(ranked, key=lambda one: one.start))
    return Undertaking(category=category, total=len(group), points=points)


def _unanswering(report: Report) -> list[Statement]:
    """Plans that answer no problem of the report."""
    return [one for one in report.statements if one.label == "plan" and one.answers is None]


def _weight(statement: Statement, counted: list[int]) -> float:
    """Figures first, then certainty; `counted` are the places of counts, in order."""
    figures = bisect_left(counted, statement.end) - bisect_left(counted, statement.start)
    return min(figures, 3) + statement.confidence


def _shortcomings(report: Report) -> Iterable[Shortcoming]:
    """Every problem, with the plans that answer it."""
    plans: dict[int, list[Point]] = defaultdict(list)
    for statement in report.statements:
        if statement.label == "plan" and statement.answers is not None:
            plans[statement.answers].append(_point(statement))
    for index, statement in enumerate(report.statements):
        if statement.label == "problem":
            yield Shortcoming(
                text=statement.text,
                start=statement.start,
                end=statement.end,
                category=statement.category,
                plans=tuple(plans[index]),
            )
