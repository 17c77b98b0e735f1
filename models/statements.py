"""Label statements: what each does (initiative, problem, plan, other) and which field of work it touches."""

from collections.abc import Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from typing import cast

import numpy as np
from scipy.sparse import csr_matrix

from ..data.records import Genre, Label
from .context import number_of, settle
from .features import Features, Featurizer, Rows, Vocabulary
from .pieces import Piece, Prediction
from .sequence import smooth
from .weights import Matrix, Weights, load_weights, save_weights

WEIGHTS = Path(__file__).with_name("weights") / "statements.zip"
# Decided apart: labels in disclosure and in work reports, categories of acts and of problems and plans.
HEADS = ("label", "work", "initiative", "shortcoming")
LABELS: tuple[Label, ...] = ("initiative", "problem", "plan", "other")
# Below it a label wants a person's look: cross-validated on the training passages, 44 of 100 such labels
# were wrong, 5 of 100 above it, and one statement in ten falls below.
UNCERTAIN = 0.7
# Digits of a confidence: the further ones depend on the processor.
_DECIMALS = 4
# What the categories of the other acts under the same headings add to the log-odds of one (0 to 2 tried on
# the marked passages; training passages mix fields more than reports do).
_SURROUNDINGS = np.float32(0.5)
# Share of a `frame` feature beside the `text` block of unit length (cross-validated, 0.1 to 0.5 tried).
FRAME_SHARE = 0.15


class StatementModel:
    """The trained classifier: `load()` gives the shipped one, `predict` labels whole sequences."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        vocabulary = Vocabulary((name, row) for row, name in enumerate(weights.features))
        self._featurizer = Featurizer(vocabulary)
        self._columns = {head: _columns(weights.classes, head) for head in HEADS}
        # Sparse products copy a table that does not lie row by row; work reports need one head alone.
        self._table = np.ascontiguousarray(weights.coefficients)
        self._work = np.ascontiguousarray(weights.coefficients[:, self._columns["work"]])

    @classmethod
    def load(cls, path: Path | None = None) -> "StatementModel":
        """The model of a weights' file, the package's own if none is named; read once and kept."""
        return _load(path or WEIGHTS)

    def save(self, path: Path) -> None:
        """Write the weights; the same model gives the same bytes."""
        save_weights(self.weights, path)

    def predict(self, passages: Sequence[Sequence[Piece]]) -> list[list[Prediction]]:
        """A prediction for every piece; neighbours are taken within a passage (or whole report)."""
        return [self._predict(settle(passage)) for passage in passages]

    def _predict(self, pieces: Sequence[Piece]) -> list[Prediction]:
        if not pieces:
            return []
        features = self._featurizer.featurize(pieces)
        scores = self.scores(features, work=all(piece.genre == "work" for piece in pieces))
        labels, confidences = self._labels(pieces, scores)
        categories = self._categories(pieces, labels, scores)
        return [
            Prediction(label, category, confidence, confidence < UNCERTAIN)
            for label, category, confidence in zip(labels, categories, confidences, strict=True)
        ]

    def _labels(self, pieces: Sequence[Piece], scores: Matrix) -> tuple[list[Label], list[float]]:
        """The likeliest label of each piece with its probability, run by run of a section."""
        labels: list[Label] = []
        confidences: list[float] = []
        for (_, genre), run in groupby(
            range(len(pieces)), key=lambda at: (pieces[at].section, pieces[at].genre)
        ):
            rows = list(run)
            is_work = genre == "work"
            head = self._columns["work" if is_work else "label"]
            own = softmax(scores[rows[0] : rows[-1] + 1, head])
            shares = smooth(own, self.weights.transitions[int(is_work)])
            labels += [LABELS[label] for label in shares.argmax(axis=1).tolist()]
            confidences += shares.max(axis=1).round(_DECIMALS).tolist()
        return labels, confidences

    def _categories(
        self, pieces: Sequence[Piece], labels: Sequence[Label], scores: Matrix
    ) -> list[str | None]:
        if all(piece.genre == "work" for piece in pieces):
            return [None if label == "other" else "general" for label in labels]
        acts = scores[:, self._columns["initiative"]].copy()
        acts += _SURROUNDINGS * _shared(pieces, labels, softmax(acts))
        acts[1:] += softmax(acts)[:-1] * _follows(pieces, labels)[:, None]
        best = (
            acts.argmax(axis=1).tolist(),
            scores[:, self._columns["shortcoming"]].argmax(axis=1).tolist(),
        )
        return [
            self._category(piece.genre, label, act, shortcoming)
            for piece, label, act, shortcoming in zip(pieces, labels, *best, strict=True)
        ]

    def _category(self, genre: Genre, label: Label, act: int, shortcoming: int) -> str | None:
        if label == "other":
            return None
        if genre == "work":
            return "general"
        head, number = ("initiative", act) if label == "initiative" else ("shortcoming", shortcoming)
        name: str = self.weights.classes[self._columns[head].start + number]
        return name.partition(":")[2]

    def scores(self, features: Features, *, work: bool = False) -> Matrix:
        """Log-odds of every class for every piece (pieces by classes); 0 but for labels if all is `work`."""
        text, frame = (incidence(rows, len(self.weights.features)) for rows in features)
        columns = self._columns["work"] if work else slice(None)
        table = self._work if work else self._table
        share = np.maximum(np.diff(text.indptr), 1).astype(np.float32) ** np.float32(-0.5)
        total = (text @ table) * share[:, None] + (frame @ table) * np.float32(FRAME_SHARE)
        scores = np.zeros((len(total), len(self.weights.classes)), np.float32)
        scores[:, columns] = total + self.weights.bias[columns]
        return cast("Matrix", scores)


def incidence(rows: Rows, width: int) -> csr_matrix:
    """Ones where a piece has a feature (pieces by `width` features)."""
    ones = np.ones(len(rows.indices), dtype=np.float32)
    return csr_matrix((ones, *rows), shape=(len(rows.ends) - 1, width))


def softmax(scores: Matrix) -> Matrix:
    """Rows of log-odds as probabilities."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return cast("Matrix", powers / powers.sum(axis=1, keepdims=True))


def _follows(pieces: Sequence[Piece], labels: Sequence[Label]) -> Matrix:
    """1 for each piece but the first that goes on with the act before it, 0 where it starts anew."""
    flags = [
        labels[at - 1] == "initiative" and here.section == before.section and not number_of(here)
        for at, (before, here) in enumerate(pairwise(pieces), 1)
    ]
    return np.array(flags, dtype=np.float32)


def _shared(pieces: Sequence[Piece], labels: Sequence[Label], shares: Matrix) -> Matrix:
    """Mean shares of the other acts under the same headings, for each act; zeros where there are none."""
    blocks: dict[tuple[str, str], list[int]] = {}
    for row, (piece, label) in enumerate(zip(pieces, labels, strict=True)):
        if label == "initiative":
            blocks.setdefault((piece.section, piece.heading), []).append(row)
    means = np.zeros_like(shares)
    for rows in blocks.values():
        if len(rows) > 1:
            means[rows] = (shares[rows].sum(axis=0) - shares[rows]) / (len(rows) - 1)
    return means


def _columns(classes: list[str], head: str) -> slice:
    own = [column for column, name in enumerate(classes) if name.startswith(head + ":")]
    return slice(own[0], own[-1] + 1)


@cache
def _load(path: Path) -> StatementModel:
    return StatementModel(load_weights(path))
