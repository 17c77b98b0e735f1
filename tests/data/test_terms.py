from typing import get_args

import pytest

from nianbao.data.indicators import indicators
from nianbao.data.records import Genre, Label, Level, SectionKind
from nianbao.data.terms import term

CODES = [
    (kind, code)
    for kind, codes in (("label", Label), ("section", SectionKind), ("level", Level), ("genre", Genre))
    for code in get_args(codes)
]


@pytest.mark.parametrize(("kind", "code"), CODES)
def test_every_code_has_a_chinese_label(kind, code):
    assert term(kind, code) != code


def test_an_unknown_code_stands_for_itself():
    assert term("label", "rumour") == "rumour"
    assert term("label", None) == ""


@pytest.mark.parametrize("genre", get_args(Genre))
def test_each_genre_has_indicators(genre):
    found = indicators(genre)
    assert found
    assert len({one.label for one in found}) == len(found)
