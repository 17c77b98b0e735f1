"""Texts that once failed, or took longer than in proportion to their length; none of these is timed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nianbao.data.records import Grid, GridCell
from nianbao.nlp.citations import find_citations
from nianbao.nlp.dates import find_dates
from nianbao.nlp.markup import blank_markup
from nianbao.nlp.numerals import parse_number
from nianbao.nlp.pipeline import extract
from nianbao.nlp.reading import Reading
from nianbao.nlp.table_cells import grid_cells, markup_grids
from nianbao.nlp.table_numbers import cell_content
from nianbao.nlp.titles import parse_title

ROOT = Path(__file__).parents[2] / ".dev"
LENGTH = 100_000
PILED = [
    *(
        "1",
        "有",
        "、",
        "《",
        "“",
        "（",
        "2个",
        "3件、",
        "1%",
        "第一、",
        "一是",
        "2020年",
        "〔2020〕1号、",
        "http://",
    ),
    *(
        "- ",
        "-",
        "|",
        "0件，",
        "\u3000",
        "\n",
        "\x00",
        "\ud83d",
        "😀",
        "\u0301",
        "<td>",
        "<!--",
        "<script>",
        "&#",
    ),
]


@pytest.mark.parametrize("piece", PILED)
def test_a_text_of_one_piece(piece):
    text = piece * (LENGTH // len(piece) // 4)
    assert extract(text).text == text


@pytest.mark.parametrize("piece", ["1", "1 ", "-", "》", "有，", "存在问题。", "看到不足，"])
def test_long_lines(piece):
    line = piece * (LENGTH // len(piece) // 4)
    text = f"一、总体情况\n{line}\n{line}完"
    assert extract(text).text == text


def test_halves_of_surrogate_pairs_are_characters_like_others():
    report = extract("王\ud83d镇收到\udc00申请3件，未收到\ud800投诉。")
    assert [(count.text, count.item) for count in report.counts] == [("3件", "\udc00申请")]
    assert [zero.text for zero in report.zeros] == ["未收到\ud800投诉"]


@pytest.mark.parametrize("year", [-2, 0, 1, 9999, 10**6])
def test_dates_are_not_counted_from_years_that_are_none(year):
    dates = find_dates(Reading("今年5月办结，明年底见效，2021年3月上线。"), year=year, genre="work")
    assert [date.text for date in dates][-1:] == ["2021年3月"]


@pytest.mark.parametrize("number", ["一亿亿亿", "999999999999999999万", "9" * 18 + "亿", "万亿万亿"])
def test_numbers_beyond_any_document_are_none(number):
    assert parse_number(number) is None


def test_the_largest_number():
    assert parse_number("9" * 18) == 10**18 - 1


def test_a_cell_of_thousands_of_thousands_is_no_number():
    assert cell_content("1" + ",000" * 2000) is None
    assert cell_content("1,000,000").value == 10**6


def test_numbers_of_documents_stand_apart():
    text = "按照国令第18号国令第19号国令第20号办理。"
    ends = 0
    for found in find_citations(Reading(text)):
        assert found.start >= ends
        ends = found.end


def test_a_title_in_a_title_behind_a_lost_mark():
    found = find_citations(Reading("《办法,《关于转发《望川县档案管理条例》的意见》印发。"))
    assert [citation.title for citation in found] == ["关于转发《望川县档案管理条例》的意见"]


def test_what_nothing_closes_is_left_in_markup():
    text = "<!-- 甲 --><!--" + "<script>" * 9 + "乙"
    assert blank_markup(text).strip().startswith("<!--")
    assert blank_markup("甲<script>乙</script >丙").split() == ["甲", "丙"]


def test_a_comment_in_a_cell_is_not_its_text():
    [grid] = markup_grids("<table><tr><td><!-- 甲 -->乙</td></tr></table>")
    assert grid.rows[0][0].text == "乙"


def test_a_tie_between_tables_falls_the_same_way_every_time():
    """Sets of strings have another order in each process; here each has a hash seed of its own."""
    say = (
        "from nianbao.nlp.tables import find_tables;"
        "print([t.table for t in find_tables('<table><tr><td>恢复</td>尚未审结<td>总计</td></tr><tr><td>', (), '2021')])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", say],
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "0345"
    }
    assert len(said) == 1


def test_spans_are_spelled_out_while_there_is_room():
    wide = tuple(GridCell(text="1", rowspan=10**6, colspan=10**6) for _ in range(2000))
    row = (GridCell(text="2"),)
    rows = grid_cells(Grid(rows=(wide, *[row] * 2000), start=0, end=0))
    assert sum(map(len, rows)) < 4_000_000


@pytest.mark.parametrize("marks", ["》" * LENGTH + "甲", " \n" * LENGTH + "甲", "-" * LENGTH])
def test_titles_with_piled_marks(marks):
    title = parse_title(f"陆湖市2020年政府信息公开工作年度报告{marks}")
    assert title is None or title.year == 2020
