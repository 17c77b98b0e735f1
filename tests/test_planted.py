"""Repeats that were planted in a small archive are found, and little else."""

from importlib import import_module
from pathlib import Path

import pytest

from nianbao.data.store import Store
from nianbao.nlp.repeats import make_repeats

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")


@pytest.fixture(scope="module")
def scores(tmp_path_factory):
    path = tmp_path_factory.mktemp("planted") / "planted.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        planting = import_module("planting.repeats").plant(400, seed=3)
        planted = import_module("planting.writing").write_database(planting, path)
        with Store.open(path) as store:
            make_repeats(store)
            return import_module("planting.repeat_scores").score_repeats(store, planting, planted)


def test_precision_and_recall(scores):
    assert scores.precision >= 0.98
    assert scores.recall >= 0.98


def test_no_copy_is_missed_and_pairs_are_told(scores):
    assert scores.copies > 20
    assert scores.missed_copies == 0
    assert scores.pairs == 1


def test_set_phrases_and_ways_are_told(scores):
    assert scores.phrases == 1
    assert scores.mistaken == 0
    assert scores.ways >= 0.98
