"""`nianbao summary`: the outline of a report, of a body through the years, of what a query finds."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from ..data.exports.staging import staged
from ..data.records import Report, Summary
from ..data.store import Filters, Sought, Store
from ..nlp.summaries import (
    EVERYTHING,
    Digest,
    fit,
    summarise,
    summarise_found,
    summarise_series,
)
from .options import DEFAULT_DATABASE, Database
from .output import note, print_data, stdout, write_json
from .report_source import named_report
from .search_options import Labelled, Region, Section, Year, years_of
from .summary_markdown import digest_markdown, markdown

# Characters of a summary of several reports unless told.
_CHARACTERS = 1200
_LEAST = 50


class SummaryFormat(StrEnum):
    """How a summary is written."""

    terminal = "terminal"
    markdown = "markdown"
    json = "json"


def command(
    report: Annotated[
        str | None, typer.Argument(help="Its id, its path, its title, or organisation and year (平安县2023).")
    ] = None,
    db: Database = DEFAULT_DATABASE,
    org: Annotated[
        str | None,
        typer.Option(help="A body through the years; with --query, a filter."),
    ] = None,
    query: Annotated[
        str | None, typer.Option(help="Instead of a report: the statements a query finds, as in search.")
    ] = None,
    year: Year = None,
    region: Region = None,
    section: Section = None,
    label: Labelled = None,
    characters: Annotated[
        int | None,
        typer.Option(
            "--characters",
            "-c",
            min=_LEAST,
            help="Characters of names, numbers and quotations at most.",
            show_default="the whole outline of a report, else 1200",
        ),
    ] = None,
    shown: Annotated[
        int, typer.Option("--shown", min=1, help="Initiatives shown of each category of a report.")
    ] = 3,
    format_: Annotated[
        SummaryFormat, typer.Option("--format", "-f", help="How it is written.")
    ] = SummaryFormat.terminal,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write it as one HTML page that needs nothing else.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Outline a report, a body through the years (--org), or what a query finds (--query).

    A report: key figures, initiatives by category, every problem with its plan. A body: its figures by year,
    the problems that return, that are new and that are gone. A query: what is said most, once. Each line is
    quoted and bears its place in the text, [start-end) in characters.

    Example: nianbao summary --org 平安县人民政府 --year 2019..2023 --characters 800
    """
    filters = Filters(years=years_of(year), org=org, region=region, section=section, label=label)
    if report is None:
        digest = _digest(db, query, filters, characters or _CHARACTERS)
        _write(digest, format_) if html is None else _write_page(html, _digest_page(digest), db, force=force)
        return
    if query is not None or filters != Filters():
        raise typer.BadParameter("A report is summarised whole; leave out REPORT, or the other options.")
    whole = named_report(report, db)
    outline = _outline(whole, shown, characters)
    if html is None:
        _write(outline, format_)
    else:
        from .web.alone import report_page

        _write_page(html, report_page(whole, part="summary", summary=outline), db, force=force)


def _outline(report: Report, shown: int, characters: int | None) -> Summary:
    if characters is None:
        return summarise(report, shown)
    return fit(summarise(report, EVERYTHING), characters)


def _digest_page(digest: Digest) -> str:
    from .web.alone import text_page

    return text_page(digest_markdown(digest))


def _write_page(out: Path, page: str, db: Path, *, force: bool) -> None:
    with staged(out, force=force, protected=db) as place:
        place.write_text(page, encoding="utf-8")


def _digest(db: Path, query: str | None, filters: Filters, characters: int) -> Digest:
    """The summary of several reports."""
    with Store.open(db, read_only=True) as store:
        if query is not None:
            found = summarise_found(store, Sought(words=query, filters=filters), characters)
            if not found.statements:
                note(f"No statement is found for {query}.")
            return found
        if filters.org is None:
            raise typer.BadParameter("Say what of: a REPORT, --org BODY, or --query QUERY.")
        if filters != Filters(org=filters.org, years=filters.years):
            raise typer.BadParameter("--region, --section and --label narrow a --query.")
        return summarise_series(store, filters.org, filters.years, characters)


def _write(found: Summary | Digest, format_: SummaryFormat) -> None:
    if format_ is SummaryFormat.json:
        write_json(found)
        return
    written = digest_markdown(found) if isinstance(found, Digest) else markdown(found)
    if format_ is SummaryFormat.markdown or not stdout.is_terminal:
        print_data(written)
    else:
        from rich.markdown import Markdown

        stdout.print(Markdown(written), soft_wrap=False)
