"""Word lists and rows of the lexicon, and how a spoilt file is named."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.errors import ResourceError
from nianbao.data.word_lists import any_of, beginning, begun, read_lists, read_rows


def written(tmp_path, text):
    path = tmp_path / "words.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_go_on_over_lines(tmp_path):
    path = written(tmp_path, "# remark\ntrees\t松 柏\n\ntrees\t柳\nbirds\t燕\n")
    assert read_lists(path) == {"trees": ("松", "柏", "柳"), "birds": ("燕",)}


@pytest.mark.parametrize("text", ["trees\t松 松\n", "trees\t松\ntrees\t松\n"])
def test_a_word_said_twice_is_named(tmp_path, text):
    with pytest.raises(ResourceError, match=r"words\.tsv:\d: '松'"):
        read_lists(written(tmp_path, text))


@pytest.mark.parametrize("text", ["trees 松\n", "trees\t松\t柏\n", "trees\t\n"])
def test_a_row_of_another_width_is_named(tmp_path, text):
    with pytest.raises(ResourceError, match=r"words\.tsv:1"):
        read_rows(written(tmp_path, text), 2)


def test_the_longest_word_is_tried_first():
    found = re.match(any_of(("年", "年度")), "年度计划")
    assert found is not None and found[0] == "年度"


def test_a_shorter_word_is_tried_where_the_longest_leads_nowhere():
    assert re.fullmatch(rf"{any_of(('年', '年度', '月'))}度假", "年度假")


WORDS = st.lists(st.text("省市县^-]\\", min_size=1, max_size=4), min_size=1, max_size=6)


@given(WORDS, st.text("省市县^-]\\", max_size=30))
def test_no_word_is_passed_over_where_only_its_beginning_is_looked_for(words, text):
    pattern = re.compile(any_of(tuple(words)))
    quick = begun(re.compile(beginning(words)), pattern, text)
    assert [match.span() for match in quick] == [match.span() for match in pattern.finditer(text)]
