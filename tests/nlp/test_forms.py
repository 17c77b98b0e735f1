"""Forms from the heads of tables."""

import pytest

from nianbao.nlp.forms import find_form
from nianbao.nlp.reading import Reading


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n规章 | 0 | 0 | 0", "2021"),
        ("信息内容\n本年制\n发件数\n规章\n0", "2021"),
        ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请 0 0", "2021"),
        ("信息内容 本年新制作数量 本年新\n公开数量 对外公开总数量", "2019"),
        ("许可项目 上一年项目数量 本年增/减 处理决定数量", "2019"),
        ("统计指标 单位 统计数\n一、主动公开情况", "2014"),
        ("（三）申请办结数 件 4\n1.同意公开答复数 件 3", "2014"),
        ("行政复议 行政诉讼 结果维持 结果纠正 总计", None),
        ("全年主动公开政府信息52条。", None),
        ("", None),
    ],
)
def test_heads_tell_the_form(text, form):
    assert find_form(Reading(text)) == form


def test_of_two_forms_the_one_with_more_heads_decides():
    text = "本年新制作数量 本年新公开数量 对外公开总数量\n申请人逾期不补正的视为放弃。\n收到申请数3件"
    assert find_form(Reading(text)) == "2019"
