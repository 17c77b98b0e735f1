"""`nianbao report`: a report as one HTML page that needs nothing else."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ..data.exports.staging import staged
from .options import DEFAULT_DATABASE, Database
from .report_source import named_report


def command(
    report: Annotated[
        str, typer.Argument(help="Its id, its path, its title, or organisation and year (平安县2023).")
    ],
    html: Annotated[Path, typer.Option("--html", help="The file to write.", show_default=False)],
    db: Database = DEFAULT_DATABASE,
    language: Annotated[
        Literal["zh", "en"], typer.Option("--lang", help="The language around the report.")
    ] = "zh",
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a report as one HTML page, every fact marked in its text: to send to somebody without nianbao.

    Example: nianbao report 平安县2023 --html 平安县2023.html
    """
    from .web.alone import report_page

    page = report_page(named_report(report, db), language)
    with staged(html, force=force, protected=db) as place:
        place.write_text(page, encoding="utf-8")
