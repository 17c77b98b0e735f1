from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pypdf
import pytest
from PIL import Image
from reportlab.lib import colors
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Table

from nianbao.data.errors import BrokenFile, EmptyText, EncryptedFile, ToolMissing
from nianbao.data.readers import read_bytes
from nianbao.data.records import Grid, SourceText

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
STYLE = ParagraphStyle("body", fontName=FONT, fontSize=12, leading=20, wordWrap="CJK")
RULED = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONT", (0, 0), (-1, -1), FONT, 10)]
FEES = [["项目", "本年收费", "单位"], ["信息处理费", "0", ""], ["检索费", "1,034.50", "元"]]
FEES_TEXT = "项目\t本年收费\t单位\n信息处理费\t0\t\n检索费\t1,034.50\t元"


def paragraph(text: str) -> Paragraph:
    return Paragraph(text, STYLE)


def table(rows: Sequence[Sequence[Any]], *styles: Any, widths: list[float] | None = None) -> Table:
    return Table(rows, style=[*RULED, *styles], colWidths=widths)


def pdf(*flow: Flowable, **layout: Any) -> bytes:
    buffer = BytesIO()
    SimpleDocTemplate(buffer, **layout).build(list(flow))
    return buffer.getvalue()


def drawn(*pages: Sequence[tuple[float, float, str]]) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    for page in pages:
        canvas.setFont(FONT, 12)
        for x, y, text in page:
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def read_pdf(data: bytes) -> SourceText:
    source = read_bytes(data, "年报.pdf")
    assert source.format == "pdf"
    for cell in (cell for grid in source.grids for row in grid.rows for cell in row):
        assert source.text[cell.start : cell.end] == cell.text
    return source


def words(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.rows]


def rewritten(data: bytes, change: Any) -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(data))
    change(writer)
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_prose_and_a_table_in_reading_order() -> None:
    source = read_pdf(pdf(paragraph("一、总体情况"), table(FEES), paragraph("以上数据截至2011年底。")))
    assert source.text == f"一、总体情况\n{FEES_TEXT}\n以上数据截至2011年底。"
    assert words(source.grids[0]) == FEES


def test_pages_part_and_marks_stay() -> None:
    source = read_pdf(
        drawn([(90, 700, "第一页的话"), (290, 40, "- 1 -")], [(290, 40, "- 2 -"), (90, 700, "第二页")])
    )
    assert source.text == "第一页的话\n- 1 -\n\f第二页\n- 2 -"


def test_a_foot_written_first_comes_last() -> None:
    assert read_pdf(drawn([(290, 40, "— 3 —"), (90, 700, "正文在上")])).text == "正文在上\n— 3 —"


def test_pieces_of_one_line_are_joined() -> None:
    page = [(200, 700, "37"), (90, 700, "受理申请"), (90, 660, "办结率"), (126, 660, "达百分之百")]
    assert read_pdf(drawn(page)).text == "受理申请 37\n办结率达百分之百"


def test_a_watermark_aslant_is_left_out() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(FONT, 12)
    for line in range(20):
        canvas.drawString(90, 700 - 20 * line, f"第{line}行的正文")
    canvas.rotate(40)
    canvas.setFont(FONT, 60)
    canvas.drawString(300, 100, "内部资料")
    canvas.save()
    assert read_pdf(buffer.getvalue()).text == "\n".join(f"第{line}行的正文" for line in range(20))


def test_columns_of_prose_stay_in_the_order_of_the_file() -> None:
    columns = [
        (x, 700 - 20 * line, f"第{line}行属于{side}栏的一句很长的话")
        for x, side in ((60, "左"), (320, "右"))
        for line in range(8)
    ]
    assert read_pdf(drawn(columns)).text == "\n".join(text for _, _, text in columns)


def test_spans_are_kept() -> None:
    rows = [["办理结果", "", "自然人"], ["予以公开", "全部", "4"], ["", "部分", "1"]]
    source = read_pdf(pdf(table(rows, ("SPAN", (0, 0), (1, 0)), ("SPAN", (0, 1), (0, 2)))))
    (grid,) = source.grids
    assert words(grid) == [["办理结果", "自然人"], ["予以公开", "全部", "4"], ["部分", "1"]]
    assert [(cell.rowspan, cell.colspan) for cell in grid.rows[0]] == [(1, 2), (1, 1)]
    assert grid.rows[1][0].rowspan == 2


def test_a_table_open_at_its_sides_is_whole() -> None:
    ruled = [
        ("LINEABOVE", (0, 0), (-1, 0), 1, colors.black),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black),
    ]
    inner = ("INNERGRID", (0, 0), (-1, -1), 0.25, colors.black)
    source = read_pdf(pdf(Table(FEES, style=[*ruled, inner, ("FONT", (0, 0), (-1, -1), FONT, 10)])))
    assert words(source.grids[0]) == FEES


def test_shades_behind_words_are_no_table() -> None:
    shade = ("BACKGROUND", (0, 0), (-1, -1), colors.whitesmoke)
    lines = Table(
        [["这一段话有底色"], ["下一段也有底色"]], style=[shade, ("FONT", (0, 0), (-1, -1), FONT, 10)]
    )
    source = read_pdf(pdf(lines))
    assert (source.text, source.grids) == ("这一段话有底色\n下一段也有底色", ())


def test_a_frame_and_an_underline_are_no_table() -> None:
    framed = Table([[paragraph("框里只有一段话")]], style=[("BOX", (0, 0), (-1, -1), 1, colors.black)])
    source = read_pdf(pdf(framed, paragraph("<u>划线的话</u>")))
    assert (source.text, source.grids) == ("框里只有一段话\n划线的话", ())


def test_a_number_wrapped_in_its_cell_is_whole() -> None:
    rows = [["金额", paragraph("123456789")], ["两数", paragraph("12<br/>34")]]
    source = read_pdf(pdf(table(rows, widths=[60, 52])))
    assert words(source.grids[0]) == [["金额", "123456789"], ["两数", "12 34"]]


def test_a_table_over_two_pages_is_one_grid() -> None:
    rows = [["序号", "指标"], *([str(number), f"指标{number}"] for number in range(1, 70))]
    source = read_pdf(pdf(table(rows)))
    (grid,) = source.grids
    assert words(grid) == rows
    assert source.text.count("\n\f") == 1


def test_tables_of_other_columns_stay_apart() -> None:
    first, second = table([["规章", "1"], ["文件", "2"]], widths=[80, 80]), table(FEES, widths=[90, 70, 60])
    source = read_pdf(pdf(first, PageBreak(), second))
    assert [words(grid) for grid in source.grids] == [[["规章", "1"], ["文件", "2"]], FEES]


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_drawn_sideways_and_turned_back(degrees: int) -> None:
    def turn(writer: pypdf.PdfWriter) -> None:
        page = writer.pages[0]
        width, height = float(page.mediabox.width), float(page.mediabox.height)
        moved = {90: (height, 0), 180: (width, height), 270: (0, width)}[degrees]
        page.add_transformation(pypdf.Transformation().rotate(degrees).translate(*moved))
        if degrees != 180:
            page.mediabox = page.cropbox = pypdf.generic.RectangleObject((0, 0, height, width))
        page.rotate(degrees)

    source = read_pdf(rewritten(pdf(paragraph("横表见下。"), table(FEES)), turn))
    assert source.text == f"横表见下。\n{FEES_TEXT}"


def test_a_password_is_asked_for() -> None:
    locked = rewritten(pdf(paragraph("内容")), lambda writer: writer.encrypt("secret", algorithm="AES-256"))
    with pytest.raises(EncryptedFile, match=r"年报\.pdf: .*password"):
        read_pdf(locked)


def test_a_lock_against_copying_alone_is_no_password() -> None:
    locked = rewritten(
        pdf(paragraph("可以读")), lambda writer: writer.encrypt("", owner_password="x", algorithm="AES-256")
    )
    assert read_pdf(locked).text == "可以读"


@pytest.mark.parametrize("share", [0.2, 0.6, 0.95])
def test_a_file_cut_short_is_broken(share: float) -> None:
    data = pdf(*(paragraph(f"第{number}段的内容在此。") for number in range(80)))
    with pytest.raises(BrokenFile, match="Fetch it again"):
        read_pdf(data[: int(len(data) * share)])


def test_rubbish_between_head_and_end_is_broken() -> None:
    with pytest.raises(BrokenFile, match="does not open"):
        read_bytes(b"%PDF-1.7\n" + b"rubbish " * 40 + b"\n%%EOF", "年报.pdf")


def scan(pages: int, mark: str = "") -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    picture = ImageReader(Image.new("L", (60, 80), 200))
    for _ in range(pages):
        canvas.drawImage(picture, 0, 0, 500, 700)
        canvas.setFont(FONT, 9)
        canvas.drawString(300, 20, mark)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("mark", ["", "- 4 -", "扫描软件创建"])
def test_scanned_pages_hold_no_text(mark: str) -> None:
    with pytest.raises((EmptyText, ToolMissing), match=r"shows no text|nianbao\[ocr\]"):
        read_pdf(scan(3, mark))


def test_a_short_text_without_pictures_is_text() -> None:
    assert read_pdf(drawn([(90, 700, "无。")])).text == "无。"
