"""`nianbao trends`: problems, initiatives, plans and official figures by year, region, level and body."""

from pathlib import Path
from typing import Annotated

import msgspec
import typer

from ..data.records import Genre
from ..data.store import Filters, Sought, Store
from ..data.store.views import PanelColumn, panel_columns
from ..data.terms import codes, term
from ..nlp.trends import By, CategoryTrends, IndicatorTrends
from ..nlp.trends.archive import LABELS, Of, category_trends_of, indicator_trends_of
from ..nlp.trends.rows import CategoryRow, IndicatorRow, category_rows, indicator_rows
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, write_csv, write_json
from .plot_options import Font, Lang, Out
from .search_options import Csv, Org, Region, Year, years_of
from .trend_tables import print_categories, print_indicators


def command(
    of: Annotated[Of, typer.Option(help="What is followed.")] = "problems",
    by: Annotated[By, typer.Option(help="What reports are grouped by.")] = "year",
    category: Annotated[
        list[str] | None, typer.Option(help="Only this category (timeliness or 更新时效); may be repeated.")
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(help="With --of indicators: a column of the panel; may be repeated."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    query: Annotated[str | None, typer.Option(help="Only reports this query finds, as in search.")] = None,
    year: Year = None,
    org: Org = None,
    region: Region = None,
    genre: Annotated[Genre, typer.Option(help="Reports of this kind.")] = "disclosure",
    out: Out = None,
    font: Font = None,
    lang: Lang = "zh",
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """Show how often reports speak of each kind of problem, initiative or plan, and how official figures go.

    A share is that of the reports which mention a category, with its 95 % interval; the formats for pipes
    have the share of statements too. Figures are summed over bodies; blanks are not 0. --out draws it.

    Example: nianbao trends --of problems --region 江苏 --out 问题.svg --db 年报.db
    """
    among = Sought(words=query or "", filters=Filters(years=years_of(year), org=org, region=region))
    with Store.open(db, read_only=True) as store:
        trends: CategoryTrends | IndicatorTrends
        if of == "indicators":
            trends = indicator_trends_of(store, indicators_named(indicator or ()), by, among, genre)
        else:
            wanted = categories_named(category or ())
            trends = category_trends_of(store, LABELS[of], by, among, genre, wanted)
    if out is not None:
        _draw(trends, out, lang, font)
    if as_json:
        write_json(trends)
    elif as_csv and isinstance(trends, IndicatorTrends):
        write_csv(map(msgspec.structs.asdict, indicator_rows(trends)), IndicatorRow.__struct_fields__)
    elif as_csv and isinstance(trends, CategoryTrends):
        write_csv(map(msgspec.structs.asdict, category_rows(trends)), CategoryRow.__struct_fields__)
    elif out is None:
        _print(trends, genre)


def categories_named(names: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    """Codes of categories given by code or by Chinese label; raises BadParameter naming those there are."""
    known = {term("category", code): code for code in codes("category")}
    known |= {code: code for code in known.values()}
    for name in names:
        if name not in known:
            there = "，".join(f"{code} {term('category', code)}" for code in codes("category"))
            raise typer.BadParameter(f"{name!r} is no category; choose from {there}.")
    return tuple(dict.fromkeys(known[name] for name in names))


def indicators_named(names: list[str] | tuple[str, ...]) -> tuple[PanelColumn, ...]:
    """Columns of the panel given by name or Chinese label, the key ones where none is."""
    from ..nlp.trends.indicators import KEY_COLUMNS

    known = {column.column: column for column in panel_columns()}
    labels = {column.chinese: column for column in known.values()}
    for name in names:
        if name not in known | labels:
            raise typer.BadParameter(
                f"{name!r} is no indicator; `nianbao export panel_columns` lists them: "
                f"{', '.join(list(known)[:12])} …"
            )
    return tuple((known | labels)[name] for name in names or KEY_COLUMNS)


def _draw(trends: CategoryTrends | IndicatorTrends, out: Path, lang: Lang, font: str | None) -> None:
    from .charts import category_chart, draw, indicator_chart

    if isinstance(trends, CategoryTrends):
        draw(category_chart(trends, lang), out, font)
    else:
        draw(indicator_chart(trends, lang), out, font)
    note(f"{out} drawn from {trends.reports:,} reports.")


def _print(trends: CategoryTrends | IndicatorTrends, genre: Genre) -> None:
    if not trends.reports:
        note(f"No {genre} report of known body and year is among these; --genre names the other kind.")
    elif isinstance(trends, CategoryTrends):
        print_categories(trends)
    else:
        print_indicators(trends)
