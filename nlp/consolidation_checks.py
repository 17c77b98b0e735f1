"""The table of a government held against the sum of the bodies below it."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..data.check_rules import check_rule
from ..data.forms import load_forms
from ..data.records import Check, CheckState, ReportTables
from ..data.regions.divisions import divisions
from .cell_names import cell_name
from .cell_sums import number_in
from .context_checks import is_government
from .identity_checks import amount

# Figures that a government compiles from the bodies below it (政府信息公开条例 第四十九条).
_COMPILED = (
    "new_requests.total",
    "total_handled.total",
    "carried_forward.total",
    "reconsideration.total",
    "litigation_direct.total",
    "litigation_after_reconsideration.total",
    "licensing.decisions",
    "penalties.decisions",
)


class _Family(NamedTuple):
    """A government's report with those of one year of the governments below it and of its own departments."""

    parent: ReportTables
    governments: tuple[ReportTables, ...]
    departments: tuple[ReportTables, ...]
    expected: int


def check_consolidation(reports: Sequence[ReportTables]) -> Iterator[tuple[ReportTables, Check]]:
    """Checks of governments whose lower bodies are in the archive, each with the government's report.

    A compiled table is no smaller than the sum of the governments below and the departments at hand. That
    is judged only where every government below reports the figure: else the check is not assessable.
    """
    for family in _families(reports):
        if len(family.governments) < family.expected or not family.expected:
            yield family.parent, _incomplete(family)
        else:
            for code in _COMPILED:
                if (check := _check(family, code)) is not None:
                    yield family.parent, check


def _families(reports: Sequence[ReportTables]) -> Iterator[_Family]:
    places: dict[tuple[int, str], list[ReportTables]] = {}
    for report in reports:
        if report.region and report.region.code and report.year:
            places.setdefault((report.year, report.region.code), []).append(report)
    for (year, code), here in places.items():
        for parent in filter(_is_parent, here):
            below = _codes_below(code, year)
            governments = [
                report for each in below for report in places.get((year, each), ()) if _is_parent(report)
            ]
            departments = [
                report for report in here if report is not parent and not is_government(report.org)
            ]
            if governments or departments:
                yield _Family(parent, tuple(governments), tuple(departments), len(below))


def _is_parent(report: ReportTables) -> bool:
    """Whether a report is that of a government at county level or above, not of its office or a town."""
    return bool(report.org and report.org.endswith("人民政府") and report.level not in (None, "town"))


@cache
def _codes_below(code: str, year: int) -> tuple[str, ...]:
    """Codes of the divisions right below one, as listed in a year."""
    found = {
        each.code
        for each in divisions()
        if each.parent == code and (each.until is None or each.until >= year)
    }
    return tuple(sorted(found))


def _number(report: ReportTables, code: str) -> float | None:
    return next(
        (number for table in report.tables if (number := number_in(table.cells.get(code))) is not None), None
    )


def _check(family: _Family, code: str) -> Check | None:
    own = _number(family.parent, code)
    governments = [_number(report, code) for report in family.governments]
    departments = [_number(report, code) for report in family.departments]
    if own is None or not any(number is not None for number in governments):
        return None
    total = sum(number or 0 for number in governments + departments)
    known = None not in governments
    state: CheckState = "not_assessable" if not known else "holds" if total <= own else "fails"
    found = {
        "holds": "相符",
        "fails": f"少{amount(total - own)}；或有误，或表格只统计本级",
        "not_assessable": f"下级有{governments.count(None)}个未填此数，不能判定",
    }[state]
    name = cell_name(next(iter(load_forms().values())), code)
    return Check(
        kind="series",
        rule=f"series.parent.{code}",
        state=state,
        severity=check_rule("series.parent").severity,
        left=own,
        right=total,
        difference=round(own - total, 6),
        cells=(code,),
        message=f"{check_rule('series.parent').name}：{name}，{family.parent.org}{amount(own)}，"
        f"{_bodies(family)}之和{amount(total)}，{found}。",
    )


def _bodies(family: _Family) -> str:
    governments = f"下级{len(family.governments)}个政府" if family.governments else ""
    departments = f"{len(family.departments)}个部门" if family.departments else ""
    return "和".join(part for part in (governments, departments) if part)


def _incomplete(family: _Family) -> Check:
    rule = check_rule("series.parent")
    wanted = f"，下级政府应有{family.expected}个" if family.expected else "，乡镇和部门是否齐全无从得知"
    return Check(
        kind="series",
        rule="series.parent",
        state="not_assessable",
        severity=rule.severity,
        message=f"{rule.name}：档案中{family.parent.year}年度只有{_bodies(family)}{wanted}，不能判定。",
    )
