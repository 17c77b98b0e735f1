"""Pages in the manner of the common site systems: what must come out of them, and what must not hang."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import written_pages as written

from nianbao.data.errors import AttachmentOnly, InputError, LimitExceeded
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes
from nianbao.data.readers.page_links import continuations, joined

PAGES = [page for part in ("dev", "held_out") for page in written.pages(part)]
BY_NAME = {page.name: page for page in PAGES}
HEAD = "<html><head><meta charset='utf-8'><title>某局2023年年报</title></head><body><h1>某局2023年年报</h1>"
SENTENCE = "<p>全年公开信息三十一条，答复申请两件。</p>"


def read(inner, name="t2024.html"):
    return read_bytes((HEAD + inner).encode(), name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_all_lines_cells_and_the_title_of_a_written_page_come_out(page):
    source = read_bytes(page.data, "page.html")
    given = {written.squeezed(line) for line in source.text.split("\n")}
    lost = [line for line in page.lines if line and line not in given]
    extra = given - set(page.lines) - page.optional
    assert len(lost) <= 2 and len(extra) <= 3, (lost, extra)
    assert written.squeezed(source.title) == written.squeezed(page.title)
    rows = [tuple(cell.text for cell in row) for grid in source.grids for row in grid.rows]
    assert {tuple(map(written.squeezed, row)) for row in rows} >= {
        row for t in page.tables for row in t if row
    }


@pytest.mark.parametrize(
    "name", ["01-trs-catalogue", "04-jcms-new", "14-dl-fields-layout-tables", "14-li-fields"]
)
def test_fields_of_every_kind_of_block_are_read(name):
    fields = read_bytes(BY_NAME[name].data, "page.html").fields
    assert {label: written.squeezed(fields.get(label, "")) for label in BY_NAME[name].fields} == BY_NAME[
        name
    ].fields


def test_labels_of_traditional_pages_are_the_simplified_ones():
    source = read_bytes(BY_NAME["17-traditional-web"].data, "page.html")
    assert source.fields["发文机关"] == "臺江管委會辦公室"
    assert "惠臺政策26條" in source.text


@pytest.mark.parametrize("query", ["政策解讀", "政策解读"])
def test_traditional_pages_are_found_in_both_scripts(store, put, query):
    put(read_bytes(BY_NAME["17-traditional-web"].data, "page.html").text)
    assert store.search(query).total == 1


@pytest.mark.parametrize(
    ("script", "name", "following"),
    [
        ('createPageHTML(3, 0, "t2024_1", "html")', "t2024_1.html", ("t2024_1_1.html", "t2024_1_2.html")),
        ("createPageHTML('pg', 3, 1, 't9', 'shtml', 40);", "a.zip!/2023/t9_1.shtml", ("t9_2.shtml",)),
        ('createPageHTML(1, 0, "t9", "html")', "t9.html", ()),
        ('<a href="./t9_2.html">2</a><a href="t9_3.html">下一页</a>', "t9.html", ("t9_2.html", "t9_3.html")),
        ('<a href="t9_1.html">1</a><a href="t9_3.html">3</a>', "t9.html", ("t9_1.html",)),
        ('<a href="t20240115_5679.html">下一篇</a>', "t20240115_5678.html", ()),
        ('<a href="index_1.html">下一页</a>', "index.html", ()),
        ("function createPageHTML(n, i, name, suffix) {}", "t9.html", ()),
    ],
)
def test_continuations(script, name, following):
    assert continuations(script.encode(), name) == following


def test_joined_pages_keep_their_quotations_and_one_title():
    table = "<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr></table>"
    whole = joined([read(SENTENCE + table), read(table + SENTENCE)])
    assert whole.text.count("某局2023年年报") == 1
    assert [cell.text for grid in whole.grids for row in grid.rows for cell in row] == list("甲1乙2") * 2
    for cell in (cell for grid in whole.grids for row in grid.rows for cell in row):
        assert whole.text[cell.start : cell.end] == cell.text


@pytest.mark.parametrize(
    ("inner", "file"),
    [
        ("<p>附件：<a href='./P02024.pdf'>某局2023年年报.pdf</a></p>", "某局2023年年报.pdf"),
        ("<iframe src='/pdfjs/web/viewer.html?file=/f/%E5%B9%B4%E6%8A%A5.pdf#page=1'></iframe>", "年报.pdf"),
        (
            "<object data='a/b.pdf' type='application/pdf'></object><p>请下载查看，如有疑问请致电。</p>",
            "b.pdf",
        ),
        ("<p>详见附件，请点击下载。</p><a href='n.docx'>下载</a>", "n.docx"),
    ],
)
def test_a_page_that_only_links_to_its_report_names_the_file(inner, file):
    with pytest.raises(AttachmentOnly, match=file):
        read(inner)


def test_a_short_report_with_an_attachment_is_a_report():
    assert "三十一条" in read(SENTENCE + "<p>附件：<a href='a.pdf'>统计表.pdf</a></p>").text


@pytest.mark.parametrize(
    "inner",
    [
        "<div>" * 300 + "深",
        "<table><tr><td>" * 100_00 + "深",
        "<p>" * 100_000,
        "<table>" + "<td>1" * 210_000,
    ],
)
def test_pages_of_too_many_or_too_deep_tags_are_refused(inner):
    with pytest.raises(LimitExceeded, match=r"--max-(?:depth|cells)"):
        read(inner)


def test_the_limit_of_depth_can_be_raised():
    page = (HEAD + "<div>" * 300 + "深处，有字。").encode()
    assert "深处" in read_bytes(page, "a.html", Limits(depth=400)).text


@pytest.mark.parametrize(
    "inner",
    [
        "<p " + " ".join(f"a{number}=1" for number in range(200_000)) + ">",
        "<!---->" * 300_000,
        "<script></script>x" * 60_000,
        "<b hidden>x</b>y" * 60_000,
        "<div class=nav>" * 200 + "x",
    ],
)
def test_hostile_pages_are_read_or_refused(inner):
    try:
        assert "三十一条" in read(SENTENCE + inner).text
    except InputError as error:
        assert str(error).startswith("t2024.html: ")


@pytest.mark.parametrize("seed", range(60))
def test_mutated_pages_fail_by_our_errors_alone(seed):
    rng = random.Random(seed)
    data = mutated(rng.choice(PAGES).data, rng)
    try:
        source = read_bytes(data, "a.html")
    except InputError:
        return
    for cell in (cell for grid in source.grids for row in grid.rows for cell in row):
        assert source.text[cell.start : cell.end] == cell.text


def mutated(data, rng):
    data = bytearray(data)
    for _ in range(rng.randint(1, 30)):
        at, length = rng.randrange(len(data)), rng.randint(1, 200)
        piece = rng.choice(
            [
                b"",
                b"<",
                b">",
                b'"',
                b"<table>",
                b"</div>",
                b"<!--",
                b"\x00",
                rng.randbytes(4),
                bytes(data[-length:]),
            ]
        )
        data[at : at + rng.choice([0, 1, length])] = piece
    return bytes(data)
