"""Label statements: what each does (initiative, problem, plan, other) and which field of work it touches."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np

from ..data.records import Label
from .features import Features, featurize
from .pieces import Piece, Prediction
from .weights import Matrix, Weights, load_weights, save_weights

WEIGHTS = Path(__file__).with_name("weights") / "statements.zip"
LABELS: tuple[Label, ...] = ("initiative", "problem", "plan", "other")
# Pieces scored at once: enough for numpy to pay, few enough to stay in the processor's cache.
_BATCH = 512
# Share of a `frame` feature beside the whole `text` block of unit length (cross-validation, 0.1 to 0.5 tried).
FRAME_SHARE = 0.15


class StatementModel:
    """The trained classifier. `load()` gives the shipped one; `predict` labels whole sequences in their context."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._rows = {name: row for row, name in enumerate(weights.features)}
        self._columns = {head: _columns(weights.classes, head) for head in ("label", "initiative", "shortcoming")}

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
        labels = softmax(scores[:, self._columns["label"]])
        best = labels.argmax(axis=1)
        return [
            self._prediction(piece, LABELS[column], float(labels[row, column]), scores[row])
            for row, (piece, column) in enumerate(zip(pieces, best, strict=True))
        ]

    def _prediction(self, piece: Piece, label: Label, confidence: float, scores: Matrix) -> Prediction:
        if label == "other":
            return Prediction(label, None, confidence)
        if piece.genre == "work":
            return Prediction(label, "general", confidence)
        head = self._columns["initiative" if label == "initiative" else "shortcoming"]
        column = head.start + int(scores[head].argmax())
        return Prediction(label, self.weights.classes[column].partition(":")[2], confidence)

    def scores(self, features: Sequence[Features]) -> Matrix:
        """Log-odds of every class for every piece (pieces by classes)."""
        table = np.empty((len(features), len(self.weights.classes)), dtype=np.float32)
        for row, feature in enumerate(features):
            table[row] = self._score(feature)
        return table

    def _score(self, feature: Features) -> Matrix:
        rows = self._rows
        text = [rows[name] for name in feature.text if name in rows]
        frame = [rows[name] for name in feature.frame if name in rows]
        table = self.weights.coefficients
        total = table[text].sum(axis=0) * np.float32(max(len(text), 1) ** -0.5)
        total += table[frame].sum(axis=0) * np.float32(FRAME_SHARE)
        return cast("Matrix", total + self.weights.bias)


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
