"""`nianbao plot`: a chart of the archive as a file."""

from pathlib import Path
from typing import Annotated

import typer

from ..data.records import Genre
from ..data.store import Store
from ..nlp.trends import By
from ..nlp.trends.archive import Of
from .charts import AskedChart, Kind, draw, make_chart
from .options import DEFAULT_DATABASE, Database
from .output import note
from .plot_options import Font, Lang
from .search_options import Org, Region, Year, years_of
from .trends import categories_named, indicators_named


def command(
    kind: Annotated[Kind, typer.Argument(help="What is drawn.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="A file: .svg, .png, .html or .json.")],
    db: Database = DEFAULT_DATABASE,
    of: Annotated[Of, typer.Option(help="Of categories and provinces: whose.")] = "problems",
    by: Annotated[By, typer.Option(help="What reports are grouped by.")] = "year",
    category: Annotated[list[str] | None, typer.Option(help="Only this category; may be repeated.")] = None,
    indicator: Annotated[
        list[str] | None, typer.Option(help="A column of the panel; may be repeated.")
    ] = None,
    query: Annotated[str | None, typer.Option(help="Only reports this query finds, as in search.")] = None,
    year: Year = None,
    org: Org = None,
    region: Region = None,
    genre: Annotated[Genre, typer.Option(help="Reports of this kind.")] = "disclosure",
    font: Font = None,
    lang: Lang = "zh",
) -> None:
    """Draw a chart: shares of categories, official figures, requests and outcomes, gaps, or provinces.

    Provinces show how many reports there are of each, with --category the share of reports that mention it.

    Example: nianbao plot requests --org 沭阳县人民政府 --out 申请.png --db 年报.db
    """
    asked = AskedChart(
        kind=kind,
        of=of,
        by=by,
        categories=categories_named(category or ()),
        indicators=tuple(column.column for column in indicators_named(indicator or ())),
        query=query or "",
        years=years_of(year),
        org=org,
        region=region,
        genre=genre,
        language=lang,
    )
    with Store.open(db, read_only=True) as store:
        spec = make_chart(store, asked)
    draw(spec, out, font)
    note(f"{out} drawn: {spec['title']['text']}（{spec['title']['subtitle']}）")
