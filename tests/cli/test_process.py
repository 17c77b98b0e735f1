"""The command line as a process: encodings, pipes, and what it imports."""

import os
import subprocess
import sys

import pytest

LIGHT = [("--help",), ("search", "更新"), ("show", "洋县民政局2024"), ("export", "reports"), ("stats",)]


def run(*words, **environment):
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nianbao.cli", *map(str, words)],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("words", LIGHT, ids=lambda words: words[0])
def test_commands_that_read_the_database_stay_light(archive, words):
    done = run(*words, NIANBAO_DB=str(archive), LC_ALL="C", PYTHONUTF8="0")
    imported = {
        line.rpartition("|")[2].strip() for line in done.stderr.decode("utf-8", "replace").splitlines()
    }
    assert done.returncode == 0
    assert not imported & {"spacy", "sklearn", "jieba", "numpy", "pdfplumber"}
    assert "nianbao.cli" in imported
    if words[0] != "--help":
        assert done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(archive):
    command = f"{sys.executable} -m nianbao.cli export statements --db '{archive}' --format jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
