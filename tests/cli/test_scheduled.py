"""Archives read by the workers of a scheduler: the same database as one machine makes, whatever dies."""

import contextlib
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason="Dask is not installed")
pytest.importorskip("pyarrow", reason="pyarrow is not installed")

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
TEXT = (
    "{org}{year}年政府信息公开工作年度报告\n一、总体情况\n{year}年，我局主动公开信息{n}条，其中公告公示{m}条。\n"
    "二、主动公开\n全年更新栏目{m}个，办结申请{k}件，没有收费。\n"
    "五、存在的主要问题及改进情况\n一是栏目更新偏慢，有的材料隔月才上网。下一步，将按月巡查栏目。\n"
)
BODIES = ("凤阳县财政局", "嘉祥县水利局", "兴宁市教育局", "岚皋县交通运输局", "武陟县统计局", "临泽县林业局")
YEARS = range(2020, 2024)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Reports, two files with one text, one over two pages, an archive, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("年报")
    for n, org in enumerate(BODIES):
        for year in YEARS:
            text = TEXT.format(org=org, year=year, n=n + year % 7 + 30, m=n + 3, k=year % 5)
            (folder / f"{org}{year}.txt").write_text(text, encoding="utf-8")
    (folder / "又一份.txt").write_bytes((folder / f"{BODIES[0]}2021.txt").read_bytes())
    (folder / "0先.txt").write_bytes((folder / f"{BODIES[5]}2023.txt").read_bytes())
    (folder / "坏.pdf").write_bytes(b"%PDF-1.7 cut")
    for path in folder.iterdir():
        os.utime(path, (time.time() - 60,) * 2)
    return folder


@pytest.fixture(scope="module")
def contents():
    """What is in a database, and how two of them differ."""
    if not BENCHMARKS.is_dir():
        pytest.skip("only a checkout has the benchmarks")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(BENCHMARKS)
        return import_module("faulting.contents")


@pytest.fixture
def small_partitions(monkeypatch):
    monkeypatch.setattr("nianbao.nlp.indexing.partitions._FILES_MAX", 3)


def dask(program, *words):
    return subprocess.Popen(
        [sys.executable, "-m", f"distributed.cli.dask_{program}", *map(str, words), "--no-dashboard"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill(process):
    """The process and all that it has started, as when its machine is gone."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler on loopback."""
    file = tmp_path_factory.mktemp("dask") / "scheduler.json"
    process = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
    until = time.monotonic() + 60
    found = None
    while not found and time.monotonic() < until:
        time.sleep(0.1)
        found = file.exists() and re.search(r"tcp://127\.0\.0\.1:\d+", file.read_text())
    assert found
    yield found[0]
    kill(process)


@pytest.fixture
def workers(scheduler, tmp_path):
    """Start workers and wait until the scheduler knows them; answers their processes."""
    from distributed import Client

    started = []

    def start(count, **environment):
        os.environ |= environment
        for _ in range(count):
            words = ("--nthreads", 1, "--no-nanny", "--local-directory", tmp_path / "dask")
            started.append(dask("worker", scheduler, *words))
        with Client(scheduler, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)
        return started

    yield start
    for process in started:
        kill(process)
    with Client(scheduler, set_as_default=False) as client:
        until = time.monotonic() + 60
        while client.scheduler_info()["workers"] and time.monotonic() < until:
            time.sleep(0.1)


def same(contents, left, right):
    found = contents.contents(right)
    assert not found.faults
    return not contents.difference(contents.contents(left), found)


@pytest.fixture(scope="module")
def local(folder, tmp_path_factory):
    """The database that the plain command makes."""
    from nianbao.cli.archive import archive_files
    from nianbao.data.store import Store
    from nianbao.nlp.indexing import index_files

    path = tmp_path_factory.mktemp("local") / "a.db"
    with Store.open(path, create=True) as store:
        outcome = index_files(store, archive_files([folder]), names=lambda path: Path(path).name)
    assert list(outcome.failed) == [str(folder / "坏.pdf")]
    return path


def kill_at_first_partition(process, data_set):
    """Kill the process as soon as a first partition is there; answers how many were there then."""
    counted = []

    def wait():
        until = time.monotonic() + 120
        while time.monotonic() < until:
            found = len(list(data_set.glob("**/_partitions/*.json")))
            if found:
                kill(process)
                counted.append(found)
                return
            time.sleep(0.01)

    thread = threading.Thread(target=wait)
    thread.start()
    return thread, counted


def test_a_worker_that_is_killed_changes_nothing(
    nianbao, scheduler, workers, folder, local, contents, small_partitions, tmp_path
):
    data_set = tmp_path / "数据"
    thread, counted = kill_at_first_partition(workers(3)[0], data_set)
    words = ("index", folder, "--scheduler", scheduler, "--dataset", data_set)
    done = nianbao(*words, cwd=folder, check=1)
    thread.join()
    partitions = len(list((data_set / "_partitions").iterdir()))
    assert counted and counted[0] < partitions == 9
    assert "坏.pdf: the PDF is cut short" in done.stderr and told(done, "added") == 26

    db = tmp_path / "b.db"
    done = nianbao("merge", data_set, "--db", db, check=1)
    assert told(done, "added") == 26
    assert same(contents, local, db)

    # Again, nothing changes, neither in the data set nor in the database.
    written = {path: path.stat().st_mtime_ns for path in data_set.rglob("*.*")}
    done = nianbao(*words, cwd=folder, check=1)
    assert told(done, "unchanged") == 26 and told(done, "added") == 0
    assert {path: path.stat().st_mtime_ns for path in data_set.rglob("*.*")} == written
    done = nianbao("merge", data_set, "--db", db, check=1)
    assert told(done, "unchanged") == 26 and told(done, "added") == 0
    assert same(contents, local, db)


def test_into_the_database_with_a_worker_killed(
    nianbao, scheduler, workers, folder, local, contents, small_partitions, tmp_path
):
    thread, counted = kill_at_first_partition(workers(2)[0], tmp_path)
    db = tmp_path / "b.db"
    done = nianbao("index", folder, "--scheduler", scheduler, "--db", db, cwd=folder, check=1)
    thread.join()
    assert counted and told(done, "added") == 26
    assert same(contents, local, db)
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".b.db")]
    done = nianbao("index", folder, "--scheduler", scheduler, "--db", db, cwd=folder, check=1)
    assert told(done, "unchanged") == 26


def test_duckdb_reads_the_same_from_the_data_set(nianbao, folder, local, small_partitions, tmp_path):
    duckdb = pytest.importorskip("duckdb", reason="DuckDB is not installed")
    data_set = tmp_path / "数据"
    nianbao("index", folder, "--scheduler", "local", "--jobs", 2, "--dataset", data_set, cwd=folder, check=1)
    connection = sqlite3.connect(local)
    for name in sorted(path.name for path in data_set.iterdir() if path.is_dir() and path.name[0] != "_"):
        columns = [row[1] for row in connection.execute(f'pragma table_info("{name}")')]
        shown = ", ".join(
            f'"{each}"' for each in columns if each not in ("id", "table_id", "number", "since")
        )
        shown = f"id, {shown}" if name == "reports" else shown
        over_sqlite = connection.execute(f'select {shown} from "{name}"').fetchall()
        over_parquet = duckdb.sql(f"select {shown} from '{data_set}/{name}/*.parquet'").fetchall()
        assert sorted(map(plain, over_parquet)) == sorted(map(plain, over_sqlite)), name
        if "id" in columns:
            query = f"select count(*), count(distinct id) from '{data_set}/{name}/*.parquet'"
            [(rows, ids)] = duckdb.sql(query).fetchall()
            assert rows == ids
    connection.close()


def told(done, what):
    """The number that a run's closing table has for this."""
    return int(re.search(rf"^{what} +(\d+)", done.stderr, re.MULTILINE)[1])


def plain(row):
    """A row as text, numbers as one kind and days as SQLite has them."""
    return repr([float(value) if isinstance(value, int | float) else str(value) for value in row])


def test_what_changed_is_read_again_and_what_went_is_left_out(
    nianbao, scheduler, workers, folder, contents, small_partitions, tmp_path
):
    workers(1)
    own = tmp_path / "年报"
    own.mkdir()
    for path in sorted(folder.glob("*.txt"))[:9]:
        (own / path.name).write_bytes(path.read_bytes())
    data_set = tmp_path / "数据"
    db, plain_db, again = (tmp_path / f"{name}.db" for name in "abc")
    words = ("index", own, "--scheduler", scheduler, "--dataset", data_set)
    nianbao(*words, check=0)
    nianbao("merge", data_set, "--db", db, check=0)
    first = sorted(own.iterdir())[0]
    assert first.name == "0先.txt"
    first.write_text(TEXT.format(org="大竹县民政局", year=2022, n=5, m=4, k=1), encoding="utf-8")
    (own / "新.txt").write_text(TEXT.format(org="大竹县司法局", year=2022, n=8, m=4, k=1), encoding="utf-8")
    done = nianbao(*words, check=0)
    # Two partitions: the changed file's, and the one whose same text was left out for its sake.
    assert told(done, "unchanged") == 3 and told(done, "added") == 7
    shutil.copy(db, plain_db)
    merged = nianbao("merge", data_set, "--db", db, check=0)
    indexed = nianbao("index", own, "--db", plain_db, check=0)
    for what in ("added", "updated"):
        assert told(merged, what) == told(indexed, what)
    assert same(contents, plain_db, db)
    nianbao("index", own, "--db", again, check=0)
    assert same(contents, again, db)


def test_what_cannot_be_done_is_said(nianbao, scheduler, workers, folder, tmp_path):
    data_set = tmp_path / "数据"
    done = nianbao("index", folder, "--scheduler", scheduler, "--dataset", data_set)
    assert done.returncode == 2 and "has no workers" in done.stderr
    done = nianbao("index", folder, "--scheduler", "tcp://127.0.0.1:9", "--dataset", data_set)
    assert done.returncode == 2 and "no scheduler answers" in done.stderr
    done = nianbao("index", folder, "--dataset", data_set)
    assert done.returncode == 2 and "--dataset needs --scheduler" in done.stderr
    done = nianbao("merge", data_set, "--db", tmp_path / "a.db")
    assert done.returncode == 2 and "no whole data set" in done.stderr
    assert not (tmp_path / "a.db").exists()
    workers(1)
    taken = tmp_path / "taken"
    taken.write_text("a file")
    done = nianbao("index", folder, "--scheduler", scheduler, "--dataset", taken)
    assert done.returncode == 2 and "no data set can be written here" in done.stderr


def test_a_data_set_that_is_damaged_or_of_another_version(nianbao, scheduler, workers, folder, tmp_path):
    workers(1)
    data_set, db = tmp_path / "数据", tmp_path / "a.db"
    nianbao("index", folder, "--scheduler", scheduler, "--dataset", data_set, check=1)
    [manifest] = (data_set / "_partitions").iterdir()
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r'"version": "[^"]+"', '"version": "1999.1"', text), encoding="utf-8")
    done = nianbao("merge", data_set, "--db", db)
    assert done.returncode == 2 and "read by pipeline 1999.1" in done.stderr
    manifest.write_text(text[:100], encoding="utf-8")
    done = nianbao("merge", data_set, "--db", db)
    assert done.returncode == 2 and "00000.json: damaged" in done.stderr
    manifest.write_text(text, encoding="utf-8")
    [answers] = (data_set / "_answers").iterdir()
    answers.write_bytes(answers.read_bytes()[:200])
    done = nianbao("merge", data_set, "--db", db)
    assert done.returncode == 2 and "part-00000.parquet: it cannot be read" in done.stderr
    nianbao("index", folder, "--scheduler", scheduler, "--dataset", data_set, "--force", check=1)
    done = nianbao("merge", data_set, "--db", db, check=1)
    assert told(done, "added") == 26
