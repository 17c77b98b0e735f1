"""Documents torn and altered at random: nothing but an InputError may come of them."""

import random
import zipfile
from io import BytesIO

import pytest
from docx import Document

from nianbao.data.errors import InputError
from nianbao.data.readers import read_bytes

ROW = rb"\trowd\cellx900\cellx1800\pard\intbl \'ca\'dc\cell 5\cell\row\pard "
RICH = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 a;}}\f0 \'c8\'ab\u24180?{\b 12}\par " + ROW * 2 + b"}"
)
OPEN = (
    '<o:document xmlns:o="o" xmlns:t="t"><o:body><o:text><t:list><t:list-item><t:p>概述<t:s/></t:p></t:list-item></t:list>'
    "<t:table><t:table-row><t:table-cell><t:p>受理</t:p></t:table-cell><t:table-cell/></t:table-row></t:table>"
    "</o:text></o:body></o:document>"
)
FIXED = {
    "OFD.xml": "<OFD><DocBody><DocRoot>D.xml</DocRoot></DocBody></OFD>",
    "D.xml": '<Document><Pages><Page BaseLoc="p.xml"/></Pages></Document>',
    "p.xml": '<Page><TextObject Boundary="1 2 3 4" Size="4"><TextCode X="1" Y="2" DeltaX="g 1 4">公开</TextCode></TextObject></Page>',
}
BOOK = {
    "META-INF/container.xml": '<c><rootfiles><rootfile full-path="b.opf"/></rootfiles></c>',
    "b.opf": '<p><item id="a" href="a.html" media-type="text/html"/><itemref idref="a"/></p>',
    "a.html": "<html><body><p>一、概述</p></body></html>",
}


def packed(parts):
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def word():
    document = Document()
    document.add_paragraph("一、概述", style="List Number")
    document.add_table(rows=2, cols=2).cell(0, 0).text = "受理"
    stream = BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as archive:
        kept = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
        return packed({name: archive.read(name) for name in kept})


FILES = {
    "x.docx": word(),
    "x.odt": packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": OPEN}),
    "x.ofd": packed(FIXED),
    "x.epub": packed(BOOK),
    "x.rtf": RICH,
}


def repacked(data, alter):
    """`data` with its parts altered but sound as an archive; altered itself where it is none."""
    if not data.startswith(b"PK"):
        return alter(data)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return packed(
            {
                name: archive.read(name) if name == "mimetype" else alter(archive.read(name))
                for name in archive.namelist()
            }
        )


def altered(data, chance, signs):
    torn = bytearray(data)
    for _ in range(chance.choice((1, 3, 20))):
        torn[chance.randrange(len(torn))] = chance.choice(signs)
    return bytes(torn)


def read_or_refuse(data, name):
    try:
        source = read_bytes(data, name)
    except InputError as error:
        assert str(error).startswith(f"{name}: ")
        return
    cells = [cell for grid in source.grids for row in grid.rows for cell in row]
    assert all(source.text[cell.start : cell.end] == cell.text for cell in cells)


@pytest.mark.parametrize("name", FILES)
def test_whole_it_is_read(name):
    assert read_bytes(FILES[name], name).format == name[2:]


@pytest.mark.parametrize("name", FILES)
def test_cut_short_it_is_refused(name):
    data = FILES[name]
    for twentieth in range(1, 20):
        with pytest.raises(InputError, match=f"^{name}: "):
            read_bytes(data[: len(data) * twentieth // 20], name)


@pytest.mark.parametrize("name", FILES)
def test_altered_bytes_do_no_harm(name):
    chance = random.Random(5)
    for _ in range(60):
        read_or_refuse(altered(FILES[name], chance, range(256)), name)


@pytest.mark.parametrize("name", FILES)
def test_altered_parts_do_no_harm(name):
    chance = random.Random(6)
    for _ in range(60):
        read_or_refuse(repacked(FILES[name], lambda part: altered(part, chance, b'<>/"=019a&;{}\\- ')), name)
