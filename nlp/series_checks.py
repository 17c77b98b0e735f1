"""Reports of an archive held against each other: year against year, a government against its bodies."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from ..data.bodies import Body, body_of
from ..data.check_rules import check_rule
from ..data.forms import CrossYearIdentity, Form, load_forms
from ..data.forms import Term as YearTerm
from ..data.records import Cell, Check, ReportTables
from .cell_names import cell_name
from .cell_sums import Cells, Term, Total, Verdict, judge, number_in, term_of, total
from .consolidation_checks import check_consolidation
from .identity_checks import amount, difference_of

# Tables of two years that share so many numbers above 0, and have no other, were copied.
_COPIED_MIN = 8


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A check with the report it is about."""

    org: str
    year: int
    report_id: str
    check: Check


def check_series(reports: Iterable[ReportTables]) -> tuple[Finding, ...]:
    """Checks between reports of an archive, by body and year.

    Consecutive years of one body by the identities of the form (上年结转 is what was carried forward, and
    现行有效 follows from the year before), tables copied from the year before, and the table of a government
    against the sum of the bodies below it. Years and bodies that are not there give no check.
    """
    by_body: dict[Body, dict[int, ReportTables]] = {}
    for report in reports:
        if report.org and report.year:
            by_body.setdefault(body_of(report), {})[report.year] = report
    found: list[Finding] = []
    for years in by_body.values():
        for before, after in pairwise(sorted(years)):
            if after == before + 1:
                found += _findings(years[after], _check_years(years[before], years[after]))
    current = [report for years in by_body.values() for report in years.values()]
    for report, check in check_consolidation(current):
        found += _findings(report, (check,))
    return tuple(sorted(found, key=lambda finding: (finding.org, finding.year)))


def _findings(report: ReportTables, checks: Iterable[Check]) -> list[Finding]:
    org, year = report.org or "", report.year or 0
    return [Finding(org=org, year=year, report_id=report.id, check=check) for check in checks]


def cells_of(report: ReportTables) -> dict[str, Cell]:
    """The cells of all tables by code; of two with the same code the first that has a number."""
    cells: dict[str, Cell] = {}
    for table in report.tables:
        for code, cell in table.cells.items():
            if number_in(cells.get(code)) is None:
                cells[code] = cell
    return cells


def _check_years(before: ReportTables, after: ReportTables) -> Iterator[Check]:
    form = _form(after)
    if form is not None:
        cells = cells_of(after), cells_of(before)
        for identity in form.cross_year:
            totals = [_total(side, cells) for side in (identity.left, identity.right)]
            if all(term.shown for total in totals for term in total.terms):
                yield _check(form, identity, totals[0], totals[1])
    yield from _copied(before, after)


def _form(report: ReportTables) -> Form | None:
    names = [report.form, *(table.form for table in report.tables)]
    return next((load_forms()[name] for name in names if name in load_forms()), None)


def _total(side: Iterable[YearTerm], cells: tuple[Cells, Cells]) -> Total:
    return total(term_of(cells[term.years_before], term.cell, term.sign) for term in side)


def _check(form: Form, identity: CrossYearIdentity, left: Total, right: Total) -> Check:
    verdict = judge(identity.op, left, right)
    # Single columns may be recounted from one year to the next, totals not.
    totals = all(term.address.endswith(".total") for term in left.terms)
    return Check(
        kind="series",
        rule=identity.id,
        state=verdict[0],
        severity=identity.severity if totals else "warning",
        left=left.value if left.known else None,
        right=right.value if right.known else None,
        difference=difference_of(left, right),
        cells=tuple(term.address for term in left.terms + right.terms),
        message=_message(form, identity, left, right, verdict),
    )


def _message(form: Form, identity: CrossYearIdentity, left: Total, right: Total, verdict: Verdict) -> str:
    this = f"本年报告{cell_name(form, left.terms[0].address)}{amount(left.terms[0].value)}"
    parts = [
        ("－" if term.sign < 0 else "＋") + ("上年报告" if spec.years_before else "本年") + _told(form, term)
        for spec, term in zip(identity.right, right.terms, strict=True)
    ]
    other = "".join(parts).removeprefix("＋")
    if len(parts) > 1 and right.known:
        other += f"＝{amount(right.value)}"
    state, reason = verdict
    ending = {"holds": "相符", "fails": f"相差{amount(abs(left.value - right.value))}"}
    found = ending.get(state, "有空格，空格不等于0，不能判定")
    remark = "（空格按0计）" if reason == "as_nought" else ""
    return f"{check_rule(identity.id).name}：{this}，{other}，{found}{remark}。"


def _told(form: Form, term: Term) -> str:
    return f"{cell_name(form, term.address)}{amount(term.value)}"


def _copied(before: ReportTables, after: ReportTables) -> Iterator[Check]:
    """Whether every table of a year has the numbers of the year before, none of them all zeros."""
    values = [_values(before), _values(after)]
    filled = [sum(1 for number in numbers if number) for numbers in values[1].values()]
    if values[0] == values[1] and filled and all(filled) and sum(filled) >= _COPIED_MIN:
        found = f"{before.year}年与{after.year}年的{len(filled)}张表共{sum(filled)}个非零数全部相同，疑为照抄"
        rule = check_rule("series.copy")
        message = f"{rule.name}：{found}。"
        yield Check(kind="series", rule="series.copy", state="fails", severity=rule.severity, message=message)


def _values(report: ReportTables) -> dict[str, tuple[float | None, ...]]:
    return {
        table.table: tuple(number_in(table.cells[code]) for code in sorted(table.cells))
        for table in report.tables
    }
