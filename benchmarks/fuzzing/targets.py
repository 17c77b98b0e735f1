"""The parsers as targets: each takes an input, runs a parser over it and holds it to what must be so."""

import warnings
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from unittest.mock import patch

import msgspec

from nianbao.data.errors import InputError, QueryError, RecordError, ToolMissing
from nianbao.data.folding import fold
from nianbao.data.limits import Limits
from nianbao.data.query import read_query
from nianbao.data.query.binding import bind
from nianbao.data.query.tree import SCOPES
from nianbao.data.query.wording import outline
from nianbao.data.readers import read_bytes, recognition
from nianbao.data.records import Fact, Report, SourceText
from nianbao.nlp.checks import check_report
from nianbao.nlp.citations import find_citations
from nianbao.nlp.counts import find_counts
from nianbao.nlp.dates import find_dates
from nianbao.nlp.exchange import extract_record, read_record
from nianbao.nlp.genre import find_genre
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

from .inputs import any_file, any_query, any_text, small_store
from .pieces import Choices, number, numeral, pick

LARGEST = 2**63


class Target(NamedTuple):
    """A parser: `make` draws an input, `run` reads it and raises where something is wrong."""

    make: Callable[[Choices], Any]
    run: Callable[[Any], None]


def hold(said: bool, what: object) -> None:
    """Raises AssertionError where a property does not hold."""
    if not said:
        raise AssertionError(repr(what)[:500])


def hold_facts(text: str, facts: Sequence[Fact], apart: bool = True) -> None:
    """Every fact quotes its place; facts stand in order, and apart from each other."""
    last = 0
    for fact in facts:
        hold(0 <= fact.start <= fact.end <= len(text), fact)
        hold(text[fact.start : fact.end] == fact.text, fact)
        hold(fact.start >= last, fact)
        last = fact.end if apart else fact.start


def _years(choices: Choices) -> int | None:
    return [None, 2023, 2008, 1, 9999][choices.below(5)]


def _reading(text: str) -> None:
    reading = Reading(text)
    view, places = reading.view, reading.places
    hold(len(view) == len(places) and reading.text == text, "length")
    hold(all(one < other for one, other in pairwise(places)), "places")
    hold(not places or places[-1] < len(text), "last place")
    folded = fold(text)
    hold(len(folded) == len(text) and fold(folded) == folded, "fold")
    ends = 0
    for start, end in reading.lines:
        hold(ends <= start < end <= len(view) and "\n" not in view[start:end], (start, end))
        ends = end


def _dates(given: tuple[str, int | None]) -> None:
    text, year = given
    for genre in ("disclosure", "work"):
        dates = find_dates(Reading(text), year=year, genre=genre)  # type: ignore[arg-type]
        hold_facts(text, dates)
        for date in dates:
            hold((date.kind == "duration") == (date.iso_start is None), date)
            hold(date.iso_start is None or date.iso_start <= (date.iso_end or ""), date)


def _counts(text: str) -> None:
    counts = find_counts(Reading(text))
    hold_facts(text, counts)
    for count in counts:
        hold(abs(count.value) < LARGEST, count)


def _sections(text: str) -> None:
    reading = Reading(text)
    for genre in ("disclosure", "work"):
        sections = find_sections(reading, genre)  # type: ignore[arg-type]
        hold_facts(text, sections, apart=False)
        hold(all(one.end <= one.content_end <= len(text) for one in sections), sections)
        last = 0
        for cut in cut_statements(reading, sections):
            hold(last <= cut.start < cut.end <= len(reading.view), cut)
            last = cut.end


def _tables(text: str) -> None:
    last = 0
    for start, end in table_regions(Reading(text)):
        hold(last <= start < end, (start, end))
        last = end
    for hint in (None, "2021"):
        for table in find_tables(text, (), hint):
            for cell in table.cells.values():
                placed = cell.start is not None and cell.end is not None
                hold(not placed or 0 <= cell.start <= cell.end <= len(text), cell)  # type: ignore[operator]
                hold(cell.value is None or abs(cell.value) < LARGEST, cell)


def _masthead(given: tuple[str, str, int | None]) -> None:
    text, hint, year = given
    fields = {"发布机构": hint, "发布日期": hint, "索引号": hint, "文号": hint}
    for other in ({}, fields):
        read = read_masthead(
            Reading(text), title_hint=hint, fields=other, path=f"甲/{hint[:80]}.txt", year=year
        )
        hold(read.year is None or read.year == year or 1900 <= read.year < 2101, read)
    parse_title(hint)
    parse_site(hint)


def _names(text: str) -> None:
    reading = Reading(text)
    hold_facts(text, find_organisations(reading))
    people = find_people(reading)
    hold_facts(text, people)
    for one in people:
        hold(one.name in reading.clean(reading.locate(one.start), reading.locate(one.end)), one)
    region = find_region(text, [text])
    find_level(text, region)
    find_genre(text, text)


def _numbers(text: str) -> None:
    value = parse_number(fold(text))
    hold(value is None or 0 <= value < LARGEST, value)


def _query(words: str) -> None:
    try:
        tree = read_query(words)
    except QueryError:
        return
    for scope in SCOPES:
        bind(tree, scope)  # type: ignore[arg-type]
        outline(tree, scope)  # type: ignore[arg-type]


def _search(given: tuple[str, str]) -> None:
    words, scope = given
    try:
        result = small_store().search(words, in_=scope, limit=3)  # type: ignore[arg-type]
        small_store().explain(words, scope)  # type: ignore[arg-type]
    except QueryError:
        return
    hold(len(result.hits) <= min(3, result.total), result)
    for hit in result.hits:
        hold(hit.start is None or 0 <= hit.start <= (hit.end or 0), hit)


def _markup(text: str) -> None:
    hold(len(blank_markup(text)) == len(text), "length")
    find_tables(text)


def _hold_report(report: Report) -> None:
    for kind in ("dates", "counts", "zeros", "citations", "organisations", "people", "statements"):
        hold_facts(report.text, getattr(report, kind))
    hold_facts(report.text, report.sections, apart=False)
    for check in report.checks:
        hold(all(0 <= start <= end <= len(report.text) for start, end in check.places), check)
    hold(check_report(report) == report.checks, "checks")
    summarise(report)


def _report(given: tuple[str, int | None]) -> None:
    text, year = given
    report = extract(text, Given(year=year, path="甲/乙.txt"))
    hold(report.text == text, "text")
    _hold_report(report)
    if not any("\ud800" <= sign <= "\udfff" for sign in text):
        hold(msgspec.json.decode(msgspec.json.encode(report), type=Report) == report, "JSON")


def _record_line(choices: Choices) -> bytes:
    """A line of JSON Lines, whole or spoiled."""
    formats = ["text", "html", "markdown"]
    record = {"id": any_text(choices)[:8], "text": any_text(choices), "format": formats[choices.below(3)]}
    if choices.below(2):
        record["year"] = [2023, -1, 10**6][choices.below(3)]  # type: ignore[assignment]
        record["org"] = any_text(choices)[:20]
        record["title"] = any_text(choices)[:40]
    line = msgspec.json.encode({key: _whole(value) for key, value in record.items()})
    cut = choices.below(len(line))
    return line if choices.below(6) else line[:cut] + b"\\ud83d" + line[cut + choices.below(9) :]


def _whole(value: object) -> object:
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


def _records(line: bytes) -> None:
    try:
        record = read_record(line)
    except RecordError:
        return
    facts = extract_record(record)
    for found in facts.values():
        for fact in found if isinstance(found, list) else ():
            if "text" in fact:
                hold(record.text[fact["start"] : fact["end"]] == fact["text"], fact)
    msgspec.json.encode(facts)


def _no_recognition(name: str) -> None:
    raise ToolMissing(f"{name}: recognition is left out here, since it takes seconds a page by its nature.")


_LIMITS = Limits(file_mb=1, characters=200_000, pages=50, cells=20_000)


def _readers(given: tuple[str, bytes]) -> None:
    name, content = given
    try:
        with warnings.catch_warnings(), patch.object(recognition, "recogniser", _no_recognition):
            warnings.simplefilter("error")
            source = read_bytes(content, name, _LIMITS)
    except InputError as error:
        hold(name in str(error), error)
        return
    _hold_source(source)


def _hold_source(source: SourceText) -> None:
    source.text.encode()
    hold(len(source.text) <= _LIMITS.characters and bool(source.text.strip()), "text")
    for grid in source.grids:
        hold(0 <= grid.start <= grid.end <= len(source.text), grid)
        for row in grid.rows:
            for cell in row:
                if cell.start is not None and cell.end is not None:
                    hold(grid.start <= cell.start <= cell.end <= grid.end, cell)
    msgspec.json.encode(source)


def _simple(find: Callable[[Reading], Sequence[Fact]]) -> Callable[[str], None]:
    return lambda text: hold_facts(text, find(Reading(text)))


def _with_year(choices: Choices) -> tuple[str, int | None]:
    return any_text(choices), _years(choices)


def _query_in_scope(choices: Choices) -> tuple[str, str]:
    small_store()
    return any_query(choices), pick(choices, list(SCOPES))


TARGETS: dict[str, Target] = {
    "reading": Target(any_text, _reading),
    "numbers": Target(lambda choices: [number, numeral, any_text][choices.below(3)](choices), _numbers),
    "dates": Target(_with_year, _dates),
    "counts": Target(any_text, _counts),
    "zeros": Target(any_text, _simple(find_zeros)),
    "citations": Target(any_text, _simple(find_citations)),
    "sections": Target(any_text, _sections),
    "tables": Target(any_text, _tables),
    "markup": Target(any_text, _markup),
    "masthead": Target(lambda choices: (any_text(choices), any_text(choices), _years(choices)), _masthead),
    "names": Target(any_text, _names),
    "query": Target(any_query, _query),
    "search": Target(_query_in_scope, _search),
    "report": Target(_with_year, _report),
    "records": Target(_record_line, _records),
    "readers": Target(any_file, _readers),
}
