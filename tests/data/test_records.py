import msgspec
import pytest

from nianbao.data.records import Count, Date, Report, Statement, Summary, json_schema

REPORT = Report(
    id="0123456789abcdef",
    text="2021年公开信息30条。",
    year=2021,
    dates=(Date(text="2021年", start=0, end=5, kind="date", iso_start="2021-01-01", iso_end="2021-12-31"),),
    counts=(Count(text="30条", start=9, end=12, value=30, unit="条", item="信息"),),
    statements=(Statement(text="2021年公开信息30条。", start=0, end=13, label="initiative"),),
)


def test_a_report_survives_json():
    assert msgspec.json.decode(msgspec.json.encode(REPORT), type=Report) == REPORT


def test_a_report_survives_msgpack_between_processes():
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(REPORT), type=Report) == REPORT


def test_facts_are_frozen():
    with pytest.raises(AttributeError):
        REPORT.counts[0].value = 31


@pytest.mark.parametrize("record", [Report, Summary])
def test_the_schema_names_every_field(record):
    schema = json_schema(record)
    assert schema["$schema"].endswith("2020-12/schema")
    assert set(schema["$defs"][record.__name__]["properties"]) == set(record.__struct_fields__)
