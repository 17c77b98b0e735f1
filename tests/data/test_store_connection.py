import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import nianbao
from nianbao.data.errors import DatabaseError
from nianbao.data.store import Store
from nianbao.data.store.schema import APPLICATION_ID, migrations, schema_version

TABLES = [
    "reports",
    "sources",
    "sections",
    "statements",
    "dates",
    "counts",
    "zeros",
    "citations",
    "organisations",
    "people",
    "tables",
    "table_cells",
    "checks",
    "corrections",
    "runs",
]
VIEWS = ["facts", "initiatives", "problems", "plans", "panel"]


def text_file(path):
    path.write_text("青田县人民政府2021年报告，并非数据库。", encoding="utf-8")


def foreign_database(path):
    connection = sqlite3.connect(path)
    connection.execute("create table notes (body text)")
    connection.close()


def newer_database(path):
    Store.open(path, create=True).close()
    connection = sqlite3.connect(path)
    connection.execute(f"pragma user_version = {schema_version() + 1}")
    connection.close()


REFUSED = [
    (text_file, "not an SQLite database"),
    (foreign_database, "another program"),
    (newer_database, "upgrade nianbao"),
    (Path.mkdir, "is a folder"),
    (Path.touch, "not an SQLite database"),
]


@pytest.mark.parametrize(("make", "message"), REFUSED)
@pytest.mark.parametrize("read_only", [True, False])
def test_refuses_what_is_not_ours(path, make, message, read_only):
    make(path)
    before = None if path.is_dir() else path.read_bytes()
    with pytest.raises(DatabaseError, match=message):
        Store.open(path, read_only=read_only)
    assert path.is_dir() or path.read_bytes() == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("make", [text_file, foreign_database, newer_database])
def test_create_takes_nothing_over(path, make):
    make(path)
    before = path.read_bytes()
    with pytest.raises(DatabaseError):
        Store.open(path, create=True)
    assert path.read_bytes() == before


def test_missing_file_is_not_made(path):
    with pytest.raises(DatabaseError, match="no such database"):
        Store.open(path)
    assert not path.exists()


def test_missing_folder(path):
    with pytest.raises(DatabaseError, match="folder"):
        Store.open(path / "deeper" / "a.db", create=True)


def test_empty_file_is_filled(path):
    path.touch()
    with Store.open(path, create=True) as store:
        assert store.stats().reports == 0


def test_schema(path):
    Store.open(path, create=True).close()
    connection = sqlite3.connect(path)
    names = {row[0] for row in connection.execute("select name from sqlite_master")}
    assert names >= {*TABLES, *VIEWS}
    assert connection.execute("pragma journal_mode").fetchone() == ("wal",)
    assert connection.execute("pragma user_version").fetchone() == (schema_version(),)
    assert connection.execute("pragma application_id").fetchone() == (APPLICATION_ID,)
    connection.close()


def test_foreign_keys_cascade_from_reports(path):
    Store.open(path, create=True).close()
    connection = sqlite3.connect(path)
    for table in (*TABLES[2:-1], "readings"):
        keys = connection.execute(f"select * from pragma_foreign_key_list('{table}')").fetchall()
        assert ("reports", "report_id", "id", "CASCADE") in [(k[2], k[3], k[4], k[6]) for k in keys]
    connection.close()


def test_older_schema_is_brought_up_to_date(path, monkeypatch):
    from nianbao.data.store import connection

    with monkeypatch.context() as patch:
        patch.setattr(connection.migrations, "_migrations", migrations._migrations[:2])
        patch.setattr(connection, "schema_version", lambda: 2)
        Store.open(path, create=True).close()
    with pytest.raises(DatabaseError, match="older schema"):
        Store.open(path, read_only=True)
    with Store.open(path) as store:
        assert "panel" in store.tables()


def test_interrupted_creation_goes_on(path):
    connection = sqlite3.connect(path)
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    connection.close()
    with Store.open(path) as store:
        assert store.stats().reports == 0


def test_read_only_changes_nothing(path, store, put):
    put("已公开信息12条。")
    store.close()
    before = path.read_bytes()
    with Store.open(path, read_only=True) as reader:
        assert reader.search("公开").total == 1
        with pytest.raises(DatabaseError, match="open it for writing"):
            reader.begin_run("1")
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_read_only_disk(path, store, put, monkeypatch):
    """On a disk that takes no shared-memory file only an immutable database opens."""
    put("已公开信息12条。")
    store.close()
    connect = sqlite3.connect

    def without_shared_memory(place, **options):
        if "immutable" in str(place):
            return connect(place, **options)
        return connect(f"file:{path.parent}/none/a.db", uri=True)

    monkeypatch.setattr(sqlite3, "connect", without_shared_memory)
    with pytest.raises(DatabaseError):
        Store.open(path)
    with Store.open(path, read_only=True) as reader:
        assert reader.search("公开").total == 1


def test_writer_waits_its_turn(path, store, monkeypatch):
    monkeypatch.setattr("nianbao.data.store.connection._BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("begin immediate")
    with Store.open(path) as waiting, pytest.raises(DatabaseError, match=r"locked.*try again"):
        waiting.begin_run("1")
    other.close()


def test_several_may_make_the_same_file_at_once(path):
    code = "import sys; from nianbao.data.store import Store; Store.open(sys.argv[1], create=True).close()"
    command = [sys.executable, "-P", "-c", code, str(path)]
    running = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(4)]
    assert [(process.communicate()[1], process.returncode) for process in running] == [(b"", 0)] * 4


def test_damaged_pages(path, store, put):
    for number in range(40):
        put(f"已公开第{number}批信息。")
    store.close()
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    with pytest.raises(DatabaseError, match="restore it"), Store.open(path) as broken:
        broken.stats()


KILLED = """
import os, signal, sys
from nianbao.data import store as package
from nianbao.data.records import Report
package.apply_corrections = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
with package.Store.open(sys.argv[1]) as store:
    indexed = package.make_indexed("乙县", [0, 1], None, None)
    store.add(package.SourceFile(path="b"), Report(id="b" * 16, text="乙县"), "1", indexed=indexed)
"""


def test_killed_in_mid_write(path, store, put):
    put("甲县公开信息。")
    store.close()
    root = Path(nianbao.__file__).parent / ".dev"
    command = [sys.executable, "-c", KILLED, str(path)]
    killed = subprocess.run(command, env=os.environ | {"PYTHONPATH": str(root)}, check=False)
    assert killed.returncode == -signal.SIGKILL
    with Store.open(path) as survivor:
        assert survivor.stats().reports == 1
        assert survivor.source("b") is None
        assert survivor.search("乙").total == 0
