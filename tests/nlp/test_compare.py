"""Two reports side by side: figures by meaning, statements by likeness, passages word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.errors import ResourceError
from nianbao.data.indicator_bases import base_of, read_bases
from nianbao.data.records import Cell, Region, Report, Statement, Table
from nianbao.data.store.views import panel_columns
from nianbao.nlp.compare import compare

REGION = Region(code="341823", province="安徽省", city="宣城市", county="泾县")
STAYS = "各乡镇信息员调动频繁，新手培训跟不上。"
LAST = [
    ("problem", STAYS),
    ("problem", "栏目更新还不够及时，个别单位存在拖延。"),
    ("plan", "下一步，计划举办2期信息员培训班，覆盖全部乡镇。"),
    ("initiative", "全年受理群众来信35封，均在规定时间内办结。"),
]
THIS = [
    ("problem", STAYS),
    ("problem", "图解类解读作品偏少，群众看不懂。"),
    ("plan", "下一步，计划举办4期信息员培训班，覆盖全部乡镇。"),
    ("initiative", "全年受理群众来信108封，均在规定的时间内全部办结。"),
]


def report(year, points, cells, form="2021", org="泾县档案局", region=REGION):
    text, statements = "", []
    for label, said in points:
        start = len(text)
        text += said
        statements.append(Statement(text=said, start=start, end=len(text), label=label, category="staff"))
        text += "\n"
    held = {
        code: cell
        if isinstance(cell, Cell)
        else Cell(value=cell, raw=str(cell), state="value" if cell else "zero")
        for code, cell in cells.items()
    }
    tables = (Table(table="requests", form=form, cells=held),)
    return Report(
        id=f"{year:016x}",
        text=text,
        org=org,
        year=year,
        region=region,
        statements=tuple(statements),
        tables=tables,
        form=form,
    )


BLANK, NIL = Cell(state="blank"), Cell(state="nil", raw="/")
CELLS = ({"new_requests.total": 20, "granted.total": 0, "total_handled.total": 20, "carried_over.total": BLANK},
         {"new_requests.total": 30, "granted.total": 12, "total_handled.total": 24, "carried_over.total": 0,
          "carried_forward.total": NIL})  # fmt: skip


@pytest.fixture(scope="module")
def found():
    return compare(report(2022, LAST, CELLS[0]), report(2023, THIS, CELLS[1]))


def change(found, column):
    [one] = [one for one in found.indicators if one.column == column]
    return one


def test_changes_and_shares_of_figures(found):
    received, granted = change(found, "new_requests"), change(found, "granted")
    assert (received.difference, received.ratio, received.share_of) == (10, 0.5, None)
    assert (granted.difference, granted.ratio) == (12, None)
    assert (granted.share_of, granted.left_share, granted.right_share) == ("total_handled", 0, 0.5)


def test_a_blank_is_not_nought(found):
    over, forward = change(found, "carried_over"), change(found, "carried_forward")
    assert (over.left.state, over.right.state, over.difference, over.changed) == ("blank", "zero", None, True)
    assert (forward.left.state, forward.right.state, forward.right.raw) == ("absent", "nil", "/")
    assert not any(one.column == "staff" for one in found.indicators)


def test_forms_are_aligned_by_meaning():
    old = report(2018, LAST, {}, form="2014")
    cells = {
        "received.count": Cell(value=9, state="value"),
        "answered_granted.count": Cell(value=4, state="value"),
    }
    old = Report(
        **{name: getattr(old, name) for name in old.__struct_fields__}
        | {"tables": (Table(table="statistics", form="2014", cells=cells),)}
    )
    found = compare(old, report(2023, THIS, CELLS[1]))
    assert (change(found, "new_requests").left.value, change(found, "new_requests").difference) == (9, 21)
    assert change(found, "granted").difference == 8
    assert any("式样不同" in remark for remark in found.remarks)
    assert any("相隔5年" in remark for remark in found.remarks)


def test_a_sum_needs_all_its_cells():
    kinds = [
        code
        for column in panel_columns()
        if column.column == "refused"
        for code in ("denied_state_secret.total",)
    ]
    found = compare(report(2022, LAST, {kinds[0]: 3}), report(2023, THIS, {kinds[0]: BLANK}))
    refused = change(found, "refused")
    assert (refused.left.value, refused.right.value, refused.right.state) == (None, None, "blank")


def test_problems_new_gone_and_repeated(found):
    assert [(pair.left.text, pair.sameness) for pair in found.of("problem", "both")] == [
        (STAYS, "word_for_word")
    ]
    assert [pair.left.text for pair in found.of("problem", "left")] == [LAST[1][1]]
    assert [pair.right.text for pair in found.of("problem", "right")] == [THIS[1][1]]


def test_what_only_changes_its_figures_or_a_few_words(found):
    [plan], [initiative] = found.of("plan", "both"), found.of("initiative", "both")
    assert (plan.sameness, plan.likeness) == ("figures", 1.0)
    assert initiative.sameness == "alike"
    assert 0.8 <= initiative.likeness < 1


def test_in_other_words():
    one = [("plan", "完善平台栏目设置，做好政策文件的分类归集和检索。")]
    other = [("plan", "继续完善公开平台的栏目，做好各类政策文件归集、检索等工作。")]
    [pair] = compare(report(2022, one, {}), report(2023, other, {})).of("plan", "both")
    assert pair.sameness == "reworded"
    assert 0.6 <= pair.likeness < 0.8


def test_own_names_do_not_make_a_difference():
    there = Region(code="341822", province="安徽省", city="宣城市", county="广德市")
    one = [("initiative", "泾县档案局按时公布了年度馆藏目录和开放清单。")]
    other = [("initiative", "广德市档案局按时公布了年度馆藏目录和开放清单。")]
    found = compare(report(2023, one, {}), report(2023, other, {}, org="广德市档案局", region=there))
    assert [pair.sameness for pair in found.of("initiative", "both")] == ["figures"]
    assert not found.same_body


def test_passages_word_by_word(found):
    [changed] = [one for one in found.passages if one.kind == "changed"]
    said = [(edit.operation, edit.text) for edit in changed.edits]
    assert ("deleted", "35") in said
    assert ("inserted", "108") in said
    assert [one.kind for one in found.passages] == ["same", "removed", "added", "figures", "changed"]


def test_every_edit_quotes_its_report(found):
    left, right = report(2022, LAST, CELLS[0]), report(2023, THIS, CELLS[1])
    for passage in found.passages:
        for edit in passage.edits:
            text = left.text if edit.operation == "deleted" else right.text
            assert text[edit.start : edit.end] == edit.text


POINTS = st.lists(
    st.tuples(
        st.sampled_from(["problem", "plan"]),
        st.text("公开信息工作更新栏目不够及时还要加强0123，。", min_size=1, max_size=40),
    ),
    max_size=8,
)


@given(POINTS, POINTS)
def test_nothing_is_lost_and_nothing_paired_twice(one, other):
    left, right = report(2022, one, {}), report(2023, other, {})
    found = compare(left, right)
    for side, whole in (("left", left), ("right", right)):
        held = [getattr(pair, side) for pair in found.statements if getattr(pair, side)]
        assert sorted(held, key=lambda each: each.start) == list(whole.statements)
    for passage in found.passages:
        for side, whole, gone in (("left", left, "inserted"), ("right", right, "deleted")):
            place = getattr(passage, side)
            if place and passage.edits and side == "right":
                said = "".join(edit.text for edit in passage.edits if edit.operation != gone)
                assert said == "".join(whole.text[slice(*place)].split("\n"))


@given(POINTS)
def test_a_report_against_itself_has_no_changes(points):
    whole = report(2022, points, CELLS[0])
    found = compare(whole, whole)
    assert {one.kind for one in found.passages} <= {"same"}
    assert not any(one.changed for one in found.indicators)


@pytest.mark.parametrize(
    ("column", "base"),
    [("granted", "total_handled"), ("refused", "total_handled"), ("new_requests_business", "new_requests"),
     ("litigation_direct_upheld", "litigation_direct"), ("litigation_upheld", "litigation"), ("new_requests", None),
     ("fees_amount", None), ("other_services_decisions", None)],
)  # fmt: skip
def test_wholes_of_shares(column, base):
    assert base_of(column) == base


def test_wholes_are_columns_of_the_panel():
    names = {column.column for column in panel_columns()}
    assert {base for base in map(base_of, names) if base} <= names


def test_a_bad_pattern_is_named(tmp_path):
    path = tmp_path / "bases.tsv"
    path.write_text("whole\t(part\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"bases\.tsv:1"):
        read_bases(path)


def test_huge_paragraphs_are_compared_at_once():
    one = [("other", "更新不及时" * 30_000)]
    other = [("other", "更新不够及时" * 30_000)]
    found = compare(report(2022, one, {}), report(2023, other, {}))
    assert {each.kind for each in found.passages} <= {"removed", "added", "changed"}
