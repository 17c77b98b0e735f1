"""`nianbao plot`: a chart of the archive as a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from ..data.records import Genre
from ..data.store import Filters, Sought, Store
from ..data.store.views import panel_columns
from ..nlp.trends import By, IndicatorTrends
from ..nlp.trends.archive import LABELS, Of, category_trends_of, indicator_trends_of
from .charts import (
    REQUEST_COLUMNS,
    ProvinceValue,
    Spec,
    category_chart,
    draw,
    gaps_chart,
    indicator_chart,
    provinces_chart,
    requests_chart,
)
from .charts.categories import category_name
from .charts.theme import sentence, word
from .options import DEFAULT_DATABASE, Database
from .output import note
from .plot_options import Font, Lang, Language
from .search_options import Org, Region, Year, years_of
from .trends import categories_named, indicators_named

Kind = Literal["categories", "indicator", "requests", "gaps", "provinces"]


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
    among = Sought(words=query or "", filters=Filters(years=years_of(year), org=org, region=region))
    names = categories_named(category or ())
    with Store.open(db, read_only=True) as store:
        if kind == "gaps":
            spec = _gaps(store, among, genre, lang)
        elif kind == "provinces":
            spec = _provinces(store, among, genre, of, names[0] if names else None, lang)
        elif kind == "categories":
            label = LABELS.get(of, "problem")
            spec = category_chart(category_trends_of(store, label, by, among, genre, names), lang)
        elif kind == "requests":
            columns = [column for column in panel_columns() if column.column in REQUEST_COLUMNS]
            trends = indicator_trends_of(store, columns, "year", among, genre)
            spec = requests_chart(trends, lang, _only_body(store, trends, among, genre))
        else:
            trends = indicator_trends_of(store, indicators_named(indicator or ()), by, among, genre)
            spec = indicator_chart(trends, lang, _only_body(store, trends, among, genre))
    draw(spec, out, font)
    note(f"{out} drawn: {spec['title']['text']}（{spec['title']['subtitle']}）")


def _only_body(store: Store, trends: IndicatorTrends, among: Sought, genre: Genre) -> str | None:
    """The name of the body, where the figures are of one."""
    if trends.bodies != 1:
        return None
    return max((one.org for one in store.year_reports(among) if one.genre == genre), key=len)


def _gaps(store: Store, among: Sought, genre: Genre, lang: Language) -> Spec:
    filters = among.filters
    chosen = {"org": filters.org, "region": filters.region, "years": filters.years}
    states = {
        (one.org, year): "there"
        for one in store.holdings(**chosen)  # type: ignore[arg-type]
        for year in one.years
        if one.genre == genre
    }
    # The gravest stands: missing before doubled before suspicious.
    for gap in sorted(store.gaps(**chosen), key=lambda gap: gap.kind, reverse=True):  # type: ignore[arg-type]
        if gap.org and gap.year and gap.genre == genre:
            states[gap.org, gap.year] = gap.kind
    return gaps_chart(states, lang)


def _provinces(
    store: Store, among: Sought, genre: Genre, of: Of, category: str | None, lang: Language
) -> Spec:
    reports = [report for report in store.year_reports(among) if report.genre == genre and report.region.code]
    held: dict[str, list[str]] = {}
    for report in reports:
        held.setdefault(f"{(report.region.code or '')[:2]}0000", []).append(report.id)
    bodies = len({report.body for report in reports})
    years = sorted({report.year for report in reports})
    span = "" if not years else f"{years[0]}–{years[-1]}" if years[0] != years[-1] else str(years[0])
    span = span and (f"{span}年，" if lang == "zh" else f"{span}: ")
    basis = word("basis", lang, span=span, reports=len(reports), bodies=bodies)
    remarks = sentence([basis, word("no_data", lang)], lang)
    if category is None:
        values = {code: ProvinceValue(len(ids), f"{len(ids):,}") for code, ids in held.items()}
        return provinces_chart(values, word("provinces", lang), remarks, lang)
    return _province_shares(store, among, of, category, held, remarks, lang)


def _province_shares(
    store: Store,
    among: Sought,
    of: Of,
    category: str,
    held: dict[str, list[str]],
    remarks: str,
    lang: Language,
) -> Spec:
    from ..nlp.trends import FEW

    label = LABELS.get(of, "problem")
    counts = store.label_counts(label, among)
    values = {}
    for code, ids in held.items():
        hits = sum(category in counts[each].categories for each in ids if each in counts)
        values[code] = ProvinceValue(hits / len(ids), f"{hits / len(ids):.0%}", len(ids) < FEW)
    named = category_name(category, lang)
    title = word("provinces_share", lang, label=word(label, lang), category=named)
    few = word("starred", lang, few=FEW) if any(one.few for one in values.values()) else ""
    return provinces_chart(values, title, sentence([remarks, few], lang), lang)
