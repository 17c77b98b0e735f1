"""The statements of some reports, as they stand."""

import json
from collections.abc import Iterator, Sequence

import msgspec
from sqlite_utils import Database

from ..records import Label

_SQL = """
select id, report_id, n, label, category, uncertain, answers, start, "end", text from statements
where report_id in (select value from json_each(?)) order by report_id, n
"""


class StatedIn(msgspec.Struct, frozen=True, kw_only=True):
    """A statement: `text` at `[start, end)` of a report's text; a plan `answers` the problem of that `n`."""

    id: int
    report_id: str
    n: int | None
    label: Label
    category: str | None
    uncertain: bool
    answers: int | None
    start: int
    end: int
    text: str


def read_stated(db: Database, reports: Sequence[str]) -> Iterator[StatedIn]:
    """The statements of these reports, report by report in their order."""
    for row in db.query(_SQL, [json.dumps(reports)]):
        yield StatedIn(**row | {"uncertain": bool(row["uncertain"])})
