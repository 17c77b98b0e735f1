import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.errors import QueryError
from nianbao.data.query import positive_words, read_query
from nianbao.data.store.bigrams import bigrams, lookup, lower_ascii
from nianbao.data.store.query import match_expression


def characters(tokens):
    """Tokens of the index, readable."""
    return [bytes.fromhex(token).decode("utf-16-be") for token in tokens.split()]


@pytest.mark.parametrize(
    ("view", "pairs"),
    [
        ("政务公", ["政务", "务公", "公\n"]),
        ("一", ["一\n"]),
        ("甲。\n乙", ["甲。", "。\n", "\n乙", "乙\n"]),
        ("aB", ["ab", "b\n"]),
        ("", []),
    ],
)
def test_bigrams(view, pairs):
    assert characters(bigrams(view)) == pairs


def test_bigrams_are_pinned():
    """What is in the index is taken out by computing it again: another form of it needs a migration."""
    assert bigrams("公A𠮷") == "516c0061 0061d842 d842dfb7 dfb7000a"


@pytest.mark.parametrize(
    ("word", "expression"),
    [("公", '"516c"*'), ("公开", '"516c5f00"'), ("公开了", '"516c5f00 5f004e86"'), ("𠮷", '"d842dfb7"')],
)
def test_lookup(word, expression):
    assert lookup(word) == expression


@given(st.text())
def test_lower_ascii_keeps_length(text):
    lowered = lower_ascii(text)
    assert len(lowered) == len(text)
    assert all(a == b or (a.isascii() and a.lower() == b) for a, b in zip(text, lowered, strict=True))


READ = [
    ("政务 公开", ["政务", "公开"]),
    ("政务　公开\t政务\n栏目", ["政务", "公开", "栏目"]),
    ('"政务 公开"', ["政务公开"]),
    ('甲"乙 丙"丁', ["甲", "乙丙", "丁"]),
    ('"一""二"', ['一"二']),
    ("ＧＤＰ gdp", ["gdp"]),
    ('"open\ndata 公开 3"', ["open data公开3"]),
    ("，公开 《", ["，公开".replace("，", ","), "《"]),
    ("公\u200b开", ["公开"]),
    ("“政务 公开” 「栏目」", ["政务公开", "栏目"]),
    ("甲 -乙 NOT 丙", ["甲"]),
    ("Wi-Fi", ["wi-fi"]),
]


@pytest.mark.parametrize(("words", "terms"), READ)
def test_words_of_a_query(words, terms):
    assert [word.text for word in positive_words(read_query(words))] == terms


@given(st.text(max_size=40))
def test_any_query_is_read_or_refused(words):
    try:
        expression = match_expression(read_query(words))
    except QueryError:
        return
    assert set(expression or "") <= set('0123456789abcdef "*ANDORTE(),')
