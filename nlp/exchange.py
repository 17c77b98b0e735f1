"""JSON Lines in and out: records of text in, facts with their places out.

One object a line, offsets in characters of the record's `text`, end exclusive.
"""

from typing import Any, Literal

import msgspec

from ..data.errors import RecordError
from ..data.records import Genre, Report, SectionKind
from .given import Given
from .markup import blank_markup
from .pipeline import extract
from .table_cells import markup_grids


class Record(msgspec.Struct, kw_only=True):
    """A text to be read, with what is known of it; fields not named here are passed over."""

    id: str | int
    text: str
    year: int | None = None
    org: str | None = None
    title: str | None = None
    section: SectionKind | None = None
    genre: Genre | None = None
    format: Literal["text", "html", "markdown"] = "text"


# What a record is answered with; a whole report adds the fields of its masthead.
_FACTS = ("dates", "counts", "zeros", "statements", "citations", "organisations", "people", "tables")

_decoder = msgspec.json.Decoder(Record)


def read_record(line: str | bytes) -> Record:
    """The record on a line of JSON Lines; raises RecordError saying what is wrong with it."""
    try:
        return _decoder.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise RecordError(
            f'{error}. A record is one JSON object a line: {{"id": "…", "text": "…", "year": 2023}}.'
        ) from None


def extract_record(record: Record) -> dict[str, Any]:
    """The facts in a record's text under the record's `id`, ready to be written as JSON."""
    text = blank_markup(record.text) if record.format == "html" else record.text
    given = Given(
        org=record.org,
        year=record.year,
        title=record.title,
        section=record.section,
        genre=record.genre,
        grids=markup_grids(record.text) if record.format == "html" else (),
    )
    facts = report_facts(extract(text, given))
    if text is not record.text:
        facts = _requoted(facts, record.text)
    return {"id": record.id, **facts}


def report_facts(report: Report) -> dict[str, Any]:
    """The facts of a report, without its masthead and text."""
    return {kind: msgspec.to_builtins(getattr(report, kind)) for kind in _FACTS}


def _requoted(facts: dict[str, Any], text: str) -> dict[str, Any]:
    """The same facts with quotations from `text`, which has them at the same places."""
    return {
        kind: [
            {**fact, "text": text[fact["start"] : fact["end"]]} if "text" in fact else fact for fact in found
        ]
        for kind, found in facts.items()
    }
