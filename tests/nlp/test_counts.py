import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp.counts import find_counts
from nianbao.nlp.reading import Reading


def items(text: str) -> list[tuple[str, str | None]]:
    return [(count.text, count.item) for count in find_counts(Reading(text))]


NAMED = [
    # before the number
    ("我局主动公开政府信息218条。", ["政府信息"]),
    ("全市受理政府信息公开申请35件。", ["政府信息公开申请"]),
    ("举办业务培训班3期。", ["业务培训班"]),
    ("发布信息总数为902条。", ["信息"]),
    ("官方微博粉丝总量达12万。", ["粉丝"]),
    ("注册用户数为5120。", ["注册用户数"]),
    ("收取政府信息公开信息处理费0元。", ["信息处理费"]),
    ("办结率99.2%。", ["办结率"]),
    ("城镇新增就业2.1万人。", ["城镇新增就业"]),
    ("公开农情、价格、补贴等信息77条。", ["农情、价格、补贴等信息"]),
    ("累计培训干部240人次。", ["干部"]),
    # behind the number
    ("对18个部门开展检查。", ["部门"]),
    ("涉及12个领域公共服务事项。", ["领域"]),
    ("确定两名联络员，", ["联络员"]),
    ("改造40所农村学校和6家卫生院。", ["农村学校", "卫生院"]),
    ("梳理6大类48项服务事项。", ["服务事项", "服务事项"]),
    ("建设2个省级、5个市级产业园区。", ["市级产业园区", "市级产业园区"]),
    # lists and breakdowns
    ("公开信息60条，其中机构职能9条、规划计划14条。", ["信息", "机构职能", "规划计划"]),
    ("公开信息60条，其中通过网站公开45条。", ["信息", "信息"]),
    ("收到申请9件，其中民政局2件。", ["申请", "申请"]),
    ("收到申请9件：予以公开6件，不予公开3件。", ["申请", "予以公开", "不予公开"]),
    ("现场咨询80人次，占40%。", ["现场咨询", "现场咨询"]),
    ("其中动态类占比68.2%。", ["动态类"]),
    ("政策解读发布33条。", ["政策解读"]),
    # growth
    ("固定资产投资增长6.1%。", ["固定资产投资"]),
    ("货物吞吐量达900万吨、增长4.4%。", ["货物吞吐量", "货物吞吐量"]),
    ("公开信息60条，较上年增长9.7%。", ["信息", "信息"]),
    ("森林覆盖率、湿地保护率分别达31%和50.2%。", ["森林覆盖率", "湿地保护率"]),
    ("粮食产量、蔬菜产量分别达8万吨和9万吨，分别增长1%和2%。", ["粮食产量", "蔬菜产量"] * 2),
    ("低保标准分别提高到798元和676元。", ["低保标准", "低保标准"]),
    ("地区生产总值增长4.5%—5%。", ["地区生产总值"] * 2),
    ("森林覆盖率较2020年提高2个百分点。", ["森林覆盖率"]),
    ("许可公示率、处罚公示率均达100%。", ["许可公示率、处罚公示率"]),
    ("粮食产量连续五年稳定在90亿斤以上。", ["粮食产量"]),
    ("技能人才120家，总数分别达到500家和90家。", ["技能人才"] * 3),
    ("梳理6大类、32小类、210条目录。", ["目录"] * 3),
    ("电台开办说法节目，每周播出两期。", ["说法节目"]),
    ("首页栏目由14个精简为9个。", ["首页栏目", "首页栏目"]),
]


@pytest.mark.parametrize(("text", "names"), NAMED)
def test_names_what_is_counted(text: str, names: list[str]) -> None:
    assert [name for _, name in items(text)] == names


def test_nothing_named() -> None:
    assert items("共5件。") == [("5件", None)]


def test_nothing_is_carried_over_a_paragraph() -> None:
    assert items("收到来信5封。\n共6封。")[1] == ("6封", None)


def test_text_keeps_blanks_and_item_drops_them() -> None:
    counts = find_counts(Reading("今年公开政 府 信 息 3119 件。"))
    assert [(count.text, count.value, count.item) for count in counts] == [("3119 件", 3119, "政府信息")]


def test_traditional_characters_stay() -> None:
    (count,) = find_counts(Reading("全年發佈工作動態88條。"))
    assert (count.unit, count.item) == ("條", "工作動態")


def test_masked_spans_are_no_counts() -> None:
    assert find_counts(Reading("共3件。"), masked=[(1, 3)]) == ()


@given(st.text("共收到申请信息公开通过网站分别增长占其中的、,。:()“”《》12%件条次人万余\n", max_size=80))
def test_quotations_and_items_come_from_the_text(text: str) -> None:
    for count in find_counts(Reading(text)):
        assert text[count.start : count.end] == count.text
        assert count.item is None or set(count.item) <= set(text)
