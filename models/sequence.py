"""Labels come in runs: weigh each statement's own evidence against that of its neighbours.

The forward-backward algorithm of hidden Markov models (Rabiner 1989) on four labels, with
transitions as log ratios of a pair of labels to chance, so that the labels' own frequency counts once.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from .weights import Matrix

# Neighbours repeat one another's evidence, so transitions count less than in full (0 to 1 cross-validated).
TRUST = 0.4


def transitions(runs: Iterable[Sequence[int]], size: int) -> Matrix:
    """Log ratio of each pair of neighbours to chance, from runs of label numbers (size by size)."""
    pairs = np.ones((size, size))
    singles = np.ones(size)
    for run in runs:
        for label in run:
            singles[label] += 1
        for label, following in pairwise(run):
            pairs[label, following] += 1
    chance = singles / singles.sum()
    ratios: Matrix = np.log(pairs / pairs.sum(axis=1, keepdims=True) / chance).astype(np.float32)
    return ratios


def smooth(probabilities: Matrix, ratios: Matrix) -> list[list[float]]:
    """Probabilities of each of the four labels for each statement of a run, given the whole run."""
    steps: list[list[float]] = np.exp(TRUST * ratios).tolist()
    back = [list(column) for column in zip(*steps, strict=True)]
    own: list[list[float]] = probabilities.tolist()
    before = _pass(own, back)
    after = _pass(own[::-1], steps)[::-1]
    return [
        _shares([ahead * value * behind for ahead, value, behind in zip(*three, strict=True)])
        for three in zip(before, own, after, strict=True)
    ]


def _pass(own: Sequence[list[float]], steps: Sequence[list[float]]) -> list[list[float]]:
    """What the statements already passed say of the next one's labels."""
    message = [1.0 / len(steps)] * len(steps)
    messages = []
    for values in own:
        messages.append(message)
        a, b, c, d = (told * value for told, value in zip(message, values, strict=True))
        message = _shares([a * p + b * q + c * r + d * s for p, q, r, s in steps])
    return messages


def _shares(values: list[float]) -> list[float]:
    total = sum(values)
    return [value / total for value in values]
