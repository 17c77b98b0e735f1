"""Official figures: totals of many bodies beside those of the same bodies, or the figures of one body."""

from collections.abc import Sequence
from typing import Any

from ...data.store.views import PanelColumn
from ...nlp.trends import FEW, IndicatorTrends
from ..labels import with_unit
from .categories import group_name, runs_of, span_of, year_axis
from .theme import (
    BLUE,
    GREY,
    INK,
    PALE,
    VERMILLION,
    WIDTH,
    Language,
    Spec,
    bend,
    chart,
    numbers,
    panels,
    sentence,
    word,
)

_COLUMNS = 3
_PANEL = 186
# Of the height, for what is written over the highest column.
_HEADROOM = 1.2


def indicator_chart(trends: IndicatorTrends, language: Language = "zh", org: str | None = None) -> Spec:
    """Indicators by year: totals with those of the same bodies; of one body the figures themselves.

    By region, level or body, totals as bars. `org` names the body in the title.
    """
    if trends.by != "year":
        return _bars(trends, language)
    rows = _rows(trends, language)
    years = [int(group.key) for group in trends.groups] or [0]
    alone = trends.bodies == 1
    single = len(trends.columns) == 1
    draw = _lines if alone else _totals
    title, remarks = _title(trends, language, org), _remarks(trends, language, alone)
    if single:
        whole = {
            "width": WIDTH,
            "height": 300,
            "data": {"values": rows},
            "layer": draw(years, True, _top(rows)),
        }
        if alone:
            return chart(title, remarks, language, **whole)
        below = {"width": WIDTH, "height": 150, "data": {"values": rows}, "layer": _spread(years)}
        both = {word("total", language): whole, word("spread", language): below}
        return chart(title, remarks, language, **panels(both, 1, row=80))
    specs = {
        name: {
            "data": {"values": held},
            "width": _PANEL,
            "height": 110,
            "layer": draw(years, False, _top(held)),
        }
        for name, held in _by_name(trends, rows, language).items()
    }
    return chart(title, remarks, language, **panels(specs, _COLUMNS, row=80, column=62))


def _by_name(
    trends: IndicatorTrends, rows: list[dict[str, Any]], language: Language
) -> dict[str, list[dict[str, Any]]]:
    """The rows of each indicator that has any, in order."""
    names = [indicator_name(column, language) for column in trends.columns]
    held = {name: [row for row in rows if row["name"] == name] for name in names}
    return {name: some for name, some in held.items() if some}


def _top(rows: list[dict[str, Any]]) -> float:
    return max((row["total"] for row in rows), default=0) or 1


def indicator_name(column: PanelColumn, language: Language) -> str:
    """The label of an indicator with its unit."""
    if language == "en":
        return column.english
    return with_unit(column.chinese, column.unit)


def compact(value: float, language: Language) -> str:
    """A number in few characters: 713, 12,345, 12.3万 or 1.2M for what is longer."""
    if abs(value) >= 100_000 and language == "zh":
        return f"{value / 10_000:,.1f}万"
    if abs(value) >= 1_000_000:
        return f"{value / 1_000_000:,.1f}M"
    return f"{value:,.1f}".removesuffix(".0")


def _title(trends: IndicatorTrends, language: Language, org: str | None) -> str:
    one = indicator_name(trends.columns[0], language) if len(trends.columns) == 1 else None
    if org:
        return word("body_one" if one else "body", language, org=org, name=one)
    return word("indicator", language, name=one) if one else word("indicators", language)


def _remarks(trends: IndicatorTrends, language: Language, alone: bool) -> str:
    span = span_of(trends.groups, trends.by, language)
    basis = word("basis", language, span=span, reports=trends.reports, bodies=trends.bodies)
    single = trends.by == "year" and len(trends.columns) == 1
    said = word("totals" if trends.by == "year" else "totals_only", language)
    few = any(group.few for group in trends.groups) and trends.by != "year"
    marked = word("starred", language, few=FEW) if few else ""
    parts = [basis] if alone else [basis, word("blanks", language) if single else said, marked]
    return sentence(parts, language)


def _rows(trends: IndicatorTrends, language: Language) -> list[dict[str, Any]]:
    names = {column.column: indicator_name(column, language) for column in trends.columns}
    rows = []
    for column in trends.columns:
        points = [point for point in trends.of(column.column) if point.total is not None]
        keys = [int(point.group.key) for point in points] if trends.by == "year" else []
        runs = runs_of(keys)
        totals = [None, *(point.total for point in points), None]
        for place, point in enumerate(points):
            row: dict[str, Any] = {"bend": bend(totals[place], point.total or 0, totals[place + 2])}
            row |= {"name": names[column.column], "key": point.group.key, "total": point.total}
            row |= {"group": group_name(point.group, trends.by, language), "number": point.number}
            row |= {"same": point.same_total, "run": runs.get(int(point.group.key)) if keys else 0}
            row |= {"lower": point.lower, "median": point.median, "upper": point.upper}
            row |= {"said": compact(point.total or 0, language), "last": point is points[-1]}
            rows.append(row)
    return rows


def _y(field: str, ticks: int, top: float | None = None) -> Spec:
    """An axis from 0 up to where the numbers over the greatest value have room."""
    axis = {"title": None, "tickCount": ticks, "format": ",~f"}
    scale: Spec = {"zero": True, "nice": True} if not top else {"domain": [0, top * _HEADROOM]}
    return {"field": field, "type": "quantitative", "scale": scale, "axis": axis}


def _totals(years: Sequence[int], single: bool, top: float) -> list[Spec]:
    width, ticks = (WIDTH, 5) if single else (_PANEL, 3)
    x, y, same = year_axis(list(years), width), _y("total", ticks, top), _y("same", ticks, top)
    column = max(4, min(44, int(width / (years[-1] - years[0] + 1) * 0.62)))
    run = {"field": "run", "type": "nominal"}
    held = [{"filter": "isValid(datum.same)"}]
    label = {"type": "text", "dy": -7, "color": GREY, "fontSize": 12 if single else 11}
    return [
        {"mark": {"type": "bar", "color": PALE, "width": column}, "encoding": {"x": x, "y": y}},
        {
            "transform": held,
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2},
            "encoding": {"x": x, "y": same, "detail": run},
        },
        {
            "transform": held,
            "mark": {
                "type": "point",
                "fill": BLUE,
                "stroke": "white",
                "size": 44 if single else 30,
                "opacity": 1,
            },
            "encoding": {"x": x, "y": same},
        },
        {
            "transform": [] if single else [{"filter": "datum.last"}],
            "mark": label,
            "encoding": {"x": x, "y": y, "text": {"field": "said"}},
        },
    ]


def _lines(years: Sequence[int], single: bool, top: float) -> list[Spec]:
    x, y = year_axis(list(years), WIDTH if single else _PANEL), _y("total", 5 if single else 3, top)
    run = {"field": "run", "type": "nominal"}
    return [
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "detail": run},
        },
        {
            "mark": {
                "type": "point",
                "fill": BLUE,
                "stroke": "white",
                "size": 60 if single else 36,
                "opacity": 1,
            },
            "encoding": {"x": x, "y": y},
        },
        *numbers(x, y, 12 if single else 10.5),
    ]


def _spread(years: Sequence[int]) -> list[Spec]:
    x, y = year_axis(list(years), WIDTH), _y("median", 4)
    run = {"field": "run", "type": "nominal"}
    area = {"x": x, "y": _y("lower", 4), "y2": {"field": "upper"}, "detail": run}
    return [
        {"mark": {"type": "area", "color": VERMILLION, "opacity": 0.18}, "encoding": area},
        {
            "mark": {"type": "line", "color": VERMILLION, "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "detail": run},
        },
        {
            "mark": {"type": "point", "fill": VERMILLION, "stroke": "white", "size": 40, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
    ]


def _bars(trends: IndicatorTrends, language: Language) -> Spec:
    names = [group_name(group, trends.by, language) for group in trends.groups]
    y = {
        "field": "group",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "ticks": False, "domain": False},
    }
    single = len(trends.columns) == 1
    width = WIDTH - 160 if single else _PANEL - 60
    x = _y("total", 4)
    x["axis"] = None
    layers = [
        {"mark": {"type": "bar", "color": BLUE, "height": {"band": 0.7}}, "encoding": {"y": y, "x": x}},
        {
            "mark": {"type": "text", "align": "left", "dx": 4, "color": INK},
            "encoding": {"y": y, "x": x, "text": {"field": "said"}},
        },
    ]
    spec = {"width": width, "height": {"step": 24}, "layer": layers}
    title, remarks = _title(trends, language, None), _remarks(trends, language, alone=False)
    rows = _rows(trends, language)
    if single:
        return chart(title, remarks, language, data={"values": rows}, **spec)
    specs = {
        name: spec | {"data": {"values": held}} for name, held in _by_name(trends, rows, language).items()
    }
    return chart(title, remarks, language, **panels(specs, _COLUMNS, row=44, column=110))
