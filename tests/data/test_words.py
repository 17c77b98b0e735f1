import warnings

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.data import words

SENTENCES = [
    "全年主动公开政府信息三千余条，未收到行政复议申请。",
    "县农业农村局举办业务培训2期，120人次参加。",
    "存在的问题：一是栏目更新不及时；二是解读形式单一。",
    "第三方测评显示，12345热线办结率达到98.6%。",
]


@pytest.fixture(scope="module")
def reference():
    with warnings.catch_warnings():
        # jieba reads its dictionary through pkg_resources, which warns that it is going away.
        warnings.simplefilter("ignore")
        words.cut_reference("词")
    return words.cut_reference


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_engine_cuts_as_jieba_does(reference, sentence):
    assert words.cut(sentence) == reference(sentence)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="政府信息公开申请受理办结条件次人年月日2013，。、（）的是和 了不", max_size=40))
def test_the_engine_cuts_any_text_as_jieba_does(reference, text):
    assert words.cut(text) == reference(text)


@given(st.text())
def test_words_joined_are_the_text(text):
    assert "".join(words.cut(text)) == text


@pytest.mark.parametrize(("word", "verb"), [("种植", True), ("拆除", True), ("小区", False), ("管理", False)])
def test_verbs_by_the_dictionary(word: str, verb: bool) -> None:
    assert words.is_verb(word) is verb
