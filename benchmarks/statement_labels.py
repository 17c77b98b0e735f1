"""Figures of the statement classifier on passages marked by hand, with the statements cut as marked.

    python benchmarks/statement_labels.py [GOLD.jsonl ...]

Without arguments the marked passages beside the checkout (`../shared/gold/*_dev.jsonl`) are scored, each file
by itself. Every figure is by character of statement text.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path

from nianbao.data.folding import fold
from nianbao.models.answers import link_plans
from nianbao.models.pieces import Piece, Prediction
from nianbao.models.statements import LABELS, StatementModel

GOLD = Path(__file__).parents[2] / "shared" / "gold"
NAMES = ("disclosure_dev.jsonl", "authored_dev.jsonl", "work_dev.jsonl")
# What stands between two statements and is longer than an enumerator is a heading.
SHORTEST_HEADING = 4


def main() -> None:
    paths = [Path(name) for name in sys.argv[1:]] or [GOLD / name for name in NAMES]
    gold = {path.stem: [json.loads(line) for line in path.open(encoding="utf-8")] for path in paths}
    gold["all"] = [passage for passages in gold.values() for passage in passages]
    print("| set | macro F1 | " + " | ".join(LABELS) + " | category | lost: macro F1 | answers F1 |")
    print("| --- " * (len(LABELS) + 5) + "|")
    for name, passages in gold.items():
        print(row(name, passages))


def row(name: str, passages: list[dict]) -> str:
    model = StatementModel.load()
    pieces = [pieces_of(passage) for passage in passages]
    lost = [[piece._replace(section="unknown", heading="") for piece in each] for each in pieces]
    found = model.predict(pieces)
    f1s = f1_by_label(passages, found)
    without = f1_by_label(passages, model.predict(lost))
    figures = [mean(f1s), *f1s.values(), category_accuracy(passages, found), mean(without)]
    figures.append(answers_f1(passages, pieces))
    return f"| {name} | " + " | ".join(f"{figure:.3f}" for figure in figures) + " |"


def pieces_of(passage: dict) -> list[Piece]:
    at, heading, pieces = 0, "", []
    for statement in passage["statements"]:
        start = passage["text"].index(statement["text"], at)
        between = plain(passage["text"][at:start]).strip("。;,:")
        heading = between if len(between) >= SHORTEST_HEADING else heading
        at = start + len(statement["text"])
        genre = passage.get("genre", "disclosure")
        pieces.append(Piece(plain(statement["text"]), passage["section"], genre, heading))
    return pieces


def plain(text: str) -> str:
    return "".join(fold(text).split())


def pairs(passages: list[dict], found: list[list[Prediction]]) -> list[tuple[dict, Prediction, int]]:
    return [
        (statement, prediction, len(plain(statement["text"])))
        for passage, predictions in zip(passages, found, strict=True)
        for statement, prediction in zip(passage["statements"], predictions, strict=True)
    ]


def f1_by_label(passages: list[dict], found: list[list[Prediction]]) -> dict[str, float]:
    hit, marked, told = defaultdict(int), defaultdict(int), defaultdict(int)
    for statement, prediction, length in pairs(passages, found):
        marked[statement["label"]] += length
        told[prediction.label] += length
        hit[prediction.label] += length * (statement["label"] == prediction.label)
    return {label: 2 * hit[label] / max(marked[label] + told[label], 1) for label in LABELS}


def category_accuracy(passages: list[dict], found: list[list[Prediction]]) -> float:
    right = [
        (length, statement["category"] == prediction.category)
        for statement, prediction, length in pairs(passages, found)
        if statement["label"] == prediction.label != "other"
    ]
    return sum(length * is_right for length, is_right in right) / max(sum(length for length, _ in right), 1)


def answers_f1(passages: list[dict], pieces: list[list[Piece]]) -> float:
    """F1 of the links from plans to problems, given the marked labels and categories."""
    hits = links = 0
    for passage, own in zip(passages, pieces, strict=True):
        marked = [Prediction(each["label"], each["category"], 1.0) for each in passage["statements"]]
        for statement, answer in zip(passage["statements"], link_plans(own, marked), strict=True):
            known = statement.get("answers")
            hits += known is not None and known == answer
            links += (known is not None) + (answer is not None)
    return 2 * hits / max(links, 1)


def mean(figures: dict[str, float]) -> float:
    return sum(figures.values()) / len(figures)


if __name__ == "__main__":
    main()
