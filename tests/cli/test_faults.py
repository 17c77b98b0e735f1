"""Indexing under faults, in short; `benchmarks/faults.py` runs the same hundreds of times."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
pytestmark = [
    pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks"),
    pytest.mark.skipif(sys.platform != "linux", reason="processes and disks are looked at as Linux has them"),
]
KINDS = (
    *("kill", "power", "interrupt", "terminate", "worker"),
    *("full", "limited", "readonly", "locked", "two", "reader", "changing"),
)
REPORTS = 8


@pytest.fixture(scope="module")
def faults():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return import_module("faults")


@pytest.fixture(scope="module")
def lab(faults, tmp_path_factory):
    return faults.Lab(tmp_path_factory.mktemp("lab"), REPORTS, seed=3)


def test_every_kind_is_tried(faults):
    assert set(faults.ALL) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_doubled_or_corrupt_after(kind, faults, lab):
    try:
        (trial,) = faults.trials(lab, kind, 1)
    except faults.NotPossible as error:
        pytest.skip(str(error))
    assert trial.sound, trial
