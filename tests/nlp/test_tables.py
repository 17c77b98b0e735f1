"""The official tables, read from every layout that they have been seen in."""

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import rendered_tables as rendered

from nianbao.data.records import Grid
from nianbao.nlp.reading import Reading
from nianbao.nlp.tables import find_tables

TABLES = [
    ("2021", "proactive"),
    ("2021", "requests"),
    ("2021", "reviews"),
    ("2019", "proactive"),
    ("2019", "requests"),
    ("2014", "statistics"),
]
LAYOUTS = (*rendered.KEEPING, *rendered.LOSING)
# Every table in every layout but one: fifteen numbers of a reviews table without a word tell nothing.
LAID_OUT = [
    pytest.param(layout, form, name, id=f"{layout.__name__}-{form}-{name}")
    for layout in LAYOUTS
    for form, name in TABLES
    if (name, layout) != ("reviews", rendered.headless_rows)
]
SHARED = Path(__file__).parents[2].parent / "shared"


def cells(text, table):
    return next((found.cells for found in find_tables(text) if found.table == table), {})


def said(found):
    return {key: (cell.value, cell.state) for key, cell in found.items()}


@pytest.mark.parametrize(("layout", "form", "name"), LAID_OUT)
@pytest.mark.parametrize("seed", range(3))
def test_what_was_laid_out_is_read(layout, form, name, seed):
    rng = random.Random(f"{layout.__name__}{form}{name}{seed}")
    blanks = "cell" if layout in rendered.KEEPING else ""
    shown, expected = rendered.values_for(form, name, rng, blanks)
    text = layout(rendered.lay_out(form, name, shown), rng)
    found = cells(text, name)
    assert said(found) == expected
    assert all(text[cell.start : cell.end] == cell.raw for cell in found.values() if cell.start is not None)


@pytest.mark.parametrize("seed", range(20))
def test_rows_that_lost_their_blanks_are_never_read_wrongly(seed):
    rng = random.Random(seed)
    form, name = rng.choice(TABLES)
    shown, expected = rendered.values_for(form, name, rng, "cell")
    text = rng.choice(rendered.LOSING)(rendered.lay_out(form, name, shown), rng)
    found = said(cells(text, name))
    single = {key for key in found if expected[key][1] != "blank"}
    assert {key: found[key] for key in single} == {key: expected[key] for key in single}


@pytest.mark.parametrize("split", [False, True])
@pytest.mark.parametrize("form, name", TABLES)
def test_grids_are_read_over_pages(form, name, split):
    shown, expected = rendered.values_for(form, name, random.Random(7), "row")
    grids = rendered.grids(rendered.lay_out(form, name, shown), split)
    (table,) = find_tables(Reading(""), grids)
    assert said(table.cells) == expected


PROACTIVE_2019 = """第二十条第（一）项
信息内容\t本年新制作数量\t本年新公开数量\t对外公开总数量
规章\t0\t0\t0
规范性文件\t22（其中修订16件）\t3\t1,204
第二十条第（五）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政许可\t23\t减4\t19
其他对外管理服务事项\t21\t+19\t
第二十条第（六）项
信息内容\t上一年项目数量\t本年增/减\t处理决定数量
行政处罚\t5\t0/0\t—
第二十条第（九）项
信息内容\t采购项目数量\t采购总金额
政府集中采购\t12\t251000元
"""


@pytest.mark.parametrize(
    ("cell", "value", "state", "unit", "note"),
    [
        ("normative_documents.newly_made", 22, "value", "件", "其中修订16件"),
        ("normative_documents.total_disclosed", 1204, "value", "件", None),
        ("licensing.items_change", -4, "value", "项", None),
        ("other_services.items_change", 19, "value", "项", None),
        ("other_services.decisions", None, "blank", "件", None),
        ("penalties.items_change", 0, "zero", "项", "0/0"),
        ("penalties.decisions", None, "nil", "件", None),
        ("procurement.amount", 251000, "value", "元", None),
    ],
)
def test_signs_units_remarks_and_states_are_kept(cell, value, state, unit, note):
    found = cells(PROACTIVE_2019, "proactive")[cell]
    assert (found.value, found.state, found.unit, found.note) == (value, state, unit, note)


def test_the_form_comes_from_the_heads_not_the_hint():
    assert [table.form for table in find_tables(PROACTIVE_2019, form_hint="2021")] == ["2019"]


def test_a_value_that_is_its_rows_printed_number_is_a_value():
    shown = dict.fromkeys(rendered.addresses("2008", "statistics"), "0") | {"received.count": "10"}
    text = rendered.tabs(rendered.lay_out("2008", "statistics", shown), random.Random(1))
    assert cells(text, "statistics")["received.count"].value == 10


def test_a_row_short_of_numbers_is_left_out_and_named():
    text = "第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 4\n行政规范性文件 1 0 6\n以上。"
    (table,) = find_tables(text)
    assert {key.split(".")[0] for key in table.cells} == {"normative_documents"}
    assert "规章" in table.notes[0]


def test_lines_left_out_by_a_crawl_are_no_blanks():
    text = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n0\n行政规范性文件\n第二十条第（五）项\n行政许可\n以上"
    (table,) = find_tables(text)
    assert not table.cells
    assert len(table.notes) == 3


def test_numbers_without_blanks_are_parted_where_only_one_way_is():
    text = "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件3515第二十条第（五）项"
    (table,) = find_tables(text)
    assert said(table.cells) == {
        f"regulations.{column}": (0, "zero") for column in ("made", "repealed", "in_force")
    }


@pytest.mark.parametrize(
    "text",
    [
        "全镇办理行政许可120件、行政处罚30件、行政强制2件，依据第二十条第（一）项公开规章。",
        "收到申请26件，其中予以公开5件，部分公开2件，无法提供1件，重复申请3件，其他处理15件。",
        "",
    ],
)
def test_prose_is_no_table(text):
    assert not any(table.cells for table in find_tables(text))


def test_markup_with_entities_and_open_tags_is_read():
    text = "<table><tr><td>统计指标<td>单位<td>统计数<tr><td>1.当面申请数<td>件<td><b>&nbsp;7</b><tr><td>2.传真申请数<td>件<td>&nbsp;</table>"
    assert said(cells(text, "statistics")) == {
        "received_in_person.count": (7, "value"),
        "received_fax.count": (None, "blank"),
    }


def test_a_grid_of_something_else_is_no_table():
    grid = Grid(rows=(), start=0, end=0)
    assert find_tables("机构名称 电话", [grid]) == ()


@pytest.mark.skipif(not (SHARED / "gold/tables_dev.jsonl").exists(), reason="the marked tables are not here")
def test_the_marked_tables_are_read_without_a_fault():
    from nianbao.nlp.table_scores import score_tables

    scores = score_tables(SHARED / "gold/tables_dev.jsonl")
    assert scores.faults == ()
    assert scores.total.accuracy == 1


def test_a_long_run_of_digits_or_bars_does_not_hang():
    for noise in ("7" * 200_000, "0 " * 50_000, "|\n" * 50_000, "有" * 100_000, "(" * 50_000):
        find_tables("第二十条第（一）项 信息内容 本年制发件数 现行有效件数 规章 " + noise)
