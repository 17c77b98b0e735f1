import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.readers.decoding import decode, familiarity, plain

SIMPLIFIED = "全年共受理政府信息公开申请37件，其中予以公开21件，不予公开4件；本单位未收取费用。\n"
TRADITIONAL = "全年共受理政府資訊公開申請三十七件，予以公開二十一件；本單位未收取費用，並無行政訴訟。\n"
ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", [SIMPLIFIED, SIMPLIFIED * 50, "无其他事项。", "一、总体情况"])
def test_simplified_text_in_every_encoding(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "big5", "utf-16-le", "gb18030"])
def test_traditional_text(encoding: str) -> None:
    decoded = decode(TRADITIONAL.encode(encoding))
    assert decoded is not None
    assert decoded.text == TRADITIONAL


@pytest.mark.parametrize(
    ("actual", "declared"),
    [
        ("utf-8", "gb2312"),
        ("gb18030", "utf-8"),
        ("gb18030", "iso-8859-1"),
        ("gb18030", "big5"),
        ("cp950", "gbk"),
    ],
)
def test_a_wrong_declaration_does_not_win(actual: str, declared: str) -> None:
    text = TRADITIONAL if actual == "cp950" else SIMPLIFIED
    decoded = decode(text.encode(actual), declared)
    assert decoded is not None
    assert decoded.text == text


@pytest.mark.parametrize("declared", ["no-such-charset", "", "gb2312 ", "GBK"])
def test_odd_declarations_do_no_harm(declared: str) -> None:
    assert decode(SIMPLIFIED.encode("gbk"), declared) == (SIMPLIFIED, "gb18030")


def test_a_mark_that_the_bytes_do_not_follow_does_not_win() -> None:
    decoded = decode(b"\xef\xbb\xbf" + SIMPLIFIED.encode("gb18030"))
    assert decoded is not None
    assert decoded.text == SIMPLIFIED


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_last_character_cut_off_is_left_out(encoding: str) -> None:
    data = (SIMPLIFIED * 3).rstrip("\n").encode(encoding)[:-1]
    decoded = decode(data)
    assert decoded is not None
    assert decoded.text == (SIMPLIFIED * 3).rstrip("\n")[:-1]


def test_a_torn_character_inside_is_forgiven() -> None:
    data = (SIMPLIFIED * 20).encode() + b"\xe5\x85\xac\xe5" + SIMPLIFIED.encode()
    decoded = decode(data)
    assert decoded is not None
    assert decoded.encoding == "utf-8"
    assert decoded.text.replace("\ufffd", "").count("37件") == 21


@pytest.mark.parametrize("data", [bytes(range(256)), b"\x7fELF" + bytes(60), bytes(2000) + b"text"])
def test_binary_data_is_no_text(data: bytes) -> None:
    assert decode(data) is None


def test_text_reads_more_familiar_than_its_misreadings() -> None:
    data = SIMPLIFIED.encode("gbk")
    assert familiarity(SIMPLIFIED) > 0.6 > familiarity(data.decode("cp950", "replace"))
    assert familiarity(SIMPLIFIED.encode().decode("latin-1")) < 0


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("甲\r\n乙\r丙\n丁", "甲\n乙\n丙\n丁"),
        ("甲\v乙\u2028丙\x85丁", "甲\n乙\n丙\n丁"),
        ("甲\n\f- 2 -\n乙", "甲\n- 2 -\n乙"),
        ("3\x00件\x07\t\u200b\ufeff", "3件\t\u200b"),
    ],
)
def test_plain_text_keeps_line_feeds_and_tabs_alone(before: str, after: str) -> None:
    assert plain(before) == after


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_plain_is_idempotent(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    assert "\r" not in once


@given(st.text(st.sampled_from("公开信息共件年月日，。1234567890"), min_size=6, max_size=80))
def test_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8")


@given(st.binary(max_size=400))
def test_any_bytes_decode_or_do_not(data: bytes) -> None:
    decoded = decode(data)
    assert decoded is None or isinstance(decoded.text, str)
