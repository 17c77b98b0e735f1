import zipfile
from io import BytesIO

import pytest

from nianbao.data.errors import BrokenFile, EmptyText, LimitExceeded
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text(content, x, y, size=4, more="", **given):
    box = f'Boundary="{x} {y} 100 5" Size="{size}"'
    code = "".join(f' {name}="{value}"' for name, value in given.items())
    return f'<ofd:TextObject {box}{more}><ofd:TextCode X="0" Y="{size}"{code}>{content}</ofd:TextCode></ofd:TextObject>'


def page(*objects):
    return f"<ofd:Page {OFD}><ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content></ofd:Page>"


def ofd(*pages, **parts):
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/{at}.xml"/>' for at in range(len(pages)))
    root = (
        f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    content = {
        "OFD.xml": root,
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        **{f"Doc_0/Pages/{at}.xml": one for at, one in enumerate(pages)},
    } | parts
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in content.items():
            archive.writestr(name, part)
    return stream.getvalue()


def test_lines_are_read_by_their_place():
    first = page(
        text("二、主动公开", 20, 60), text("一、概述", 20, 30), text("全年", 20, 45), text("公开", 28.1, 45.2)
    )
    source = read_bytes(ofd(first, page(text("三、其他", 20, 30))), "x.ofd")
    assert source.text == "一、概述\n全年公开\n二、主动公开\n\f三、其他"
    assert source.format == "ofd"


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([text("受理", 20, 30), text("12", 60, 30)], "受理 12"),
        ([text("受理件", 20, 30, DeltaX="g 2 10"), text("5", 44.5, 30)], "受理件5"),
        ([text("ab", 20, 30, DeltaX="2"), text("c", 26.1, 30)], "abc"),
        ([text("右", 10, 30, more=' CTM="1 0 0 1 50 0"'), text("左", 20, 30)], "左 右"),
        ([text("在", 20, 30), text("隐", 24, 30, more=' Visible="false"')], "在"),
        ([text("量", "nan", "1e99", DeltaX="g 999999999 x g")], "量"),
    ],
)
def test_pieces_are_joined_by_the_gap_between_them(objects, expected):
    assert read_bytes(ofd(page(*objects)), "x.ofd").text == expected


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (ofd(page()), EmptyText),
        (ofd(), BrokenFile),
        (ofd("<broken"), BrokenFile),
        (ofd(page(text("甲", 1, 1)), **{"OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody/></ofd:OFD>"}), BrokenFile),
        (ofd(f'<!DOCTYPE x [<!ENTITY a "1">]>{page(text("&a;", 1, 1))}'), BrokenFile),
        (ofd(page("零" * 9_000_000)), LimitExceeded),
    ],
)
def test_what_cannot_be_read_is_told(data, error):
    with pytest.raises(error, match=r"^坏\.ofd: "):
        read_bytes(data, "坏.ofd")


def test_too_many_pages_are_refused():
    with pytest.raises(LimitExceeded, match="--max-pages"):
        read_bytes(ofd(page(text("甲", 1, 1)), page(text("乙", 1, 1))), "x.ofd", Limits(pages=1))
