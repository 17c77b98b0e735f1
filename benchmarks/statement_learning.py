"""What the statement classifier learns from its passages: cross-validated figures, doubt, learning curve.

    python benchmarks/statement_learning.py [--curve]

Passages are dealt into quarters in turn, each labelled by a model of the other three; `--curve` adds models
of a tenth, a fifth … of all passages, scored on the marked passages beside the checkout. Takes two minutes.
"""

import json
import sys
from collections import Counter
from itertools import pairwise

from statement_labels import GOLD, NAMES, category_accuracy, f1_by_label, mean
from statement_labels import pieces_of as marked_pieces

from nianbao.data.training import Passage, Sentence, read_passages
from nianbao.models.evaluation import calibration_error
from nianbao.models.pieces import Prediction
from nianbao.models.statements import LABELS, UNCERTAIN, StatementModel
from nianbao.models.train import pieces_of, train

FOLDS = 4
SHARES = (0.1, 0.2, 0.4, 0.7, 1.0)
BINS = (0.0, 0.5, UNCERTAIN, 0.9, 0.97, 1.01)

Judged = list[tuple[Passage, Sentence, Prediction]]


def main() -> None:
    passages = read_passages()
    judged = cross_validated(passages)
    for genre in ("disclosure", "work"):
        own = [each for each in judged if each[0].genre == genre]
        print(genre, figures(own))
    print_doubt(judged)
    if "--curve" in sys.argv:
        print_curve(passages)


def cross_validated(passages: list[Passage]) -> Judged:
    judged: Judged = []
    for fold in range(FOLDS):
        model = train([passage for at, passage in enumerate(passages) if at % FOLDS != fold])
        judged += labelled(model, passages[fold::FOLDS])
    return judged


def labelled(model: StatementModel, passages: list[Passage]) -> Judged:
    found = model.predict([pieces_of(passage) for passage in passages])
    return [
        (passage, sentence, prediction)
        for passage, predictions in zip(passages, found, strict=True)
        for sentence, prediction in zip(passage.statements, predictions, strict=True)
    ]


def figures(judged: Judged) -> str:
    hit, marked, told = Counter[str](), Counter[str](), Counter[str]()
    right = known = 0
    for _, sentence, prediction in judged:
        size = len(sentence.text)
        marked[sentence.label] += size
        told[prediction.label] += size
        if sentence.label == prediction.label:
            hit[sentence.label] += size
            known += size * (sentence.label != "other")
            right += size * (sentence.label != "other") * (sentence.category == prediction.category)
    f1s = {label: 2 * hit[label] / (marked[label] + told[label]) for label in LABELS}
    error = calibration_error([(each.confidence, s.label == each.label) for _, s, each in judged])
    shown = " ".join(f"{label} {value:.3f}" for label, value in f1s.items())
    return f"macro {mean(f1s):.3f} {shown} category {right / known:.3f} calibration error {error:.3f}"


def print_doubt(judged: Judged) -> None:
    """How often labels are right by their confidence, and below and above `UNCERTAIN`."""
    rights = [(each.confidence, sentence.label == each.label) for _, sentence, each in judged]
    for low, high in (*pairwise(BINS), (0.0, UNCERTAIN), (UNCERTAIN, 1.01)):
        inside = [right for confidence, right in rights if low <= confidence < high]
        print(f"{low:.2f}-{high:.2f}: {len(inside) / len(rights):.3f} of all, right {mean_of(inside):.3f}")
    ranked = [right for _, right in sorted(rights, reverse=True)]
    kept = ranked[: round(0.9 * len(ranked))]
    print(f"all: right {mean_of(ranked):.3f}; the surest 90 %: {mean_of(kept):.3f}")


def print_curve(passages: list[Passage]) -> None:
    marked = [json.loads(line) for name in NAMES for line in (GOLD / name).open(encoding="utf-8")]
    pieces = [marked_pieces(passage) for passage in marked]
    for share in SHARES:
        # Seven and ten have no common divisor: every tenth of a run of passages comes once.
        chosen = [passage for at, passage in enumerate(passages) if at * 7 % 10 < 10 * share]
        found = train(chosen).predict(pieces)
        size = sum(len(passage.statements) for passage in chosen)
        macro = mean(f1_by_label(marked, found))
        print(f"{size} statements: macro {macro:.3f} category {category_accuracy(marked, found):.3f}")


def mean_of(rights: list[bool]) -> float:
    return sum(rights) / max(len(rights), 1)


if __name__ == "__main__":
    main()
