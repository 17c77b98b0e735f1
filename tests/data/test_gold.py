import json

import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.gold import read_gold

PASSAGE = {
    "id": "wuyuan-2020-01",
    "year": 2020,
    "text": "依据《2020年要点》，2020年公开25件，其中5件为图解。未收取费用。",
    "dates": [{"text": "2020年", "kind": "date", "start": "2020-01-01", "end": "2020-12-31"}],
    "counts": [
        {"text": "25件", "value": 25, "unit": "件", "bound": "exact"},
        {"text": "5件", "value": 5, "unit": "件"},
    ],
    "zeros": [{"text": "未收取费用", "item": "费用"}],
    "statements": [{"text": "未收取费用。", "label": "other", "category": None}],
}


def write(tmp_path, *records):
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records), encoding="utf-8")
    return path


def test_annotations_are_located(tmp_path):
    [passage] = read_gold([write(tmp_path, PASSAGE)])
    assert passage.report == "wuyuan-2020"
    assert passage.marked == {"dates", "counts", "zeros", "statements"}
    assert passage.dates[0].start == passage.text.index("2020年公开")
    assert passage.counts[1].start == passage.text.index("5件为")
    for fact in (*passage.dates, *passage.counts, *passage.zeros, *passage.statements):
        assert passage.text[fact.start : fact.end] == fact.text


@pytest.mark.parametrize(
    "change",
    [
        {"zeros": [{"text": "未收到申请", "item": "申请"}]},
        {"statements": [{"text": "未收取费用。", "label": "rumour"}]},
        {"text": None},
        {"counts": [{"value": 3}]},
    ],
)
def test_a_bad_passage_is_named(tmp_path, change):
    path = write(tmp_path, PASSAGE, {**PASSAGE, "id": "b-2020-01", **change})
    with pytest.raises(ResourceError, match=r"gold\.jsonl:2"):
        read_gold([path])


def test_an_id_twice_is_refused(tmp_path):
    with pytest.raises(ResourceError, match="twice"):
        read_gold([write(tmp_path, PASSAGE, PASSAGE)])
