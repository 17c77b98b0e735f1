import bz2
import gzip
import lzma
import random
import tarfile
from io import BytesIO

import pytest

from nianbao.data.containers import container_of, unpack
from nianbao.data.errors import BrokenFile, LimitExceeded, UnreadableFile
from nianbao.data.limits import DEFAULT_LIMITS, Limits


def tar(*entries, encoding="utf-8"):
    """A TAR of (name, data) or of entries with a type."""
    stream = BytesIO()
    with tarfile.open(fileobj=stream, mode="w", encoding=encoding, format=tarfile.GNU_FORMAT) as archive:
        for name, data in entries:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, BytesIO(data))
    return stream.getvalue()


def special(name, kind, target=""):
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info


@pytest.fixture
def members(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()

    def members(data, name="年报.tar", limits=DEFAULT_LIMITS):
        (tmp_path / name).write_bytes(data)
        return unpack(tmp_path / name, name, folder, limits)

    return members


REPORTS = (("2021/甲.txt", b"one"), ("2021/" + "长" * 60 + ".txt", b"two"))


def zstd(data):
    module = pytest.importorskip("backports.zstd", reason="needs the extra nianbao[zstd]")
    return module.compress(data)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress, lzma.compress, zstd])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_members_however_packed(members, pack, encoding):
    found = list(members(pack(tar(*REPORTS, encoding=encoding))))
    assert [(one.name, one.path.read_bytes()) for one in found] == list(REPORTS)


@pytest.mark.parametrize(
    "entry",
    [
        special("甲", tarfile.SYMTYPE, "/etc/passwd"),
        special("甲", tarfile.LNKTYPE, "乙"),
        special("甲", tarfile.FIFOTYPE),
        special("甲", tarfile.CHRTYPE),
        "../甲",
    ],
)
def test_links_devices_and_tricks_are_refused(members, entry):
    refused, good = members(tar((entry, b""), ("乙.txt", b"good")))
    assert isinstance(refused.error, UnreadableFile) and refused.name == "甲"
    assert good.path.read_bytes() == b"good"


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_cut_archive_gives_what_is_whole(members, pack):
    data = tar(("甲.txt", b"one"), ("乙.txt", random.Random(1).randbytes(200_000)))
    packed = pack(data)
    found = members(packed[: len(packed) // 2])
    assert next(found).path.read_bytes() == b"one"
    assert isinstance(next(found).error, BrokenFile)
    with pytest.raises(BrokenFile, match=r"年报\.tar"):
        next(found)


def test_damage_half_way_is_told(members):
    data = bytearray(tar(("甲.txt", b"one"), ("乙.txt", b"two")))
    data[1024:1100] = b"?" * 76
    found = members(bytes(data))
    assert next(found).name == "甲.txt"
    with pytest.raises(BrokenFile):
        next(found)


def test_too_many_members_come_first(members):
    found = members(tar(*((f"{at}.txt", b"x") for at in range(5))), limits=Limits(members=3))
    assert [next(found).name for _ in range(3)] == ["0.txt", "1.txt", "2.txt"]
    with pytest.raises(LimitExceeded, match="--max-members"):
        next(found)


def test_a_member_that_lies_of_its_size_is_passed_over_within_limits(members):
    info = tarfile.TarInfo("大.txt")
    info.size = 2**40
    with pytest.raises(LimitExceeded, match="--max-ratio"):
        list(members(gzip.compress(info.tobuf() + bytes(2**25))))


def test_a_header_of_a_gigabyte_is_refused(members):
    info = special("pax", tarfile.XHDTYPE)
    info.size = 2**30
    with pytest.raises(BrokenFile):
        list(members(gzip.compress(info.tobuf() + bytes(2**22))))


@pytest.mark.parametrize(
    ("pack", "suffix"), [(gzip.compress, ".gz"), (bz2.compress, ".bz2"), (lzma.compress, ".xz")]
)
def test_a_single_packed_file_is_named_without_the_suffix(members, pack, suffix):
    [one] = members(pack("年报".encode()), f"甲.txt{suffix}")
    assert (one.name, one.path.read_text("utf-8")) == ("甲.txt", "年报")


def test_a_cut_gzip_file(members):
    [one] = members(gzip.compress(b"text" * 1000)[:-4], "甲.txt.gz")
    assert isinstance(one.error, BrokenFile) and one.path is None


def test_text_is_no_container(tmp_path):
    (tmp_path / "甲.txt").write_text("年报", encoding="utf-8")
    assert container_of(tmp_path / "甲.txt") is None
