from io import BytesIO

import pytest
from openpyxl import Workbook

from nianbao.data.errors import EmptyText, LimitExceeded
from nianbao.data.limits import Limits
from nianbao.data.readers import read_bytes


def saved(book):
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def annex():
    book = Workbook()
    sheet = book.active
    sheet.append(["凤台县政府信息公开工作情况统计表"])
    sheet.append(["第二十条第（八）项", None, None])
    sheet.append(["信息内容", "本年\n处理", "占比"])
    sheet.append([])
    sheet.append(["行政许可", 12, 0.25])
    sheet.merge_cells("A1:C1")
    sheet.merge_cells("A2:A3")
    sheet["C5"].number_format = "0.0%"
    return book


@pytest.fixture(scope="module")
def source():
    return read_bytes(saved(annex()), "附表.xlsx")


def test_rows_are_lines_of_a_grid(source):
    assert source.format == "xlsx"
    assert source.text.split("\n")[0] == "凤台县政府信息公开工作情况统计表"
    assert [[cell.text for cell in row] for row in source.grids[0].rows] == [
        ["第二十条第（八）项", "", ""],
        ["本年处理", "占比"],
        ["行政许可", "12", "25.0%"],
    ]


def test_merged_cells_span(source):
    assert source.grids[0].rows[0][0].rowspan == 2


def test_every_cell_stands_in_the_text(source):
    cells = [cell for row in source.grids[0].rows for cell in row]
    assert all(source.text[cell.start : cell.end] == cell.text for cell in cells)


def test_sheets_with_names_of_their_own_are_headed_by_them():
    book = annex()
    book.create_sheet("依申请公开").append(["受理", "7"])
    assert "\n依申请公开\n受理\t7" in read_bytes(saved(book), "附表.xlsx").text


def test_hidden_sheets_are_not_read():
    book = annex()
    book.create_sheet("底稿").append(["草稿"])
    book["底稿"].sheet_state = "hidden"
    assert "草稿" not in read_bytes(saved(book), "附表.xlsx").text


def test_an_empty_workbook():
    with pytest.raises(EmptyText, match=r"空\.xlsx"):
        read_bytes(saved(Workbook()), "空.xlsx")


def test_too_many_cells():
    with pytest.raises(LimitExceeded, match="--max-cells"):
        read_bytes(saved(annex()), "附表.xlsx", Limits(cells=5))
