import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

import pytest

from nianbao.data.store import Correction, Refusal, SourceFile, Store


@dataclass
class Archive:
    """A folder on the disk whose files are in the store."""

    folder: object
    put: object
    store: Store

    def file(self, name):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        return str(path)

    def add(self, name, text):
        return self.put(text, path=self.file(name))

    def hold(self, name, text, container):
        """A member, which is no file of its own."""
        report = self.put(text, path=name)
        return report, self.set(name, container=container)

    def set(self, path, **columns):
        for column, value in columns.items():
            self.run(f"update sources set {column} = ? where path = ?", value, path)

    def run(self, sql, *values):
        db = sqlite3.connect(self.store.path)
        with db:
            found = db.execute(sql, values).fetchall()
        db.close()
        return found

    def paths(self):
        return [
            os.path.relpath(path, self.folder)
            for (path,) in self.run("select path from sources order by path")
        ]


@pytest.fixture
def archive(tmp_path, put, store):
    return Archive(tmp_path / "年报", put, store)


@pytest.fixture
def three(archive):
    return [archive.add(f"{name}.txt", f"{name}局已公开。") for name in "甲乙丙"]


def healthy(archive):
    assert archive.run("pragma integrity_check") == [("ok",)]
    assert archive.run("pragma foreign_key_check") == []
    for table in ("report_bigrams", "statement_bigrams"):
        archive.run(f"insert into {table}({table}) values ('integrity-check')")
    return True


def test_nothing_has_vanished(archive, three):
    vanished = archive.store.vanished()
    assert (vanished.known, vanished.files, vanished.doubtful) == (3, {}, False)
    archive.store.prune(vanished)
    assert len(archive.paths()) == 3


def test_a_file_goes_with_its_report_and_index_entries(archive, three):
    (archive.folder / "乙.txt").unlink()
    vanished = archive.store.vanished()
    assert (list(vanished.files), vanished.reports) == ([str(archive.folder / "乙.txt")], (three[1].id,))
    archive.store.prune(vanished)
    assert archive.paths() == ["丙.txt", "甲.txt"]
    assert archive.store.search("乙局").total == 0
    assert archive.store.search("已公开", in_="statements").total == 2
    assert archive.run("select count(*) from statements") == [(2,)]
    assert healthy(archive)


def test_looking_changes_nothing(archive, three):
    (archive.folder / "乙.txt").unlink()
    with Store.open(archive.store.path, read_only=True) as reading:
        assert len(reading.vanished().files) == 1
    assert len(archive.paths()) == 3


@pytest.mark.parametrize(("gone", "doubtful"), [("甲", False), ("甲乙", True), ("甲乙丙", True)])
def test_more_than_half_gone_is_doubtful(archive, three, gone, doubtful):
    for name in gone:
        (archive.folder / f"{name}.txt").unlink()
    assert archive.store.vanished().doubtful == doubtful


def test_an_archive_of_many_members_weighs_what_it_holds(archive, three):
    for n in range(9):
        archive.hold(f"{archive.folder}/无.zip!/{n}.txt", f"{n}号已公开。", f"{archive.folder}/无.zip")
    vanished = archive.store.vanished()
    assert (vanished.known, vanished.held, vanished.doubtful) == (4, 12, True)


@pytest.mark.parametrize("there", [True, False])
@pytest.mark.parametrize("noted", [True, False])
def test_members_stand_and_go_with_the_archives_file(archive, three, there, noted):
    zip_file = archive.file("档.zip")
    archive.hold(f"{zip_file}!/一.txt", "一号已公开。", zip_file)
    archive.hold(f"{zip_file}!/内.tar!/二.txt", "二号已公开。", f"{zip_file}!/内.tar")
    if noted:
        archive.store.add_container(
            SourceFile(path=f"{zip_file}!/内.tar", container=zip_file), "1", [f"{zip_file}!/内.tar!/二.txt"]
        )
        held = [f"{zip_file}!/一.txt", f"{zip_file}!/内.tar"]
        archive.store.add_container(SourceFile(path=zip_file), "1", held)
    if not there:
        Path(zip_file).unlink()
    archive.store.prune(archive.store.vanished())
    assert (len([path for path in archive.paths() if "档.zip" in path]) > 0) == there
    assert len(archive.run("select id from reports")) == (5 if there else 3)
    assert healthy(archive)


def test_a_folder_whose_name_ends_like_an_archive(archive):
    archive.add("档!/甲.txt", "甲局已公开。")
    assert archive.store.vanished().files == {}


def test_only_below_the_paths_given(archive):
    for name in ("2019/甲.txt", "2019旧/乙.txt", "2020/丙.txt"):
        archive.add(name, f"{name}已公开。")
        (archive.folder / name).unlink()
    vanished = archive.store.vanished([str(archive.folder / "2020" / ".." / "2019")])
    assert [os.path.relpath(file, archive.folder) for file in vanished.files] == ["2019/甲.txt"]
    archive.store.prune(vanished)
    assert archive.paths() == ["2019旧/乙.txt", "2020/丙.txt"]
    only = archive.store.vanished([str(archive.folder / "2020" / "丙.txt")])
    assert len(only.files) == 1


def test_a_text_that_another_file_has_stays_and_is_read_again(archive):
    report = archive.add("甲.txt", "甲局已公开。")
    archive.add("副本/甲.txt", "甲局已公开。")
    first = min(archive.paths())
    (archive.folder / first).unlink()
    vanished = archive.store.vanished()
    assert vanished.reports == ()
    archive.store.prune(vanished)
    [(path, pipeline, report_id)] = archive.run("select path, pipeline, report_id from sources")
    assert (path != first, pipeline, report_id) == (True, "", report.id)
    assert archive.store.search("甲局").total == 1


def test_the_file_that_gave_the_facts_need_not_be_read_again(archive):
    for name in ("a.txt", "b.txt"):
        archive.add(name, "甲局已公开。")
    (archive.folder / "b.txt").unlink()
    archive.store.prune(archive.store.vanished())
    assert archive.run("select pipeline from sources") == [("1",)]


def test_a_page_is_a_file_of_its_own(archive):
    report = archive.add("甲_1.html", "甲局已公开。")
    second = SourceFile(path=archive.file("甲_2.html"), container=str(archive.folder / "甲_1.html"))
    archive.store.add_part(second, "1")
    Path(second.path).unlink()
    vanished = archive.store.vanished()
    assert (list(vanished.files), vanished.reports) == ([second.path], ())
    archive.store.prune(vanished)
    assert archive.run("select pipeline, report_id from sources") == [("", report.id)]


def test_relative_paths_cannot_be_looked_for(archive, put):
    put("丁局已公开。", path="丁.txt")
    vanished = archive.store.vanished()
    assert (vanished.files, vanished.undecided) == ({}, 1)


def test_refused_files_go_too(archive, three):
    refusal = Refusal("坏.pdf: bad. Mend it.")
    archive.store.fail(SourceFile(path=str(archive.folder / "坏.pdf")), refusal, "1")
    vanished = archive.store.vanished()
    assert (len(vanished.files), vanished.reports) == (1, ())
    archive.store.prune(vanished)
    assert list(archive.store.failures()) == []


def test_corrections_that_would_be_lost_are_counted(archive, three):
    wrong = three[0].statements[0]
    archive.store.correct(
        Correction(
            report_id=three[0].id,
            fact="statements",
            start=wrong.start,
            end=wrong.end,
            field="label",
            new="plan",
        )
    )
    (archive.folder / "甲.txt").unlink()
    assert archive.store.vanished().corrections == 1


def test_a_stop_in_the_middle_loses_nothing(archive):
    for n in range(120):
        archive.add(f"{n}.txt", f"{n}号已公开。")
        if n:
            (archive.folder / f"{n}.txt").unlink()

    def stop(done):
        if done >= 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        archive.store.prune(archive.store.vanished(), each=stop)
    assert healthy(archive)
    left = archive.store.vanished()
    assert len(left.files) == 19
    archive.store.prune(left)
    assert archive.paths() == ["0.txt"]
    assert healthy(archive)
