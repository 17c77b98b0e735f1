"""The command line as a process: encodings, pipes, and what it imports."""

import os
import subprocess
import sys

import pytest

LIGHT = [
    ("--help",),
    ("--version",),
    ("search", "更新"),
    ("search", "更新", "-n", "3", "--year", "2020..2024", "--sort", "-year", "--in", "statements", "--json"),
    ("search", "更新", "--related", "--explain", "--facets"),
    ("show", "洋县民政局2024"),
    ("export", "reports"),
    ("stats",),
    ("failures",),
]
# What reads files and text, what draws and what makes frames; pydantic checks options where Typer uses it.
HEAVY = {
    *("spacy", "sklearn", "scipy", "numpy", "pandas", "polars", "pyarrow", "jieba", "rjieba", "matplotlib"),
    *("lxml", "openpyxl", "pypdfium2", "onnxruntime", "datasette", "watchfiles", "warcio", "pydantic"),
}


def run(*words, **environment):
    return subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "nianbao.cli", *map(str, words)],
        capture_output=True,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize("words", LIGHT, ids=" ".join)
def test_commands_that_read_the_database_stay_light(archive, words):
    done = run(*words, NIANBAO_DB=str(archive), LC_ALL="C", PYTHONUTF8="0")
    imported = {
        line.rpartition("|")[2].strip() for line in done.stderr.decode("utf-8", "replace").splitlines()
    }
    assert done.returncode == 0
    assert {name.partition(".")[0] for name in imported} & HEAVY == set()
    assert "nianbao.cli" in imported
    if words[0] != "failures":
        assert done.stdout.decode("utf-8")


def test_a_reader_that_goes_away_is_no_error(archive):
    command = f"{sys.executable} -m nianbao.cli export statements --db '{archive}' --format jsonl | head -n 1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
