import os
import shutil
import sys
import time
from io import BytesIO
from pathlib import Path

import olefile
import pytest

from nianbao.data.errors import BrokenFile, EncryptedFile, LimitExceeded, ToolMissing, UnknownFormat
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes

# Written for these tests and saved by LibreOffice.
WORD = Path(__file__).with_name("files") / "桐岭县林业局2023.doc"
TEXT = "桐岭县林业局2023年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def word():
    return WORD.read_bytes()


@pytest.fixture
def programs(tmp_path, monkeypatch):
    """A PATH with nothing on it but what is put there: `programs(name, lines of Python)`."""
    monkeypatch.setenv("PATH", str(tmp_path))

    def put(name, *lines):
        path = tmp_path / name
        path.write_text(
            "\n".join((f"#!{sys.executable}", "import os, sys, subprocess, time", *lines)), encoding="utf-8"
        )
        path.chmod(0o755)

    return put


def renamed(data, old, new):
    """`data` with a stream called otherwise; an entry is its name in UTF-16, then the name's length in bytes."""
    at = data.index(old.encode("utf-16-le"))
    entry = new.encode("utf-16-le").ljust(64, b"\0") + (2 * len(new) + 2).to_bytes(2, "little")
    return data[:at] + entry + data[at + len(entry) :]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_keeps_tables_and_numbers(word):
    source = read_bytes(word, WORD.name)
    lines = source.text.split("\n")
    assert source.format == "doc"
    assert lines[:3] == [TEXT, "一、总体情况", "（一）主动公开"]
    rows = [[cell.text for cell in row] for grid in source.grids for row in grid.rows]
    assert ["行政规范性文件", "2", "1", "9"] in rows
    assert all(
        source.text[cell.start : cell.end] == cell.text
        for grid in source.grids
        for row in grid.rows
        for cell in row
    )


@pytest.mark.parametrize("name", ["catdoc", "antiword"])
def test_the_text_alone_is_better_than_nothing(word, name, tmp_path, monkeypatch):
    found = shutil.which(name)
    if not found:
        pytest.skip(f"{name} is not installed")
    (tmp_path / name).symlink_to(found)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert TEXT in read_bytes(word, "x.wps").text


def test_without_a_program_it_is_told_which_to_install(word, programs):
    with pytest.raises(ToolMissing, match=r"^旧\.doc: .*Install LibreOffice .*catdoc or antiword"):
        read_bytes(word, "旧.doc")


def test_a_program_gets_a_name_of_ours_a_private_home_and_no_shell(word, programs):
    programs("catdoc", "print(sys.argv[-1], os.environ['HOME'] == os.getcwd(), os.getcwd() != '/')")
    assert read_bytes(word, "$(x); ../a.doc").text.split() == ["in.doc", "True", "True"]


def test_libreoffice_gets_a_private_profile(word, programs):
    programs("soffice", "open('in.docx', 'w').write('')", "open('seen', 'w').write(' '.join(sys.argv))")
    programs("catdoc", "print('第二个')")
    assert read_bytes(word, "x.doc").text.strip() == "第二个"


def test_a_program_that_fails_gives_way_to_the_next(word, programs):
    programs("soffice", "sys.exit(77)")
    programs("antiword", "print('正文')")
    assert read_bytes(word, "x.doc").text.strip() == "正文"


def test_where_every_program_fails_the_file_is_broken(word, programs):
    programs("catdoc", "sys.exit(1)")
    with pytest.raises(BrokenFile, match=r"x\.doc: .*catdoc cannot convert it"):
        read_bytes(word, "x.doc")


def test_a_program_that_hangs_is_ended_with_its_children(word, programs, tmp_path):
    seen = tmp_path / "child"
    programs(
        "soffice",
        f"child = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(600)'])",
        f"open({str(seen)!r}, 'w').write(str(child.pid))",
        "time.sleep(600)",
    )
    with pytest.raises(LimitExceeded, match=r"x\.doc: soffice .*--max-seconds"):
        read_bytes(word, "x.doc", Limits(seconds=2))
    assert has_ended(int(seen.read_text()))


def has_ended(process):
    """Whether it ends within a moment: a killed orphan may wait to be reaped."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        state = Path(f"/proc/{process}/stat")
        if state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.05)
    return False


def test_what_converts_to_too_much_is_refused(word, programs):
    programs("catdoc", "sys.stdout.write('报' * 2**20)")
    with pytest.raises(LimitExceeded, match=r"x\.doc: .*--max-file-mb"):
        read_bytes(word, "x.doc", Limits(file_mb=1))


def test_an_encrypted_document_is_told(word):
    with olefile.OleFileIO(BytesIO(word)) as file:
        head = file.openstream("WordDocument").read(12)
    locked = head[:10] + (int.from_bytes(head[10:], "little") | 0x0100).to_bytes(2, "little")
    with pytest.raises(EncryptedFile, match=r"密\.doc: .*password"):
        read_bytes(word.replace(head, locked, 1), "密.doc")


@pytest.mark.parametrize(
    ("stream", "error", "told"),
    [
        ("Workbook", UnknownFormat, "xls.*Save it as xlsx"),
        ("Wd", UnknownFormat, "OLE2 file of an unknown kind"),
        ("EncryptionInfo", EncryptedFile, "password"),
    ],
)
def test_other_files_of_the_kind_are_told_apart(word, stream, error, told):
    old = "WordDocument" if len(stream) <= 12 else "\x05SummaryInformation"
    with pytest.raises(error, match=told):
        read_bytes(renamed(word, old, stream), "x.doc")


@pytest.mark.parametrize("length", [8, 300, 600, 2000])
def test_a_damaged_file_is_told(word, length):
    with pytest.raises((BrokenFile, UnknownFormat), match=r"坏\.doc"):
        read_bytes(word[:length], "坏.doc")
