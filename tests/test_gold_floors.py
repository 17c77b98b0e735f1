"""The scores on our own gold sets do not fall below what was once reached."""

import hashlib
import json
from pathlib import Path

import pytest

from nianbao.cli.evaluate import read_passage
from nianbao.data.gold import read_gold
from nianbao.models.evaluation import evaluate

GOLD = Path(__file__).parent / "gold"
FLOORS = json.loads((GOLD / "floors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(GOLD.glob("*.jsonl")), ids=lambda path: path.name)
def test_no_figure_is_below_its_floor(path):
    pinned = FLOORS[path.name]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == pinned["sha256"], "run benchmarks/pin_floors.py"
    passages = read_gold([path])
    figures = evaluate(passages, [read_passage(passage) for passage in passages], draws=0).figures
    below = {
        name: figures[name].value for name, floor in pinned["floors"].items() if figures[name].value < floor
    }
    assert not below


def test_the_gold_is_large_enough():
    assert len(read_gold(sorted(GOLD.glob("*.jsonl")))) >= 60
