"""Word lists: every one is valid, and a bad line is refused."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data import vocabulary as module
from nianbao.data.errors import ResourceError
from nianbao.data.vocabulary import alternation, read_vocabulary, vocabulary, weights

LISTS = [
    "after_names",
    "before_bodies",
    "leaders",
    "national_bodies",
    "not_names",
    "office_short_names",
    "offices",
    "organ_endings",
    "surnames",
    "titles",
]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_holds_chinese_words_only(name):
    assert vocabulary(name)
    assert all(re.fullmatch(r"[\u4e00-\u9fff]+", word) for word in vocabulary(name))


def test_the_genre_words_lean_both_ways():
    values = weights("genre_terms").values()
    assert min(values) < 0 < max(values)


@pytest.mark.parametrize("text", ["局\n局\n", " 局\n"])
def test_a_word_twice_or_with_blanks_is_refused(tmp_path, text):
    path = tmp_path / "words.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResourceError, match=r"words\.txt:\d"):
        read_vocabulary(path)


@pytest.mark.parametrize("line", ["词\t多", "词", "词\t1\t2", "词\t1\n词\t2"])
def test_a_weight_must_be_a_number(tmp_path, monkeypatch, line):
    (tmp_path / "terms.tsv").write_text(line, encoding="utf-8")
    monkeypatch.setattr(module, "_LEXICON", Path(tmp_path))
    with pytest.raises(ResourceError, match=r"terms\.tsv:\d"):
        weights.__wrapped__("terms")


@given(
    st.lists(st.text("局厅委办公室", min_size=1, max_size=5), min_size=1), st.text("局厅委办公室", max_size=8)
)
def test_the_alternation_finds_the_longest_word(words, text):
    fitting = [word for word in words if text.startswith(word)]
    match = re.match(alternation(tuple(words)), text)
    assert (match.group() if match else None) == (max(fitting, key=len) if fitting else None)
