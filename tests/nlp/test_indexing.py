"""Runs over archives: what goes in, what is skipped, what fails, and that every way leads to the same end."""

import io
import os
import re
import sqlite3
import tarfile
import time
import zipfile

import pytest

from nianbao.data.limits import Limits
from nianbao.data.store import Store
from nianbao.nlp.indexing import Settings, index_files, reindex
from nianbao.nlp.version import VERSION

TEXT = (
    "{org}2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局主动公开信息{n}条。\n"
    "五、存在的主要问题及改进情况\n一是栏目更新偏慢。下一步，将按月巡查栏目。\n"
)


def report(org="凤阳县财政局", n=30):
    return TEXT.format(org=org, n=n).encode()


def packed(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.db", create=True) as store:
        yield store


@pytest.fixture
def run(store, tmp_path):
    """Write files, index them all, and answer the outcome."""

    def run(files=None, **settings):
        for name, content in (files or {}).items():
            (tmp_path / name).write_bytes(content)
            # Old enough for its time to be trusted.
            os.utime(tmp_path / name, (time.time() - 60,) * 2)
        found = sorted(
            path for path in tmp_path.iterdir() if path.suffix not in (".db", ".db-wal", ".db-shm")
        )
        return index_files(store, found, Settings(jobs=1, **settings))

    return run


@pytest.fixture
def rows(store):
    def rows(sql, *values):
        connection = sqlite3.connect(store.path)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    return rows


def test_members_of_an_archive_go_in_under_its_name(run, rows, tmp_path):
    inner = packed({"乙.txt": report("凤阳县水利局", 41)})
    outcome = run({"档案.zip": packed({"2022/甲.txt": report(), "内.zip": inner, "坏.pdf": b"%PDF-1.7 cut"})})
    archive = tmp_path / "档案.zip"
    assert sorted(outcome.added) == [f"{archive}!/2022/甲.txt", f"{archive}!/内.zip!/乙.txt"]
    assert list(outcome.failed) == [f"{archive}!/坏.pdf"]
    assert "档案.zip!/坏.pdf: the PDF is cut short" in outcome.failed[f"{archive}!/坏.pdf"]
    found = rows("select path, status, container, error_kind from sources order by path")
    assert found == [
        (str(archive), "container", None, None),
        (f"{archive}!/2022/甲.txt", "ok", str(archive), None),
        (f"{archive}!/内.zip", "container", str(archive), None),
        (f"{archive}!/内.zip!/乙.txt", "ok", f"{archive}!/内.zip", None),
        (f"{archive}!/坏.pdf", "failed", str(archive), "broken_file"),
    ]
    assert not list(tmp_path.glob(".a.db-unpacked*"))


def test_an_archive_that_is_the_same_is_not_opened_again(run, tmp_path, monkeypatch):
    members = {"甲.txt": report(), "坏.pdf": b"%PDF-1.7 cut"}
    run({"档案.zip": packed(members)})
    monkeypatch.setattr("nianbao.nlp.indexing.run.Workers", None)
    again = run()
    assert [len(again.added), len(again.unchanged), len(again.failed)] == [0, 1, 1]


def test_of_a_changed_archive_only_what_changed_is_read(run, rows, tmp_path):
    run(
        {
            "档案.zip": packed(
                {"甲.txt": report(), "乙.txt": report("凤阳县水利局", 41), "丙.txt": report("丙局")}
            )
        }
    )
    changed = packed({"甲.txt": report(), "乙.txt": report("凤阳县水利局", 99)})
    again = run({"档案.zip": changed})
    assert [path.rpartition("!/")[2] for path in again.unchanged] == ["甲.txt"]
    assert [path.rpartition("!/")[2] for path in again.updated] == ["乙.txt"]
    assert again.added == []
    assert rows("select count(*) from reports") == [(2,)]
    assert rows("select count(*) from sources where path like '%丙%'") == [(0,)]


def test_an_archive_that_becomes_a_report_loses_its_members(run, rows, tmp_path):
    run({"档案": packed({"甲.txt": report(), "乙.txt": report("凤阳县水利局", 41)})})
    run({"档案": report("凤阳县林业局", 5)})
    assert rows("select org from reports") == [("凤阳县林业局",)]
    assert rows("select status from sources") == [("ok",)]
    run({"档案": packed({"甲.txt": report()})})
    assert rows("select org from reports") == [("凤阳县财政局",)]


def test_what_can_be_read_of_a_damaged_archive_goes_in(run, rows):
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for number in range(30):
            member = tarfile.TarInfo(f"{number:02}.txt")
            content = report(f"凤阳县第{number}局", number) + os.urandom(3000).hex().encode()
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    outcome = run({"档案.tar.gz": stream.getvalue()[: stream.tell() // 2]})
    assert outcome.added
    [(path, kind)] = rows("select path, error_kind from sources where container is null")
    assert kind == "broken_file"
    assert path in outcome.failed


def test_facts_come_from_the_least_path_in_whatever_order(run, rows, tmp_path):
    """A name may tell the year that a text does not."""
    text = "凤阳县财政局政府信息公开工作年度报告\n一、总体情况\n主动公开信息5条。\n".encode()
    run({"2021年年报.txt": text})
    run({"2019年年报.txt": text})
    first = rows("select r.year, min(s.path) from reports r join sources s on s.report_id = r.id")
    run({"2023年年报.txt": text})
    assert first == rows("select r.year, min(s.path) from reports r join sources s on s.report_id = r.id")
    assert rows("select count(*), count(distinct report_id) from sources") == [(3, 1)]
    assert first[0][0] == 2019


def test_facts_pass_to_the_next_path_when_the_first_has_another_text(run, rows, tmp_path):
    text = "凤阳县财政局政府信息公开工作年度报告\n一、总体情况\n主动公开信息5条。\n".encode()
    run({"2019年年报.txt": text, "2021年年报.txt": text})
    assert rows("select year from reports") == [(2019,)]
    outcome = run({"2019年年报.txt": report()})
    assert rows("select year from reports order by year") == [(2021,), (2022,)]
    assert len(outcome.updated) == 2
    assert not run().updated


def test_a_file_just_written_is_looked_at_again(run, rows, tmp_path):
    """Two writes in one tick of the clock look the same by time and size."""
    run({"甲.txt": report()})
    path = tmp_path / "甲.txt"
    path.write_bytes(report(n=40))
    # As new as can be, however long it takes until it is read.
    stamp = time.time_ns() + 3600 * 10**9
    os.utime(path, ns=(stamp, stamp))
    run()
    assert rows("select mtime_ns from sources") == [(None,)]
    path.write_bytes(report(n=50))
    os.utime(path, ns=(stamp, stamp))
    run()
    assert rows("select count(*) from counts where value = 50") == [(1,)]


def test_a_touched_file_keeps_its_report_and_its_new_time(run, rows, tmp_path):
    run({"甲.txt": report()})
    stamp = time.time_ns() - 30 * 10**9
    os.utime(tmp_path / "甲.txt", ns=(stamp, stamp))
    assert len(run().unchanged) == 1
    assert rows("select mtime_ns from sources") == [(stamp,)]


def zeros(megabytes):
    return packed({"零.txt": bytes(megabytes * 2**20)})


def test_archives_in_one_another_share_a_limit(run):
    """Each is small; together they would fill the disk."""
    bomb = packed({f"{number}.zip": zeros(3) for number in range(8)})
    outcome = run({"弹.zip": bomb}, limits=Limits(unpacked_mb=9, ratio=10_000))
    refused = [reason for reason in outcome.failed.values() if "--max-unpacked-mb" in reason]
    assert len(refused) >= 4


def test_a_table_of_reports_tells_body_and_year(run, rows):
    text = "一、总体情况。主动公开信息5条，未收到申请。"
    run({"表.csv": f"单位,年份,正文\n定远县林业局,2018,{text}\n".encode()})
    assert rows("select org, year from reports") == [("定远县林业局", 2018)]


@pytest.mark.parametrize(
    ("limits", "content", "reason"),
    [
        (Limits(characters=20), report(), r"more than 20 \(--max-characters\)"),
        (
            Limits(nesting=0),
            packed({"内.zip": packed({"甲.txt": report()})}),
            r"more than 0 \(--max-nesting\)",
        ),
        (Limits(members=1), packed({"甲.txt": report(), "乙.txt": b"x"}), r"--max-members"),
        (Limits(memory_mb=96), report() * 4000, r"more than 96 MB of memory \(--max-memory-mb\)"),
    ],
)
def test_a_limit_concerns_one_file_and_is_named(run, rows, limits, content, reason):
    outcome = run({"a": content, "b.txt": report("凤阳县水利局", 41)}, limits=limits)
    assert any(re.search(reason, message) for message in outcome.failed.values())
    kinds = {kind for (kind,) in rows("select error_kind from sources where error_kind is not null")}
    assert kinds == {"limit_exceeded"}


def test_a_file_over_a_limit_is_tried_again_under_other_limits(run, monkeypatch):
    narrow = Limits(characters=20)
    assert run({"a.txt": report()}, limits=narrow).failed
    with monkeypatch.context() as patch:
        patch.setattr("nianbao.nlp.indexing.run.Workers", None)
        assert run(limits=narrow).failed
    assert run().added


def test_reindex_reads_stored_reports_and_needs_no_files(run, rows, store, tmp_path):
    page = "<html><body><h1>凤阳县财政局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p><p>公开信息8条。</p>"
    page += "<table><tr><td>甲</td><td>1</td></tr></table></body></html>"
    run({"甲.html": page.encode(), "乙.txt": report("凤阳县水利局", 41)})
    counts = "select report_id, start, text, value from counts order by report_id, start"
    before = rows(counts)
    (tmp_path / "甲.html").unlink()
    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute("update sources set pipeline = 'old'")
        connection.execute("delete from counts")
    connection.close()
    assert len(store.outdated(VERSION)) == 2
    outcome = reindex(store, Settings(jobs=1))
    assert len(outcome.updated) == 2
    assert store.outdated(VERSION) == []
    assert rows(counts) == before


def test_a_stopped_run_keeps_what_was_read_and_goes_on(run, rows, store, tmp_path):
    for number in range(8):
        (tmp_path / f"{number}.txt").write_bytes(report(f"凤阳县第{number}局", number))
    files = sorted(tmp_path.glob("*.txt"))

    def stop(reached):
        if reached.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index_files(store, files, Settings(jobs=1), stop)
    assert rows("select count(*) from reports") == [(3,)]
    assert len(run().added) == 5


PAGE = "<html><body><h1>凤阳县财政局2022年政府信息公开工作年度报告</h1>{body}{pager}</body></html>"
FIRST = "<p>一、总体情况</p><p>2022年，我局主动公开信息{n}条。</p>"
SECOND = "<p>五、存在的主要问题及改进情况</p><p>一是栏目更新偏慢。</p><p>收到申请{n}件。</p>"


def paged(n, m):
    pager = "<script>createPageHTML(2, {at}, 't2023_5', 'html');</script>"
    return {
        "t2023_5.html": PAGE.format(body=FIRST.format(n=n), pager=pager.format(at=0)).encode(),
        "t2023_5_1.html": PAGE.format(body=SECOND.format(n=m), pager=pager.format(at=1)).encode(),
    }


def test_a_report_over_two_pages_is_one(run, rows, tmp_path):
    run(paged(30, 7))
    assert rows("select count(*) from reports") == [(1,)]
    assert rows("select value from counts order by value") == [(7,), (30,)]
    assert rows("select status, count(report_id) from sources group by 1 order by 1") == [
        ("ok", 1),
        ("part", 1),
    ]


def test_a_following_page_that_changes_changes_the_report(run, rows):
    run(paged(30, 7))
    again = run({"t2023_5_1.html": paged(30, 8)["t2023_5_1.html"]})
    assert [path[-12:] for path in again.updated] == ["t2023_5.html"]
    assert rows("select value from counts order by value") == [(8,), (30,)]
    assert rows("select count(*) from reports") == [(1,)]


def test_pages_in_an_archive_are_joined_too(run, rows):
    run({"页.zip": packed(paged(30, 7))})
    assert rows("select count(*) from reports") == [(1,)]
    assert rows("select count(distinct report_id) from sources where container is not null") == [(1,)]


def test_the_reports_of_a_compilation_have_rows_of_their_own(run, rows, tmp_path):
    outcome = run({"汇编.txt": report() + b"\n\n" + report("凤阳县水利局", 41)})
    path = tmp_path / "汇编.txt"
    assert outcome.added == [f"{path}#1", f"{path}#2"]
    assert rows("select org from reports order by org") == [("凤阳县水利局",), ("凤阳县财政局",)]
    assert len(run().unchanged) == 2
    run({"汇编.txt": report()})
    assert rows("select path from sources") == [(str(path),)]
