"""`nianbao export` as it is typed: where it writes, what it refuses, what it says."""

import csv
import io
import json
import sqlite3

import pytest


def test_all_tables_go_into_a_folder(nianbao, archive, tmp_path):
    done = nianbao("export", "-o", tmp_path / "data", "--db", archive, check=0)
    assert "tables written to" in done.stderr and done.stdout == ""
    manifest = json.loads((tmp_path / "data" / "export.json").read_text(encoding="utf-8"))
    assert manifest["rows"]["reports"] == 20 and manifest["format"] == "csv"
    assert {"dictionary.csv", "dictionary_codes.csv", "panel.csv"} <= set(manifest["files"])
    assert "problems.csv" not in manifest["files"]


def test_the_format_is_that_of_the_name(nianbao, archive, tmp_path):
    nianbao("export", "zeros", "reports", "-o", tmp_path / "a.db", "--org", "泾县", "--db", archive, check=0)
    connection = sqlite3.connect(tmp_path / "a.db")
    assert connection.execute("select distinct org from reports").fetchall() == [("泾县人民政府",)]
    connection.close()


def test_what_is_there_is_kept_unless_forced(nianbao, archive, tmp_path):
    out = tmp_path / "plans.csv"
    out.write_text("mine")
    assert "--force" in nianbao("export", "plans", "-o", out, "--db", archive, check=2).stderr
    assert out.read_text() == "mine"
    nianbao("export", "plans", "-o", out, "--force", "--db", archive, check=0)
    assert out.read_text(encoding="utf-8").startswith("id,report_id,")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["reports", "counts"], "--out"),
        (["-f", "xlsx", "reports"], "--out"),
        (["--query", "公开"], "--out"),
        (["--partition", "org", "-o", "x"], "by year"),
        (["budget"], "reports"),
        (["-o", "missing/x"], "does not exist"),
    ],
)
def test_what_cannot_be_is_refused_with_the_remedy(nianbao, archive, tmp_path, words, said):
    done = nianbao("export", *words, "--db", archive, cwd=tmp_path, check=2)
    assert said in done.stderr and list(tmp_path.iterdir()) == []


def test_the_dictionary_to_stdout(nianbao, archive):
    rows = list(csv.DictReader(io.StringIO(nianbao("export", "dictionary", "--db", archive, check=0).stdout)))
    labels = {(row["table"], row["column"]): (row["chinese"], row["unit"]) for row in rows}
    assert labels["panel", "new_requests"] == ("本年新收申请", "件")
    described = json.loads(nianbao("schema", "dictionary", check=0).stdout)
    assert len(rows) == sum(len(table["columns"]) + 1 for table in described["tables"])


def test_a_remark_is_shown(nianbao, archive, tmp_path, monkeypatch):
    from nianbao.data.exports import workbook

    monkeypatch.setattr(workbook, "ROWS_MAX", 12)
    done = nianbao("export", "reports", "-o", tmp_path / "a.xlsx", "--db", archive, check=0)
    assert "reports: more rows than a sheet of Excel holds; it stands on 2 sheets" in done.stderr
