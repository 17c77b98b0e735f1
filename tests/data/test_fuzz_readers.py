"""Hostile files through the readers: only errors of ours come out."""

import io
import sys
import zipfile
from pathlib import Path

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_texts import SAMPLES, texts

from nianbao.data.errors import InputError, ToolMissing
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes, recognition

LIMITS = Limits(file_mb=1, characters=100_000, pages=40, cells=10_000)
CODECS = st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be", "utf-32", "big5"])
TAGS = st.sampled_from(
    ["p", "table", "tr", "td", "th", "br", "li", "script", "svg", "pre", "!--", "title", "a"]
)
ATTRIBUTES = st.sampled_from(
    ["", " rowspan=99999999", " colspan='-3'", " style='display:none'", " class=article"]
)
tags = st.tuples(st.sampled_from(["", "/"]), TAGS, ATTRIBUTES).map(lambda parts: f"<{''.join(parts)}>")
pages = st.lists(st.one_of(tags, tags, texts), max_size=16).map("".join)


@pytest.fixture(autouse=True, scope="module")
def no_recognition():
    """Recognition takes seconds a page, and has tests of its own."""

    def missing(name):
        raise ToolMissing(f"{name}: left out")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recognition, "recogniser", missing)
        yield


def parts(packed):
    """The parts of a packed file by name."""
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(contents):
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return written.getvalue()


def saved(document):
    written = io.BytesIO()
    document.save(written)
    return parts(written.getvalue())


def word_parts():
    document = Document()
    document.add_paragraph("收到申请3件。")
    document.add_table(2, 2).cell(0, 0).text = "甲"
    return saved(document)


def book_parts():
    book = Workbook()
    book.active.append(["信息内容", 3, None])
    book.active.merge_cells("A1:B1")
    return saved(book)


PACKED = {"甲.docx": word_parts(), "甲.xlsx": book_parts()}
FILES = {
    path.name: path.read_bytes()
    for suffix in ("pdf", "html", "txt")
    for path in sorted(SAMPLES.rglob(f"*.{suffix}"))[:2]
}


@st.composite
def spoiled(draw, content):
    """Some bytes with a few cut out and others put in."""
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        cut = draw(st.integers(0, 60))
        content = content[:at] + draw(st.binary(max_size=12)) + content[at + cut :]
    return content


def read_or_refuse(content, name):
    """Read a file; an error names it, a text has only places of its own and whole characters."""
    try:
        source = read_bytes(content, name, LIMITS)
    except InputError as error:
        assert name in str(error)
        return
    source.text.encode()
    for grid in source.grids:
        assert 0 <= grid.start <= grid.end <= len(source.text)
        for cell in (cell for row in grid.rows for cell in row if cell.start is not None):
            assert grid.start <= cell.start <= cell.end <= grid.end


@given(texts, CODECS, st.data())
def test_text(text, codec, data):
    read_or_refuse(data.draw(spoiled(text.encode(codec, "replace"))), "甲.txt")


@given(pages, CODECS, st.data())
def test_html(page, codec, data):
    page = f"<html><body>{page}</body></html>"
    read_or_refuse(data.draw(spoiled(page.encode(codec, "replace"))), "甲.html")


@given(st.sampled_from(sorted(FILES)), st.data())
def test_spoiled_samples(name, data):
    read_or_refuse(data.draw(spoiled(FILES[name])), name)


@pytest.mark.parametrize("name", PACKED)
@given(data=st.data())
def test_spoiled_parts(name, data):
    contents = dict(PACKED[name])
    part = data.draw(st.sampled_from(sorted(contents)))
    contents[part] = data.draw(spoiled(contents[part]))
    read_or_refuse(packed(contents), name)


@pytest.mark.parametrize("name", PACKED)
@pytest.mark.parametrize(
    "content", [b"", b"<", b"<a/>", b"\xff\xfe", b"<?xml version='1.0' encoding='x'?><a/>"]
)
def test_parts_that_are_none(name, content):
    for part in PACKED[name]:
        read_or_refuse(packed({**PACKED[name], part: content}), name)
