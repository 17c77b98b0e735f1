import zipfile
from io import BytesIO

import pytest

from nianbao.data.errors import BrokenFile, EmptyText, EncryptedFile, LimitExceeded, UnknownFormat
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes

SPACE = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw")
)
TYPE = "application/vnd.oasis.opendocument.text"
LEVELS = (
    '<text:list-level-style-number text:level="1" style:num-format="一, 二, 三, ..." style:num-suffix="、"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/>'
)


def packed(parts, kind=TYPE):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", kind, zipfile.ZIP_STORED)
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def content(body, styles="", head=""):
    return (
        f"{head}<office:document-content {SPACE}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def read(body, styles="", **limits):
    return read_bytes(packed({"content.xml": content(body, styles)}), "x.odt", Limits(**limits))


def p(text):
    return f"<text:p>{text}</text:p>"


def cell(text, **given):
    spans = "".join(f' table:number-{name}-spanned="{value}"' for name, value in given.items())
    return f"<table:table-cell{spans}>{p(text)}</table:table-cell>"


def table(*rows):
    return (
        f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p("全年<text:span>公开</text:span>12<text:s text:c='2'/>条"), "全年公开12  条"),
        (p("甲<text:tab/>乙<text:line-break/>丙\n丁"), "甲 乙\n丙 丁"),
        ("<text:tracked-changes><text:changed-region>" + p("删去") + "</text:changed-region></text:tracked-changes>" + p("在"), "在"),
        (p("衢<text:ruby-text>qú</text:ruby-text>州<office:annotation>" + p("批注") + "</office:annotation>市"), "衢州市"),
        ("<text:table-of-content><text:index-body>" + p("一、概述 1") + "</text:index-body></text:table-of-content>" + p("一、概述"), "一、概述"),
        ("<text:section>" + p("节内") + "</text:section>", "节内"),
        (p("公开<text:note><text:note-citation>1</text:note-citation><text:note-body>" + p("含镇街") + "</text:note-body></text:note>6件") + p("完"), "公开6件\n完\n含镇街"),
        (p("附<draw:frame><draw:text-box>" + p("电话") + "</draw:text-box></draw:frame>注"), "附注\n电话"),
    ],
)  # fmt: skip
def test_a_text_shows_what_an_editor_shows(body, expected):
    assert read(body).text == expected


def test_lists_are_counted():
    styles = f'<text:list-style style:name="L">{LEVELS}</text:list-style>'
    inner = f"<text:list><text:list-item>{p('受理')}</text:list-item><text:list-item>{p('办理')}</text:list-item></text:list>"
    body = (
        f'<text:list text:style-name="L"><text:list-item>{p("概述")}{inner}</text:list-item></text:list>'
        f'{p("正文")}<text:list text:style-name="L" text:continue-numbering="true">'
        f"<text:list-item>{p('问题')}{p('续段')}</text:list-item><text:list-header>{p('无号')}</text:list-header></text:list>"
        f'<text:list text:style-name="L"><text:list-item text:start-value="5">{p("其他")}</text:list-item></text:list>'
    )
    assert read(body, styles).text.split("\n") == [
        *("一、概述", "一.1 受理", "一.2 办理", "正文", "二、问题", "续段", "无号", "五、其他"),
    ]


def test_headings_are_counted_by_the_outline():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    heads = "".join(f'<text:h text:outline-level="{level}">标题</text:h>' for level in (1, 2, 1))
    assert read(heads, outline).text.split("\n") == ["1. 标题", "标题", "2. 标题"]


def test_tables_become_grids_with_their_spans():
    covered = "<table:covered-table-cell/>"
    body = table(
        cell("第二十条", columns=3) + '<table:covered-table-cell table:number-columns-repeated="2"/>',
        cell("处理结果", rows=2) + cell("予以公开") + cell("4"),
        covered + cell("不予处理") + cell("0"),
    )
    source = read(p("表") + body + p("完"))
    [grid] = source.grids
    assert [[(one.text, one.rowspan, one.colspan) for one in row] for row in grid.rows] == [
        [("第二十条", 1, 3)],
        [("处理结果", 2, 1), ("予以公开", 1, 1), ("4", 1, 1)],
        [("不予处理", 1, 1), ("0", 1, 1)],
    ]
    assert source.text.split("\n")[-1] == "完"
    assert all(source.text[one.start : one.end] == one.text for row in grid.rows for one in row)


def test_a_table_that_lays_out_the_page_is_read_as_lines():
    inner = table(cell("收到") + cell("8"))
    source = read(table(f"<table:table-cell>{p('概述')}{inner}</table:table-cell>"))
    assert source.text == "概述\n收到\t8"
    assert len(source.grids) == 1


def test_repeated_cells_are_bounded():
    many = '<table:table-cell table:number-columns-repeated="900"/>' + cell("1")
    rows = f'<table:table-row table:number-rows-repeated="99999999">{many}</table:table-row>'
    with pytest.raises(LimitExceeded, match="--max-cells"):
        read(f"<table:table>{rows}</table:table>")


def test_an_encrypted_file_is_told():
    manifest = '<m:manifest xmlns:m="x"><m:file-entry m:full-path="content.xml"><m:encryption-data/></m:file-entry></m:manifest>'
    data = packed({"content.xml": b"\x8a\x00\x17", "META-INF/manifest.xml": manifest})
    with pytest.raises(EncryptedFile, match=r"密\.odt: .*password"):
        read_bytes(data, "密.odt")


def test_sheets_and_slides_are_told_apart():
    with pytest.raises(UnknownFormat, match="OpenDocument"):
        read_bytes(packed({"content.xml": content(p("x"))}, TYPE.replace("text", "presentation")), "x.odp")


@pytest.mark.parametrize(
    ("part", "error"),
    [
        ("<broken", BrokenFile),
        ("<x/>", BrokenFile),
        (content(p("")), EmptyText),
        (content(p("&a;"), head='<!DOCTYPE x [<!ENTITY a "1">]>'), BrokenFile),
        (content("<text:section>" * 300 + "</text:section>" * 300), LimitExceeded),
        (content(p("零" * 9_000_000)), LimitExceeded),
    ],
)
def test_what_cannot_be_read_is_told(part, error):
    with pytest.raises(error, match=r"坏\.odt"):
        read_bytes(packed({"content.xml": part}), "坏.odt")


def test_damaged_styles_cost_the_numbers_only():
    assert read_bytes(packed({"content.xml": content(p("甲")), "styles.xml": "<"}), "x.odt").text == "甲"
