"""`nianbao show`: a report with its facts marked."""

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from ..data.records import Fact, Report, Section, Statement
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import stdout, write_json
from .report_source import named_report

# Colours of the kinds of fact, and their order where they overlap: the last one wins.
STYLES = {
    "organisations": "italic",
    "people": "italic underline",
    "citations": "magenta",
    "dates": "cyan",
    "counts": "bold green",
    "zeros": "bold yellow",
}
LABEL_STYLES = {"initiative": "blue", "problem": "red", "plan": "green", "other": "dim"}


def command(
    report: Annotated[
        str, typer.Argument(help="Its id, its path, its title, or organisation and year (平安县2023).")
    ],
    db: Database = DEFAULT_DATABASE,
    as_json: Json = False,
) -> None:
    """Show a report: who and when, then its statements, labelled, with every fact marked in place.

    Example: nianbao show 3f2a9c --db 年报.db
    """
    found = named_report(report, db)
    if as_json:
        write_json(found)
        return
    stdout.print(masthead(found))
    stdout.print(legend())
    stdout.print()
    for line in body(found):
        stdout.print(line)


def masthead(report: Report) -> Table:
    """Who reports, on what, when, by which form."""
    table = Table(box=None, show_header=False, pad_edge=False)
    region = report.region
    places = [region.province, region.city, region.county] if region else []
    place = " ".join(name for name in places if name)
    rows = {
        "title": report.title,
        "org": report.org,
        "region": f"{place} {region.code or ''}".strip() if region else None,
        "level": term("level", report.level),
        "year": report.year,
        "period": report.period and report.period.edtf,
        "published": report.published,
        "index_number": report.index_number,
        "document_number": report.document_number,
        "form": report.form,
        "id": report.id,
    }
    for field, value in rows.items():
        if value:
            table.add_row(Text(term("field", field), style="dim"), str(value))
    return table


def legend() -> Text:
    """What the colours mean."""
    text = Text("\n")
    for kind, style in STYLES.items():
        text.append(term("kind", kind), style=style)
        text.append("  ")
    return text


def body(report: Report) -> list[Text]:
    """Headings and statements in the order of the text."""
    facts: list[tuple[str, Fact]] = [(kind, fact) for kind in STYLES for fact in getattr(report, kind)]
    pieces: list[Section | Statement] = [*report.sections, *report.statements]
    pieces.sort(key=lambda piece: (piece.start, piece.end))
    lines = []
    for piece in pieces:
        if isinstance(piece, Section):
            lines.append(_heading(piece))
        else:
            lines.append(_statement(piece, facts))
    return lines


def _heading(section: Section) -> Text:
    name = " ".join(section.text.split()) or term("section", section.kind)
    return Text(f"\n{'#' * section.depth} {name}", style="bold")


def _statement(statement: Statement, facts: list[tuple[str, Fact]]) -> Text:
    label = term("label", statement.label)
    category = f"·{term('category', statement.category)}" if statement.category else ""
    doubt = "?" if statement.uncertain else ""
    text = Text(f"[{label}{doubt}{category}] ", style=LABEL_STYLES[statement.label])
    quoted = Text(statement.text.replace("\n", " "), style="not dim")
    for kind, fact in facts:
        if statement.start <= fact.start and fact.end <= statement.end:
            quoted.stylize(STYLES[kind], fact.start - statement.start, fact.end - statement.start)
    return text.append_text(quoted)
