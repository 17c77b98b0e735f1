import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml import parse_xml

from nianbao.data.errors import BrokenFile, EmptyText, LimitExceeded, UnknownFormat
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes
from nianbao.nlp.tables import find_tables

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
NUMBERED = [
    ("chineseCounting", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimalEnclosedCircle", "%4"),
    ("decimal", "%3.%5"),
    ("bullet", "\uf06c"),
]


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word(body, **parts):
    more = {f"word/{name}.xml": content for name, content in parts.items()}
    return packed({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>", **more})


def text_of(body, **parts):
    return read_bytes(word(body, **parts), "x.docx").text


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def item(text, level, num=1):
    number = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{number}</w:pPr>{run(text)}</w:p>"


def numbering(levels=NUMBERED, nums='<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>', more=""):
    made = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    return f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{made}</w:abstractNum>{nums}</w:numbering>'


def report():
    document = Document()
    document.add_heading("来安县水务局2022年政府信息公开工作年度报告", level=1)
    document.add_paragraph("一、总体情况")
    document.add_paragraph("全年公开供水、防汛信息七十二条。")
    table = document.add_table(rows=4, cols=4)
    table.cell(0, 0).merge(table.cell(0, 3)).text = "第二十条第（一）项"
    for row, values in enumerate(
        (
            ("信息内容", "本年制发件数", "本年废止件数", "现行有效件数"),
            ("规章", "0", "0", "0"),
            ("行政规范性文件", "2", "1", "9"),
        ),
        1,
    ):
        for column, value in enumerate(values):
            table.cell(row, column).text = value
    document.add_paragraph("二、其他")
    return document


@pytest.fixture(scope="module")
def source():
    return read_bytes(saved(report()), "来安.docx")


def test_paragraphs_and_tables_come_in_order(source):
    lines = source.text.split("\n")
    assert source.format == "docx"
    assert lines[:3] == [
        "来安县水务局2022年政府信息公开工作年度报告",
        "一、总体情况",
        "全年公开供水、防汛信息七十二条。",
    ]
    assert lines[-2:] == ["行政规范性文件\t2\t1\t9", "二、其他"]


def test_every_cell_stands_in_the_text(source):
    [grid] = source.grids
    cells = [cell for row in grid.rows for cell in row]
    assert [source.text[cell.start : cell.end] for cell in cells] == [cell.text for cell in cells]
    assert (cells[0].text, cells[0].colspan, len(grid.rows[0])) == ("第二十条第（一）项", 4, 1)
    assert source.text[grid.start : grid.end].endswith("\t9")


def test_the_official_table_is_read_from_it(source):
    [table] = find_tables(source.text, source.grids)
    assert table.cells["normative_documents.in_force"].value == 9
    assert table.cells["regulations.made"].state == "zero"


def test_cells_merged_downward_stand_once():
    document = Document()
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).merge(table.cell(2, 0)).text = "处理结果"
    [grid] = read_bytes(saved(document), "x.docx").grids
    assert grid.rows[0][0].rowspan == 3
    assert [len(row) for row in grid.rows] == [2, 1, 1]


def test_rows_that_show_nothing_of_their_own_are_left_out_of_spans():
    cell = "<w:tc><w:tcPr><w:vMerge{}/></w:tcPr><w:p>{}</w:p></w:tc>"
    top = "".join(cell.format(' w:val="restart"', run(text)) for text in ("受理", "12"))
    rows = f"<w:tr>{top}</w:tr><w:tr>{cell.format('', '') * 2}</w:tr>"
    [grid] = read_bytes(word(f"<w:tbl>{rows}</w:tbl>"), "x.docx").grids
    assert [[(cell.text, cell.rowspan) for cell in row] for row in grid.rows] == [[("受理", 1), ("12", 1)]]


def test_a_row_that_begins_further_right_keeps_its_columns():
    cells = f"<w:tc><w:p>{run('本年新收')}</w:p></w:tc><w:tc><w:p>{run('5')}</w:p></w:tc>"
    row = f'<w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>{cells}</w:tr>'
    [grid] = read_bytes(word(f"<w:tbl>{row}</w:tbl>"), "x.docx").grids
    assert [(cell.text, cell.colspan) for cell in grid.rows[0]] == [("", 2), ("本年新收", 1), ("5", 1)]


def test_a_table_that_lays_out_the_page_is_read_as_lines():
    inner = (
        f"<w:tbl><w:tr><w:tc><w:p>{run('收到')}</w:p></w:tc><w:tc><w:p>{run('8')}</w:p></w:tc></w:tr></w:tbl>"
    )
    outer = f"<w:tbl><w:tr><w:tc><w:p>{run('一、概述')}</w:p>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    source = read_bytes(word(outer), "x.docx")
    assert source.text.split("\n")[:2] == ["一、概述", "收到\t8"]
    assert len(source.grids) == 1


def test_numbers_that_word_counts_stand_before_their_paragraphs():
    levels = (0, 1, 1, 2, 2, 3, 4, 0, 1, 2, 5)
    body = "".join(item("公开", level) for level in levels)
    assert text_of(body, numbering=numbering()).split("\n") == [
        *("一、公开", "（一）公开", "（二）公开", "1. 公开", "2. 公开", "①公开", "2.1 公开"),
        *("二、公开", "（一）公开", "1. 公开", "公开"),
    ]


def test_a_list_may_start_anew_or_share_its_counters():
    shared = '<w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>'
    fresh = (
        '<w:num w:numId="3"><w:abstractNumId w:val="7"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    body = "".join(item("项", 0, num) for num in (2, 2, 2, 3, 3, 0))
    text = text_of(body, numbering=numbering(nums=shared + fresh))
    assert text.split("\n") == ["一、项", "二、项", "三、项", "五、项", "六、项", "项"]


def test_headings_take_their_number_from_their_style():
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="8"><w:name w:val="节"/><w:basedOn w:val="2"/></w:style></w:styles>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run("情况")}</w:p>' for style in ("2", "8", "9")
    )
    text = text_of(body, numbering=numbering(), styles=styles)
    assert text.split("\n") == ["一、情况", "二、情况", "情况"]


@pytest.mark.parametrize("restart", [0, 1])
def test_a_level_restarts_after_the_level_that_it_names(restart):
    more = f'<w:lvlRestart w:val="{restart}"/>'
    body = "".join(item("项", level) for level in (0, 2, 1, 2, 0, 2))
    lines = text_of(body, numbering=numbering(more=more)).split("\n")
    assert [lines[at][0] for at in (1, 3, 5)] == (["1", "2", "3"] if not restart else ["1", "2", "1"])


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (f"{run('全年公开')}<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>9</w:delText></w:r></w:del>{run('条')}", "全年公开12条"),
        (f"<w:hyperlink>{run('门户')}</w:hyperlink><w:smartTag>{run('网站')}</w:smartTag>", "门户网站"),
        (f"{run('第')}<w:r><w:instrText>PAGE</w:instrText></w:r><w:fldSimple>{run('3')}</w:fldSimple>", "第3"),
        (f"{run('甲')}<w:r><w:rPr><w:vanish/></w:rPr><w:t>密</w:t></w:r>{run('乙')}", "甲乙"),
        (f"<w:moveFrom>{run('旧')}</w:moveFrom><w:moveTo>{run('新')}</w:moveTo>", "新"),
        ("<w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r></w:sdtContent></w:sdt>", "控件"),
        ('<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:br w:type="page"/></w:r>', "甲 乙\n丙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>主动公开</w:t></w:r>', "☑主动公开"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>qu</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>衢</w:t></w:r></w:rubyBase></w:ruby></w:r>", "衢"),
    ],
)  # fmt: skip
def test_a_paragraph_shows_what_word_shows(inside, expected):
    assert text_of(f"<w:p>{inside}</w:p>") == expected


def test_blocks_in_content_controls_are_read_and_the_table_of_contents_is_not():
    contents = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    block = "<w:sdt>{}<w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"
    body = block.format(contents, run("一、概述 1")) + block.format("", run("一、概述"))
    assert text_of(body) == "一、概述"


def test_a_text_box_follows_its_paragraph_once():
    box = f"<w:txbxContent><w:p>{run('联系电话：0550-100')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text_of(f"<w:p>{run('附注')}<w:r>{both}</w:r></w:p>") == "附注\n联系电话：0550-100"


def test_footnotes_stand_at_the_end():
    notes = (
        f'<w:footnotes {W}><w:footnote w:id="2"><w:p>{run("含镇街数据。")}</w:p></w:footnote></w:footnotes>'
    )
    cited = f'<w:p>{run("公开")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("36条")}</w:p><w:p>{run("完")}</w:p>'
    assert text_of(cited, footnotes=notes) == "公开36条\n完\n含镇街数据。"


def test_a_deleted_paragraph_end_joins_and_a_deleted_row_is_gone():
    mark = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"
    body = f"<w:p>{mark}{run('办理')}</w:p><w:p>{run('提案')}</w:p>"
    cells = f"<w:tc><w:p>{run('a')}</w:p></w:tc>" * 2
    table = f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    assert text_of(body + table) == "办理提案\na\ta"


def test_headers_and_footers_are_left_out():
    document = report()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    assert "内部资料" not in read_bytes(saved(document), "x.docx").text


def test_strict_documents_are_read():
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    part = f"<w:document {strict}><w:body><w:p>{run('总则')}</w:p></w:body></w:document>"
    assert read_bytes(packed({"word/document.xml": part}), "x.docx").text == "总则"


def test_a_file_without_text_is_told():
    with pytest.raises(EmptyText, match=r"空白\.docx"):
        read_bytes(saved(Document()), "空白.docx")


def test_a_damaged_file_is_told():
    data = saved(report())
    with pytest.raises((BrokenFile, UnknownFormat), match=r"坏\.docx"):
        read_bytes(data[: len(data) // 2], "坏.docx")


@pytest.mark.parametrize("part", [b"<broken", b"<w/>", b"\x00\x01"])
def test_a_document_that_is_no_word_xml_is_told(part):
    with pytest.raises(BrokenFile, match=r"坏\.docx"):
        read_bytes(packed({"word/document.xml": part}), "坏.docx")


def test_a_damaged_list_of_numbers_costs_the_numbers_only():
    assert text_of(item("公开", 0), numbering="<broken") == "公开"


def test_a_bomb_is_refused_before_it_is_whole():
    bomb = packed({"word/document.xml": bytes(40 * 2**20)})
    with pytest.raises(LimitExceeded, match=r"bomb\.docx: .*--max-ratio"):
        read_bytes(bomb, "bomb.docx")
    with pytest.raises(LimitExceeded, match="--max-file-mb"):
        read_bytes(bomb, "bomb.docx", Limits(ratio=10_000, file_mb=8))
    with pytest.raises(LimitExceeded, match="--max-unpacked-mb"):
        read_bytes(bomb, "bomb.docx", Limits(ratio=10_000, unpacked_mb=8))


def test_parts_that_are_not_read_cost_nothing():
    data = packed(
        {
            "word/media/1.png": bytes(80 * 2**20),
            "word/document.xml": f"<w:document {W}><w:body><w:p>{run('甲')}</w:p></w:body></w:document>",
        }
    )
    assert read_bytes(data, "x.docx").text == "甲"


@pytest.mark.parametrize(
    "kind",
    ['<!DOCTYPE w [<!ENTITY a "甲"><!ENTITY b "&a;&a;">]>', '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/hostname">]>', '<!DOCTYPE w SYSTEM "http://localhost/x.dtd">'],
)  # fmt: skip
def test_entities_are_refused(kind):
    part = f"{kind}<w:document {W}><w:body><w:p>{run('&a;')}</w:p></w:body></w:document>"
    with pytest.raises(BrokenFile, match="entities"):
        read_bytes(packed({"word/document.xml": part}), "x.docx")


@pytest.mark.parametrize("depth", [60, 5000])
def test_deep_nesting_is_refused(depth):
    body = "<w:ins>" * depth + "</w:ins>" * depth
    with pytest.raises(LimitExceeded, match="--max-depth"):
        read_bytes(word(body), "x.docx", Limits(depth=50))


def test_tables_nested_as_deep_as_allowed_are_read():
    table = "<w:tbl><w:tr><w:tc>{}<w:p/></w:tc></w:tr></w:tbl>"
    body = f"<w:p>{run('底')}</w:p>"
    for _ in range(80):
        body = table.replace("{}", body)
    assert text_of(body).strip() == "底"


def test_python_docx_agrees_on_what_it_knows():
    document = report()
    document.element.body.insert(0, parse_xml(f"<w:p {W}>{run('首行')}</w:p>"))
    expected = [paragraph.text for paragraph in document.paragraphs]
    lines = read_bytes(saved(document), "x.docx").text.split("\n")
    assert [line for line in lines if "\t" not in line and "第二十条" not in line] == expected
