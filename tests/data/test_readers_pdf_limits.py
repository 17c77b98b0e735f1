"""Hostile and damaged PDFs: each is refused by name, or read; none takes the process with it."""

import random
import zlib

import pytest

from nianbao.data.errors import BrokenFile, EmptyText, InputError, LimitExceeded
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes

WORDS = b"BT /F1 12 Tf 72 700 Td (In 2021 the county received 71 requests.) Tj ET"
READ = "In 2021 the county received 71 requests."
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox %s/Contents 5 0 R/Resources<</Font<</F1 4 0 R>>>>>>"


def written(*objects: bytes) -> bytes:
    """A PDF of objects numbered from 1, the first its catalogue."""
    data, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size, start = len(objects) + 1, len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    return data + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start)


def page(
    content: bytes = WORDS,
    count: int = 1,
    kids: bytes = b"3 0 R",
    box: bytes = b"[0 0 595 842]",
    layers: int = 1,
) -> bytes:
    for _ in range(layers):
        content = zlib.compress(content)
    filters = b"/FlateDecode" * layers
    return written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
        PAGE % box,
        FONT,
        b"<</Filter[%s]/Length %d>>stream\n%s\nendstream" % (filters, len(content), content),
    )


def read(data: bytes, **limits: int) -> str:
    return read_bytes(data, "年报.pdf", Limits(**limits)).text


@pytest.mark.parametrize("count", [1, 10**9, -5])
def test_a_count_that_cannot_be_is_not_believed(count: int) -> None:
    assert read(page(count=count)) == READ


@pytest.mark.parametrize(("count", "kids"), [(1900, b"3 0 R"), (1, b"2 0 R"), (1000, b"2 0 R 2 0 R 3 0 R")])
def test_a_page_tree_that_lies_or_loops_is_broken(count: int, kids: bytes) -> None:
    with pytest.raises(BrokenFile, match=r"年报\.pdf: .*damaged"):
        read(page(count=count, kids=kids))


def test_pages_are_limited() -> None:
    book = page(count=30, kids=b"3 0 R " * 30)
    assert read(book, pages=30).count("\f") == 29
    with pytest.raises(LimitExceeded, match=r"30 pages, more than 29 \(--max-pages\)"):
        read(book, pages=29)


@pytest.mark.parametrize("box", [b"[0 0 99999999 99999999]", b"[0 0 0 0]", b"[0 0 0.001 0.001]", b"[nul]"])
def test_a_page_of_any_size_is_read(box: bytes) -> None:
    assert read(page(box=box)) == READ


@pytest.mark.parametrize("layers", [1, 2])
@pytest.mark.parametrize("filling", [b" ", b"q Q "])
def test_a_flate_bomb_is_refused(filling: bytes, layers: int) -> None:
    with pytest.raises(LimitExceeded, match="--max-ratio"):
        read(page(filling * (2**26 // len(filling)), layers=layers))


def test_streams_together_are_limited() -> None:
    with pytest.raises(LimitExceeded, match="--max-unpacked-mb"):
        read(page(random.Random(4).randbytes(2**21)), unpacked_mb=1)


def test_characters_are_limited_on_a_page_and_together() -> None:
    data = page(count=2, kids=b"3 0 R 3 0 R")
    assert read(data, characters=1000).count(READ) == 2
    with pytest.raises(LimitExceeded, match="on a page"):
        read(data, characters=100)


def test_a_drawing_of_many_paths_has_no_tables() -> None:
    lines = b"".join(b"%d 20 m %d 800 l S 20 %d m 580 %d l S\n" % (x, x, x, x) for x in range(20, 560, 30))
    assert len(read_bytes(page(lines + WORDS), "表.pdf").grids) == 1
    source = read_bytes(page(lines * 600 + WORDS), "图.pdf")
    assert (source.text, source.grids) == (READ, ())


def test_a_form_that_shows_itself_ends() -> None:
    form = (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<</XObject<</X 5 0 R>>/Font<</F1 4 0 R>>>>"
    )
    content = b"/X Do " + WORDS
    data = written(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        PAGE.replace(b"/Font", b"/XObject<</X 5 0 R>>/Font") % b"[0 0 595 842]",
        FONT,
        b"%s/Length %d>>stream\n%s\nendstream" % (form, len(content), content),
    )
    assert READ in read(data)


@pytest.mark.parametrize("seed", range(40))
def test_damage_is_named(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(page(count=2, kids=b"3 0 R 3 0 R"))
    for _ in range(dice.choice((1, 5, 25))):
        data[dice.randrange(9, len(data) - 8)] = dice.randrange(256)
    try:
        assert isinstance(read(bytes(data)), str)
    except InputError as error:
        assert str(error).startswith("年报.pdf: ")


def test_a_blank_page_holds_no_text() -> None:
    with pytest.raises(EmptyText, match="no text"):
        read(page(b""))
