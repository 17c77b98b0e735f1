"""Pages that need nothing else: to be sent to somebody who has nothing installed."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markupsafe import Markup

from ...data.records import Report, Summary
from .languages import Code, language
from .report import report_context

_TEMPLATES, _STYLES = Path(__file__).with_name("templates"), Path(__file__).with_name("static")


def report_page(
    report: Report,
    code: Code = "zh",
    part: Literal["whole", "summary"] = "whole",
    summary: Summary | None = None,
) -> str:
    """HTML of a report with its facts marked, or of its summary, with its styles in it and no script."""
    context = report_context(report, language(code), summary)
    title = report.title or report.org or report.id
    return _page("alone.html", code, **context, title=title, part=part, in_archive=False)


def text_page(markdown: str, code: Code = "zh") -> str:
    """HTML of a text in Markdown (CommonMark), whose first line is its title; HTML in it is shown as text."""
    title = markdown.partition("\n")[0].lstrip("# ")
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    return _page("alone_text.html", code, title=title, body=Markup(body))


def _page(template: str, code: Code, **context: Any) -> str:  # noqa: ANN401 - of templates
    styles = "".join((_STYLES / name).read_text(encoding="utf-8") for name in ("frame.css", "report.css"))
    return (
        _templates()
        .get_template(f"nianbao/{template}")
        .render(context, t=language(code), styles=Markup(styles))
    )


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
