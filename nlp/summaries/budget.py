"""An outline cut to a number of characters: the facts first, then each problem, then the deeds.

The shares were found on the even half of `benchmarks/outlines`, at 200 to 600 characters.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import chain, zip_longest

import msgspec

from ...data.records import Figure, Point, Shortcoming, Summary, Undertaking
from ...data.store.alike import are_alike
from .amounts import figure_amount
from .clauses import LEAST, cut, is_enumerated
from .pieces import said_by

# Shares of the budget; what one kind leaves the next may use.
FIGURES = 0.25
PROBLEMS = 0.35
INITIATIVES = 0.95
# An initiative is cut to a tenth of the budget, within these bounds.
_CUT = 10
_SHORTEST = 30
_LONGEST = 60
# More figures than these do not make an initiative more telling.
_FIGURES_MAX = 3

# A shorter sentence is not more telling for being short: 上年结转5件。
_BRIEF = 16

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_COMMA = re.compile(r"(?<=\d),(?=\d{3})")


class Budget:
    """Characters to be spent, and what has been said already."""

    def __init__(self, characters: int) -> None:
        self.characters = characters
        self.left = characters
        self._said: list[frozenset[str]] = []

    def buy(self, cost: int, share: float = 1.0) -> bool:
        """Whether so many characters are left within a share of the whole; they are spent then."""
        if cost > self.left - round(self.characters * (1 - share)):
            return False
        self.left -= cost
        return True

    def say(self, text: str, share: float = 1.0) -> bool:
        """Whether a sentence fits and is unlike all before it, figures aside; it is said then."""
        pieces = said_by(text)
        if any(are_alike(pieces, known) for known in self._said) or not self.buy(len(text), share):
            return False
        self._said.append(pieces)
        return True


def fit(summary: Summary, characters: int) -> Summary:
    """The summary with no more than so many characters of names, numbers and quotations.

    Key figures come first, then each problem, then initiatives of every category in turn, then the plans
    that answer the problems. Long sentences end with a clause; none is said twice, figures aside. `total` of
    a group stays that of the report.
    """
    budget = Budget(characters)
    figures = [one for one in summary.figures if budget.buy(len(figure_line(one)), FIGURES)]
    problems = _problems(budget, summary.problems)
    shown = [one.value for one in figures]
    most = min(max(_SHORTEST, characters // _CUT), _LONGEST)
    groups = tuple(telling(budget, summary.initiatives, shown, most, INITIATIVES))
    answers = _answers(budget, problems)
    plans = [one for one in summary.plans.points if budget.say(one.text)]
    return msgspec.structs.replace(
        summary,
        figures=tuple(figures),
        zeros=tuple(zero for zero in summary.zeros if budget.buy(len(zero.text))),
        initiatives=groups,
        problems=tuple(
            msgspec.structs.replace(one, plans=tuple(answers.get(one.start, ())))
            for one in sorted(problems, key=lambda one: one.start)
        ),
        plans=msgspec.structs.replace(summary.plans, points=tuple(plans)),
    )


def figure_line(figure: Figure) -> str:
    """A key figure as it reads: its name and number, and whether that is what it grew or fell by."""
    return f"{figure.indicator}：{figure_amount(figure)}"


def _problems(budget: Budget, problems: Sequence[Shortcoming]) -> list[Shortcoming]:
    """Each problem in its fair share; those that head a point before those that tell more of one."""
    heads = [one for one in problems if one.plans or is_enumerated(one.text)]
    details = [one for one in problems if not (one.plans or is_enumerated(one.text))]
    most = max(LEAST, round(budget.characters * PROBLEMS / max(1, len(heads or details))))
    shortened = (cut(one, most) for one in (*heads, *details))
    return [one for one in shortened if budget.say(one.text, FIGURES + PROBLEMS)]


def telling(
    budget: Budget, groups: Sequence[Undertaking], shown: Sequence[float], most: int, share: float
) -> Iterable[Undertaking]:
    """Of each group in turn the most telling sentence that fits, cut to `most` characters.

    `shown` are figures that stand elsewhere; groups without a sentence left are left out.
    """
    shortened = [[cut(point, most) for point in group.points] for group in groups]
    ranked = [sorted(points, key=lambda one: -_weight(one, shown)) for points in shortened]
    turns = chain.from_iterable(zip_longest(*ranked))
    said = {one.start for one in turns if one and _tells(one.text) and budget.say(one.text, share)}
    for group, points in zip(groups, shortened, strict=True):
        kept = tuple(point for point in points if point.start in said)
        if kept:
            yield msgspec.structs.replace(group, points=kept)


def _tells(text: str) -> bool:
    """Whether a sentence is more than a catchword (创新效能提升)."""
    return len(text) >= _BRIEF or _NUMBER.search(text) is not None


def _weight(point: Point, shown: Sequence[float]) -> float:
    """How telling a sentence is for its length: by its figures, less those shown by themselves."""
    numbers = [float(number) for number in _NUMBER.findall(_COMMA.sub("", point.text))]
    known = sum(number in shown for number in numbers)
    figures = min(len(numbers), _FIGURES_MAX)
    return float((1 + figures - 2 * known) / max(len(point.text), _BRIEF) ** 0.5)


def _answers(budget: Budget, problems: Sequence[Shortcoming]) -> dict[int, list[Point]]:
    """Plans by the start of the problem they answer, the first of each problem before any second."""
    said: dict[int, list[Point]] = {}
    for turn in zip_longest(*(problem.plans for problem in problems)):
        for problem, plan in zip(problems, turn, strict=True):
            if plan and budget.say(plan.text):
                said.setdefault(problem.start, []).append(plan)
    return said
