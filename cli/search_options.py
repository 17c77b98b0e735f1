"""The options of `nianbao search`."""

from pathlib import Path
from typing import Annotated

import typer

from ..data.records import Label, SectionKind
from ..data.store import Scope, Sort

# What an option that may stand without a value has then.
ALL = "all"

Words = Annotated[
    list[str] | None,
    typer.Argument(help="Words, AND OR NOT -, brackets, NEAR/10, field:value; give it in single quotes."),
]
In = Annotated[Scope, typer.Option("--in", help="What is found.")]
Year = Annotated[str | None, typer.Option(help="A year, or a range: 2019..2023.")]
Org = Annotated[str | None, typer.Option(help="Part of the organisation's name.")]
Region = Annotated[str | None, typer.Option(help="A region's name, or the start of its code.")]
Section = Annotated[SectionKind | None, typer.Option(help="The section that the words stand in.")]
Labelled = Annotated[Label | None, typer.Option(help="The label of the statement they stand in.")]
Sorted = Annotated[Sort, typer.Option("--sort", help="The order; with - the greatest first.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", "-n", min=1, help="Hits shown at most.", show_default="20; all with --new"),
]
Offset = Annotated[int, typer.Option(min=0, help="Hits passed over.")]
After = Annotated[str | None, typer.Option(metavar="KEY", help="Go on after a page: its `next`.")]
Explain = Annotated[bool, typer.Option("--explain", help="Say how the words were read.")]
FacetNames = Annotated[
    str | None,
    typer.Option(
        "--facets",
        metavar="[NAMES]",
        help="Count what is found by year,region,org,level,genre,label,category,section, or some of these.",
    ),
]
Terms = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Count each line of a file in each report instead.")
]
Long = Annotated[bool, typer.Option("--long", help="With --terms: a row for each report and term there.")]
Save = Annotated[str | None, typer.Option(metavar="NAME", help="Keep this search under a name.")]
Saved = Annotated[
    str | None,
    typer.Option(
        metavar="[NAME]",
        help="Run a search that was kept; without a name list them.",
    ),
]
New = Annotated[bool, typer.Option("--new", help="With --saved: only what it has not shown before.")]
Forget = Annotated[str | None, typer.Option(metavar="NAME", help="Drop a search that was kept.")]
Related = Annotated[bool, typer.Option("--related", help="Show words that stand beside these.")]
Like = Annotated[
    int | None, typer.Option(metavar="STATEMENT", help="Statements like this one: its number (fact_id).")
]
Near = Annotated[
    bool,
    typer.Option("--near", help="Where nothing holds the words as typed, give what comes near, so marked."),
]
JsonLines = Annotated[bool, typer.Option("--jsonl", help="Write JSON Lines.")]
Csv = Annotated[bool, typer.Option("--csv", help="Write CSV.")]


def years_of(text: str | None) -> tuple[int, int] | None:
    """`2020` or `2019..2023` (either end may be left out) as first and last year."""
    if text is None:
        return None
    first, dots, last = text.partition("..")
    try:
        return int(first or 0), int((last or 9999) if dots else first)
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no year; write 2020 or 2019..2023.") from None
