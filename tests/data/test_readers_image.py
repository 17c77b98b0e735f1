"""Pictures: what they cost is bounded without the extra `ocr`; what they show is recognised with it."""

import struct
import sys
import zlib
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader as Drawable
from reportlab.pdfgen.canvas import Canvas

from nianbao.data.errors import BrokenFile, EmptyText, LimitExceeded, ToolMissing
from nianbao.data.limits import Limits
from nianbao.data.readers import ocr, read_bytes, readers
from nianbao.data.readers.recognition import page_list
from nianbao.data.records import SourceText

needs_ocr = pytest.mark.skipif(not find_spec("rapidocr"), reason="the extra ocr is not installed")

REPORT = Path(__file__).with_name("pictures") / "report.png"
LINES = ["柳河镇2022年政府信息公开年度报告", "全年主动公开信息1,286条，同比增长8.4%。"]
TABLE = [
    ["申请情况", "自然人", "企业", "总计"],
    ["新收申请", "14", "0", "14"],
    ["予以公开", "9", "0", "9"],
    ["不予公开", "5", "0", "5"],
]


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, kind, **options)
    return buffer.getvalue()


def report() -> Image.Image:
    with Image.open(REPORT) as image:
        return image.convert("L")


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with next to no data."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")
    )


def check(source: SourceText) -> None:
    for cell in (cell for grid in source.grids for row in grid.rows for cell in row):
        assert source.text[cell.start : cell.end] == cell.text
    assert source.text.replace("，", ",").split("\n")[:2] == [line.replace("，", ",") for line in LINES]
    (grid,) = source.grids
    assert [[cell.text for cell in row] for row in grid.rows] == TABLE
    assert source.fields["识别"].startswith("RapidOCR ")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_the_first_bytes_show_a_picture(kind: str) -> None:
    assert readers()["image"].accepts(saved(Image.new("L", (8, 8)), kind))


@pytest.mark.parametrize("data", [b"BM25 is a ranking", b"RIFFxxxxWAVEfmt ", b"%PDF-1.7"])
def test_other_files_are_no_pictures(data: bytes) -> None:
    assert not readers()["image"].accepts(data)


def test_without_the_extra_it_is_said_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    ocr._recogniser.cache_clear()
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(ToolMissing, match=r"扫描\.png: .*pip install 'nianbao\[ocr\]'; or "):
        read_bytes(REPORT.read_bytes(), "扫描.png")


def test_page_numbers_in_words() -> None:
    assert page_list([1, 3, 4, 5, 9]) == "第1、3—5、9页"


@needs_ocr
@pytest.mark.parametrize("size", [(100_000, 100_000), (12_000, 12_000), (1, 2_000_000_000)])
def test_a_picture_too_large_is_refused_by_its_head(size: tuple[int, int]) -> None:
    with pytest.raises(LimitExceeded, match="--max-megapixels"):
        read_bytes(bomb(*size), "扫描.png")


@needs_ocr
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
def test_a_picture_cut_short_is_broken(kind: str) -> None:
    data = saved(report(), kind)
    with pytest.raises(BrokenFile, match="damaged"):
        read_bytes(data[: len(data) // 3], "扫描.png")


@needs_ocr
def test_a_blank_picture_holds_no_text() -> None:
    with pytest.raises(EmptyText, match="no text"):
        read_bytes(saved(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), "PNG"), "空白.png")


@needs_ocr
def test_lines_and_a_table_of_a_picture() -> None:
    source = read_bytes(REPORT.read_bytes(), "扫描.png")
    assert source.format == "image"
    check(source)


@needs_ocr
@pytest.mark.parametrize("degrees", [1.5, 90, 180])
def test_a_page_laid_in_askew_is_turned(degrees: float) -> None:
    turned = ImageOps.expand(report(), 40, 255).rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255
    )
    check(read_bytes(saved(turned, "JPEG", quality=85), "扫描.jpg"))


@needs_ocr
def test_every_page_of_a_tiff_is_read_within_the_limit() -> None:
    data = saved(report(), "TIFF", save_all=True, append_images=[report()], compression="tiff_lzw")
    text = read_bytes(data, "扫描.tif").text
    assert text.count(LINES[0]) == 2
    assert text.count("\n\f") == 1
    with pytest.raises(LimitExceeded, match="--max-pages"):
        read_bytes(data, "扫描.tif", Limits(pages=1))


@needs_ocr
def test_scanned_pages_of_a_pdf_are_recognised_among_others() -> None:
    buffer = BytesIO()
    canvas = Canvas(buffer)
    canvas.drawString(72, 700, "The first page has a text layer of its own.")
    canvas.showPage()
    canvas.drawImage(Drawable(report()), 0, 400, 595, 365)
    canvas.save()
    source = read_bytes(buffer.getvalue(), "混合.pdf")
    assert source.text.startswith(f"The first page has a text layer of its own.\n\f{LINES[0]}\n")
    assert [[cell.text for cell in row] for row in source.grids[0].rows] == TABLE
    assert "第2页" in source.fields["识别"]
