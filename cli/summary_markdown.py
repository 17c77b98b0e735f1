"""Summaries as Markdown, each line with its place."""

from collections.abc import Iterable

from ..data.records import Fact, Point, Shortcoming, Summary
from ..data.terms import term
from ..nlp.summaries import (
    Development,
    Digest,
    Group,
    Place,
    Quotation,
    development_line,
    figure_line,
)

_GROUPS = {
    "returning": "再次出现的问题",
    "new": "新出现的问题",
    "gone": "最近一年未再提及的问题",
    "problem": "问题",
    "initiative": "举措",
    "plan": "计划",
    "other": "其他",
}
# Marks that end a sentence; a quotation that ends otherwise was cut.
_ENDS = "。；！？.;!?："


def markdown(summary: Summary) -> str:
    """The summary of a report."""
    lines = [f"# {summary.title or summary.org or summary.id}", ""]
    who = [summary.org, f"{summary.year}年度" if summary.year else None, summary.published]
    lines += [" · ".join(part for part in who if part) + f" · `{summary.id}`", ""]
    if summary.figures:
        lines += ["## 关键数据", "", *(f"- {figure_line(one)}{_place(one)}" for one in summary.figures), ""]
    if summary.zeros:
        lines += ["## 零陈述", "", *(_line(zero) for zero in summary.zeros), ""]
    if summary.initiatives:
        lines += ["## 举措", ""]
        for group in summary.initiatives:
            lines += [f"**{term('category', group.category)}**（{group.total}）", ""]
            lines += [*(_line(point) for point in group.points), ""]
    if summary.problems:
        lines += ["## 存在问题与改进措施", ""]
        for problem in summary.problems:
            lines += _shortcoming(problem)
        lines += [""]
    if summary.plans.points:
        lines += [f"## 其他计划（{summary.plans.total}）", "", *map(_point, summary.plans.points), ""]
    return "\n".join(lines).rstrip()


def digest_markdown(digest: Digest) -> str:
    """The summary of several reports; each line names the report it stands in."""
    series = digest.scope == "series"
    lines = [f"# {_plain(digest.about or '全部陈述')}", "", _counts(digest), ""]
    if digest.developments:
        lines += ["## 关键数据", "", *map(_development, digest.developments), ""]
    headed = None
    for group in digest.groups:
        if group.kind != headed:
            headed = group.kind
            count = f"（{group.total}）" if group.kind != "initiative" or not series else ""
            lines += [f"## {_GROUPS[group.kind]}{count}", ""]
        if series and group.kind == "initiative":
            lines += [f"**{term('category', group.category or 'general')}**（{group.total}）", ""]
        lines += [*_quotations(group, series), ""]
    return "\n".join(lines).rstrip()


def _counts(digest: Digest) -> str:
    years = [str(year) for year in (digest.first_year, digest.last_year) if year is not None]
    span = f"{'—'.join(dict.fromkeys(years))}年" if years else None
    bodies = f"{digest.bodies}个机构" if digest.scope == "query" else None
    more = f"（只读了前{digest.statements}条）" if digest.truncated else ""
    counts = (span, bodies, f"{digest.reports}份报告", f"{digest.statements}条陈述{more}")
    return " · ".join(part for part in counts if part)


def _development(development: Development) -> str:
    places = "，".join(f"{one.report}[{one.start}-{one.end})" for one in development.figures)
    return f"- {development_line(development)} `{places}`"


def _quotations(group: Group, series: bool) -> Iterable[str]:
    for one in group.quotations:
        category = (
            f"【{term('category', one.category)}】" if one.category and group.kind != "initiative" else ""
        )
        yield f"- {category}{_quoted(one)}{_source(one, series)}{_also(one, group.kind, series)}"
        for plan in one.plans:
            yield f"    - → {_quoted(plan)}{_source(plan, series)}"


def _source(quotation: Quotation, series: bool) -> str:
    who = "" if series or not quotation.org else f"{_plain(quotation.org)}"
    year = f"{quotation.year}年" if quotation.year else ""
    return f"（{who}{year}） `{quotation.report}[{quotation.start}-{quotation.end})`"


def _also(quotation: Quotation, kind: str, series: bool) -> str:
    """Where it is said besides: years of a series, else how many more."""
    if not quotation.alike:
        return ""
    places = "，".join(map(_elsewhere, quotation.also))
    if series:
        years = "、".join(dict.fromkeys(str(one.year) for one in quotation.also))
        said = "又见" if kind == "initiative" else "此前见"
        return f" {said}{years}年 `{places}`"
    return f" 另有{quotation.alike}处相近 `{places}{'…' if quotation.alike > len(quotation.also) else ''}`"


def _elsewhere(place: Place) -> str:
    return f"{place.report}[{place.start}-{place.end})"


def _place(fact: Fact) -> str:
    return f" `[{fact.start}-{fact.end})`"


def _plain(text: str) -> str:
    """Text on one line, with Markdown's signs made harmless."""
    line = "".join(text.split("\n")).strip()
    return "".join(f"\\{sign}" if sign in "\\`*_#|<>[]" else sign for sign in line)


def _quoted(fact: Fact) -> str:
    """The quotation on one line; one that was cut ends with dots."""
    line = _plain(fact.text)
    return line if not isinstance(fact, Point | Quotation) or line.endswith(tuple(_ENDS)) else f"{line}……"


def _line(fact: Fact) -> str:
    return f"- {_quoted(fact)}{_place(fact)}"


def _point(point: Point) -> str:
    category = f"【{term('category', point.category)}】" if point.category else ""
    return f"- {category}{_quoted(point)}{_place(point)}"


def _shortcoming(problem: Shortcoming) -> list[str]:
    return [_point(problem), *(f"    - → {_quoted(plan)}{_place(plan)}" for plan in problem.plans)]
