import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.errors import ResourceError
from nianbao.data.folding import _table, fold, read_pairs

FOLDED = [
    ("２０２３年，共１５件；", "2023年,共15件;"),
    ("（一）〔２０１９〕﹝3﹞[4]", "(一)〔2019〕〔3〕〔4〕"),
    ("⼀⾏⻓⺠⻔", "一行长民门"),
    ("資訊公開條例", "资讯公开条例"),
    ("⾒⾞⿈薴", "见车黄苎"),
    ("「公開」二○一三年", "“公开”二〇一三年"),
    ("1－3月、5～6月", "1-3月、5~6月"),
    ("《办法》。", "《办法》。"),
]


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_fold(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_keeps_the_length_and_settles(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_what_is_folded_is_folded_for_good():
    folded = {sign: fold(sign) for sign in map(chr, _table())}
    assert [sign for sign, once in folded.items() if not fold(once) == once != sign] == []


@pytest.mark.parametrize("line", ["ab\tc", "a", "a\tbc", "\t"])
def test_a_line_that_is_no_pair_is_named(tmp_path, line):
    path = tmp_path / "pairs.tsv"
    path.write_text(f"# comment\n{line}\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"pairs\.tsv:2"):
        read_pairs(path)


def test_a_pair_twice_is_refused(tmp_path):
    path = tmp_path / "pairs.tsv"
    path.write_text("⼀\t一\n⼀\t一\n", encoding="utf-8")
    with pytest.raises(ResourceError, match=r"pairs\.tsv:2"):
        read_pairs(path)
