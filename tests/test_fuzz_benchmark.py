"""The fuzzing benchmark itself: its targets hold on a few inputs, and what fails is counted and kept."""

from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")
NAMES = (
    *("reading", "numbers", "dates", "counts", "zeros", "citations", "sections", "tables", "markup"),
    *("masthead", "names", "query", "search", "report", "records", "readers"),
)


@pytest.fixture
def engines(monkeypatch):
    monkeypatch.syspath_prepend(BENCHMARKS)
    return import_module("fuzzing.engines")


@pytest.fixture
def only(engines, monkeypatch):
    """A target of its own that does with each input what it is told."""

    def put(run):
        target = engines.Target(lambda choices: choices.below(1000), run)
        monkeypatch.setitem(engines.TARGETS, "own", target)

    return put


def fail(made):
    raise ValueError(f"{made} is wrong")


def spin(_):
    while True:
        pass


def test_every_target_is_fed(engines, monkeypatch):
    assert set(engines.TARGETS) == set(NAMES) == set(import_module("fuzz").SHARES)


@pytest.mark.parametrize("name", NAMES)
def test_a_target_holds(engines, tmp_path, name):
    tally = engines.run_random(name, 25, 7, tmp_path)
    assert (tally.inputs, tally.crashes) == (25, 0)


def test_a_seed_gives_the_same_inputs(engines, only, tmp_path):
    fed = []
    only(fed.append)
    engines.run_random("own", 9, 1, tmp_path)
    engines.run_random("own", 9, 1, tmp_path)
    assert fed[:9] == fed[9:]
    assert len(set(fed)) > 5


def test_a_crash_is_counted_and_its_input_kept(engines, only, tmp_path):
    only(fail)
    tally = engines.run_random("own", 3, 1, tmp_path)
    [kept] = tmp_path.glob("own-*.py")
    assert tally.crashes == 3
    assert "ValueError" in kept.read_text(encoding="utf-8")
    assert "MADE = " in kept.read_text(encoding="utf-8")


def test_a_hang_is_ended_and_counted(engines, only, tmp_path, monkeypatch):
    monkeypatch.setattr(engines, "PATIENCE", 0.05)
    only(spin)
    assert engines.run_random("own", 2, 1, tmp_path).hangs == 2


def test_bytes_choose(engines):
    choices = engines.Bytes(bytes([7, 1, 2]))
    assert [choices.below(5), choices.below(1000), choices.below(300), choices.below(9)] == [2, 258, 0, 0]
