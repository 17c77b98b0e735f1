from email.message import EmailMessage

import pytest

from nianbao.data.errors import EmptyText
from nianbao.data.limits import DEFAULT_LIMITS
from nianbao.data.readers.mhtml import MhtmlReader

ARTICLE = "怀远县统计局2022年政府信息公开工作年度报告。全年主动公开信息三十八条，没有收到申请。"
PAGE = f"<html><head><meta charset='{{}}'></head><body><p>{ARTICLE}</p></body></html>"


def saved(*pages, subtype="related", address="http://example.gov.cn/1.html"):
    """A saved page of (bytes, charset, transfer encoding)."""
    message = EmailMessage()
    message["From"] = "<Saved by Blink>"
    message["Snapshot-Content-Location"] = address
    message["Subject"] = "page"
    message.make_mixed() if subtype == "mixed" else message.make_related()
    for data, charset, encoding in pages:
        message.add_attachment(data, "text", "html", cte=encoding, params={"charset": charset})
    message.add_attachment(b"\x89PNG", "image", "png")
    return message.as_bytes()


def read(data):
    assert MhtmlReader().accepts(data)
    return MhtmlReader().read(data, "页.mht", DEFAULT_LIMITS)


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
@pytest.mark.parametrize("charset", ["utf-8", "gb2312", "gb18030"])
def test_every_charset_and_transfer_encoding(charset, encoding):
    source = read(saved((PAGE.format(charset).encode(charset), charset, encoding)))
    assert (source.format, source.text) == ("mhtml", ARTICLE)
    assert source.encoding == ("utf-8" if charset == "utf-8" else "gb18030")


def test_the_address_is_kept():
    assert read(saved((PAGE.encode(), "utf-8", "base64"))).fields["url"] == "http://example.gov.cn/1.html"


def test_a_page_of_frames_is_read_by_the_fullest():
    frames = b"<html><frameset><frame src='a.htm'><frame src='b.htm'></frameset></html>"
    menu = "<html><body><p>首页 目录</p></body></html>".encode()
    pages = [(data, "utf-8", "quoted-printable") for data in (frames, menu, PAGE.encode())]
    assert read(saved(*pages)).text == ARTICLE


def test_an_archive_without_a_page():
    with pytest.raises(EmptyText, match=r"页\.mht"):
        read(saved())


@pytest.mark.parametrize("data", ["日期：2020年\n内容".encode(), b"<html>", b"From: a\nSubject: b\n\ntext"])
def test_other_files_are_not_taken(data):
    assert not MhtmlReader().accepts(data)
