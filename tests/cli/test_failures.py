"""`nianbao failures`, on files that really fail."""

import csv
import io
import json

import pytest


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("failures")
    (folder / "空.txt").write_bytes(b"")
    (folder / "截断.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog")
    (folder / "好.txt").write_text(
        "平川县审计局2022年政府信息公开工作年度报告\n一、总体情况\n全年公开信息7条。\n", encoding="utf-8"
    )
    return folder


@pytest.fixture
def db(nianbao, folder, tmp_path):
    nianbao("index", folder, "--db", tmp_path / "a.db", check=1)
    return tmp_path / "a.db"


def test_refused_files_with_reason_and_remedy(nianbao, db):
    done = nianbao("failures", "--db", db, check=0)
    for wanted in ("空.txt", "截断.pdf", "the file is empty", "→ Fetch it again", "since 20"):
        assert wanted in done.stdout
    assert "好.txt" not in done.stdout
    assert "2 files refused" in done.stderr


def test_the_formats_say_the_same(nianbao, db):
    whole = json.loads(nianbao("failures", "--db", db, "--json", check=0).stdout)
    lines = nianbao("failures", "--db", db, "--jsonl", check=0).stdout.splitlines()
    rows = list(csv.DictReader(io.StringIO(nianbao("failures", "--db", db, "--csv", check=0).stdout)))
    assert [json.loads(line) for line in lines] == whole["failures"]
    assert [row["path"] for row in rows] == [failure["path"] for failure in whole["failures"]]
    assert sum(whole["counts"].values()) == len(rows) == 2


def test_an_unknown_kind_is_wrong_usage(nianbao, db):
    assert "empty_text" in nianbao("failures", "--kind", "tired", "--db", db, check=2).stderr


def test_nothing_refused(nianbao, db):
    done = nianbao("failures", "--kind", "lost_worker", "--db", db, check=0)
    assert done.stdout == ""
    assert "Nothing to report" in done.stderr
