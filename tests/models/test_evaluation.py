"""Scores of found facts: right on the gold itself, worse for each mistake, and as the project's scoring tool has them."""

import importlib.util
import json
from pathlib import Path

import msgspec
import pytest

from nianbao.data.gold import read_gold
from nianbao.data.records import Report
from nianbao.models.differences import differences
from nianbao.models.evaluation import calibration_error, evaluate
from nianbao.models.scores import character_f1, duration_length, figures, plain, tally

GOLD = Path(__file__).parents[1] / "gold" / "passages.jsonl"
SHARED = Path(__file__).parents[2].parent / "shared"
KINDS = ("dates", "counts", "zeros", "statements", "citations")


@pytest.fixture(scope="module")
def passages():
    return read_gold([GOLD])


def as_found(passage, **changes):
    facts = {kind: getattr(passage, kind) for kind in KINDS} | changes
    return Report(id=passage.id, text=passage.text, **facts)


def changed(passage, kind, **fields):
    first, *rest = getattr(passage, kind)
    return as_found(passage, **{kind: (msgspec.structs.replace(first, **fields), *rest)})


def test_the_gold_itself_scores_one(passages):
    evaluation = evaluate(passages, [as_found(passage) for passage in passages], draws=20)
    values = {name: one.value for name, one in evaluation.figures.items() if one.value is not None}
    assert all(value == pytest.approx(1.0) for value in values.values())
    assert len(values) > 40
    assert not [one for passage in passages for one in differences(passage, as_found(passage))]


def test_nothing_found_scores_zero(passages):
    evaluation = evaluate(passages, [Report(id=one.id, text=one.text) for one in passages], draws=0)
    for name in (
        "dates.value.f1",
        "counts.full.f1",
        "zeros.overlap.f1",
        "statements.macro_f1",
        "citations.title.f1",
    ):
        assert evaluation.figures[name].value == 0
    assert evaluation.calibration is None


@pytest.mark.parametrize(
    ("kind", "fields", "figure"),
    [
        ("dates", {"iso_end": "1999-12-31"}, "dates.value.f1"),
        ("dates", {"end": -1}, "dates.exact.f1"),
        ("counts", {"value": -7}, "counts.value.f1"),
        ("counts", {"unit": "匹"}, "counts.full.f1"),
        ("counts", {"item": "猫"}, "counts.item_char_f1"),
        ("statements", {"label": "problem"}, "statements.macro_f1"),
        ("citations", {"title": "别的"}, "citations.title.f1"),
    ],
)
def test_a_mistake_costs(passages, kind, fields, figure):
    passage = next(one for one in passages if len(getattr(one, kind)) > 2 and getattr(one, kind)[0].text)
    if "end" in fields:
        fields = {"end": getattr(passage, kind)[0].end - 1}
    found = changed(passage, kind, **fields)
    value = figures(tally(passage, found))[figure]
    assert 0 < value < 1
    if "item" not in fields and "end" not in fields:
        assert [one.kind for one in differences(passage, found)] == [kind]


def test_durations_are_compared_by_length():
    assert duration_length("P1Y") == duration_length("P12M")
    assert duration_length("PT24H") == duration_length("P1D")
    assert duration_length("P20D") != duration_length("P2D")
    assert duration_length("P") is duration_length(None) is None


def test_items_and_titles_are_compared_leniently():
    assert character_f1("申请", "公开 申请") == pytest.approx(2 / 3)
    assert character_f1(None, None) == 1.0
    assert plain("国办发〔2019〕 14号") == plain("国办发[2019]14号")


def test_calibration_error():
    assert calibration_error([(0.95, True)] * 19 + [(0.95, False)]) == pytest.approx(0.0)
    assert calibration_error([(0.9, False)] * 4) == pytest.approx(0.9)


@pytest.mark.skipif(
    not (SHARED / "tools" / "score.py").exists(), reason="the project's scoring tool is not at hand"
)
def test_figures_agree_with_the_scoring_tool(passages, tmp_path):
    from nianbao.cli.evaluate import read_passage

    spec = importlib.util.spec_from_file_location("score", SHARED / "tools" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    found = [read_passage(passage) for passage in passages]
    predicted = {one.id: msgspec.to_builtins(report) for one, report in zip(passages, found, strict=True)}
    theirs = score.score(score.load_gold([GOLD]), json.loads(json.dumps(predicted)), boot=0)["all"]
    ours = evaluate(passages, found, draws=0).figures
    for name, interval in ours.items():
        assert interval.value == (None if theirs[name] is None else pytest.approx(theirs[name], abs=1e-9)), (
            name
        )
