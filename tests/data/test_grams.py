import itertools

from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.grams import GramTable, code_points

TEXTS = st.text("抓更新𠀀a\ud800", max_size=12)


@given(TEXTS)
def test_code_points_are_those_of_the_characters(text):
    assert code_points(text).tolist() == list(map(ord, text))


@given(TEXTS, st.lists(st.text("抓更新𠀀", min_size=1, max_size=3), unique=True))
def test_every_character_and_pair_has_its_number(text, names):
    numbers = {name: number for number, name in enumerate(names)}
    table, codes = GramTable(numbers), code_points(text)
    short = {name: number for name, number in numbers.items() if len(name) < 3}
    assert table.singles(codes).tolist() == [short.get(one, -1) for one in text]
    pairs = map("".join, itertools.pairwise(text))
    assert table.pairs(codes[:-1], codes[1:]).tolist() == [short.get(pair, -1) for pair in pairs]
