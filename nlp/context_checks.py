"""A report's form, notice, period and dates held against its year, and its figures against its powers."""

import re
from collections.abc import Iterator

from ..data.check_rules import check_rule
from ..data.folding import fold
from ..data.forms import load_forms
from ..data.records import Check, CheckState, Report
from .cell_names import cell_name
from .cell_sums import form_of, number_in
from .identity_checks import amount, shown_numbers
from .spans import Spans

# The revised regulations (in force since 15 May 2019) moved the day for departments to 31 January.
_REVISED = 2018
# The regulations of 2007 came into force on 1 May 2008; the first reports begin there.
_FIRST_PERIOD = "2008-05-01"
_GOVERNMENT = re.compile(
    r"(?:人民政府|管理委员会|管委会|(?<=[省市县区州盟旗])政府)(?:办公[室厅]|办)?$|(?<=.)[省市县区州盟旗乡镇]$"
)
_OFFICE = re.compile(r"(?:办公[室厅]|政府办)$")
_NUMBER = re.compile(r"[^〔\[(]*?(国办公开办函)\D?(\d{4})\D{0,2}?(\d+)号?")
_YEAR_DATE = re.compile(r"\d{4}")
_COMPETENT = "地方上只有省级和设区的市、自治州人民政府"
# One slip of the pen is no copied report; this many mentions of the year before are.
_WRONG_YEARS_MIN = 2


def check_context(report: Report) -> Iterator[Check]:
    """Checks of what surrounds the tables; those whose facts are lacking are left out."""
    if report.genre != "disclosure":
        return
    yield from _tables(report)
    yield from _form_year(report)
    yield from _notice(report)
    yield from _period(report)
    yield from _spoken_year(report)
    yield from _deadline(report)
    yield from _competence(report)


def _check(rule: str, state: CheckState, found: str, **fields: object) -> Check:
    known = check_rule(rule)
    message = f"{known.name}：{found}。"
    return Check(kind="context", rule=rule, state=state, severity=known.severity, message=message, **fields)  # type: ignore[arg-type]


def _state(holds: bool) -> CheckState:
    return "holds" if holds else "fails"


def _tables(report: Report) -> Iterator[Check]:
    due = [form for form in load_forms().values() if report.year and form.due_in(report.year)]
    if not due or report.year is None or report.year <= _REVISED:
        return
    shown = {table.table for table in report.tables if shown_numbers([table])}
    missing = [table.title for table in due[0].tables if table.table not in shown]
    if missing:
        found = f"文中未见有数字的“{'”“'.join(missing)}”，未见不等于0"
        yield _check("context.tables", "not_assessable", found)


def _forms_used(report: Report) -> list[str]:
    used = {table.form for table in report.tables if table.form and table.table != "reviews"}
    return sorted(used or {report.form} - {None})  # type: ignore[arg-type]


def _form_year(report: Report) -> Iterator[Check]:
    used = [name for name in _forms_used(report) if name in load_forms()]
    if len(used) > 1:
        found = f"一份报告中见到{'、'.join(used)}年式样的表"
        yield _check("context.form_mixed", "fails", found)
    if report.year is None or not used:
        return
    form = load_forms()[used[-1]]
    due = "、".join(each.id for each in load_forms().values() if each.due_in(report.year))
    found = f"{report.year}年度报告用{form.id}年式样（{form.notice}），应用{due or '当年'}年式样"
    if form.due_in(report.year):
        found = f"{report.year}年度报告用{form.id}年式样（{form.notice}）"
    yield _check(
        "context.form_year",
        _state(form.due_in(report.year)),
        found,
        left=float(report.year),
        right=float(form.first_year),
    )


def _notice(report: Report) -> Iterator[Check]:
    notices = {form.notice: form.id for form in load_forms().values() if "函" in form.notice}
    cited = {}
    for citation in report.citations:
        matched = _NUMBER.match(fold(citation.number or "").replace(" ", ""))
        if matched:
            cited[f"{matched[1]}〔{matched[2]}〕{matched[3]}号"] = (citation.start, citation.end)
    named = [notice for notice in cited if notice in notices]
    used = _forms_used(report)
    if named and used:
        holds = any(notices[notice] in used for notice in named)
        found = f"引用{'、'.join(named)}，表格为{'、'.join(used)}年式样"
        places = () if holds else tuple(cited[notice] for notice in named)
        yield _check("context.notice", _state(holds), found, places=places)


def _period(report: Report) -> Iterator[Check]:
    period, year = report.period, report.year
    if period is None or year is None:
        return
    if period.iso_start is None or period.iso_end is None:
        yield _check("context.period", "not_assessable", f"“{period.text}”读不出起止日")
        return
    starts = (f"{year}-01-01", _FIRST_PERIOD if year == int(_FIRST_PERIOD[:4]) else "")
    holds = period.iso_start in starts and period.iso_end == f"{year}-12-31"
    found = f"{year}年度报告写明{period.iso_start}至{period.iso_end}"
    places = () if holds else ((period.start, period.end),)
    yield _check("context.period", _state(holds), found, places=places)


def _spoken_year(report: Report) -> Iterator[Check]:
    """Whether the overview speaks of the year reported on, and not of the year before alone."""
    overviews = [(s.end, s.content_end) for s in report.sections if s.kind == "overview" and s.depth == 1]
    if report.year is None or not overviews:
        return
    spans = Spans(overviews)
    said = [
        (date, int(date.edtf))
        for date in report.dates
        if date.edtf and _YEAR_DATE.fullmatch(date.edtf)
        if spans.touches(date.start, date.start + 1)
    ]
    wrong = [date for date, year in said if year == report.year - 1]
    if any(year == report.year for _, year in said):
        yield _check("context.year", "holds", f"总体情况中说的是{report.year}年")
    elif len(wrong) >= _WRONG_YEARS_MIN:
        found = f"总体情况中{len(wrong)}次说{report.year - 1}年，未说{report.year}年"
        yield _check("context.year", "fails", found, places=tuple((d.start, d.end) for d in wrong))


def _deadline(report: Report) -> Iterator[Check]:
    if report.year is None or report.published is None or report.level == "town":
        return
    if report.published <= f"{report.year}-12-30":
        found = f"{report.year}年度报告标注{report.published}发布"
        yield _check("context.published", "fails", found)
        return
    rule = _deadline_rule(report)
    last = f"{report.year + 1}-{'01-31' if rule == 'context.deadline_department' else '03-31'}"
    found = f"{report.published}发布，期限{last}"
    if report.published > f"{report.year + 1}-12-31":
        found += "；晚一年以上，或为重新上网的日期"
    yield _check(rule, _state(report.published <= last), found)


def is_government(org: str | None) -> bool:
    """Whether a body is a government or its office, which report for the whole place; so is one unknown."""
    return not org or _GOVERNMENT.search(org) is not None


def is_office(org: str | None) -> bool:
    """Whether a body is an office, which may report for itself or for all whose office it is."""
    return _OFFICE.search(org or "") is not None


def _deadline_rule(report: Report) -> str:
    if report.year is not None and report.year <= _REVISED:
        return "context.deadline_2007"
    return f"context.deadline_{'government' if is_government(report.org) else 'department'}"


def _competence(report: Report) -> Iterator[Check]:
    """Rules are made by State Council departments and by governments of provinces and cities alone."""
    if report.level is None or report.level == "nation":
        return
    may = report.level in ("province", "city") and is_government(report.org)
    for table in report.tables:
        form = form_of(report, table)
        for code in ("regulations.made", "regulations.newly_made"):
            made = number_in(table.cells.get(code))
            if form and made and not may:
                cell = table.cells[code]
                named = f"{report.org or '本机关'}填{cell_name(form, code)}{amount(made)}"
                found = f"{named}，{_COMPETENT}可以制定规章"
                places = ((cell.start, cell.end),) if cell.start is not None and cell.end is not None else ()
                yield _check("context.competence", "fails", found, left=made, cells=(code,), places=places)
