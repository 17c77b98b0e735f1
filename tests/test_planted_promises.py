"""Promises planted in an archive are found."""

from importlib import import_module
from pathlib import Path

import pytest

from nianbao.data.store import Store

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")


@pytest.fixture
def planting(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("planting.promises")


def test_the_same_seed_plants_the_same(planting):
    one, other = planting.plant_promises(3, 5), planting.plant_promises(3, 5)
    assert one.outcomes == other.outcomes and one.outcomes
    assert one.outcomes != planting.plant_promises(3, 6).outcomes


def test_planted_promises_are_judged_right(planting, tmp_path):
    planted = planting.plant_promises(25, 3)
    planting.write_promises(planted, tmp_path / "promises.db")
    with Store.open(tmp_path / "promises.db", read_only=True) as store:
        figures = planting.score_promises(store, planted)
    assert figures.plans == len(planted.outcomes)
    assert figures.right >= 0.9 and min(figures.f1.values()) >= 0.85
