"""Train the statement classifier from the labelled passages of the package: same data, same weights."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np

from ..data.folding import fold
from ..data.training import Passage, fingerprint, read_passages
from ..data.training.passages import INITIATIVE_CATEGORIES, PROBLEM_CATEGORIES
from .features import Features, featurize
from .pieces import Piece
from .statements import FRAME_SHARE, LABELS, WEIGHTS, StatementModel
from .weights import Matrix, Weights

__all__ = ["WEIGHTS", "pieces_of", "train"]

# Cross-validated on the training passages; the figures hardly move between half and twice of these.
_STRENGTH = {"label": 8.0, "initiative": 20.0, "shortcoming": 20.0}
_CLASSES: dict[str, Sequence[str]] = {
    "label": LABELS,
    "initiative": INITIATIVE_CATEGORIES,
    "shortcoming": PROBLEM_CATEGORIES,
}
# A feature seen in one statement only tells of that statement.
_RAREST = 2


def train(passages: Sequence[Passage] | None = None) -> StatementModel:
    """A model of `passages`, the package's own if none are given."""
    known = read_passages() if passages is None else passages
    features = [feature for passage in known for feature in featurize(pieces_of(passage))]
    names = _names(features)
    matrix = _matrix(features, names)
    columns, biases, classes = [], [], []
    for head in _CLASSES:
        rows, targets = _targets(known, head)
        coefficients, bias = _fit(matrix[rows], targets, head)
        columns.append(coefficients)
        biases.append(bias)
        classes += [f"{head}:{name}" for name in _CLASSES[head]]
    weights = Weights(names, classes, np.hstack(columns), np.hstack(biases), fingerprint(known))
    return StatementModel(weights)


def pieces_of(passage: Passage) -> list[Piece]:
    """A labelled passage as the classifier sees it: folded, blanks left out, headings in force."""
    heading = _plain(passage.heading)
    pieces = []
    for sentence in passage.statements:
        if sentence.heading is not None:
            heading = _plain(sentence.heading)
        pieces.append(Piece(_plain(sentence.text), passage.section, passage.genre, heading))
    return pieces


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _names(features: Sequence[Features]) -> list[str]:
    counted: Counter[str] = Counter()
    for feature in features:
        counted.update({*feature.text, *feature.frame})
    return sorted(name for name, count in counted.items() if count >= _RAREST)


def _matrix(features: Sequence[Features], names: list[str]) -> Any:
    from scipy.sparse import csr_matrix

    rows = {name: row for row, name in enumerate(names)}
    indices: list[int] = []
    values: list[float] = []
    ends = [0]
    for feature in features:
        text = [rows[name] for name in feature.text if name in rows]
        frame = [rows[name] for name in feature.frame if name in rows]
        indices += text + frame
        values += [max(len(text), 1) ** -0.5] * len(text) + [FRAME_SHARE] * len(frame)
        ends.append(len(indices))
    return csr_matrix((values, indices, ends), shape=(len(features), len(names)))


def _targets(passages: Sequence[Passage], head: str) -> tuple[list[int], list[str]]:
    """Rows that teach a head, and what they teach: labels all, categories those of disclosure reports."""
    rows, targets, row = [], [], 0
    for passage in passages:
        for sentence in passage.statements:
            if head == "label":
                rows.append(row)
                targets.append(sentence.label)
            elif sentence.category and passage.genre == "disclosure" and _head_of(sentence.label) == head:
                rows.append(row)
                targets.append(sentence.category)
            row += 1
    return rows, targets


def _head_of(label: str) -> str:
    return "initiative" if label == "initiative" else "shortcoming"


def _fit(matrix: Any, targets: list[str], head: str) -> tuple[Matrix, Matrix]:
    """Coefficients (features by classes) and bias, in the order of `_CLASSES[head]`."""
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(C=_STRENGTH[head], max_iter=2000, tol=1e-6).fit(matrix, targets)
    order = [list(model.classes_).index(name) for name in _CLASSES[head]]
    coefficients = np.asarray(model.coef_[order].T, dtype=np.float32)
    return coefficients, np.asarray(model.intercept_[order], dtype=np.float32)
