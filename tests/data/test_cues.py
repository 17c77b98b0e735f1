from collections import Counter

import numpy as np
import pytest

from nianbao.data.cues import CueList, read_cues
from nianbao.data.errors import ResourceError
from nianbao.data.grams import code_points


def count(cues: CueList, text: str) -> Counter[str]:
    everywhere = np.arange(len(text))
    _, found = cues.find(code_points(text), np.full(len(text), len(text)), everywhere)
    return Counter(cues.groups[cues.group[cue]] for cue in set(found.tolist()))


def test_counts_each_cue_once():
    cues = CueList([("problem", "不够"), ("problem", "有待加强"), ("plan", "下一步")])
    assert count(cues, "宣传不够,解读不够,有待加强") == {"problem": 2}


def test_a_beginning_is_no_cue():
    assert count(CueList([("plan", "下一步")]), "下一年的安排") == Counter()


def test_a_cue_ends_with_its_text():
    cues = CueList([("plan", "下一步")])
    places, found = cues.find(code_points("下一步下一步"), np.array([2] * 3 + [6] * 3), np.arange(6))
    assert (places.tolist(), found.tolist()) == ([3], [0])


def test_cues_that_overlap_are_all_found():
    cues = CueList([("a", "公开"), ("b", "公开平台"), ("c", "开平"), ("d", "公开栏")])
    assert count(cues, "公开平台") == {"a": 1, "b": 1, "c": 1}


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
        read_cues("some")
