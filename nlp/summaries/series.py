"""The summary of a body's reports through the years: figures, what returns, what is new, what is gone."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from ...data.bodies import Body
from ...data.errors import NotFound
from ...data.folding import fold
from ...data.indicators import indicators
from ...data.records import Point, Report, Statement, Summary
from ...data.store import Filters, Sought, Store, Years
from ...data.store.trends import YearReport
from .amounts import figure_amount
from .budget import Budget, telling
from .clauses import LEAST, cut
from .digest import Development, Digest, Group, GroupKind, Place, Quotation, YearFigure
from .outline import EVERYTHING, summarise
from .recurrence import Matter, stated_problems

# Shares of the budget as in `budget`, the problems' one split between those that return, are new, are gone.
FIGURES = 0.3
PROBLEMS = 0.5
INITIATIVES = 0.95
_CUT = 12
_SHORTEST = 30
_LONGEST = 60
# Names of bodies that an error lists.
_NAMED = 8


class _Said(NamedTuple):
    report: Report
    place: int

    @property
    def statement(self) -> Statement:
        return self.report.statements[self.place]


class _Thread(NamedTuple):
    """A problem through the years: where it is said, by year."""

    said: list[_Said]

    @property
    def years(self) -> list[int]:
        return sorted({one.report.year or 0 for one in self.said})


def summarise_series(store: Store, org: str, years: Years | None = None, characters: int = 1200) -> Digest:
    """The summary of the reports of one body.

    `org` is its name or a part that only its name has. Raises NotFound where no report or more than one body
    is called that, and QueryError.
    """
    heads = _one_body(store, org, years)
    reports = [store.report(head.id) for head in heads]
    summaries = [summarise(report, EVERYTHING) for report in reports]
    budget = Budget(characters)
    developments = tuple(_developments(budget, summaries))
    threads = _threads(reports)
    groups = (*_problems(budget, reports, threads), *_initiatives(budget, reports, summaries))
    return Digest(
        scope="series",
        about=heads[-1].org,
        reports=len(reports),
        bodies=1,
        first_year=heads[0].year,
        last_year=heads[-1].year,
        statements=sum(len(report.statements) for report in reports),
        budget=characters,
        characters=characters - budget.left,
        developments=developments,
        groups=groups,
    )


def _one_body(store: Store, org: str, years: Years | None) -> list[YearReport]:
    """The reports of the body that the name means, by year."""
    found = store.year_reports(Sought(filters=Filters(org=org, years=years)))
    exact = [report for report in found if fold(report.org) == fold(org)]
    bodies: dict[Body, list[YearReport]] = defaultdict(list)
    for report in found:
        bodies[report.body].append(report)
    if exact:
        return bodies[exact[0].body]
    if len(bodies) == 1:
        return next(iter(bodies.values()))
    if not bodies:
        raise NotFound(f"No body with reports is called {org!r}; nianbao search 'org:{org}' looks for parts.")
    names = sorted({reports[-1].org for reports in bodies.values()})
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    named = "; ".join(names[:_NAMED]) + more
    raise NotFound(f"{org!r} could be any of {len(names)} bodies; give one's whole name: {named}.")


def _developments(budget: Budget, summaries: Sequence[Summary]) -> Iterable[Development]:
    """Key figures through the years, in the order of the indicators, those of most years first."""
    known: dict[tuple[str, str | None], list[YearFigure]] = defaultdict(list)
    order = [one.label for genre in ("disclosure", "work") for one in indicators(genre)]
    for summary in summaries:
        for figure in summary.figures:
            fields = msgspec.structs.asdict(figure)
            known[figure.indicator, figure.unit].append(
                YearFigure(**fields, report=summary.id, year=summary.year or 0)
            )
    ranked = sorted(known.items(), key=lambda pair: (-len(pair[1]), order.index(pair[0][0])))
    for (indicator, unit), figures in ranked:
        development = Development(indicator=indicator, unit=unit, figures=tuple(figures))
        if budget.buy(len(development_line(development)), FIGURES):
            yield development


def development_line(development: Development) -> str:
    """A development as it reads: the name, then each year with its number."""
    parts = (f"{one.year}年{figure_amount(one)}" for one in development.figures)
    return f"{development.indicator}：{'，'.join(parts)}"


def _threads(reports: Sequence[Report]) -> list[_Thread]:
    """The problems of all years, each year's joined to the last thread that speaks of the same."""
    threads: list[tuple[_Thread, list[Matter]]] = []
    for report in reports:
        for places in stated_problems(report.statements):
            matter = Matter([report.statements[place] for place in places])
            said = _Said(report, places[0])
            same = (pair for pair in reversed(threads) if any(matter.same(one) for one in pair[1]))
            thread, matters = next(same, (None, None))
            if thread is None or matters is None:
                threads.append((_Thread([said]), [matter]))
            else:
                thread.said.append(said)
                matters.append(matter)
    return [thread for thread, _ in threads]


def _problems(budget: Budget, reports: Sequence[Report], threads: Sequence[_Thread]) -> Iterable[Group]:
    """Problems that return, that only the last year has, and that it has no more."""
    last = reports[-1].year
    kinds: dict[GroupKind, list[_Thread]] = {"returning": [], "new": [], "gone": []}
    for thread in threads:
        kind: GroupKind = (
            "gone" if last not in thread.years else "returning" if len(thread.years) > 1 else "new"
        )
        kinds[kind].append(thread)
    kinds["returning"].sort(key=lambda thread: -len(thread.years))
    kinds["gone"].sort(key=lambda thread: -thread.years[-1])
    most = max(LEAST, min(_LONGEST, round(budget.characters * PROBLEMS / max(1, len(threads)))))
    for kind, found in kinds.items():
        quoted = [_problem(thread, most) for thread in found]
        kept = [one for one in quoted if budget.say(one.text, FIGURES + PROBLEMS)]
        answered = [_answered(budget, one, thread, most) for one, thread in _paired(kept, found)]
        if found:
            yield Group(kind=kind, category=None, total=len(found), quotations=tuple(answered))


def _paired(kept: Sequence[Quotation], found: Sequence[_Thread]) -> Iterable[tuple[Quotation, _Thread]]:
    threads = {(thread.said[-1].report.id, thread.said[-1].statement.start): thread for thread in found}
    return ((one, threads[one.report, one.start]) for one in kept)


def _problem(thread: _Thread, most: int) -> Quotation:
    """A thread by what is said last, with the places of what was said before."""
    *before, last = thread.said
    return _quotation(last.report, last.statement, most, tuple(map(_place, before)))


def _answered(budget: Budget, problem: Quotation, thread: _Thread, most: int) -> Quotation:
    """The problem with the first plan that answers it, where one fits."""
    last = thread.said[-1]
    for plan in last.report.statements:
        if plan.label == "plan" and plan.answers == last.place:
            quoted = _quotation(last.report, plan, most)
            if budget.say(quoted.text, FIGURES + PROBLEMS):
                return msgspec.structs.replace(problem, plans=(quoted,))
            break
    return problem


def _initiatives(budget: Budget, reports: Sequence[Report], summaries: Sequence[Summary]) -> Iterable[Group]:
    """Initiatives of the last year by category, with the years in which nearly the same was said."""
    most = min(max(_SHORTEST, budget.characters // _CUT), _LONGEST)
    shown = [figure.value for figure in summaries[-1].figures]
    earlier = [
        _Said(report, place)
        for report in reports[:-1]
        for place, one in enumerate(report.statements)
        if one.label == "initiative"
    ]
    for group in telling(budget, summaries[-1].initiatives, shown, most, INITIATIVES):
        quoted = tuple(_returned(point, reports[-1], earlier) for point in group.points)
        yield Group(kind="initiative", category=group.category, total=group.total, quotations=quoted)


def _returned(point: Point, report: Report, earlier: Sequence[_Said]) -> Quotation:
    statement = next(one for one in report.statements if one.start == point.start)
    matter = Matter([statement])
    also = tuple(_place(one) for one in earlier if matter.says(Matter([one.statement])))
    return _quotation(report, statement, len(point.text), also)


def _quotation(report: Report, statement: Statement, most: int, also: tuple[Place, ...] = ()) -> Quotation:
    whole = Quotation(
        text=statement.text,
        start=statement.start,
        end=statement.end,
        report=report.id,
        org=report.org,
        year=report.year,
        category=statement.category,
        also=also,
        alike=len(also),
    )
    return cut(whole, most)


def _place(said: _Said) -> Place:
    report, one = said.report, said.statement
    return Place(report=report.id, org=report.org, year=report.year, start=one.start, end=one.end)
