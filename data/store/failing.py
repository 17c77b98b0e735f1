"""Checks that fail: of some reports one by one, of an archive by rule."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from sqlite_utils import Database

from ..records import Severity
from .sought import Sought, find_plan

_COLUMNS = "c.report_id, r.org, r.year, r.genre, c.rule, c.kind, c.severity, c.message, c.places"
# By itself SQLite takes the index of the states, and reads all that fails in the archive.
_OF_REPORTS = f"""
select {_COLUMNS} from checks c indexed by idx_checks_report_id
join reports r indexed by idx_reports_id_fields on r.id = c.report_id
where c.state = 'fails' and c.report_id in (select value from json_each(:reports)) order by r.year, c.id
"""
_BY_RULE = """
select c.rule, max(c.kind) as kind, max(c.severity) as severity, count(*) as checks,
  count(distinct c.report_id) as reports
from checks c indexed by idx_checks_state_rule where c.state = 'fails' {among}
group by c.rule order by reports desc, c.rule
"""
# The last of each rule, without a look at the others.
_EXAMPLES = f"""
select {_COLUMNS} from (
  select c.* from checks c indexed by idx_checks_state_rule
  where c.state = 'fails' and c.rule = :rule {{among}} order by c.id desc limit :limit
) c join reports r on r.id = c.report_id order by c.id desc
"""


class FailingCheck(msgspec.Struct, frozen=True, kw_only=True):
    """A check that fails, with its report; `places` are `[start, end)` in the report's text."""

    report_id: str
    org: str | None
    year: int | None
    genre: str
    rule: str
    kind: str
    severity: Severity
    message: str
    places: tuple[tuple[int, int], ...]


class FailingRule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that fails in so many `checks` of so many `reports`; `examples` are the last that came."""

    rule: str
    kind: str
    severity: Severity
    checks: int
    reports: int
    examples: tuple[FailingCheck, ...]


def read_failing(db: Database, reports: Sequence[str]) -> Iterator[FailingCheck]:
    """The failing checks of these reports, by year."""
    yield from map(_failing, db.query(_OF_REPORTS, {"reports": json.dumps(reports)}))


def read_failing_rules(db: Database, among: Sought, examples: int) -> list[FailingRule]:
    """The rules that fail in the reports a search finds, in most reports first; raises QueryError."""
    plan = find_plan(db, among)[1]
    where = "" if among == Sought() else f"and c.report_id in ({plan.report_ids})"
    named = plan.named | {"limit": examples}
    rules = list(db.query(_BY_RULE.format(among=where), named))
    shown = _EXAMPLES.format(among=where)
    return [
        FailingRule(**row, examples=tuple(map(_failing, db.query(shown, named | {"rule": row["rule"]}))))
        for row in rules
    ]


def _failing(row: dict[str, Any]) -> FailingCheck:
    return msgspec.convert(row | {"places": json.loads(row["places"])}, FailingCheck)
