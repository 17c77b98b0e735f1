import os
import zipfile
from importlib.metadata import EntryPoint
from io import BytesIO
from pathlib import Path

import pytest

from nianbao.data import plugged as plugged_module
from nianbao.data.errors import (
    BrokenFile,
    EmptyText,
    InputError,
    LimitExceeded,
    ResourceError,
    UnknownFormat,
    UnreadableFile,
)
from nianbao.data.limits import Limits
from nianbao.data.readers import ENTRY_POINTS, load_bytes, read, read_bytes, readers
from nianbao.data.records import SourceText

PROSE = "2016年，区科技局主动公开信息88条，办理提案3件。\n"
PAGE = f"<!DOCTYPE html><html><body><p>{PROSE}</p></body></html>"


def packed(member: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, "<x/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (PROSE.encode(), "a.txt", "text"),
        (PROSE.encode(), "a.md", "text"),
        (PROSE.encode(), "no-suffix", "text"),
        (PROSE.encode(), "a.html", "html"),
        (PROSE.encode(), "a.pdf", "text"),
        (PAGE.encode(), "a.txt", "html"),
        (PAGE.encode("gbk"), "a.doc", "html"),
        (PAGE.encode("utf-16"), "a.pdf", "html"),
        (f"网页另存\n{PAGE}".encode(), "a.txt", "html"),
        (f"# 年报\n\n{PROSE}\n| a | b |\n<br>".encode(), "a.md", "text"),
    ],
)
def test_content_decides_before_the_suffix(data: bytes, name: str, expected: str) -> None:
    source = read_bytes(data, name)
    assert source.format == expected
    assert PROSE.strip() in source.text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (packed("2020/report.txt"), "ZIP archive"),
        (bytes(range(256)) * 8, "no document of a known kind"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(data: bytes, kind: str) -> None:
    with pytest.raises(UnknownFormat, match=kind) as error:
        read_bytes(data, "annual.txt")
    assert str(error.value).startswith("annual.txt: ")
    assert str(error.value).count(". ") >= 1


def test_a_document_cut_off_is_broken() -> None:
    with pytest.raises(BrokenFile, match=r"annual\.docx: .*damaged ZIP.* Fetch it again"):
        read_bytes(packed("word/document.xml")[:40], "annual.docx")


@pytest.mark.parametrize("data", [b"", b" \n\t ", b"\xef\xbb\xbf", "　\n".encode(), b"\x00\x00"])
def test_a_file_of_blanks_is_empty(data: bytes) -> None:
    with pytest.raises(EmptyText, match=r"blank\.txt"):
        read_bytes(data, "blank.txt")


def test_read_gives_what_its_bytes_give(tmp_path: Path) -> None:
    path = tmp_path / "区科技局.txt"
    path.write_bytes(PROSE.encode("gb18030"))
    assert read(path) == read_bytes(load_bytes(path), path.name)
    assert read(path).text == PROSE


def test_paths_that_are_no_file(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    for path, reason in [
        (tmp_path / "gone.txt", "no such file"),
        (tmp_path, "directory"),
        (fifo, "no regular file"),
        (Path("a\0b"), "cannot be opened"),
    ]:
        with pytest.raises(UnreadableFile, match=reason):
            read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every file")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = tmp_path / "locked.txt"
    path.write_text(PROSE, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="may not be opened"):
        read(path)


def test_refused_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.txt"
    path.write_text(PROSE, encoding="utf-8")

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(UnreadableFile, match=r"locked\.txt: it may not be opened"):
        read(path)


def test_a_file_over_the_bound_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "book.txt"
    path.write_bytes(b"x" * (2**20 + 1))
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    with pytest.raises(LimitExceeded, match=r"book.txt: .* more than the 1 MB .*--max-file-mb"):
        read(path, Limits(file_mb=1))
    with pytest.raises(LimitExceeded, match="Split the file"):
        read_bytes(b"x" * (2**20 + 1), "book.txt", Limits(file_mb=1))


def test_too_much_text_or_too_many_cells_are_refused() -> None:
    with pytest.raises(LimitExceeded, match=r"book.txt: .*more than 5 \(--max-characters\)"):
        read_bytes(PROSE.encode(), "book.txt", Limits(characters=5))
    table = "<table>" + "<tr><td>甲</td><td>1</td></tr>" * 5 + "</table>"
    with pytest.raises(LimitExceeded, match=r"10 cells, more than 9 \(--max-cells\)"):
        read_bytes(PAGE.replace("</p>", f"</p>{table}").encode(), "page.html", Limits(cells=9))


@pytest.mark.parametrize("name", readers())
def test_every_reader_answers_to_its_name(name: str) -> None:
    reader = readers()[name]
    assert reader.name == name
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)


class CaesarReader:
    """A reader of another package."""

    name = "caesar"
    suffixes = frozenset({".caesar"})

    def accepts(self, data: bytes) -> bool:
        return data.startswith(b"CAESAR")

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        return SourceText(text="".join(chr(code - 3) for code in data[6:]), format=self.name)


@pytest.fixture
def plugged(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    point = EntryPoint("caesar", request.param, ENTRY_POINTS)
    monkeypatch.setattr(
        plugged_module, "entry_points", lambda group: [point] if group == ENTRY_POINTS else []
    )
    monkeypatch.setattr(EntryPoint, "load", lambda _: {"reader": CaesarReader, "other": dict}[point.value])
    readers.cache_clear()
    request.addfinalizer(readers.cache_clear)


@pytest.mark.parametrize("plugged", ["reader"], indirect=True)
def test_another_package_reads_a_format_of_its_own(plugged: None) -> None:
    assert read_bytes(b"CAESARdef", "letter").text == "abc"
    assert read_bytes(PROSE.encode(), "a.txt").format == "text"


@pytest.mark.parametrize("plugged", ["other"], indirect=True)
def test_an_entry_point_that_is_no_reader_is_named(plugged: None) -> None:
    with pytest.raises(ResourceError, match=r"caesar of nianbao.readers.*no reader"):
        read_bytes(PROSE.encode(), "a.txt")


def test_errors_of_files_share_a_base() -> None:
    assert all(
        issubclass(kind, InputError) for kind in (BrokenFile, EmptyText, UnknownFormat, UnreadableFile)
    )


SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not here")
def test_samples_come_out_whole() -> None:
    for path in SAMPLES.glob("*/*.txt"):
        assert read(path).text == path.read_text(encoding="utf-8-sig")
