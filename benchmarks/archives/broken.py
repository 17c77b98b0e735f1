"""Files that cannot be read, each kind with the reasons that may be given for it."""

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from random import Random
from typing import NamedTuple

from . import documents, packages, pages
from .reports import GeneratedReport

Make = Callable[[GeneratedReport, Random], bytes]


class Broken(NamedTuple):
    """A kind of broken file: its suffix, the kinds of error that name it, and what makes its bytes.

    `member` is what in it is refused, where that is not the file itself.
    """

    name: str
    suffix: str
    errors: str
    make: Make
    member: str = ""


def _cut(whole: Make) -> Make:
    def make(report: GeneratedReport, rng: Random) -> bytes:
        data = whole(report, rng)
        return data[: int(len(data) * rng.uniform(0.3, 0.9))]

    return make


def _always(data: bytes) -> Make:
    return lambda report, rng: data


def _encrypted_pdf(report: GeneratedReport, rng: Random) -> bytes:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(BytesIO(documents.pdf(report, rng))))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _picture_pdf(report: GeneratedReport, rng: Random) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    canvas = Canvas(out)
    canvas.rect(60, 60, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _locked_zip(report: GeneratedReport, rng: Random) -> bytes:
    """Entries marked as encrypted (APPNOTE 4.4.4, bit 0), after which nobody reads them."""
    data = bytearray(packages.zipped([("a.txt", os.urandom(40))]))
    data[6] |= 1
    data[data.rfind(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def _bomb(report: GeneratedReport, rng: Random) -> bytes:
    """Some 300 MB of zeros in 300 KB, written piece by piece."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("a.txt", "w") as entry:
        for _ in range(300):
            entry.write(bytes(2**20))
    return out.getvalue()


def _nested(report: GeneratedReport, rng: Random) -> bytes:
    data = packages.zipped([("a.txt", report.text.encode())])
    for depth in range(5):
        data = packages.zipped([(f"{depth}.zip", data)])
    return data


def _part(name: str, content: bytes) -> Make:
    return lambda report, rng: packages.zipped([(name, content)])


def _long(report: GeneratedReport, rng: Random) -> bytes:
    return (report.text * (2_100_000 // len(report.text) + 1)).encode()


def _torn_rows(report: GeneratedReport, rng: Random) -> bytes:
    return packages.json_lines([report], rng) + b'{"org": "'


_DEEP = b"<html><body>" + b"<div>" * 30_000 + "深处".encode() + b"</div>" * 30_000 + b"</body></html>"
_BLANK_PAGE = b"<html><head><title></title></head><body><div class='TRS_Editor'>&nbsp;</div></body></html>"
_SCRIPT_PAGE = b"<html><body><div id='app'></div><script>render(window.data)</script></body></html>"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1500)

KINDS = (
    Broken("空文件", ".txt", "empty_text", _always(b"")),
    Broken("只有空白", ".txt", "empty_text", _always(" \n\u3000\r\n".encode() * 40)),
    Broken("截断", ".pdf", "broken_file", _cut(documents.pdf)),
    Broken("截断", ".docx", "broken_file", _cut(documents.docx)),
    Broken("截断", ".odt", "broken_file", _cut(documents.odt)),
    Broken("截断", ".zip", "broken_file", _cut(lambda r, _: packages.zipped([("a.txt", r.text.encode())]))),
    Broken(
        "截断", ".tar.gz", "broken_file", _cut(lambda r, _: packages.tarred([("a.txt", r.text.encode())]))
    ),
    Broken(
        "截断", ".7z", "broken_file", _cut(lambda r, _: packages.seven_zipped([("a.txt", r.text.encode())]))
    ),
    Broken("加密", ".pdf", "encrypted_file", _encrypted_pdf),
    Broken("加密", ".zip", "encrypted_file", _locked_zip, "a.txt"),
    Broken(
        "加密",
        ".7z",
        "encrypted_file",
        lambda r, _: packages.seven_zipped([("a.txt", r.text.encode())], "secret"),
        "*",
    ),
    Broken("二进制", ".txt", "unknown_format", lambda r, rng: b"\x00\x01\xfe" + rng.randbytes(5000)),
    Broken("冒充", ".pdf", "broken_file", lambda r, rng: b"%PDF-1.4\n" + rng.randbytes(3000)),
    Broken("冒充", ".docx", "broken_file", _part("word/document.xml", b"<w:document")),
    Broken("图片", ".png", "unknown_format|tool_missing|empty_text|broken_file", _always(pages.PIXEL)),
    Broken("只有图片", ".pdf", "empty_text|tool_missing", _picture_pdf),
    Broken("炸弹", ".zip", "limit_exceeded", _bomb, "*"),
    Broken("套叠", ".zip", "limit_exceeded", _nested, "*"),
    Broken("出走", ".zip", "unreadable_file", _part("../../etc/出走.txt", b"x"), "*"),
    Broken("深层", ".html", "limit_exceeded", _always(_DEEP)),
    Broken("空白页", ".html", "empty_text", _always(_BLANK_PAGE)),
    Broken("脚本页", ".html", "empty_text", _always(_SCRIPT_PAGE)),
    Broken("知网", ".caj", "unknown_format", lambda r, rng: b"CAJ\x00" + rng.randbytes(900)),
    Broken("旧版", ".doc", "broken_file|tool_missing|unknown_format", _always(_OLE)),
    Broken(
        "压缩",
        ".rar",
        "broken_file|tool_missing|unknown_format",
        lambda r, rng: b"Rar!\x1a\x07\x01\x00" + rng.randbytes(900),
    ),
    Broken("数据库", ".txt", "unknown_format", _always(b"SQLite format 3\x00" + bytes(4000))),
    Broken("过长", ".txt", "limit_exceeded", _long),
    Broken("断行", ".jsonl", "broken_file", _torn_rows, "2"),
    Broken("缺列", ".csv", "unknown_format", _always("名称,甲,乙\n一,2,3\n二,3,4\n".encode())),
    Broken("空文档", ".rtf", "empty_text", _always(rb"{\rtf1\ansi\ansicpg936 \par\par}")),
)


def link_to_nothing(path: Path) -> str:
    """A link to a file that is not there; the kinds of error that name it."""
    path.symlink_to(path.with_name("没有这个文件.txt"))
    return "unreadable_file"


def pipe(path: Path) -> str:
    """A named pipe, which nobody must wait at."""
    os.mkfifo(path)
    return "unreadable_file"


def too_large(path: Path) -> str:
    """A file of 65 MB that takes no room on the disk."""
    with path.open("wb") as file:
        file.truncate(65 * 2**20)
    return "limit_exceeded"


PLACED: dict[str, Callable[[Path], str]] = {
    "断链.txt": link_to_nothing,
    "管道.txt": pipe,
    "过大.txt": too_large,
}
