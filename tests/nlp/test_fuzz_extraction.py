"""Hostile texts through every extractor: nothing raises, every fact quotes its place."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
import msgspec
from hostile_texts import numbers, quoted, texts, words, years

from nianbao.data.folding import fold
from nianbao.data.records import Report
from nianbao.nlp.checks import check_report
from nianbao.nlp.citations import find_citations
from nianbao.nlp.counts import find_counts
from nianbao.nlp.dates import find_dates
from nianbao.nlp.given import Given
from nianbao.nlp.levels import find_level
from nianbao.nlp.markup import blank_markup
from nianbao.nlp.masthead import read_masthead
from nianbao.nlp.numerals import parse_number
from nianbao.nlp.organisations import find_organisations
from nianbao.nlp.people import find_people
from nianbao.nlp.pipeline import extract
from nianbao.nlp.reading import Reading
from nianbao.nlp.regions import find_region
from nianbao.nlp.sections import find_sections
from nianbao.nlp.statements import cut_statements
from nianbao.nlp.summaries import summarise
from nianbao.nlp.tables import find_tables
from nianbao.nlp.tabular import table_regions
from nianbao.nlp.titles import parse_site, parse_title
from nianbao.nlp.zeros import find_zeros

genres = st.sampled_from(["disclosure", "work"])
KINDS = ("dates", "counts", "zeros", "citations", "organisations", "people", "statements")


@given(texts)
def test_every_character_of_a_view_has_its_place(text):
    reading = Reading(text)
    places = reading.places
    assert len(reading.view) == len(places)
    assert places == sorted(set(places))
    assert not places or places[-1] < len(text)


@given(texts)
def test_lines_of_a_view_stand_apart(text):
    reading, ends = Reading(text), 0
    for start, end in reading.lines:
        assert ends <= start < end <= len(reading.view)
        assert "\n" not in reading.view[start:end]
        ends = end


@given(texts)
def test_folding_settles(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


@given(texts, years, genres)
def test_dates(text, year, genre):
    dates = find_dates(Reading(text), year=year, genre=genre)
    assert quoted(text, dates)
    for date in dates:
        assert (date.kind == "duration") == (date.iso_start is None)
        assert date.iso_start is None or date.iso_start <= date.iso_end


@given(texts)
def test_counts(text):
    counts = find_counts(Reading(text))
    assert quoted(text, counts)
    assert all(abs(count.value) < 2**63 for count in counts)


@pytest.mark.parametrize("find", [find_zeros, find_citations, find_organisations, find_people])
@given(text=texts)
def test_facts_quote_their_places(find, text):
    assert quoted(text, find(Reading(text)))


@given(texts, genres)
def test_sections_and_statements(text, genre):
    reading = Reading(text)
    sections = find_sections(reading, genre)
    assert quoted(text, sections, apart=False)
    assert all(section.end <= section.content_end <= len(text) for section in sections)
    ends = 0
    for cut in cut_statements(reading, sections):
        assert ends <= cut.start < cut.end <= len(reading.view)
        ends = cut.end


@given(texts, st.sampled_from([None, "2021", "2019", "2014"]))
def test_tables(text, hint):
    for table in find_tables(text, (), hint):
        for cell in table.cells.values():
            assert cell.start is None or 0 <= cell.start <= cell.end <= len(text)
            assert cell.value is None or abs(cell.value) < 2**63


@given(texts)
def test_table_regions_stand_apart(text):
    ends = 0
    for start, end in table_regions(Reading(text)):
        assert ends <= start < end
        ends = end


@given(texts, texts, years)
def test_masthead(text, hint, year):
    read_masthead(
        Reading(text), title_hint=hint, fields={"发布机构": hint, "文号": hint}, path=hint, year=year
    )
    parse_title(hint)
    parse_site(hint)


@given(texts, st.lists(words, max_size=3))
def test_regions_and_levels(text, hints):
    assert find_level(text, find_region(text, hints)) in {
        None,
        "nation",
        "province",
        "city",
        "county",
        "town",
    }


@given(numbers)
def test_numbers(text):
    value = parse_number(fold(text))
    assert value is None or 0 <= value < 10**18


@given(texts)
def test_markup_is_blanked_at_equal_length(text):
    blank = blank_markup(text)
    assert len(blank) == len(text)
    assert blank_markup(blank) == blank


@given(texts, years)
def test_a_whole_report(text, year):
    report = extract(text, Given(year=year))
    assert report.text == text
    assert all(quoted(text, getattr(report, kind)) for kind in KINDS)
    assert check_report(report) == report.checks
    summarise(report)


@given(texts.map(lambda text: text.encode("utf-8", "replace").decode()))
def test_a_report_survives_json(text):
    report = extract(text)
    assert msgspec.json.decode(msgspec.json.encode(report), type=Report) == report
