from pathlib import Path

import pytest

from nianbao.data.count_words import (
    fixed_numerals,
    item_words,
    measure_words,
    outcomes,
    read_measures,
    read_roles,
    read_words,
)
from nianbao.data.errors import ResourceError


def written(folder: Path, text: str) -> Path:
    path = folder / "words.tsv"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("text", ["件\t\tbold\n", "件\n件\n", "\t件\n", "件\t\tshy\tx\n"])
def test_bad_measure_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ResourceError, match=r"words\.tsv:\d"):
        read_measures(written(tmp_path, text))


@pytest.mark.parametrize("text", ["甲\t乙\n", "甲\n甲\n", " 甲\n"])
def test_bad_word_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ResourceError, match=r"words\.tsv:\d"):
        read_words(written(tmp_path, text))


@pytest.mark.parametrize("text", ["甲\n", "甲\tmiddle\n", "甲\tleft\n甲\tright\n"])
def test_bad_role_is_named(tmp_path: Path, text: str) -> None:
    with pytest.raises(ResourceError, match="roles are left"):
        read_roles(written(tmp_path, text))


def test_comments_are_passed_over(tmp_path: Path) -> None:
    assert read_words(written(tmp_path, "# 甲\n\n乙\n")) == ("乙",)


def test_units_have_one_name() -> None:
    assert measure_words()["百分点"].unit == "个百分点"
    assert measure_words()["件"].unit == "件"


def test_lists_are_read() -> None:
    assert "一网通办" in fixed_numerals()
    assert "left" in item_words()["收到"]
    assert "不予公开" in outcomes()
