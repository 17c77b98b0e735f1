"""A report as one page that needs nothing else: to be sent to somebody who has nothing installed."""

from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup

from ...data.records import Report
from .languages import Code, language
from .report import report_context

_TEMPLATES, _STYLES = Path(__file__).with_name("templates"), Path(__file__).with_name("static")


def report_page(report: Report, code: Code = "zh", part: Literal["whole", "summary"] = "whole") -> str:
    """HTML of a report with its facts marked, or of its summary, with its styles in it and no script."""
    words = language(code)
    styles = "".join((_STYLES / name).read_text(encoding="utf-8") for name in ("frame.css", "report.css"))
    context = report_context(report, words) | {"t": words, "part": part, "in_archive": False}
    return _templates().get_template("nianbao/alone.html").render(context, styles=Markup(styles))


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True)
