"""Labels come in runs: weigh each statement's own evidence against that of its neighbours.

The forward-backward algorithm of hidden Markov models (Rabiner 1989) on four labels, with
transitions as log ratios of a pair of labels to chance, so that the labels' own frequency counts once.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .weights import Matrix

# Neighbours repeat one another's evidence, so transitions count less than in full (0 to 1 cross-validated).
TRUST = 0.4

# Messages count by their ratios alone: outside these sums they are brought back to one of 1, lest they vanish
# or grow past all numbers in long runs.
_LEAST, _MOST = 1e-60, 1e60


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


def smooth(probabilities: Matrix, ratios: Matrix) -> NDArray[np.float64]:
    """Probabilities of each of the four labels for each statement of a run, given the whole run."""
    steps: list[list[float]] = np.exp(TRUST * ratios).tolist()
    back = [list(column) for column in zip(*steps, strict=True)]
    own: list[list[float]] = probabilities.tolist()
    before = np.array(_pass(own, back))
    after = np.array(_pass(own[::-1], steps)[::-1])
    weights = before * np.array(own) * after
    a, b, c, d = weights.T
    shares: NDArray[np.float64] = weights / (a + b + c + d)[:, None]
    return shares


def _pass(
    own: Sequence[list[float]], steps: Sequence[list[float]]
) -> list[tuple[float, float, float, float]]:
    """What the statements already passed say of the next one's labels."""
    # Written out for four labels: a loop over them takes three times as long.
    (ap, bp, cp, dp), (aq, bq, cq, dq), (ar, br, cr, dr), (as_, bs, cs, ds) = steps
    p = q = r = s = 1.0 / len(steps)
    messages = []
    for a, b, c, d in own:
        messages.append((p, q, r, s))
        a, b, c, d = a * p, b * q, c * r, d * s
        p = a * ap + b * bp + c * cp + d * dp
        q = a * aq + b * bq + c * cq + d * dq
        r = a * ar + b * br + c * cr + d * dr
        s = a * as_ + b * bs + c * cs + d * ds
        total = p + q + r + s
        if not _LEAST < total < _MOST:
            p, q, r, s = p / total, q / total, r / total, s / total
    return messages
