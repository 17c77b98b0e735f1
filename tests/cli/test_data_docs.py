"""What docs/data.md shows runs on the sample archive; the page of the dictionary is that of the schema."""

import re
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCKS = re.findall(r"```(\w+(?: \w+)?)\n(.*?)```", (DOCS / "data.md").read_text(encoding="utf-8"), re.DOTALL)


def blocks(kind):
    found = [block for name, block in BLOCKS if name == kind]
    assert found
    return found


@pytest.fixture
def folder(nianbao, archive, tmp_path, monkeypatch):
    """A folder with the exports that the page's second block makes."""
    pytest.importorskip("pandas", reason="pandas is not installed")
    monkeypatch.chdir(tmp_path)
    for line in blocks("bash")[1].splitlines():
        program, *words = shlex.split(line, comments=True)
        assert program == "nianbao"
        nianbao(*words, "--db", archive, check=0)
    return tmp_path


def test_the_commands_at_the_top_run(nianbao, archive, tmp_path, monkeypatch):
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    monkeypatch.chdir(tmp_path)
    for line in blocks("bash")[0].splitlines():
        words = shlex.split(line, comments=True)[1:]
        nianbao(*words[: words.index(">") if ">" in words else None], "--db", archive, check=0)
    assert {path.name for path in tmp_path.iterdir()} == {"年报.xlsx", "data", "data.zip"}


def test_pandas(folder, capsys):
    [block] = blocks("python")
    exec(compile(block, "data.md", "exec"), {})
    said = capsys.readouterr().out
    assert "2023" in said and "staff" in said


def test_duckdb_and_sqlite(folder, archive):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    [over_parquet] = blocks("sql duckdb")
    rows = duckdb.sql(over_parquet).fetchall()
    with closing(sqlite3.connect(archive)) as connection:
        query = re.sub(r"read_parquet\(.*\)", "panel", over_parquet)
        assert [pytest.approx(row) for row in rows] == connection.execute(query).fetchall() and len(rows) > 3
        [over_sqlite] = blocks("sql sqlite")
        assert len(connection.execute(over_sqlite).fetchall()) > 10


def test_stock_sqlite(folder):
    if shutil.which("sqlite3") is None:
        pytest.skip("sqlite3 is not installed")
    words = shlex.split(blocks("bash")[2])
    done = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", check=True)
    assert "new_requests|本年新收申请|件" in done.stdout


@pytest.mark.parametrize("kind", ["r", "r base"])
def test_r(folder, kind):
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not installed (Debian: r-base-core)")
    [block] = blocks(kind)
    for package in re.findall(r"(\w+)::", block):
        if subprocess.run(["Rscript", "-e", f"library({package})"], capture_output=True).returncode:
            pytest.skip(f"the R package {package} is not installed")
    done = subprocess.run(["Rscript", "-e", block], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_every_format_is_documented():
    from nianbao.data.exports import FORMATS

    text = (DOCS / "data.md").read_text(encoding="utf-8")
    assert all(f"| `{name}` |" in text for name in FORMATS)


def test_the_page_of_the_dictionary_is_that_of_the_schema(nianbao):
    page = (DOCS / "dictionary.md").read_text(encoding="utf-8")
    printed = nianbao("schema", "dictionary", "--markdown", check=0).stdout
    assert page == printed, "nianbao schema dictionary --markdown > docs/dictionary.md"
