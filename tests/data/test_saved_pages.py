import zipfile
from pathlib import Path, PurePosixPath

import pytest

from nianbao.data.containers import unpack
from nianbao.data.limits import DEFAULT_LIMITS
from nianbao.data.saved_pages import companions

ARTICLE = "<p>凤台县教育局全年公开信息十二条。</p>".encode()
FRAMES = b'<html><frameset cols="20%,*"><frame src="a_files/b.htm"></frameset></html>'


def left_out(*names):
    return {str(name) for name in companions({PurePosixPath(name): None for name in names})}


@pytest.mark.parametrize("folder", ["年报_files", "年报.files", "年报_文件"])
def test_the_folder_of_a_page_is_left_out(folder):
    assert left_out("2020/年报.html", f"2020/{folder}/a.png", f"2020/{folder}/b/c.htm") == {
        f"2020/{folder}/a.png",
        f"2020/{folder}/b/c.htm",
    }


def test_pages_in_a_folder_that_only_looks_like_one():
    assert left_out("2020_files/甲.html", "2020_files/甲_files/x.png") == {"2020_files/甲_files/x.png"}


def test_a_folder_without_its_page_is_read():
    assert left_out("年报_files/甲.html", "其他.html", "2020/年报.html") == set()


@pytest.fixture
def members(tmp_path):
    (tmp_path / "spool").mkdir()

    def members(files):
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return [one.name for one in unpack(tmp_path / "a.zip", "a.zip", tmp_path / "spool", DEFAULT_LIMITS)]

    return members


def test_companions_in_an_archive_are_left_out(members, tmp_path):
    assert members({"a_files/x.png": b"png", "a.html": ARTICLE, "b.txt": b"b"}) == ["a.html", "b.txt"]
    assert len(list(Path(tmp_path / "spool").iterdir())) == 2


def test_of_a_page_of_frames_the_fullest_is_read(members):
    files = {"a.htm": FRAMES, "a_files/menu.htm": "<p>目录</p>".encode(), "a_files/b.htm": ARTICLE}
    assert members(files) == ["a_files/b.htm"]


def test_a_page_of_frames_without_them_is_kept(members):
    assert members({"a.htm": FRAMES}) == ["a.htm"]
