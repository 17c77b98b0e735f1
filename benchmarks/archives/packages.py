"""Reports packed together: archives of files, tables of rows, web archives."""

import csv
import gzip
import json
import tarfile
import zipfile
from collections.abc import Sequence
from io import BytesIO, StringIO
from random import Random
from typing import Any

from .pages import page
from .reports import GeneratedReport

# A file to be packed: its name and content.
Files = Sequence[tuple[str, bytes]]
_COLUMNS = ("发布机构", "年份", "标题", "正文", "发布日期")


class _GbkName(zipfile.ZipInfo):
    """An entry named in GBK without saying so, as Windows packs it."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 (the name that zipfile calls)
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped(files: Files, gbk: bool = False) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files:
            entry = (_GbkName if gbk else zipfile.ZipInfo)(name, (2024, 3, 1, 9, 0, 0))
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def tarred(files: Files, packing: str = "gz") -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode=f"w:{packing}") as packed:
        for name, data in files:
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            packed.addfile(entry, BytesIO(data))
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def seven_zipped(files: Files, password: str | None = None) -> bytes:
    import py7zr

    out = BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password) as packed:
        for name, data in files:
            packed.writestr(data, name)
    return out.getvalue()


def web_archived(reports: Sequence[GeneratedReport], rng: Random) -> bytes:
    """Pages as a crawler keeps them (WARC, gzip by record), a picture and a missing page among them."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = BytesIO()
    writer = WARCWriter(out, gzip=True)

    def keep(address: str, status: str, kind: str, data: bytes) -> None:
        heads = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        record = writer.create_warc_record(address, "response", payload=BytesIO(data), http_headers=heads)
        writer.write_record(record)
        record.raw_stream.close()

    keep("http://www.example.gov.cn/logo.png", "200 OK", "image/png", b"\x89PNG\r\n\x1a\n")
    for number, report in enumerate(reports, 1):
        address = f"http://www.example.gov.cn/zwgk/nb/{number}.html"
        keep(address, "200 OK", "text/html; charset=utf-8", page(report, rng).encode())
    keep("http://www.example.gov.cn/none.html", "404 Not Found", "text/html", b"<html>404</html>")
    return out.getvalue()


def _row(report: GeneratedReport) -> tuple[Any, ...]:
    return report.org, report.year, report.title, report.text, report.published


def comma_separated(reports: Sequence[GeneratedReport], rng: Random) -> bytes:
    """A table of reports as Excel saves it in China: GB18030, or UTF-8 with a mark."""
    out = StringIO()
    csv.writer(out).writerows([_COLUMNS, *map(_row, reports)])
    return out.getvalue().encode(rng.choice(["gb18030", "utf-8-sig"]))


def json_lines(reports: Sequence[GeneratedReport], rng: Random) -> bytes:
    names = ("org", "year", "title", "text", "date")
    lines = (json.dumps(dict(zip(names, _row(each), strict=True)), ensure_ascii=False) for each in reports)
    return "\n".join(lines).encode() + b"\n"


def workbook(reports: Sequence[GeneratedReport], rng: Random) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("年报")
    for row in (_COLUMNS, *map(_row, reports)):
        sheet.append(row)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
