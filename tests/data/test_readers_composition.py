import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.readers.composition import Composition, PlainCell, one_line

CELLS = st.text(st.sampled_from("规章件0 12.5（）"), max_size=6)
ROWS = st.lists(st.lists(CELLS.map(PlainCell), max_size=4), max_size=4)
STEPS = st.lists(st.one_of(CELLS, ROWS, st.none()), max_size=8)


@given(STEPS)
def test_every_cell_quotes_the_text(steps: list[str | list[list[PlainCell]] | None]) -> None:
    composition = Composition()
    for step in steps:
        if step is None:
            composition.break_page()
        elif isinstance(step, str):
            composition.add_line(step)
        else:
            composition.add_grid(step)
    for grid in composition.grids:
        for cell in (cell for row in grid.rows for cell in row):
            assert composition.text[cell.start : cell.end] == cell.text
        assert grid.start == grid.rows[0][0].start
        assert grid.end == grid.rows[-1][-1].end


def test_a_grid_goes_on_over_a_page_end() -> None:
    composition = Composition()
    composition.add_grid([[PlainCell("行政许可"), PlainCell("12")]])
    composition.add_line("- 7 -")
    composition.break_page()
    composition.extend_grid([[PlainCell("行政处罚"), PlainCell("3")]])
    assert composition.text == "行政许可\t12\n- 7 -\n\f行政处罚\t3"
    (grid,) = composition.grids
    assert (grid.start, grid.end) == (0, len(composition.text))
    assert [cell.text for row in grid.rows for cell in row] == ["行政许可", "12", "行政处罚", "3"]
    last = grid.rows[-1][-1]
    assert composition.text[last.start : last.end] == "3"


def test_rows_without_cells_leave_no_grid() -> None:
    composition = Composition()
    composition.add_grid([[], []])
    assert (composition.text, composition.grids) == ("", ())


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        (["科研", "机构"], "科研机构"),
        ([" 其他\n结果 "], "其他 结果"),
        (["Open", "Data"], "Open Data"),
        (["12", "件"], "12件"),
        (["", " ", "规章"], "规章"),
        ([], ""),
    ],
)
def test_pieces_of_a_cell_make_one_line(pieces: list[str], line: str) -> None:
    assert one_line(pieces) == line
