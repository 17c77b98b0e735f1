import zipfile
from io import BytesIO

import pytest
from docx import Document

from nianbao.data.errors import BrokenFile, EmptyText, UnknownFormat
from nianbao.data.readers import read_bytes
from nianbao.nlp.tables import find_tables


def saved(document):
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


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


def test_a_file_without_text_is_told():
    with pytest.raises(EmptyText, match=r"空白\.docx"):
        read_bytes(saved(Document()), "空白.docx")


def test_a_damaged_file_is_told():
    data = saved(report())
    with pytest.raises((BrokenFile, UnknownFormat), match=r"坏\.docx"):
        read_bytes(data[: len(data) // 2], "坏.docx")


def test_a_document_that_is_no_xml_is_told():
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(saved(report()))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if name == "word/document.xml" else old.read(name))
    with pytest.raises(BrokenFile, match=r"坏\.docx"):
        read_bytes(stream.getvalue(), "坏.docx")


def test_what_would_unpack_to_too_much_is_refused():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", "<w/>")
        for number in range(5):
            bomb.writestr(f"word/{number}.xml", bytes(60 * 1024 * 1024))
    with pytest.raises(BrokenFile, match="unpacked"):
        read_bytes(stream.getvalue(), "bomb.docx")
