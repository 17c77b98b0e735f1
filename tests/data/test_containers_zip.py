import zipfile

import pytest

from nianbao.data.containers import container_of, unpack
from nianbao.data.errors import LimitExceeded, UnreadableFile
from nianbao.data.limits import DEFAULT_LIMITS, Limits


@pytest.fixture
def pack(tmp_path):
    def pack(*members, name="年报.zip"):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for entry, content in members:
                archive.writestr(entry, content)
        return path

    return pack


@pytest.fixture
def members(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()

    def members(path, limits=DEFAULT_LIMITS):
        return list(unpack(path, path.name, folder, limits))

    return members


def test_members_are_spooled_under_numbers(pack, members):
    [one, two] = members(pack(("2023/甲.html", "<p>甲</p>"), ("2023/乙.TXT", "乙")))
    assert (one.name, one.path.name, one.path.read_text("utf-8")) == (
        "2023/甲.html",
        "000001.html",
        "<p>甲</p>",
    )
    assert (two.name, two.path.name) == ("2023/乙.TXT", "000002.txt")


def test_a_path_that_leads_out_is_refused(pack, members, tmp_path):
    [bad, good] = members(pack(("../../乙.txt", "乙"), ("甲.txt", "甲")))
    assert isinstance(bad.error, UnreadableFile) and bad.path is None and bad.name == "乙.txt"
    assert good.path.read_text("utf-8") == "甲"
    assert {path.name for path in tmp_path.iterdir()} == {"年报.zip", "spool"}


def test_too_many_members(pack, members):
    with pytest.raises(LimitExceeded, match="--max-members"):
        members(pack(*((f"{number}.txt", "") for number in range(30))), Limits(members=20))


def test_a_word_file_is_no_container(pack):
    path = pack(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document/>"), name="甲.zip")
    assert container_of(path) is None
