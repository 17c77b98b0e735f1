"""A generated archive over all formats, encodings and breakages goes in, through the command itself."""

import os
import subprocess
import sys
from collections import defaultdict
from importlib import import_module
from pathlib import Path

import pytest

import nianbao

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
pytestmark = pytest.mark.skipif(not BENCHMARKS.is_dir(), reason="only a checkout has the benchmarks")
REPORTS, BROKEN = 260, 0.25


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory, record_testsuite_property):
    """What became of every file, by format; and what the command said."""
    for needed in ("reportlab", "pypdf", "py7zr", "warcio", "openpyxl"):
        pytest.importorskip(needed, reason=f"without {needed} not all formats can be written")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        writing, verdict = import_module("archives.writing"), import_module("archives.verdict")
    folder = tmp_path_factory.mktemp("generated") / "archive"
    manifest = writing.write_archive(folder, REPORTS, seed=11, share_broken=BROKEN)
    db = folder.with_suffix(".db")
    index(folder, db)
    found = defaultdict(list)
    for each in verdict.judge(db, folder, manifest):
        found[each.kind].append(each)
    for kind, each in found.items():
        record_testsuite_property(f"generated {kind}", len(each))
    return found


def index(folder, db):
    command = [sys.executable, "-P", "-m", "nianbao.cli", "index", str(folder), "--db", str(db)]
    home = str(Path(nianbao.__file__).parents[1])
    done = subprocess.run(command, capture_output=True, text=True, env=environment(home), check=False)
    assert done.returncode == 1, done.stderr[-2000:]
    assert "Traceback" not in done.stderr


def environment(home):
    return os.environ | {"PYTHONPATH": home}


def faults(verdicts):
    return [f"{each.path}: {'; '.join(each.faults)}" for each in verdicts if each.faults]


def test_archive_is_large_and_manifold(verdicts):
    assert sum(map(len, verdicts.values())) >= REPORTS * (1 + BROKEN)
    assert len(verdicts) >= 30


def test_every_sound_file_is_read_right(verdicts):
    wrong = {kind: faults(each) for kind, each in verdicts.items() if kind not in ("broken", "left out")}
    assert not any(wrong.values()), {kind: each for kind, each in wrong.items() if each}


def test_every_broken_file_is_named_with_its_reason(verdicts):
    assert not faults(verdicts["broken"])


def test_companions_of_saved_pages_are_left_out(verdicts):
    assert verdicts["left out"]
    assert not faults(verdicts["left out"])
