"""Indexing: what goes in, what is skipped, what fails, and that nothing good is lost."""

import shutil
import sqlite3

import pytest

TEXT = (
    "{org}2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局主动公开信息{n}条。\n"
    "五、存在的主要问题及改进情况\n一是栏目更新偏慢。下一步，将按月巡查栏目。\n"
)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "年报"
    (folder / "县").mkdir(parents=True)
    (folder / "县" / "甲.txt").write_text(TEXT.format(org="凤阳县财政局", n=30), encoding="utf-8")
    (folder / "乙.txt").write_bytes(TEXT.format(org="凤阳县水利局", n=41).encode("gb18030"))
    (folder / "README.md").write_text("notes", encoding="utf-8")
    (folder / ".hidden.txt").write_text("hidden", encoding="utf-8")
    return folder


def rows(db, sql):
    connection = sqlite3.connect(db)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_a_folder_goes_in_and_a_second_run_reads_nothing(nianbao, folder, tmp_path):
    db = tmp_path / "a.db"
    first = nianbao("index", folder, "--db", db, check=0)
    assert "added      2" in first.stderr
    second = nianbao("index", folder, "--db", db, check=0)
    assert "unchanged  2" in second.stderr
    assert rows(db, "select org, year from reports order by org") == [
        ("凤阳县水利局", 2022),
        ("凤阳县财政局", 2022),
    ]


def test_a_changed_file_replaces_its_report(nianbao, folder, tmp_path):
    db = tmp_path / "a.db"
    nianbao("index", folder, "--db", db, check=0)
    (folder / "乙.txt").write_text(TEXT.format(org="凤阳县水利局", n=999), encoding="utf-8")
    done = nianbao("index", folder, "--db", db, check=0)
    assert "updated    1" in done.stderr
    assert rows(db, "select count(*) from reports") == [(2,)]
    assert rows(db, "select value from counts where value > 100") == [(999,)]


def test_a_file_that_changed_for_the_worse_loses_its_report(nianbao, folder, tmp_path):
    db = tmp_path / "a.db"
    nianbao("index", folder, "--db", db, check=0)
    (folder / "乙.txt").write_bytes(bytes(range(256)) * 40)
    nianbao("index", folder, "--db", db, check=1)
    assert rows(db, "select org from reports") == [("凤阳县财政局",)]
    assert rows(db, "select report_id, status from sources where path like '%乙.txt'") == [(None, "failed")]


def test_a_file_that_is_gone_keeps_its_report(nianbao, folder, tmp_path):
    db = tmp_path / "a.db"
    nianbao("index", folder, "--db", db, check=0)
    (folder / "乙.txt").unlink()
    nianbao("index", folder / "乙.txt", "--db", db, check=1)
    assert rows(db, "select count(*) from reports") == [(2,)]
    assert rows(db, "select status from sources where path like '%乙.txt'") == [("kept",)]


def test_a_touched_file_is_unchanged(nianbao, folder, tmp_path):
    db = tmp_path / "a.db"
    nianbao("index", folder, "--db", db, check=0)
    (folder / "乙.txt").touch()
    assert "unchanged  2" in nianbao("index", folder, "--db", db, check=0).stderr


def test_the_same_text_under_two_paths_is_stored_once(nianbao, folder, tmp_path):
    shutil.copy(folder / "县" / "甲.txt", folder / "副本.txt")
    nianbao("index", folder, "--db", tmp_path / "a.db", check=0)
    assert rows(tmp_path / "a.db", "select count(*) from reports") == [(2,)]
    assert rows(tmp_path / "a.db", "select count(*) from sources") == [(3,)]


BAD = {
    "空.txt": b"",
    "二进制.txt": bytes(range(256)) * 40,
    "截断.pdf": b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog",
    "表.xlsx": b"PK\x03\x04" + b"\0" * 60,
}


def test_bad_files_are_named_and_the_others_go_in(nianbao, folder, tmp_path):
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    db = tmp_path / "a.db"
    done = nianbao("index", folder, tmp_path / "没有.pdf", "--db", db, check=1)
    for name in [*BAD, "没有.pdf"]:
        assert name in done.stderr
    assert rows(db, "select count(*) from reports") == [(2,)]
    failed = dict(rows(db, "select path, error from sources where status = 'failed'"))
    assert len(failed) == len(BAD) + 1
    assert all(failed.values())


def test_an_unreadable_file_is_named(nianbao, folder, tmp_path):
    (folder / "坏链.txt").symlink_to(folder / "不存在")
    done = nianbao("index", folder, "--db", tmp_path / "a.db", check=1)
    assert "坏链" in done.stderr
    assert "added      2" in done.stderr


def test_a_folder_without_reports(nianbao, tmp_path):
    (tmp_path / "空").mkdir()
    done = nianbao("index", tmp_path / "空", "--db", tmp_path / "a.db", check=1)
    assert "No files" in done.stderr


@pytest.mark.parametrize(
    "words", [("index", __file__), ("search", "公开"), ("show", "x"), ("export", "reports"), ("stats",)]
)
def test_a_database_that_is_none_is_refused_and_left_alone(nianbao, tmp_path, words):
    db = tmp_path / "notes.db"
    db.write_bytes(b"this is no database " * 100)
    done = nianbao(*words, "--db", db, cwd=tmp_path, check=2)
    assert "notes.db" in done.stderr
    assert db.read_bytes() == b"this is no database " * 100


@pytest.mark.parametrize("query", ["。，！", "  ", '""', "-"])
def test_a_query_of_signs_only_is_wrong_usage(nianbao, archive, query):
    done = nianbao("search", "--db", archive, "--", query, check=2)
    assert done.stderr.strip()
    assert not done.stdout


def test_a_missing_database_says_how_to_make_one(nianbao, tmp_path):
    done = nianbao("search", "公开", "--db", tmp_path / "none.db", check=2)
    assert "nianbao index" in done.stderr
    assert not (tmp_path / "none.db").exists()


def test_every_limit_has_its_option():
    from typer.main import get_command

    from nianbao.cli import app
    from nianbao.data.limits import DEFAULT_LIMITS, Limits

    params = {param.name: param.default for param in get_command(app).commands["index"].params}
    assert {name: params[f"max_{name}"] for name in Limits.__struct_fields__} == {
        name: getattr(DEFAULT_LIMITS, name) for name in Limits.__struct_fields__
    }
