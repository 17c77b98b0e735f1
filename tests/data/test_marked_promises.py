"""Marked promises are read, and what breaks the guide is named with its line."""

from copy import deepcopy
from pathlib import Path

import msgspec
import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.promises import DEVELOPMENT, read_cases

GOLD = Path(__file__).parents[1] / "gold"
CASE = {
    "id": "t01",
    "org": "青柳县人民政府",
    "level": "county",
    "genre": "disclosure",
    "year": 2020,
    "next_year": 2021,
    "plans": [
        {
            "text": "建立例会制度。",
            "category": "mechanism",
            "outcome": "kept",
            "kept": [0],
            "whole": True,
            "repeated": [],
            "problem": [],
        }
    ],
    "statements": [{"text": "每月开一次例会。", "label": "initiative", "category": "supervision"}],
}


def written(tmp_path, case):
    path = tmp_path / "marked.jsonl"
    path.write_bytes(b"# remark\n" + msgspec.json.encode(case) + b"\n")
    return path


def with_plan(**fields):
    case = deepcopy(CASE)
    case["plans"][0] |= fields
    return case


def test_a_case_is_read(tmp_path):
    [case] = read_cases(written(tmp_path, CASE))
    assert case.plans[0].links == {("kept", 0)}


@pytest.mark.parametrize(
    ("case", "fault"),
    [
        (CASE | {"next_year": 2020}, "does not follow"),
        (with_plan(kept=[3]), "no statement 3"),
        (with_plan(problem=[0]), "no evidence of 'problem'"),
        (with_plan(outcome="silent"), "its evidence says 'kept'"),
        (with_plan(whole=None), "`whole` goes with `kept`"),
        (CASE | {"colour": "red"}, "unknown field"),
    ],
)
def test_what_breaks_the_guide_is_named(tmp_path, case, fault):
    with pytest.raises(ResourceError, match=r"marked\.jsonl:2: .*" + fault):
        read_cases(written(tmp_path, case))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ResourceError, match="no marked promises"):
        read_cases(tmp_path / "none.jsonl")


def test_the_sets_have_no_sentence_in_common():
    paths = (DEVELOPMENT, GOLD / "promises" / "held_out.jsonl", GOLD / "promises" / "blind.jsonl")
    told = [{plan.text for case in read_cases(path) for plan in case.plans} for path in paths]
    assert not told[0] & told[1] and not told[0] & told[2] and not told[1] & told[2]
