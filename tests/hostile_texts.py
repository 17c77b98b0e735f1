"""Strategies for hostile texts: pieces of the language in any order, any characters, pieces piled up."""

from pathlib import Path

from hypothesis import strategies as st

from nianbao.data.count_words import measure_words
from nianbao.data.forms import load_forms
from nianbao.data.regions.divisions import divisions
from nianbao.data.vocabulary import vocabulary
from nianbao.data.word_lists import word_lists

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
SIGNS = [
    *"。,，、;；:：!?…·.“”‘’\"'《》〈〉()（）[]〔〕【】{}<>/\\|-—~～+*#%％&=_@",
    *"\t\n\r\f\v \u3000\xa0\xad\u200b\u200d\u2028\ufeff\x00\x1c\x85",
    *"019０９〇零一二十百千万亿两半几余多约年月日号季度第条件个份元的为和及共有无未",
    *"oOlI○①㈠⼀⿈Ａß\u0301\u20e3\u202e\u0627😀𠀀\ud800\udfff\ue000\uffff",
    *("\r\n", "|---|---|", "</td>", "<tr><td>", "&nbsp;", "<!--", "http://", "- 2 -\n", "第2页\n"),
]
WORDS = sorted(
    {
        *(name for one in divisions()[::20] for name in (one.name, one.short) if name),
        *(
            word
            for name in ("offices", "titles", "organ_endings", "leaders")
            for word in vocabulary(name)[:40]
        ),
        *(
            word
            for name in ("zero_words", "date_words")
            for list_ in word_lists(name).values()
            for word in list_[:8]
        ),
        *measure_words(),
        *(row.label for form in load_forms().values() for table in form.tables for row in table.rows),
        *(
            "人民政府",
            "办公室",
            "王建国",
            "其中",
            "分别",
            "增长",
            "比上年",
            "收到",
            "申请",
            "公开",
            "信息",
            "问题",
            "下一步",
        ),
    }
)
numbers = st.one_of(
    st.integers(0, 10**7).map(str),
    st.integers(1990, 2040).map(str),
    st.floats(0, 10**6, allow_nan=False).map(lambda number: f"{number:,.2f}"),
    st.text("0123456789,. oOlI〇", max_size=8),
    st.text("一二三四五六七八九十百千万亿零点半", min_size=1, max_size=6),
    st.integers(0, 500).map(lambda length: "9" * length),
)
words = st.one_of(st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), max_size=3).map("".join))
_SKELETONS = [
    *("{n}年{n}月{n}日", "{n}年度", "{n}-{n}月", "{n}.{n}.{n}至{n}.{n}", "今年{n}月底", "第{n}季度", "{n}个工作日内"),
    *("{n}{w}", "约{n}万{w}", "{n}%", "{n}余{w}", "{n}—{n}{w}", "百分之{n}", "{w}分别增长{n}%、{n}%", "其中{w}{n}件"),
    *("《{w}》", "《{w}《{w}》", "《{w}》（{w}〔{n}〕{n}号）", "{w}〔{n}〕{n}号", "国务院令第{n}号"),
    *("{n}、{w}\n", "（{n}）{w}。", "一是{w}；二是{w}。", "存在{w}问题：", "下一步，将{w}。", "# {w}\n", "附件{n}\n{w}\n"),
    *("未收到{w}。", "没有{w}{n}{w}", "无\n", "{w}局长王{w}", "{w}人民政府{w}局", "我{w}局"),
    *("{w}\t{n}\t{n}\n", "|{w}|{n}|\n", "{w}{n}{n}", "<td>{w}</td><td rowspan={n}>{n}</td>", "电话：{n}\n", "发布日期：{n}\n"),
]  # fmt: skip


@st.composite
def _filled(draw):
    skeleton = draw(st.sampled_from(_SKELETONS))
    for slot, strategy in (("{n}", numbers), ("{w}", words)):
        while slot in skeleton:
            skeleton = skeleton.replace(slot, draw(strategy), 1)
    return skeleton


pieces = st.one_of(_filled(), _filled(), words, st.sampled_from(SIGNS), numbers, st.text(max_size=4))
piled = st.tuples(pieces, st.integers(2, 60)).map(lambda pair: pair[0] * pair[1])
# `st.text()` has no half surrogate pairs; the signs have.
texts = st.lists(st.one_of(pieces, pieces, pieces, pieces, piled), max_size=20).map("".join)
years = st.sampled_from([None, 2023, 2008, 0, -2, 1, 9999, 10**6])


def quoted(text, facts, *, apart=True):
    """Whether every fact quotes its place, in order and apart from each other."""
    ends = 0
    for fact in facts:
        assert ends <= fact.start <= fact.end <= len(text)
        assert text[fact.start : fact.end] == fact.text
        ends = fact.end if apart else fact.start
    return True
