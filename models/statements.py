"""Label statements: what each does (initiative, problem, plan, other) and which field of work it touches."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
from scipy.sparse import csr_matrix

from ..data.records import Label
from .features import Features, featurize
from .pieces import Piece, Prediction
from .weights import Matrix, Weights, load_weights, save_weights

WEIGHTS = Path(__file__).with_name("weights") / "statements.zip"
# What is decided apart: labels in disclosure and in work reports, categories of acts and of problems and plans.
HEADS = ("label", "work", "initiative", "shortcoming")
LABELS: tuple[Label, ...] = ("initiative", "problem", "plan", "other")
# Digits of a confidence: the further ones depend on the processor.
_DECIMALS = 4
# Share of a `frame` feature beside the whole `text` block of unit length (cross-validation, 0.1 to 0.5 tried).
FRAME_SHARE = 0.15


class StatementModel:
    """The trained classifier. `load()` gives the shipped one; `predict` labels whole sequences in their context."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._rows = {name: row for row, name in enumerate(weights.features)}
        self._columns = {head: _columns(weights.classes, head) for head in HEADS}

    @classmethod
    def load(cls, path: Path | None = None) -> "StatementModel":
        """The model of a weights' file, the package's own if none is named; read once and kept."""
        return _load(path or WEIGHTS)

    def save(self, path: Path) -> None:
        """Write the weights; the same model gives the same bytes."""
        save_weights(self.weights, path)

    def predict(self, passages: Sequence[Sequence[Piece]]) -> list[list[Prediction]]:
        """A prediction for every piece; neighbours are taken within a passage (or whole report)."""
        return [self._predict(passage) for passage in passages]

    def _predict(self, pieces: Sequence[Piece]) -> list[Prediction]:
        if not pieces:
            return []
        scores = self.scores(featurize(pieces))
        heads = [self._columns["work" if piece.genre == "work" else "label"] for piece in pieces]
        labels = softmax(np.stack([row[head] for row, head in zip(scores, heads, strict=True)]))
        best = labels.argmax(axis=1)
        confidences = labels.max(axis=1).round(_DECIMALS)
        found: list[Prediction] = []
        for piece, column, confidence, row in zip(pieces, best, confidences, scores, strict=True):
            label = LABELS[column]
            found.append(Prediction(label, self._category(piece, label, row), float(confidence)))
        return found

    def _category(self, piece: Piece, label: Label, scores: Matrix) -> str | None:
        if label == "other":
            return None
        if piece.genre == "work":
            return "general"
        head = self._columns["initiative" if label == "initiative" else "shortcoming"]
        return self.weights.classes[head.start + int(scores[head].argmax())].partition(":")[2]

    def scores(self, features: Sequence[Features]) -> Matrix:
        """Log-odds of every class for every piece (pieces by classes)."""
        text = incidence((feature.text for feature in features), self._rows)
        frame = incidence((feature.frame for feature in features), self._rows)
        table = self.weights.coefficients
        share = np.maximum(np.diff(text.indptr), 1).astype(np.float32) ** np.float32(-0.5)
        total = (text @ table) * share[:, None] + (frame @ table) * np.float32(FRAME_SHARE)
        return cast("Matrix", total + self.weights.bias)


def incidence(features: Iterable[Iterable[str]], rows: Mapping[str, int]) -> csr_matrix:
    """Which of the named features each piece has: ones, pieces by features; names that are not known are left out."""
    indices = array("i")
    ends = array("i", [0])
    for names in features:
        indices.extend([row for row in map(rows.get, names) if row is not None])
        ends.append(len(indices))
    ones = np.ones(len(indices), dtype=np.float32)
    return csr_matrix((ones, np.asarray(indices), np.asarray(ends)), shape=(len(ends) - 1, len(rows)))


def softmax(scores: Matrix) -> Matrix:
    """Rows of log-odds as probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return cast("Matrix", powers / powers.sum(axis=1, keepdims=True))


def _columns(classes: list[str], head: str) -> slice:
    own = [column for column, name in enumerate(classes) if name.startswith(head + ":")]
    return slice(own[0], own[-1] + 1)


@cache
def _load(path: Path) -> StatementModel:
    return StatementModel(load_weights(path))
