import pytest

from nianbao.data.cues import CueList, read_cues
from nianbao.data.errors import ResourceError


def pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def count(cues: CueList, text: str) -> dict[str, int]:
    return cues.count(text, pairs(text))


def test_counts_each_cue_once():
    cues = CueList([("problem", "不够"), ("problem", "有待加强"), ("plan", "下一步")])
    assert count(cues, "宣传不够,解读不够,有待加强") == {"problem": 2}


def test_a_beginning_is_no_cue():
    assert count(CueList([("plan", "下一步")]), "下一年的安排") == {}


def test_shipped_lists_know_the_sorts():
    found = count(read_cues("label", "category"), "下一步,将加强信息员业务培训。")
    assert found["label:plan"] >= 2
    assert found["category:staff"] >= 2


@pytest.mark.parametrize(
    "line", ["problem", "problem\t差", "\t不够", "problem\t不够\nproblem\t不够", "a\t,,"]
)
def test_refuses_a_broken_line(tmp_path, monkeypatch, line):
    monkeypatch.setattr("nianbao.data.cues._LEXICON", tmp_path)
    (tmp_path / "cues_some.tsv").write_text(line.replace(",,", "，，"), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"cues_some\.tsv"):
        read_cues("some").count("", set())
