"""Indexing under faults, in short; `benchmarks/faults.py` runs the same hundreds of times."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
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
REPORTS = 6


@pytest.fixture(scope="module")
def faults():
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return import_module("faults")


@pytest.fixture(scope="module")
def trials(faults, tmp_path_factory):
    """A trial of each kind, several at the same time: most of each is the start of processes."""
    lab = faults.Lab(tmp_path_factory.mktemp("lab"), REPORTS, seed=3)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return {kind: pool.submit(faults.trials, lab, kind, 1) for kind in KINDS}


def test_every_kind_is_tried(faults):
    assert set(faults.ALL) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_lost_doubled_or_corrupt_after(kind, faults, trials):
    try:
        (trial,) = trials[kind].result()
    except faults.NotPossible as error:
        pytest.skip(str(error))
    assert trial.sound, trial
