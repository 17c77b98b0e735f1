import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from nianbao.data import readers
from nianbao.data.errors import BrokenFile, EmptyText, InputError, UnknownFormat, UnreadableFile
from nianbao.data.readers import READERS, load_bytes, read, read_bytes

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
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "doc"),
        (packed("xl/workbook.xml"), "xlsx"),
        (packed("OFD.xml"), "OFD"),
        (packed("2020/report.txt"), "ZIP archive"),
        (packed("word/document.xml")[:40], "damaged ZIP"),
        (b"{\\rtf1\\ansi}", "Rich Text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(32), "PNG"),
        (b"\xff\xd8\xff\xe0" + bytes(32), "JPEG"),
        (b"BM\x10\x00\x00\x00\x00\x00\x00\x00" + bytes(32), "BMP"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "MHTML"),
        (bytes(range(256)) * 8, "neither text, HTML, PDF nor Word"),
    ],
)
def test_what_is_not_read_is_named_with_a_remedy(data: bytes, kind: str) -> None:
    with pytest.raises(UnknownFormat, match=kind) as error:
        read_bytes(data, "annual.txt")
    assert str(error.value).startswith("annual.txt: ")
    assert str(error.value).count(". ") >= 1


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
    path.write_text(PROSE, encoding="utf-8")
    monkeypatch.setattr(readers, "MAX_BYTES", 8)
    for attempt in (lambda: read(path), lambda: read_bytes(PROSE.encode(), "book.txt")):
        with pytest.raises(UnreadableFile, match=r"more than .* Split the file"):
            attempt()


@pytest.mark.parametrize("name", READERS)
def test_every_reader_answers_to_its_name(name: str) -> None:
    reader = READERS[name]
    assert reader.name == name
    assert all(suffix.startswith(".") and suffix == suffix.lower() for suffix in reader.suffixes)


def test_errors_of_files_share_a_base() -> None:
    assert all(
        issubclass(kind, InputError) for kind in (BrokenFile, EmptyText, UnknownFormat, UnreadableFile)
    )


SAMPLES = Path(__file__).parents[2].parent / "shared" / "samples"


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the sample reports are not here")
def test_samples_come_out_whole() -> None:
    for path in SAMPLES.glob("*/*.txt"):
        assert read(path).text == path.read_text(encoding="utf-8-sig")
