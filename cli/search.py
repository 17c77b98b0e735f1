"""`nianbao search`: words in, passages out."""

from typing import Annotated, Any

import typer
from rich.text import Text

from ..data.records import Label, SectionKind
from ..data.store import Explanation, Hit, Scope, SearchResult, Store
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json, write_jsonl

# The columns of a hit, as every format for pipes has them.
COLUMNS = (
    *("report_id", "title", "org", "year", "section", "label", "start", "end", "snippet", "score"),
    *("kind", "fact_id", "fact"),
)


def command(
    words: Annotated[
        list[str],
        typer.Argument(help="Words, AND OR NOT -, brackets, NEAR/10, field:value; give it in single quotes."),
    ],
    db: Database = DEFAULT_DATABASE,
    in_: Annotated[Scope, typer.Option("--in", help="What is found.")] = "reports",
    year: Annotated[str | None, typer.Option(help="A year, or a range: 2019..2023.")] = None,
    org: Annotated[str | None, typer.Option(help="Part of the organisation's name.")] = None,
    region: Annotated[str | None, typer.Option(help="A region's name, or the start of its code.")] = None,
    section: Annotated[SectionKind | None, typer.Option(help="The section that the words stand in.")] = None,
    label: Annotated[Label | None, typer.Option(help="The label of the statement they stand in.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Hits shown at most.")] = 20,
    explain: Annotated[bool, typer.Option("--explain", help="Say how the words were read.")] = False,
    as_json: Json = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Write JSON Lines.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
) -> None:
    """Search the reports: Chinese words of any length, all of which must occur, and much more.

    Exact matching, ranked by BM25; the best passage of each report is shown with the hits marked. Phrases in
    "…", AND, OR, NOT or -, brackets, NEAR/10, and fields: org: year: region: title: published: label:
    category: section: problem: plan: count: unit: zero: cites: date: cell: has: …

    Example: nianbao search '(更新 OR 发布) NEAR/8 不及时 label:problem year:2019..2023 cell:新收申请>100'
    """
    query = " ".join(words)
    with Store.open(db, read_only=True) as store:
        result = store.search(
            query,
            in_=in_,
            years=_years(year),
            org=org,
            region=region,
            section=section,
            label=label,
            limit=limit,
        )
        if explain:
            _print_explanation(store.explain(query, in_))
    if as_jsonl:
        write_jsonl(_row(hit) for hit in result.hits)
    elif as_csv:
        write_csv((_row(hit) for hit in result.hits), COLUMNS)
    elif as_json:
        write_json({"total": result.total, "hits": [_row(hit) for hit in result.hits]})
    else:
        _print(result, query)


def _print_explanation(explanation: Explanation) -> None:
    """How the query was read, part by part, with the number of reports that each is true of."""
    for part in explanation.parts:
        note(f"{'  ' * part.depth}{part.chinese} / {part.english}: {part.reports:,} reports")
    if explanation.words:
        note(f"ranked by BM25 over: {' '.join(explanation.words)}")


def _years(text: str | None) -> tuple[int, int] | None:
    """`2020` or `2019..2023` (either end may be left out) as first and last year."""
    if text is None:
        return None
    first, dots, last = text.partition("..")
    try:
        return int(first or 0), int((last or 9999) if dots else first)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no year; write 2020 or 2019..2023.") from None


def _row(hit: Hit) -> dict[str, Any]:
    return {name: getattr(hit, name) for name in COLUMNS}


def _print(result: SearchResult, query: str) -> None:
    if not result.hits:
        note(f"Nothing found for {query}.")
        raise typer.Exit(0)
    for hit in result.hits:
        head = Text()
        head.append(hit.org or hit.title or hit.report_id, style="bold")
        head.append(f"  {hit.year or '年份不明'}", style="cyan")
        for kind, code in (("section", hit.section), ("label", hit.label)):
            if code:
                head.append(f" · {term(kind, code)}", style="dim")
        head.append(f"   {hit.report_id}", style="dim")
        stdout.print(head)
        stdout.print(_marked(hit))
        stdout.print()
    shown = len(result.hits)
    note(f"{result.total} found" + (f", {shown} shown (--limit {result.total})" * (shown < result.total)))


def _marked(hit: Hit) -> Text:
    """The snippet with its hits marked, on one line."""
    text = Text("  " + hit.snippet.replace("\n", " "))
    for start, end in hit.marks:
        text.stylize("bold red", start + 2, end + 2)
    return text
