"""Nothing is written by halves, and nothing is lost."""

import os
import signal
import subprocess
import sys

import pytest

from nianbao.data.errors import NotFound, OutputError, QueryError, ToolMissing
from nianbao.data.exports import Export, write_export


@pytest.fixture
def filled(store, put):
    put("已公开。存在不足。", org="甲县", year=2021)
    return store


def names(folder):
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("format_", ["csv", "xlsx", "sqlite", "parquet"])
def test_a_file_is_replaced_only_with_force(filled, tmp_path, format_):
    out = tmp_path / "out.x"
    out.write_text("mine")
    export = Export(tables=("reports",), format=format_)
    with pytest.raises(OutputError, match="--force"):
        write_export(filled, export, out)
    assert out.read_text() == "mine"
    write_export(filled, export, out, force=True)
    assert out.read_bytes() != b"mine"


def test_a_folder_is_replaced_only_where_an_export_made_it(filled, tmp_path):
    out = tmp_path / "out"
    write_export(filled, Export(), out)
    with pytest.raises(OutputError, match="--force"):
        write_export(filled, Export(), out)
    write_export(filled, Export(tables=("reports", "counts"), format="jsonl"), out, force=True)
    assert names(out) == ["counts.jsonl", "export.json", "reports.jsonl"]
    (out / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"mine\.txt"):
        write_export(filled, Export(), out, force=True)
    assert (out / "mine.txt").read_text() == "mine"


def test_a_folder_of_other_things_is_never_replaced(filled, tmp_path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "mine.txt").write_text("mine")
    with pytest.raises(OutputError, match="other files"):
        write_export(filled, Export(), tmp_path / "home", force=True)
    assert names(tmp_path / "home") == ["mine.txt"]


def test_an_empty_folder_is_filled(filled, tmp_path):
    (tmp_path / "out").mkdir()
    write_export(filled, Export(tables=("reports",)), tmp_path / "out")
    assert names(tmp_path / "out") == ["export.json", "reports.csv"]


def test_the_database_that_is_read_is_never_replaced(filled):
    with pytest.raises(OutputError, match="database that is read"):
        write_export(filled, Export(format="sqlite"), filled.path, force=True)


@pytest.mark.parametrize(
    ("export", "name", "error"),
    [
        (Export(), "none/out", OutputError),
        (Export(), "out.csv", OutputError),
        (Export(format="xlsx"), "out.zip", OutputError),
        (Export(by_year=True), "out", OutputError),
        (Export(tables=("budget",)), "out.csv", NotFound),
        (Export(tables=("runs",), query="公开"), "out.csv", QueryError),
        (Export(query="("), "out", QueryError),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(filled, tmp_path, export, name, error):
    before = names(tmp_path)
    with pytest.raises(error):
        write_export(filled, export, tmp_path / name)
    assert names(tmp_path) == before


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet", "xlsx", "sqlite", "dta", "datapackage"])
def test_a_failure_leaves_nothing(filled, tmp_path, monkeypatch, format_):
    pytest.importorskip("pandas", reason="pandas is not installed")
    before = names(tmp_path)
    watched = []

    def stop(*reached):
        watched.append(reached)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_export(filled, Export(format=format_), tmp_path / "out", watch=stop)
    assert names(tmp_path) == before and watched


def test_what_is_missing_is_named_with_the_remedy(filled, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ToolMissing, match=r"pip install 'nianbao\[frames\]'"):
        write_export(filled, Export(format="parquet"), tmp_path / "out")


@pytest.mark.skipif(os.name == "nt", reason="signals are those of POSIX")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_killed_run_leaves_no_half_file(filled, tmp_path, number):
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom nianbao.data.store import Store\n"
        "from nianbao.data.exports import Export, write_export\n"
        "def watch(*_):\n    print('here', flush=True)\n    time.sleep(60)\n"
        "with Store.open(sys.argv[1], read_only=True) as store:\n"
        "    write_export(store, Export(), Path(sys.argv[2]), watch=watch)"
    )
    words = [sys.executable, "-c", code, filled.path, tmp_path / "out"]
    places = os.pathsep.join(filter(None, sys.path))
    run = subprocess.Popen(words, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": places})
    with run:
        assert run.stdout.readline() == b"here\n"
        run.send_signal(number)
    assert run.returncode == -number and not (tmp_path / "out").exists()


def test_rows_are_of_one_moment(filled, put, tmp_path):
    added = []

    def watch(*_):
        if not added:
            added.append(filled.path)
            other = subprocess.run(
                [sys.executable, "-c", _INSERT, filled.path], capture_output=True, text=True, check=True
            )
            assert other.stdout == "2\n"

    done = write_export(filled, Export(format="jsonl"), tmp_path / "out", watch=watch)
    assert added and done.tables["reports"] == 1
    assert len((tmp_path / "out" / "reports.jsonl").read_bytes().splitlines()) == 1


_INSERT = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=20)
connection.execute("insert into runs(pipeline, started) values ('x', 'y')")
connection.execute("insert into reports(id, text, genre, length, number) values ('x', 'y', 'work', 1, 99)")
connection.commit()
print(connection.execute("select count(*) from reports").fetchone()[0])
connection.close()
"""
