import pytest

from nianbao.data.errors import BrokenFile, EmptyText, LimitExceeded
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes

FONTS = rb"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 x;}{\f3\fcharset2 Symbol;}}"


def rich(body, page=936):
    return b"{\\rtf1\\ansi\\ansicpg%d\\deff0" % page + FONTS + body + b"}"


def escaped(text, codec="gbk"):
    return b"".join(b"\\'%02x" % byte for byte in text.encode(codec))


def text_of(body, page=936):
    return read_bytes(rich(body, page), "x.doc").text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (escaped("全年公开"), "全年公开"),
        (b"\\f0 " + escaped("镕喆"), "镕喆"),
        ("全年公开".encode("gbk"), "全年公开"),
        (b"\\uc2\\u20840 " + escaped("全") + b"\\u24180 " + escaped("年"), "全年"),
        (b"\\u20840?\\u24180\\'3f", "全年"),
        (b"{\\uc0\\u20840\\u24180}\\u-244 ?", "全年／"[:2] + chr(65536 - 244)),
        (b"\\u-10187?\\u-9216?", "\U0001d400"),
        (b"\\f2 " + escaped("統計", "cp950"), "統計"),
        (b"12\\~" + escaped("条") + b"\\line 5\\_6\\tab\\{x\\}", "12 条\n5-6 {x}"),
        (b"{\\f3 \\'b7}" + escaped("项"), "项"),
        (escaped("前") + b"{\\deleted " + escaped("删") + b"}{\\v " + escaped("密") + b"}{\\revised " + escaped("增") + b"}", "前增"),
        (b"{\\field{\\*\\fldinst HYPERLINK}{\\fldrslt " + escaped("门户") + b"}}", "门户"),
        (b"{\\header " + escaped("内部") + b"}{\\*\\unknown " + escaped("无") + b"}" + escaped("正文"), "正文"),
        (b"{\\pict\\bin5 }{}\\x}" + escaped("正文"), "正文"),
        (b"{\\listtext\\u19968 ?\\u12289 ?\\tab}" + escaped("总体情况"), "一、总体情况"),
        (b"{\\listtext 1.\\tab}" + escaped("受理"), "1. 受理"),
        (b"{\\listtext\\f3 \\'b7\\tab}" + escaped("受理"), "受理"),
        (escaped("公开") + b"{\\footnote " + escaped("含街道") + b"}" + escaped("6件") + b"\\par " + escaped("完"), "公开6件\n完\n含街道"),
        (escaped("甲") + b"{\\shp{\\*\\shpinst{\\sp{\\sn a}{\\sv 1}}{\\shptxt " + escaped("框") + b"\\par}}{\\shprslt x}}\\par " + escaped("乙"), "甲\n框\n乙"),
    ],
)  # fmt: skip
def test_characters_and_groups(body, expected):
    assert text_of(body) == expected


def test_the_font_decides_where_the_document_is_western():
    assert text_of(b"\\f1 " + escaped("主动公开") + b"{\\f0 \\'e9}", page=1252) == "主动公开é"


def row(cells, edges):
    ruled = b"\\trowd\\trleft0" + b"".join(flags + b"\\cellx%d" % right for flags, right in edges)
    return (
        ruled + b"\\pard\\intbl " + b"".join(escaped(cell) + b"\\cell " for cell in cells) + b"\\row\\pard "
    )


def test_tables_become_grids_with_their_spans():
    plain = (b"", 1000), (b"", 2000), (b"", 3000)
    body = (
        escaped("表一")
        + b"\\par "
        + row(["受理情况"], [(b"", 3003)])
        + row(["本年", "申请", "7"], [(b"\\clvmgf", 1000), *plain[1:]])
        + row(["", "答复", "6"], [(b"\\clvmrg", 1000), *plain[1:]])
        + row(["合计", "", "13"], [(b"\\clmgf", 1000), (b"\\clmrg", 2000), plain[2]])
        + escaped("完")
    )
    source = read_bytes(rich(body), "x.rtf")
    [grid] = source.grids
    assert [[(cell.text, cell.rowspan, cell.colspan) for cell in line] for line in grid.rows] == [
        [("受理情况", 1, 3)],
        [("本年", 2, 1), ("申请", 1, 1), ("7", 1, 1)],
        [("答复", 1, 1), ("6", 1, 1)],
        [("合计", 1, 2), ("13", 1, 1)],
    ]
    assert source.text.split("\n") == ["表一", "受理情况", "本年\t申请\t7", "答复\t6", "合计\t13", "完"]
    assert all(source.text[cell.start : cell.end] == cell.text for line in grid.rows for cell in line)


def test_what_it_is_and_how_it_is_encoded_are_told():
    source = read_bytes(b"\xef\xbb\xbf\n" + rich(escaped("甲")), "x.txt")
    assert (source.format, source.encoding) == ("rtf", "gb18030")


def test_a_file_cut_short_is_told():
    with pytest.raises(BrokenFile, match=r"短\.rtf: .*cut short"):
        read_bytes(rich(escaped("全年"))[:-1], "短.rtf")


def test_a_file_without_text_is_told():
    with pytest.raises(EmptyText, match=r"空\.rtf"):
        read_bytes(rich(b"{\\pict 00ff}"), "空.rtf")


def test_deep_groups_are_refused():
    with pytest.raises(LimitExceeded, match="--max-depth"):
        read_bytes(rich(b"{" * 100_000), "x.rtf", Limits(depth=250))


@pytest.mark.parametrize(
    "word", [b"\\u99999999 ", b"\\ansicpg9 ", b"\\bin9999999999 ", b"\\uc-5 ", b"\\cellx-1\\cell\\row "]
)
def test_values_out_of_range_do_no_harm(word):
    try:
        text_of(escaped("甲") + word + escaped("乙"))
    except BrokenFile:
        assert b"bin" in word
