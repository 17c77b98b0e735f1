"""How well promises are judged: precision, recall and F1 of outcomes and links, beside a plain cosine."""

import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import NamedTuple

from ...data.promises import Case, MarkedPlan
from ...data.records import Outcome
from .background import Background
from .model import RANKED, Judgement, Link, outcome_of
from .texts import CONCEPT, Said, terms_of
from .training import said_of, train

OUTCOMES: tuple[Outcome, ...] = (*RANKED, "silent", "vague")
Judge = Callable[[Sequence[Said], Sequence[Said]], list[Judgement]]
# Bins of the table of certainty.
_BINS = (0.0, 0.5, 0.7, 0.85, 0.95, 1.0)


class Score(NamedTuple):
    """Precision, recall and F1 (0 where there is nothing to score), and how many were marked."""

    precision: float
    recall: float
    f1: float
    marked: int


class Reliability(NamedTuple):
    """Outcomes of a certainty in `[low, high)`: how many, their mean certainty, the share that is right."""

    low: float
    high: float
    number: int
    certainty: float
    right: float


class PromiseScores(NamedTuple):
    """`outcomes` by name; `overall` is the share of plans whose outcome is right (micro F1)."""

    plans: int
    outcomes: dict[Outcome, Score]
    overall: float
    macro_f1: float
    links: Score
    whole: float
    reliability: list[Reliability]
    judged: list[tuple[MarkedPlan, Judgement]]


def score_cases(cases: Sequence[Case], judge: Judge) -> PromiseScores:
    """Judge the plans of marked cases and score it."""
    return _scores([pair for case in cases for pair in _judged(case, judge)])


def cross_validate(cases: Sequence[Case], background: Background, folds: int = 9) -> PromiseScores:
    """Each fold of the cases judged by what was learnt from the others."""
    pairs = []
    for fold in range(folds):
        model = train([case for at, case in enumerate(cases) if at % folds != fold], background)
        for case in cases[fold::folds]:
            pairs += _judged(case, model.judge)
    return _scores(pairs)


def cosine_judge(background: Background, linked: float) -> Judge:
    """The plain way to compare with: cosine of the words of whole texts, nothing else known."""

    def judge(plans: Sequence[Said], statements: Sequence[Said]) -> list[Judgement]:
        return [_by_cosine(plan, statements, background, linked) for plan in plans]

    return judge


def _by_cosine(plan: Said, statements: Sequence[Said], background: Background, linked: float) -> Judgement:
    links = [
        Link(at, kind, cosine)
        for at, said in enumerate(statements)
        if (kind := outcome_of(said)) and (cosine := _cosine(plan, said, background)) >= linked
    ]
    first: Outcome = next(
        (outcome for outcome in RANKED if any(link.outcome == outcome for link in links)), "silent"
    )
    return Judgement(first, 0.5, tuple(links), True if first == "kept" else None)


def _cosine(one: Said, other: Said, background: Background) -> float:
    left, right = _weights(one, background), _weights(other, background)
    both = sum(weight * right[word] for word, weight in left.items() if word in right)
    length = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return both / length if length else 0.0


def _weights(said: Said, background: Background) -> dict[str, float]:
    return {word: background.word(word) for word in terms_of(said.text).words if not word.startswith(CONCEPT)}


def _judged(case: Case, judge: Judge) -> list[tuple[MarkedPlan, Judgement]]:
    found = judge([said_of(plan) for plan in case.plans], [said_of(each) for each in case.statements])
    return list(zip(case.plans, found, strict=True))


def _scores(pairs: list[tuple[MarkedPlan, Judgement]]) -> PromiseScores:
    outcomes = {outcome: _outcome(pairs, outcome) for outcome in OUTCOMES}
    found = [{(link.outcome, link.statement) for link in judgement.links} for _, judgement in pairs]
    marked = [plan.links for plan, _ in pairs]
    shared = sum(len(one & other) for one, other in zip(found, marked, strict=True))
    kept = [(plan, judgement) for plan, judgement in pairs if plan.outcome == judgement.outcome == "kept"]
    return PromiseScores(
        plans=len(pairs),
        outcomes=outcomes,
        overall=sum(plan.outcome == judgement.outcome for plan, judgement in pairs) / len(pairs),
        macro_f1=sum(outcomes[name].f1 for name in OUTCOMES[:-1]) / (len(RANKED) + 1),
        links=_score(shared, sum(map(len, found)), sum(map(len, marked))),
        whole=sum(plan.whole == judgement.whole for plan, judgement in kept) / max(len(kept), 1),
        reliability=_reliability(pairs),
        judged=pairs,
    )


def _outcome(pairs: list[tuple[MarkedPlan, Judgement]], outcome: Outcome) -> Score:
    right = sum(plan.outcome == judgement.outcome == outcome for plan, judgement in pairs)
    found = sum(judgement.outcome == outcome for _, judgement in pairs)
    return _score(right, found, sum(plan.outcome == outcome for plan, _ in pairs))


def _score(right: int, found: int, marked: int) -> Score:
    precision = right / found if found else 0.0
    recall = right / marked if marked else 0.0
    f1 = 2 * right / (found + marked) if found + marked else 0.0
    return Score(precision, recall, f1, marked)


def _reliability(pairs: list[tuple[MarkedPlan, Judgement]]) -> list[Reliability]:
    told = [
        (each.certainty, plan.outcome == each.outcome) for plan, each in pairs if each.certainty is not None
    ]
    rows = []
    for low, high in pairwise(_BINS):
        inside = [(sure, right) for sure, right in told if low <= sure < high or sure == high == 1]
        if inside:
            number = len(inside)
            mean, share = sum(sure for sure, _ in inside) / number, sum(right for _, right in inside) / number
            rows.append(Reliability(low, high, number, mean, share))
    return rows
