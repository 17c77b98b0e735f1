import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.likeness import likeness, same_but_blanks, shingles

PROSE = "去年我局在门户网站开设专栏，把预算决算、采购结果和执法清单逐一贴出，群众来电来信都有答复。"

ALIKE = [
    (PROSE, PROSE, 1.0, 1.0),
    (PROSE, PROSE.replace("，", " ，\n"), 1.0, 1.0),
    (PROSE, PROSE[:24], 0.3, 0.6),
    (PROSE, PROSE.replace("预算", "项目"), 0.6, 0.9),
    (PROSE, "本镇地处山区，人口稀少，信息公开以村口公告栏为主。", 0.0, 0.0),
    ("", PROSE, 0.0, 0.0),
    ("短", "短", 0.0, 0.0),
]


@pytest.mark.parametrize(("one", "other", "least", "most"), ALIKE)
def test_likeness(one, other, least, most):
    assert least <= likeness(shingles(one), shingles(other)) <= most


def test_digits_may_be_left_out():
    one, other = (
        f"{year}年共公开{n}条，办结申请{n + 3}件，开展培训{n - 1}次。"
        for year, n in ((2021, 37), (2022, 908))
    )
    assert likeness(shingles(one), shingles(other)) < 0.5
    assert likeness(shingles(one, digits=False), shingles(other, digits=False)) == 1.0


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    share = likeness(shingles(one), shingles(other))
    assert 0 <= share <= 1
    assert share == likeness(shingles(other), shingles(one))


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("公开３条。", "公开 3 条。\n", True), ("公开3条。", "公开4条。", False), ("", " \n", True)],
)
def test_same_but_blanks(one, other, same):
    assert same_but_blanks(one, other) == same
