"""What a run finds settled: files that are the same, read well, by this pipeline."""

import os
import sqlite3
from hashlib import sha256

import pytest

from nianbao.data.store import Refusal, SourceFile, Store
from nianbao.nlp.indexing import Settings, index_files
from nianbao.nlp.indexing.plan import Plan
from nianbao.nlp.version import VERSION

TEXT = (
    "灵璧县财政局2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局主动公开信息30条。\n"
    "五、存在的主要问题及改进情况\n一是栏目更新偏慢。下一步，将按月巡查栏目。\n"
).encode()
HOUR = 3600


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "甲.txt"
    write(path, TEXT)
    return path


@pytest.fixture
def store(tmp_path, file):
    with Store.open(tmp_path / "a.db", create=True) as store:
        index_files(store, [file], Settings(jobs=1))
        yield store


def write(path, content, at=1_700_000_000):
    path.write_bytes(content)
    os.utime(path, (at, at))


def plan(store, version=VERSION, **settings):
    return Plan(store, version, Settings(**settings))


def delete_report(store):
    connection = sqlite3.connect(store.path)
    connection.execute("pragma foreign_keys = on")
    connection.execute("delete from reports")
    connection.commit()
    connection.close()


def test_the_same_file_is_settled(store, file):
    assert plan(store).settled(str(file)) == ([str(file)], {})
    assert plan(store).known(str(file)) == sha256(TEXT).hexdigest()


def test_a_file_never_read_is_not(store, file):
    assert plan(store).settled(str(file.with_name("乙.txt"))) is None
    assert plan(store).known(str(file.with_name("乙.txt"))) is None


@pytest.mark.parametrize("content", [TEXT, TEXT + b"\n"])
def test_another_time_or_size_has_to_be_looked_into(store, file, content):
    write(file, content, at=1_700_000_000 + HOUR)
    assert plan(store).settled(str(file)) is None
    assert plan(store).known(str(file)) == sha256(TEXT).hexdigest()


@pytest.mark.parametrize("asked", [{"version": "0"}, {"force": True}])
def test_another_pipeline_or_force_reads_again(store, file, asked):
    assert plan(store, **asked).settled(str(file)) is None
    assert plan(store, **asked).known(str(file)) is None


def test_a_report_deleted_by_hand_is_read_again(store, file):
    delete_report(store)
    assert not store.source(str(file)).stands
    assert plan(store).settled(str(file)) is None
    outcome = index_files(store, [file], Settings(jobs=1))
    assert (outcome.added + outcome.updated, outcome.unchanged) == ([str(file)], [])
    assert store.search("巡查").total == 1


FAILED = [("broken_file", True), ("tool_missing", False), ("lost_worker", False)]


@pytest.mark.parametrize(("kind", "settled"), FAILED)
def test_a_failure_is_tried_again_only_where_that_may_help(store, file, kind, settled):
    status = file.stat()
    found = SourceFile(path=str(file), size=status.st_size, mtime_ns=status.st_mtime_ns, sha256="x")
    store.fail(found, Refusal("甲.txt: no. Mend it.", kind=kind), VERSION)
    assert (plan(store).settled(str(file)) is not None) is settled
