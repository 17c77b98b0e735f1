import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.data.errors import ResourceError
from nianbao.data.training import fingerprint, read_passages
from nianbao.data.training.passages import INITIATIVE_CATEGORIES, PROBLEM_CATEGORIES, allowed_categories

LINE = {
    "id": "a-1",
    "genre": "disclosure",
    "section": "overview",
    "level": "county",
    "year": 2020,
    "heading": "",
    "statements": [{"text": "县档案馆新设查阅台两处。", "label": "initiative", "category": "platform"}],
}


def write(tmp_path: Path, *lines: dict) -> list[Path]:
    path = tmp_path / "some.jsonl"
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    return [path]


def statement(text: str, label: str, category: str | None) -> dict:
    return {"statements": [{"text": text, "label": label, "category": category}]}


def test_reads_a_line(tmp_path):
    (passage,) = read_passages(write(tmp_path, LINE))
    assert passage.statements[0].text == "县档案馆新设查阅台两处。"


BROKEN = [
    ({"year": 1999}, "year 1999"),
    ({"statements": []}, "no statements"),
    ({"level": "village"}, "level"),
    ({"colour": "red"}, "colour"),
    (statement("报送偏慢。", "problem", "service"), "no category of problem"),
    (statement("报送偏慢。", "problem", None), "no category of problem"),
    (statement("无其他事项。", "other", "general"), "must have the category null"),
    (statement("报送偏慢。", "weakness", "staff"), "label"),
    (statement(" 报送偏慢。", "problem", "timeliness"), "without blanks"),
    (statement("好", "other", None), "2 to 400 characters"),
    ({"genre": "work"}, "genre work"),
]


@pytest.mark.parametrize(("change", "message"), BROKEN)
def test_refuses_what_breaks_the_guide(tmp_path, change, message):
    with pytest.raises(ResourceError, match=message) as error:
        read_passages(write(tmp_path, LINE | change))
    assert "some.jsonl:1" in str(error.value)


def test_refuses_no_json(tmp_path):
    path = tmp_path / "some.jsonl"
    path.write_text("不是 JSON", encoding="utf-8")
    with pytest.raises(ResourceError, match="README"):
        read_passages([path])


def test_refuses_an_id_twice(tmp_path):
    other = LINE | {"id": "a-1"} | statement("镇里更换旧公示栏十一块。", "initiative", "platform")
    with pytest.raises(ResourceError, match=r"is taken by some\.jsonl:1"):
        read_passages(write(tmp_path, LINE, other))


def test_refuses_nearly_the_same_sentence(tmp_path):
    twin = LINE | {"id": "a-2"} | statement("县档案馆新设查阅台三处。", "initiative", "platform")
    long_twin = twin | statement("今年县档案馆新设查阅台两处。", "initiative", "platform")
    with pytest.raises(ResourceError, match="nearly the same"):
        read_passages(write(tmp_path, LINE, long_twin))


def test_set_phrases_may_recur(tmp_path):
    first = LINE | statement("改进措施:", "other", None)
    assert len(read_passages(write(tmp_path, first, first | {"id": "a-2"}))) == 2


def test_fingerprint_tells_data_apart(tmp_path):
    one = read_passages(write(tmp_path, LINE))
    other = read_passages(write(tmp_path, LINE | {"year": 2021}))
    assert fingerprint(one) == fingerprint(list(one)) != fingerprint(other)


@given(st.sampled_from(["initiative", "problem", "plan", "other"]))
def test_other_alone_has_no_categories(label):
    assert bool(allowed_categories(label)) == (label != "other")


@pytest.fixture(scope="module")
def shipped():
    return read_passages()


def test_shipped_passages_are_many(shipped):
    assert sum(len(passage.statements) for passage in shipped) >= 900


def test_shipped_passages_cover_the_guide(shipped):
    sentences = [sentence for passage in shipped for sentence in passage.statements]
    acts = {sentence.category for sentence in sentences if sentence.label == "initiative"}
    for label in ("problem", "plan"):
        assert {s.category for s in sentences if s.label == label} == set(PROBLEM_CATEGORIES)
    assert acts == set(INITIATIVE_CATEGORIES)


def test_shipped_passages_cover_genres_and_bodies(shipped):
    assert {passage.genre for passage in shipped} == {"disclosure", "work"}
    assert {passage.level for passage in shipped} == {"province", "city", "county", "town", "department"}
    assert {passage.year for passage in shipped} >= set(range(2008, 2026))
