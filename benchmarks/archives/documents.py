"""Reports as documents: Word, OpenDocument, Rich Text, PDF."""

import zipfile
from functools import cache
from io import BytesIO
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from .drafts import Block
from .reports import GeneratedReport
from .tables import Cell

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_TWIPS = 9000
# Widths of a PDF's columns, in points, by their number: labels get the room they need.
_WIDTHS = {
    10: [40, 60, 130, *[29] * 7],
    5: [170, *[65] * 4],
    4: [170, *[88] * 3],
    3: [300, 65, 70],
    15: [29] * 15,
}


def docx(report: GeneratedReport, rng: Random) -> bytes:
    """Paragraphs in Word's styles, tables with merged cells."""
    from docx import Document
    from docx.oxml import parse_xml

    document = Document()
    for block in report.blocks:
        if block.kind == "table":
            document.element.body.insert(-1, parse_xml(_word_table(block)))
        elif block.kind == "paragraph":
            document.add_paragraph(block.line)
        else:
            document.add_heading(block.line, level=0 if block.kind == "title" else 1)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _grid(block: Block) -> list[list[tuple[Cell, bool]]]:
    """For every row its cells from left to right; those that one above covers again, marked."""
    rows: list[list[tuple[Cell, bool]]] = []
    above: dict[int, tuple[Cell, int]] = {}
    for row in block.rows:
        line, column, cells = [], 0, list(row)
        while cells or column in above:
            covered = column in above
            cell, left = above.pop(column) if covered else (cells[0], cells.pop(0).rowspan)
            if left > 1:
                above[column] = (cell, left - 1)
            line.append((cell, covered))
            column += cell.colspan
        rows.append(line)
    return rows


def _word_table(block: Block) -> str:
    rows = "".join(f"<w:tr>{''.join(_word_cell(*each) for each in row)}</w:tr>" for row in _grid(block))
    width = sum(cell.colspan for cell in block.rows[0])
    columns = f'<w:gridCol w:w="{_TWIPS // width}"/>' * width
    return (
        f'<w:tbl {_W}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"
    )


def _word_cell(cell: Cell, covered: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    merge = ("<w:vMerge/>" if covered else '<w:vMerge w:val="restart"/>') if cell.rowspan > 1 else ""
    text = "" if covered else f"<w:r><w:t>{escape(cell.text)}</w:t></w:r>"
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr><w:p>{text}</w:p></w:tc>"


def odt(report: GeneratedReport, rng: Random) -> bytes:
    """An OpenDocument text (ODF 1.2) as LibreOffice and WPS write it."""
    body = "".join(map(_odf_block, report.blocks))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_ODF} office:version="1.2">'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest '
        'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">'
        '<manifest:file-entry manifest:full-path="/" '
        'manifest:media-type="application/vnd.oasis.opendocument.text"/><manifest:file-entry '
        'manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        packed.writestr("content.xml", content)
        packed.writestr("META-INF/manifest.xml", manifest)
    return out.getvalue()


def _odf_block(block: Block) -> str:
    if block.kind == "table":
        rows = (
            "<table:table-row>" + "".join(_odf_cell(*each) for each in row) + "</table:table-row>"
            for row in _grid(block)
        )
        return f"<table:table>{''.join(rows)}</table:table>"
    if block.kind == "heading":
        return f'<text:h text:outline-level="1">{escape(block.line)}</text:h>'
    return f"<text:p>{escape(block.line)}</text:p>"


def _odf_cell(cell: Cell, covered: bool) -> str:
    if covered:
        return "<table:covered-table-cell/>" * cell.colspan
    spans = f' table:number-columns-spanned="{cell.colspan}" table:number-rows-spanned="{cell.rowspan}"'
    kept = spans if cell.colspan > 1 or cell.rowspan > 1 else ""
    beside = "<table:covered-table-cell/>" * (cell.colspan - 1)
    return f"<table:table-cell{kept}><text:p>{escape(cell.text)}</text:p></table:table-cell>{beside}"


def rtf(report: GeneratedReport, rng: Random) -> bytes:
    """Rich Text as WPS writes it: code page 936, each sign as two bytes in hexadecimal."""
    body = "\n".join(map(_rtf_block, report.blocks))
    return (
        r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 SimSun;}}" + "\n" + body + "}"
    ).encode("ascii")


def _rtf_block(block: Block) -> str:
    if block.kind != "table":
        return rf"\pard {_rtf_text(block.line)}\par"
    return "\n".join(map(_rtf_row, _grid(block))) + "\n" + r"\pard"


def _rtf_row(row: list[tuple[Cell, bool]]) -> str:
    width = _TWIPS // sum(cell.colspan for cell, _ in row)
    edges, cells, right = "", "", 0
    for cell, covered in row:
        right += width * cell.colspan
        merge = (r"\clvmrg" if covered else r"\clvmgf") if cell.rowspan > 1 else ""
        edges += rf"{merge}\cellx{right}"
        cells += rf"\pard\intbl {'' if covered else _rtf_text(cell.text)}\cell "
    return rf"\trowd{edges}{cells}\row"


def _rtf_text(text: str) -> str:
    return "".join(_rtf_sign(sign) for sign in text)


def _rtf_sign(sign: str) -> str:
    if sign.isascii():
        return "\\" + sign if sign in "\\{}" else sign
    try:
        return "".join(rf"\'{byte:02x}" for byte in sign.encode("gbk"))
    except UnicodeEncodeError:
        return rf"\u{ord(sign) - (ord(sign) > 0x7FFF) * 0x10000}?"


@cache
def _styles() -> dict[str, Any]:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    song = {"fontName": "STSong-Light", "wordWrap": "CJK"}
    return {
        "title": ParagraphStyle("title", fontSize=18, leading=26, alignment=1, **song),
        "heading": ParagraphStyle("heading", fontSize=14, leading=22, spaceBefore=6, **song),
        "paragraph": ParagraphStyle("paragraph", fontSize=11, leading=18, firstLineIndent=22, **song),
        "table": ParagraphStyle("cell", fontSize=7, leading=9, **song),
    }


def pdf(report: GeneratedReport, rng: Random) -> bytes:
    """A PDF with ruled tables; page numbers at the foot of every second report's pages."""
    from reportlab.platypus import Paragraph, SimpleDocTemplate

    numbered = rng.random() < 0.5

    def foot(canvas: Any, document: Any) -> None:
        if numbered:
            canvas.setFont("STSong-Light", 9)
            canvas.drawCentredString(297, 30, f"- {document.page} -")

    story = []
    for block in report.blocks:
        if block.kind == "table":
            story.append(_pdf_table(block))
        else:
            story.append(Paragraph(escape(block.line), _styles()[block.kind]))
    out = BytesIO()
    SimpleDocTemplate(out, title=report.title, topMargin=50, bottomMargin=50).build(
        story, onFirstPage=foot, onLaterPages=foot
    )
    return out.getvalue()


def _pdf_table(block: Block) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table, TableStyle

    style = _styles()["table"]
    commands: list[tuple[Any, ...]] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    rows = []
    for at, row in enumerate(_grid(block)):
        line: list[Any] = []
        for cell, covered in row:
            here = len(line)
            if not covered and (cell.colspan > 1 or cell.rowspan > 1):
                end = (here + cell.colspan - 1, at + cell.rowspan - 1)
                commands.append(("SPAN", (here, at), end))
            text = "" if covered else Paragraph(escape(cell.text), style)
            line += [text, *[""] * (cell.colspan - 1)]
        rows.append(line)
    return Table(rows, colWidths=_WIDTHS.get(len(rows[0])), style=TableStyle(commands))
