"""The pipeline over whole texts: order, records, places."""

import sqlite3

import msgspec
import pytest

from nianbao.data.readers import read
from nianbao.data.records import Report
from nianbao.nlp.components import KINDS
from nianbao.nlp.given import Given
from nianbao.nlp.pipeline import extract, extract_many, load

TEXT = (
    "砀山县审计局2021年政府信息公开工作年度报告\n"
    "本报告依据《中华人民共和国政府信息公开条例》（国务院令第711号）编制，数据统计期限为2021年1月1日至12月31日。\n"
    "一、总体情况\n"
    "全年公开审计结果公告１２篇，培训 3 期、１６０余人次，没有收到公开申请。\n"
    "五、存在的主要问题及改进情况\n"
    "公告用语专业，群众不易看懂。下一步，我局将为每篇公告配发图解。\n"
)


@pytest.fixture(scope="module")
def report():
    return extract(TEXT)


def test_who_and_when(report):
    assert (report.org, report.year, report.genre, report.level) == (
        "砀山县审计局",
        2021,
        "disclosure",
        "county",
    )
    assert report.region.code == "341321"
    assert report.period.edtf == "2021-01-01/2021-12-31"


def test_facts(report):
    assert [(count.value, count.unit, count.bound) for count in report.counts] == [
        (12, "篇", "exact"),
        (3, "期", "exact"),
        (160, "人次", "more"),
    ]
    assert [zero.item for zero in report.zeros] == ["公开申请"]
    assert report.citations[0].number == "国务院令第711号"
    assert [section.kind for section in report.sections] == ["overview", "problems"]
    assert [one.label for one in report.statements][-2:] == ["problem", "plan"]
    assert report.statements[-1].answers == len(report.statements) - 2


def test_components_declare_what_they_need():
    problems = load().analyze_pipes()["problems"]
    assert not any(problems.values())


def test_the_doc_has_spans_beside_the_records():
    doc = load()(TEXT)
    for kind in KINDS:
        facts, spans = getattr(doc._, kind), doc.spans[kind]
        assert len(facts) == len(spans)
        for fact, span in zip(facts, spans, strict=True):
            assert span.start_char <= fact.start
            assert fact.end <= span.end_char


def test_a_component_of_ones_own_can_be_added():
    from spacy.language import Language

    @Language.component("count_counter")
    def count_counter(doc):
        doc.user_data["counts"] = len(doc._.counts)
        return doc

    nlp = load()
    nlp.add_pipe("count_counter")
    try:
        assert nlp(TEXT).user_data["counts"] == 3
    finally:
        nlp.remove_pipe("count_counter")


def test_reports_are_the_same_with_tokens_and_without(report):
    from spacy.language import Language

    words = []

    @Language.component("word_reader")
    def word_reader(doc):
        words.extend(token.text for token in doc)
        return doc

    nlp = load()
    nlp.add_pipe("word_reader")
    try:
        assert extract(TEXT) == report
    finally:
        nlp.remove_pipe("word_reader")
    assert "".join(words) == TEXT


def test_what_is_given_goes_before_what_is_found():
    found = extract("今年公开信息5条。", Given(year=2013, org="某县档案局"))
    assert (found.year, found.org, found.dates[0].iso_start) == (2013, "某县档案局", "2013-01-01")


@pytest.mark.parametrize("text", ["", " \n", "。", "无", "|||\n0|0|0\n", "年月日" * 50, "《" * 99])
def test_odd_texts_are_read(text):
    assert extract(text).text == text


def test_reports_do_not_depend_on_their_neighbours(report):
    assert list(extract_many([("今年公开9条。", None), (TEXT, None)]))[1] == report


def test_every_sample_fact_quotes_its_place(archive):
    db = sqlite3.connect(archive)
    for table in KINDS:
        wrong = db.execute(
            f"select count(*) from {table} f join reports r on r.id = f.report_id "
            'where substr(r.text, f.start + 1, f."end" - f.start) <> f.text'
        ).fetchone()
        assert wrong == (0,), table
    assert db.execute("pragma integrity_check").fetchall() == [("ok",)]
    assert db.execute("pragma foreign_key_check").fetchall() == []
    db.close()


def test_the_store_gives_back_what_was_extracted(archive, samples):
    from nianbao.data.store import Store

    path = next(samples.rglob("洋县*.html")).resolve()
    with Store.open(archive, read_only=True) as store:
        stored = store.report(str(path))
    assert stored == extract(read(path), Given(path=str(path)))
    assert msgspec.json.decode(msgspec.json.encode(stored), type=Report) == stored
