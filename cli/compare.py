"""`nianbao compare`: two reports side by side."""

from enum import StrEnum
from typing import Annotated

import typer

from .comparison_pages import markdown
from .comparison_tables import print_comparison
from .options import DEFAULT_DATABASE, Database
from .output import print_data, write_json
from .report_source import named_report

_NAME = "Its id, its path, its title, or organisation and year (平安县2023)."


class ComparisonFormat(StrEnum):
    """How a comparison is written."""

    terminal = "terminal"
    markdown = "markdown"
    json = "json"


def command(
    left: Annotated[str, typer.Argument(metavar="A", help=_NAME)],
    right: Annotated[str, typer.Argument(metavar="B", help="The other; of one body the later year.")],
    db: Database = DEFAULT_DATABASE,
    format_: Annotated[
        ComparisonFormat, typer.Option("--format", "-f", help="How it is written.")
    ] = ComparisonFormat.terminal,
    every: Annotated[
        bool, typer.Option("--all", help="Figures and passages that are the same, too.")
    ] = False,
) -> None:
    """Compare two reports: one body in two years, or two bodies.

    Figures with their change and share, problems, plans and initiatives that are new, gone or repeated, and
    the passages that were changed, word by word. A blank (空) and a nil mark are not 0; JSON has it all.

    Example: nianbao compare 平安县2022 平安县2023 --db 年报.db
    """
    from ..nlp.compare import compare

    found = compare(named_report(left, db), named_report(right, db))
    if format_ is ComparisonFormat.json:
        write_json(found)
    elif format_ is ComparisonFormat.markdown:
        print_data(markdown(found, every=every))
    else:
        print_comparison(found, every=every)
