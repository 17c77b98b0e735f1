import struct
import zipfile
import zlib

import pytest

from nianbao.data.containers import container_of, unpack
from nianbao.data.errors import BrokenFile, EncryptedFile, LimitExceeded, UnknownFormat, UnreadableFile
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


def archive(*entries):
    """A ZIP of stored (raw name, data, flags, method, extra) as other programs write them."""
    body, directory = b"", b""
    for name, data, flags, method, extra in entries:
        sums = struct.pack("<3L", zlib.crc32(data), len(data), len(data))
        head = (
            struct.pack("<3H2H", 20, flags, method, 0, 0) + sums + struct.pack("<2H", len(name), len(extra))
        )
        directory += (
            b"PK\x01\x02"
            + struct.pack("<H", 20)
            + head
            + bytes(10)
            + struct.pack("<L", len(body))
            + name
            + extra
        )
        body += b"PK\x03\x04" + head + name + extra + data
    count = len(entries)
    return (
        body
        + directory
        + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    )


def entry(name=b"a.txt", data=b"text", flags=0, method=0, extra=b""):
    return name, data, flags, method, extra


UNICODE_PATH = (
    struct.pack("<HHBL", 0x7075, 5 + len("年报.txt".encode()), 1, zlib.crc32(b"x.txt")) + "年报.txt".encode()
)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (entry("2021年报/甲局.txt".encode("gb18030")), "2021年报/甲局.txt"),
        (entry("2021年报/甲局.txt".encode()), "2021年报/甲局.txt"),
        (entry("甲.txt".encode(), flags=0x800), "甲.txt"),
        (entry(b"x.txt", extra=UNICODE_PATH), "年报.txt"),
        (entry("/etc/甲.txt".encode("gb18030")), "etc/甲.txt"),
        (entry(b"C:\\data\\b.txt"), "data/b.txt"),
        (entry("甲\u202etxt.exe".encode()), "甲txt.exe"),
    ],
)
def test_names(members, tmp_path, written, name):
    path = tmp_path / "a.zip"
    path.write_bytes(archive(written))
    [one] = members(path)
    assert (one.name, one.path.read_bytes()) == (name, b"text")


@pytest.mark.parametrize(
    ("written", "error", "message"),
    [
        (entry(flags=1), EncryptedFile, "password"),
        (entry(method=9), UnknownFormat, "Deflate64"),
        (entry(method=93), UnknownFormat, "Zstandard"),
        (entry(method=77), UnknownFormat, "not read"),
        (entry(b"..\\..\\a.txt"), UnreadableFile, "elsewhere"),
        (entry(b"a.txt\x00.exe"), UnreadableFile, "elsewhere"),
    ],
)
def test_members_that_are_refused(members, tmp_path, written, error, message):
    path = tmp_path / "a.zip"
    path.write_bytes(archive(written, entry(b"b.txt")))
    refused, good = members(path)
    assert isinstance(refused.error, error) and message in str(refused.error)
    assert str(refused.error).startswith("a.zip!/")
    assert good.path.read_bytes() == b"text"


def test_members_of_one_name_are_both_kept(members, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(archive(entry(b"b/a.txt"), entry(b"b/a.txt", b"more"), entry(b"b/a.txt")))
    assert [one.name for one in members(path)] == ["b/a.txt", "b/a (2).txt", "b/a (3).txt"]


def test_links_are_refused(pack, members):
    link = zipfile.ZipInfo("甲.txt")
    link.external_attr = 0o120777 << 16
    [one] = members(pack((link, "/etc/passwd")))
    assert isinstance(one.error, UnreadableFile) and "link" in str(one.error)


def test_what_is_no_report_is_left_out(pack, members):
    names = [
        "__MACOSX/._甲.txt",
        ".DS_Store",
        "Thumbs.db",
        "a.css",
        "b.js",
        ".git/c.txt",
        "~$甲.docx",
        "README.md",
        "空/",
    ]
    assert members(pack(*((name, "x") for name in names))) == []


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_every_method_is_read(members, tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as packed:
        packed.writestr("甲.txt", "年报" * 50_000)
    assert members(path)[0].path.read_text("utf-8") == "年报" * 50_000


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zeros(members, tmp_path, method):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", method) as packed:
        packed.writestr("零.txt", bytes(2**25))
    with pytest.raises(LimitExceeded, match="--max-ratio"):
        members(path)


def test_a_member_that_is_too_large(pack, members):
    large, small = members(
        pack(("大.txt", "大" * 500_000), ("小.txt", "小")), Limits(file_mb=1, ratio=100_000)
    )
    assert isinstance(large.error, LimitExceeded) and "--max-file-mb" in str(large.error)
    assert small.path.read_text("utf-8") == "小"


def test_all_members_together_are_too_large(pack, members):
    with pytest.raises(LimitExceeded, match="--max-unpacked-mb"):
        members(
            pack(*((f"{at}.txt", "大" * 200_000) for at in range(3))), Limits(unpacked_mb=1, ratio=100_000)
        )


def test_members_that_share_their_data_are_refused(members, tmp_path):
    path = tmp_path / "a.zip"
    data = archive(*(entry(b"%03d.txt" % at) for at in range(150)))
    start = data.index(b"PK\x01\x02")
    size = 46 + len(b"000.txt")
    shared = b"".join(
        data[at : at + 42] + bytes(4) + data[at + 46 : at + size]
        for at in range(start, start + 150 * size, size)
    )
    path.write_bytes(data[:start] + shared + data[start + 150 * size :])
    with pytest.raises(BrokenFile, match="share their data"):
        members(path)


def test_of_a_cut_archive_the_whole_members_are_read(pack, tmp_path):
    path = pack(*((f"{at}.txt", f"年报{at}" * 100) for at in range(5)))
    data = path.read_bytes()
    path.write_bytes(data[: data.index(b"4.txt") + 20])
    (tmp_path / "spool").mkdir()
    found = unpack(path, path.name, tmp_path / "spool", DEFAULT_LIMITS)
    assert [next(found).path.read_text("utf-8") for _ in range(4)] == [f"年报{at}" * 100 for at in range(4)]
    assert isinstance(next(found).error, BrokenFile)
    with pytest.raises(BrokenFile, match="damaged"):
        next(found)


def test_a_part_of_a_split_archive_is_named(members, tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(b"PK\x07\x08" + archive(entry()))
    with pytest.raises(UnknownFormat, match="one part"):
        members(path)
