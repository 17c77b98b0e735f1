"""`nianbao prune`: what has vanished goes, and nothing goes because a disk is missing."""

import pytest

TEXT = "{org}2021年政府信息公开工作年度报告\n一、总体情况\n2021年，我局公开信息{n}条。\n"


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "年报"
    folder.mkdir()
    for n, name in enumerate("甲乙丙丁", 11):
        text = TEXT.format(org=f"青河县{name}局", n=n)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def db(nianbao, folder, tmp_path):
    nianbao("index", folder, "--db", tmp_path / "a.db", check=0)
    return tmp_path / "a.db"


def test_what_is_gone_goes(nianbao, folder, db):
    (folder / "乙.txt").unlink()
    looked = nianbao("prune", "--dry-run", "--db", db, check=0)
    assert looked.stdout == f"{folder / '乙.txt'}\n"
    assert "1 reports would go" in looked.stderr
    done = nianbao("prune", "--db", db, check=0)
    assert (done.stdout, "1 of 4 files, 1 sources, 1 reports went" in done.stderr) == (looked.stdout, True)
    assert "Nothing to take out" in nianbao("prune", "--db", db, check=0).stderr


def test_a_missing_disk_takes_nothing_out(nianbao, folder, db):
    folder.rename(folder.with_name("weg"))
    refused = nianbao("prune", "--db", db, check=2)
    assert refused.stdout == ""
    assert "--yes" in refused.stderr
    assert "without --yes" in nianbao("prune", "--dry-run", "--db", db, check=0).stderr
    folder.with_name("weg").rename(folder)
    assert "Nothing to take out" in nianbao("prune", "--db", db, check=0).stderr


def test_yes_takes_out_everything(nianbao, folder, db):
    for file in folder.iterdir():
        file.unlink()
    assert len(nianbao("prune", "--yes", "--db", db, check=0).stdout.splitlines()) == 4


def test_only_below_the_paths_named(nianbao, folder, db):
    for name in "甲乙":
        (folder / f"{name}.txt").unlink()
    done = nianbao("prune", "年报/甲.txt", "--yes", "--db", db, cwd=folder.parent, check=0)
    assert done.stdout == f"{folder / '甲.txt'}\n"


def test_pruning_twice_and_indexing_again(nianbao, folder, db):
    (folder / "丙.txt").rename(folder / "戊.txt")
    nianbao("prune", "--db", db, check=0)
    assert "added      1" in nianbao("index", folder, "--db", db, check=0).stderr
