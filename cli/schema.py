"""`nianbao schema`: the JSON Schema of what comes out."""

from enum import StrEnum
from typing import Annotated

import typer

from ..data.records import Report, Summary, json_schema
from .output import write_json


class Kind(StrEnum):
    """What the schema describes."""

    report = "report"
    summary = "summary"


def command(
    kind: Annotated[Kind, typer.Argument(help="What to describe.")] = Kind.report,
) -> None:
    """Print the JSON Schema (2020-12) of a report with its facts, or of a summary.

    Example: nianbao schema > report.schema.json
    """
    write_json(json_schema({Kind.report: Report, Kind.summary: Summary}[kind]))
