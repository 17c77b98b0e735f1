import zipfile
from io import BytesIO

import pytest

from nianbao.data.errors import BrokenFile, EmptyText, EncryptedFile, LimitExceeded
from nianbao.data.readers import read_bytes

CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'


def book(*pages, **parts):
    items = "".join(
        f'<item id="p{at}" href="text/%E9%A1%B5{at}.xhtml" media-type="application/xhtml+xml"/>'
        for at in range(len(pages))
    )
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
    order = '<itemref idref="nav"/>' + "".join(f'<itemref idref="p{at}"/>' for at in range(len(pages)))
    content = {
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": f"<package><manifest>{items}{nav}</manifest><spine>{order}</spine></package>",
        "OEBPS/nav.xhtml": "<html><body>目录</body></html>",
        **{f"OEBPS/text/页{at}.xhtml": page for at, page in enumerate(pages)},
    } | parts
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return stream.getvalue()


def page(body):
    return (
        f'<?xml version="1.0"?><!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>'
    )


def test_pages_follow_the_spine():
    table = "<table><tr><td>规章</td><td>0</td></tr></table>"
    source = read_bytes(book(page("<h1>一、概述</h1><p>公开3条。</p>"), page(table)), "x.epub")
    assert (source.format, source.text) == ("epub", "一、概述\n公开3条。\n规章\t0")
    assert [cell.text for cell in source.grids[0].rows[0]] == ["规章", "0"]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (book(page("")), EmptyText),
        (book(b"\x00\xff\xfe\x81", **{"META-INF/encryption.xml": "<encryption/>"}), EncryptedFile),
        (book(**{"META-INF/container.xml": "<container/>"}), BrokenFile),
        (book(**{"OEBPS/book.opf": "<broken"}), BrokenFile),
        (book(page("零" * 9_000_000)), LimitExceeded),
        (book(page("<div>" * 10_000 + "x")), BrokenFile),
    ],
)
def test_what_cannot_be_read_is_told(data, error):
    with pytest.raises(error, match=r"^坏\.epub: "):
        read_bytes(data, "坏.epub")
