"""What trends are counted from: who reported when, how many statements of each category, what figures."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from sqlite_utils import Database

from ..bodies import Body, body_of
from ..records import Genre, Label, Level, Region
from .sought import Sought, find_plan
from .views import PanelColumn, panel_cells, panel_value

_HEAD = "r.id, r.org, r.genre, r.level, r.year, r.form, r.region_code, r.province, r.city, r.county"
# As in the panel, of several reports of one body and year the last published stands.
_ORDER = "order by r.published desc, r.id"
_PLACES = ("code", "province", "city", "county")

_LABELLED = """
select s.report_id, s.category, count(*), sum(s.uncertain) from statements s
where s.label = :label {among} group by s.report_id, s.category
"""
# Cells are found in the order of their codes but read in that of the file: a large one is not in memory, and
# to read here and there takes twenty times as long.
_FIGURES = """
select c.report_id, {values} from (
  select k.id from table_cells k where k.code in ({codes}) {among} order by k.id
) k cross join table_cells c on c.id = k.id
where c.state in ('value', 'zero') group by c.report_id
"""


class YearReport(msgspec.Struct, frozen=True, kw_only=True):
    """The report that stands for a body, genre and year, without its text.

    `body` is who reports, the same under its full and its short name.
    """

    id: str
    org: str
    genre: Genre
    level: Level | None
    region: Region
    year: int
    form: str | None
    body: Body


class _Who(NamedTuple):
    org: str | None
    region: Region | None


class LabelCounts(msgspec.Struct, frozen=True):
    """How many statements of a label a report has by category, and how many of them are uncertain."""

    categories: dict[str, int]
    uncertain: int = 0


def read_year_reports(db: Database, among: Sought) -> tuple[YearReport, ...]:
    """A report for each body, genre and year by year and name; those of unknown body or year are left out."""
    plan = find_plan(db, among)[1]
    standing: dict[tuple[int, Genre, int], YearReport] = {}
    bodies: dict[tuple[str | None, ...], tuple[int, Body, Region]] = {}
    numbers: dict[Body, int] = {}
    for id_, org, genre, level, year, form, *place in db.execute(plan.statement(_HEAD, _ORDER), plan.named):
        if not org or year is None:
            continue
        # Names are taken apart once for all reports that have them.
        who = bodies.get((org, *place))
        if who is None:
            region = Region(**dict(zip(_PLACES, place, strict=True)))
            body = body_of(_Who(org, region))
            who = bodies[org, *place] = numbers.setdefault(body, len(numbers)), body, region
        number, body, region = who
        if (number, genre, year) not in standing:
            standing[number, genre, year] = YearReport(
                id=id_, org=org, genre=genre, level=level, region=region, year=year, form=form, body=body
            )
    return tuple(sorted(standing.values(), key=lambda report: (report.year, report.org, report.id)))


def read_label_counts(db: Database, label: Label, among: Sought) -> dict[str, LabelCounts]:
    """By report id; a report without such a statement is not there, one without category is `general`."""
    plan = find_plan(db, among)[1]
    reports = f"and s.report_id in ({plan.report_ids})"
    sql = _LABELLED.format(among="" if among == Sought() else reports)
    counted: dict[str, dict[str, int]] = defaultdict(dict)
    uncertain: dict[str, int] = defaultdict(int)
    for report, category, number, doubtful in db.execute(sql, plan.named | {"label": label}):
        kinds = counted[report]
        kinds[category or "general"] = kinds.get(category or "general", 0) + number
        uncertain[report] += doubtful
    return {report: LabelCounts(kinds, uncertain[report]) for report, kinds in counted.items()}


def read_figures(db: Database, columns: Sequence[PanelColumn], among: Sought) -> dict[str, dict[str, float]]:
    """By report id the figures of these columns of the panel, where there is a number: blank is not 0."""
    if not columns:
        return {}
    plan = find_plan(db, among)[1]
    tables = f"and k.table_id in (select t.id from tables t where t.report_id in ({plan.report_ids}))"
    sql = _FIGURES.format(
        values=", ".join(map(panel_value, columns)),
        codes=", ".join(map(repr, _codes(columns))),
        among="" if among == Sought() else tables,
    )
    names = [column.column for column in columns]
    found = {}
    for report, *values in db.execute(sql, plan.named):
        pairs = zip(names, values, strict=True)
        found[report] = {name: value for name, value in pairs if value is not None}
    return found


def _codes(columns: Iterable[PanelColumn]) -> list[str]:
    return sorted({code for column in columns for _, code in panel_cells(column)})
