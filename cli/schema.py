"""`nianbao schema`: the JSON Schema of what comes out, and the data dictionary of the database."""

from enum import StrEnum
from typing import Annotated

import typer

from ..data.records import Report, Summary, json_schema
from .output import print_data, write_json


class Kind(StrEnum):
    """What the schema describes."""

    report = "report"
    summary = "summary"
    dictionary = "dictionary"


def command(
    kind: Annotated[Kind, typer.Argument(help="What to describe.")] = Kind.report,
    markdown: Annotated[bool, typer.Option("--markdown", help="The dictionary as a page to read.")] = False,
) -> None:
    """Print the JSON Schema (2020-12) of a report with its facts, or of a summary, or the data dictionary.

    The dictionary says of each table and column of the database its type, unit, labels, meaning and codes.

    Example: nianbao schema > report.schema.json
    """
    if kind is not Kind.dictionary:
        write_json(json_schema({Kind.report: Report, Kind.summary: Summary}[kind]))
        return
    from ..data.exports.dictionary_page import dictionary_page
    from ..data.store import schema_dictionary

    if markdown:
        print_data(dictionary_page(schema_dictionary()).removesuffix("\n"))
    else:
        write_json(schema_dictionary())
