import gzip
import zlib

import pytest

from nianbao.data.containers import unpack
from nianbao.data.errors import BrokenFile, LimitExceeded
from nianbao.data.limits import DEFAULT_LIMITS

PAGE = "<p>怀远县水利局全年公开信息四十五条。</p>".encode()
URL = "http://www.example.gov.cn/%E5%B9%B4%E6%8A%A5/2021.html?id=3"
NAME = "www.example.gov.cn/年报/2021.html?id=3"


def crawl(*pages, packed=False):
    """A web archive of (url, payload, status, headers)."""
    records = [record(*one) for one in pages]
    return b"".join(gzip.compress(one) if packed else one for one in records)


def record(url, payload, status, headers):
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    block = f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + payload
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-04T05:06:07Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def page(url=URL, payload=PAGE, status="200 OK", kind="text/html", **headers):
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    return url, payload, status, {"Content-Type": kind, **named}


@pytest.fixture
def members(tmp_path):
    folder = tmp_path / "spool"
    folder.mkdir()
    path = tmp_path / "抓取.warc"

    def members(data):
        path.write_bytes(data)
        return unpack(path, path.name, folder, DEFAULT_LIMITS)

    return members


@pytest.mark.parametrize("packed", [False, True])
def test_pages_are_named_by_readable_addresses(members, packed):
    [one] = members(crawl(page(), packed=packed))
    assert (one.name, one.path.read_bytes(), one.path.suffix) == (NAME, PAGE, ".html")
    assert one.fields == {"url": URL, "date": "2021-03-04T05:06:07Z"}


def test_an_archive_packed_as_one_stream_is_read(members):
    assert [one.name for one in members(gzip.compress(crawl(page(), page("http://b.cn/2"))))] == [
        NAME,
        "b.cn/2",
    ]


def test_captures_of_one_address_are_told_apart(members):
    assert [one.name for one in members(crawl(page("http://b.cn/a.html"), page("http://b.cn/a.html")))] == [
        "b.cn/a.html",
        "b.cn/a@2021-03-04T050607Z.html",
    ]


@pytest.mark.parametrize(
    "passed_over",
    [
        page(status="404 Not Found"),
        page(kind="image/png"),
        page(kind="text/css"),
        page("http://a.cn/x.js", kind="text/plain"),
    ],
)
def test_what_holds_no_report_is_passed_over(members, passed_over):
    assert [one.name for one in members(crawl(passed_over, page()))] == [NAME]


CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)


@pytest.mark.parametrize(
    ("payload", "headers"),
    [
        (gzip.compress(PAGE), {"Content_Encoding": "gzip"}),
        (zlib.compress(PAGE), {"Content_Encoding": "deflate"}),
        (PAGE, {"Content_Encoding": "gzip"}),
        (CHUNKED, {"Transfer_Encoding": "chunked"}),
    ],
    ids=["gzip", "deflate", "claimed", "chunked"],
)
def test_encodings_are_undone(members, payload, headers):
    [one] = members(crawl(page(payload=payload, **headers)))
    assert one.path.read_bytes() == PAGE


def test_a_cut_archive_gives_what_is_whole(members):
    found = members(crawl(page(), page("http://b.cn/2"))[:-40])
    assert next(found).path.read_bytes() == PAGE
    assert isinstance(next(found).error, BrokenFile)
    with pytest.raises(BrokenFile, match=r"抓取\.warc"):
        next(found)


def test_a_packed_payload_of_zeros_is_stopped(members):
    with pytest.raises(LimitExceeded, match="--max-ratio"):
        list(members(crawl(page(payload=gzip.compress(bytes(2**27)), Content_Encoding="gzip"))))
