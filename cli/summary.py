"""`nianbao summary`: the outline of a report."""

from enum import StrEnum
from typing import Annotated

import typer

from ..data.records import Bound, Fact, Figure, Point, Shortcoming, Summary
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database
from .output import print_data, stdout, write_json
from .report_source import named_report


class SummaryFormat(StrEnum):
    """How a summary is written."""

    terminal = "terminal"
    markdown = "markdown"
    json = "json"


def command(
    report: Annotated[
        str, typer.Argument(help="Its id, its path, its title, or organisation and year (平安县2023).")
    ],
    db: Database = DEFAULT_DATABASE,
    format_: Annotated[
        SummaryFormat, typer.Option("--format", "-f", help="How it is written.")
    ] = SummaryFormat.terminal,
    shown: Annotated[int, typer.Option("--shown", min=1, help="Initiatives shown of each category.")] = 3,
) -> None:
    """Outline a report: key figures, initiatives by category, every problem with its plan.

    Each line is quoted from the report and bears its place in the text, [start-end) in characters.

    Example: nianbao summary 平安县2023 --format markdown
    """
    from ..nlp.summaries import summarise

    summary = summarise(named_report(report, db), shown)
    if format_ is SummaryFormat.json:
        write_json(summary)
    elif format_ is SummaryFormat.markdown or not stdout.is_terminal:
        print_data(markdown(summary))
    else:
        from rich.markdown import Markdown

        stdout.print(Markdown(markdown(summary)), soft_wrap=False)


def markdown(summary: Summary) -> str:
    """The summary as Markdown, each line with its place."""
    lines = [f"# {summary.title or summary.org or summary.id}", ""]
    who = [summary.org, f"{summary.year}年度" if summary.year else None, summary.published]
    lines += [" · ".join(part for part in who if part) + f" · `{summary.id}`", ""]
    if summary.figures:
        lines += ["## 关键数据", "", *(_figure(figure) for figure in summary.figures), ""]
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
    if summary.plans.total:
        lines += [f"## 其他计划（{summary.plans.total}）", "", *map(_point, summary.plans.points), ""]
    return "\n".join(lines).rstrip()


def _place(fact: Fact) -> str:
    return f" `[{fact.start}-{fact.end})`"


def _quoted(fact: Fact) -> str:
    """The quotation on one line, with Markdown's signs made harmless."""
    text = "".join(fact.text.split("\n")).strip()
    return "".join(f"\\{sign}" if sign in "\\`*_#|<>[]" else sign for sign in text)


def _line(fact: Fact) -> str:
    return f"- {_quoted(fact)}{_place(fact)}"


def _figure(figure: Figure) -> str:
    return f"- {figure.indicator}：{amount(figure.value, figure.unit, figure.bound)}{_place(figure)}"


def amount(value: float, unit: str | None, bound: Bound) -> str:
    """A number as people write it: 1.2亿元, 554条以上, 约300人次."""
    number, scale = value, ""
    for factor, name in ((10**12, "万亿"), (10**8, "亿"), (10**5, "万")):
        if abs(value) >= factor and unit != "%":
            number, scale = value / (10**4 if name == "万" else factor), name
            break
    written = f"{round(number, 4):,.4f}".rstrip("0").rstrip(".")
    words = {"about": ("约", ""), "more": ("", "以上"), "less": ("不足", ""), "exact": ("", "")}
    before, after = words[bound]
    return f"{before}{written}{scale}{unit or ''}{after}"


def _point(point: Point) -> str:
    category = f"【{term('category', point.category)}】" if point.category else ""
    return f"- {category}{_quoted(point)}{_place(point)}"


def _shortcoming(problem: Shortcoming) -> list[str]:
    return [_point(problem), *(f"    - → {_quoted(plan)}{_place(plan)}" for plan in problem.plans)]
