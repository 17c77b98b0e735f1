import sys

import pytest

from nianbao.data.containers import unpack
from nianbao.data.errors import BrokenFile, EncryptedFile, LimitExceeded, ToolMissing
from nianbao.data.limits import DEFAULT_LIMITS, Limits

py7zr = pytest.importorskip("py7zr", reason="needs the extra nianbao[7z]")


@pytest.fixture
def pack(tmp_path):
    def pack(members, **options):
        path = tmp_path / "年报.7z"
        with py7zr.SevenZipFile(path, "w", **options) as archive:
            for name, content in members.items():
                archive.writestr(content, name)
        return path

    return pack


@pytest.fixture
def members(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    return lambda path, limits=DEFAULT_LIMITS: unpack(path, path.name, folder, limits)


REPORTS = {"2021/甲.txt": "甲局年报", "2021/乙.txt": "乙局年报", ".DS_Store": "x"}


def test_members(pack, members):
    found = [(one.name, one.path.read_text("utf-8")) for one in members(pack(REPORTS))]
    assert found == [("2021/甲.txt", "甲局年报"), ("2021/乙.txt", "乙局年报")]


def test_a_password(pack, members):
    with pytest.raises(EncryptedFile, match=r"年报\.7z"):
        list(members(pack(REPORTS, password="secret")))


def test_a_password_is_asked_for_before_any_member_comes_out(pack, members):
    found = []
    with pytest.raises(EncryptedFile):
        found.extend(members(pack(REPORTS, password="secret")))
    assert not found


def test_a_member_that_is_too_large(pack, members):
    large, small = members(pack({"大.txt": "大" * 500_000, "小.txt": "小"}), Limits(file_mb=1, ratio=100_000))
    assert "--max-file-mb" in str(large.error)
    assert small.path.read_text("utf-8") == "小"


def test_zeros(pack, members):
    with pytest.raises(LimitExceeded, match="--max-ratio"):
        list(members(pack({"零.txt": "\0" * 50_000_000})))


def test_a_cut_archive(pack, members):
    path = pack(REPORTS)
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(BrokenFile, match="cut off"):
        list(members(path))


def test_without_the_extra(pack, members, monkeypatch):
    path = pack(REPORTS)
    monkeypatch.setitem(sys.modules, "py7zr", None)
    with pytest.raises(ToolMissing, match=r"nianbao\[7z\]"):
        list(members(path))
