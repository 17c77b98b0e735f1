"""Figures over a whole gold set: with bootstrap intervals, calibration, and what abstaining would gain."""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

import msgspec
import numpy as np

from ..data.gold import Passage
from ..data.records import Report, Statement
from .figures import Figures
from .matching import match
from .scores import figures, tally
from .statement_scores import confusion

# Draws of the bootstrap and the seed of its random numbers: the same input gives the same intervals.
DRAWS = 1000
SEED = 20
# Probability bins of the calibration error (Guo and others, On Calibration of Modern Neural Networks, 2017).
BINS = 10


class Interval(msgspec.Struct, frozen=True):
    """A figure with its 95 % bootstrap interval over reports; None where there is nothing to count."""

    value: float | None
    low: float | None
    high: float | None


class Coverage(msgspec.Struct, frozen=True):
    """Accuracy of the surest `share` of the statements; those kept have at least this `confidence`."""

    share: float
    accuracy: float
    confidence: float


class Evaluation(msgspec.Struct, frozen=True, kw_only=True):
    """How well found facts agree with marked ones.

    `figures` by name; `confusion` characters by (marked label, found label); `calibration` the expected
    calibration error of the statements' confidence; `coverage` accuracy against abstention.
    """

    passages: int
    reports: int
    figures: dict[str, Interval]
    confusion: dict[tuple[str, str], float]
    calibration: float | None
    coverage: tuple[Coverage, ...]


def evaluate(passages: Sequence[Passage], found: Sequence[Report], draws: int = DRAWS) -> Evaluation:
    """The evaluation of the reports found in passages, one for each, in order."""
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for passage, report in zip(passages, found, strict=True):
        groups[passage.report].update(tally(passage, report))
    sums = sum(groups.values(), Counter[str]())
    judged = [pair for one, report in zip(passages, found, strict=True) for pair in _judged(one, report)]
    return Evaluation(
        passages=len(passages),
        reports=len(groups),
        figures=_intervals([groups[name] for name in sorted(groups)], sums, draws),
        confusion=confusion(sums),
        calibration=calibration_error(judged),
        coverage=tuple(_coverage(judged)),
    )


def _intervals(groups: Sequence[Counter[str]], sums: Counter[str], draws: int) -> dict[str, Interval]:
    drawn: dict[str, list[float]] = defaultdict(list)
    numbers = random.Random(SEED)
    for _ in range(draws if len(groups) > 1 else 0):
        for name, value in figures(_draw(groups, numbers)).items():
            if value is not None:
                drawn[name].append(value)
    return {name: _interval(value, drawn[name]) for name, value in figures(sums).items()}


def _draw(groups: Sequence[Counter[str]], numbers: random.Random) -> Mapping[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for index in numbers.choices(range(len(groups)), k=len(groups)):
        for key, value in groups[index].items():
            sums[key] += value
    return sums


def _interval(value: float | None, drawn: Sequence[float]) -> Interval:
    if value is None or not drawn:
        return Interval(value, None, None)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return Interval(value, float(low), float(high))


def _judged(passage: Passage, report: Report) -> list[tuple[float, bool]]:
    """(confidence, right label?) of each found statement that covers a marked one."""

    def overlapping(_one: Statement, _other: Statement) -> bool:
        return True

    pairs = match(passage.statements, report.statements, overlapping)
    return [
        (report.statements[j].confidence, report.statements[j].label == passage.statements[i].label)
        for i, j in pairs
    ]


def calibration_error(judged: Sequence[tuple[float, bool]], bins: int = BINS) -> float | None:
    """Expected calibration error: mean gap of confidence and accuracy over equal bins, by their fill."""
    if not judged:
        return None
    confidence, right = np.array(judged, dtype=float).T
    bin_of = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(confidence[bin_of == one].mean() - right[bin_of == one].mean()) * (bin_of == one).mean()
        for one in np.unique(bin_of)
    ]
    return float(sum(gaps))


def _coverage(judged: Sequence[tuple[float, bool]]) -> list[Coverage]:
    """Accuracy of the surest 100 %, 95 %, 90 %, 80 % and 50 %."""
    ranked = sorted(judged, key=lambda pair: -pair[0])
    right = list(accumulate(int(one) for _, one in ranked))
    rows = []
    for share in (1.0, 0.95, 0.9, 0.8, 0.5):
        kept = round(share * len(ranked))
        if kept:
            rows.append(Coverage(share, right[kept - 1] / kept, ranked[kept - 1][0]))
    return rows


__all__ = ["Coverage", "Evaluation", "Figures", "Interval", "calibration_error", "evaluate"]
