"""Hostile records of JSON Lines: what is no record is refused, facts quote the record's own text."""

import sys
from pathlib import Path

import msgspec
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_texts import texts

from nianbao.data.errors import RecordError
from nianbao.nlp.exchange import extract_record, read_record

whole = texts.map(lambda text: text.encode("utf-8", "replace").decode())
records = st.fixed_dictionaries(
    {"id": whole | st.integers(), "text": whole},
    optional={
        "year": st.sampled_from([2023, 0, -5, 10**6, None]),
        "org": whole,
        "title": whole,
        "section": st.sampled_from(["problems", "unknown", None]),
        "genre": st.sampled_from(["work", "disclosure", None]),
        "format": st.sampled_from(["text", "html", "markdown"]),
        "更多": whole,
    },
)


@given(records)
def test_facts_of_a_record(written):
    record = read_record(msgspec.json.encode(written))
    facts = extract_record(record)
    assert facts.pop("id") == written["id"]
    for fact in (fact for found in facts.values() for fact in found if "text" in fact):
        assert record.text[fact["start"] : fact["end"]] == fact["text"]
    msgspec.json.encode(facts)


@given(records, st.integers(0, 400), st.binary(max_size=8), st.integers(0, 8))
def test_lines_that_are_no_records_are_refused(written, at, put_in, cut):
    line = msgspec.json.encode(written)
    try:
        read_record(line[:at] + put_in + line[at + cut :])
    except RecordError as error:
        assert "A record is one JSON object a line" in str(error)
