"""Shares of categories: small pictures by year, intervals of one category, or a grid."""

from itertools import pairwise
from typing import Any

from ...data.terms import english_term, term
from ...nlp.trends import FEW, CategoryTrends, Group
from .theme import BLUE, GREY, INK, WIDTH, Language, Spec, bend, chart, numbers, panels, sentence, word

_COLUMNS = 4
_PANEL = 113
# From this share of the deepest colour on, white letters are told better than black (WCAG 2.2, 1.4.3).
DARK = 0.8


def category_chart(trends: CategoryTrends, language: Language = "zh") -> Spec:
    """Shares of reports that mention each category.

    By year a line with its band for each category; by region, level or body a point with its interval where
    there is one category, else a grid of shares.
    """
    if trends.by == "year":
        return _by_year(trends, language)
    return _intervals(trends, language) if len(trends.categories) == 1 else _grid(trends, language)


def category_name(code: str, language: Language) -> str:
    """The label of a category."""
    return term("category", code) if language == "zh" else english_term("category", code)


def group_name(group: Group, by: str, language: Language) -> str:
    """The name of a group, starred where it is of few reports."""
    english = language == "en" and by == "level"
    name = english_term("level", str(group.key)) if english else group.name
    return f"{name}*" if group.few else name


def span_of(groups: tuple[Group, ...], by: str, language: Language) -> str:
    """The years a chart covers, to stand before the numbers."""
    if by != "year" or not groups:
        return ""
    first, last = groups[0].name, groups[-1].name
    years = first if first == last else f"{first}–{last}"
    return f"{years}年，" if language == "zh" else f"{years}: "


def runs_of(years: list[int]) -> dict[int, int]:
    """To each year the first of its unbroken run: a line must not pass over years without reports."""
    runs = {years[0]: years[0]} if years else {}
    for before, after in pairwise(years):
        runs[after] = runs[before] if after == before + 1 else after
    return runs


def _title(trends: CategoryTrends, language: Language) -> str:
    label = word(trends.label, language)
    if len(trends.categories) == 1:
        return word("share", language, label=label, category=category_name(trends.categories[0], language))
    return word("shares", language, label=label)


def _remarks(trends: CategoryTrends, language: Language, mark: str, few: str) -> str:
    span = span_of(trends.groups, trends.by, language)
    basis = word("basis", language, span=span, reports=trends.reports, bodies=trends.bodies)
    starred = any(group.few for group in trends.groups)
    marked = [word(mark, language)] if mark else []
    return sentence([basis, *marked, word(few, language, few=FEW) if starred else ""], language)


def _rows(trends: CategoryTrends, language: Language) -> list[dict[str, Any]]:
    names = {code: category_name(code, language) for code in trends.categories}
    return [
        {
            "category": names[point.category],
            "group": group_name(point.group, trends.by, language),
            "key": point.group.key,
            "share": point.reports.value,
            "low": point.reports.low,
            "high": point.reports.high,
            "few": point.group.few,
            "said": f"{point.reports.value:.0%}",
            "counted": f"{point.reports.hits:,}/{point.reports.units:,}",
        }
        for point in trends.points
        if point.reports.value is not None
    ]


def _by_year(trends: CategoryTrends, language: Language) -> Spec:
    years = [int(group.key) for group in trends.groups] or [0]
    runs = runs_of(years)
    rows = _rows(trends, language)
    for row in rows:
        row |= {"run": runs[row["key"]], "last": row["key"] == years[-1]}
        row["alone"] = list(runs.values()).count(row["run"]) == 1
    for before, row, after in zip([None, *rows], rows, [*rows[1:], None], strict=False):
        sides = [side["share"] if side and side["run"] == row["run"] else None for side in (before, after)]
        row["bend"] = bend(sides[0], row["share"], sides[1])
    one = len(trends.categories) == 1
    layers = _year_layers(years, one)
    title, remarks = _title(trends, language), _remarks(trends, language, "band", "hollow")
    if one:
        return chart(title, remarks, language, data={"values": rows}, width=WIDTH, height=340, layer=layers)
    whole: dict[str, Spec] = {}
    for code in trends.categories:
        name = category_name(code, language)
        held = {"values": [row for row in rows if row["category"] == name]}
        whole[name] = {"data": held, "width": _PANEL, "height": 92, "layer": layers}
    return chart(title, remarks, language, **panels(whole, _COLUMNS, row=76, column=82))


def year_axis(years: list[int], room: int) -> Spec:
    """An axis of whole years, as many of them named as there is room for."""
    step = max(1, -(-len(range(years[0], years[-1] + 1)) * 44 // room))
    shown = list(range(years[-1], years[0] - 1, -step))[::-1]
    axis = {"values": shown, "format": "d", "title": None, "grid": False, "labelFlush": False}
    half = 0.35
    return {
        "field": "key",
        "type": "quantitative",
        "scale": {"domain": [years[0] - half, years[-1] + half], "nice": False, "zero": False, "padding": 0},
        "axis": axis,
    }


def _year_layers(years: list[int], one: bool) -> list[Spec]:
    x = year_axis(years, WIDTH if one else _PANEL)
    percent = {"format": "%", "title": None, "tickCount": 5 if one else 3, "values": [0, 0.25, 0.5, 0.75, 1]}
    if not one:
        percent["values"] = [0, 0.5, 1]
    y = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": percent}
    run = {"field": "run", "type": "nominal"}
    low_high = {"y": y | {"field": "low"}, "y2": {"field": "high"}}
    last: Spec = {
        "transform": [{"filter": "datum.last"}],
        "mark": {"type": "text", "dx": 7, "align": "left", "color": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "said"}},
    }
    return [
        {
            "mark": {"type": "area", "color": BLUE, "opacity": 0.18},
            "encoding": {"x": x, **low_high, "detail": run},
        },
        {
            "transform": [{"filter": "datum.alone"}],
            "mark": {"type": "rule", "color": BLUE, "opacity": 0.35, "strokeWidth": 2},
            "encoding": {"x": x, **low_high},
        },
        {
            "mark": {"type": "line", "color": BLUE, "strokeWidth": 2},
            "encoding": {"x": x, "y": y, "detail": run},
        },
        {
            "mark": {
                "type": "point",
                "size": 50 if one else 26,
                "stroke": BLUE,
                "opacity": 1,
                "strokeWidth": 1.6,
            },
            "encoding": {"x": x, "y": y, "fill": _filled()},
        },
        *(numbers(x, y, 12) if one else [last]),
    ]


def _filled() -> Spec:
    return {"condition": {"test": "datum.few", "value": "white"}, "value": BLUE}


def _intervals(trends: CategoryTrends, language: Language) -> Spec:
    rows = _rows(trends, language)
    names = [group_name(group, trends.by, language) for group in trends.groups]
    y = {"field": "group", "type": "nominal", "sort": names, "axis": {"title": None, "ticks": False}}
    axis = {"format": "%", "title": None, "orient": "top", "tickCount": 5, "domain": False}
    x = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": axis}
    return chart(
        _title(trends, language),
        _remarks(trends, language, "bars", "starred"),
        language,
        data={"values": rows},
        width=WIDTH - 130,
        height={"step": 26},
        layer=[
            {
                "mark": {"type": "rule", "color": BLUE, "opacity": 0.45, "strokeWidth": 3},
                "encoding": {"y": y, "x": x | {"field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "size": 70, "stroke": BLUE, "opacity": 1},
                "encoding": {"y": y, "x": x, "fill": _filled()},
            },
            {
                "mark": {"type": "text", "align": "left", "color": GREY},
                "encoding": {"y": y, "x": {"value": WIDTH - 120}, "text": {"field": "counted"}},
            },
        ],
    )


def _grid(trends: CategoryTrends, language: Language) -> Spec:
    rows = _rows(trends, language)
    most = max((row["share"] for row in rows), default=1) or 1
    for row in rows:
        row["dark"] = row["share"] > DARK * most
    names = [group_name(group, trends.by, language) for group in trends.groups]
    columns = [category_name(code, language) for code in trends.categories]
    y = {
        "field": "group",
        "type": "nominal",
        "sort": names,
        "axis": {"title": None, "ticks": False, "domain": False},
    }
    slanted = 0 if language == "zh" else -35
    head = {"title": None, "orient": "top", "labelAngle": slanted, "ticks": False, "domain": False}
    if slanted:
        head["labelAlign"] = "left"
    x = {"field": "category", "type": "nominal", "sort": columns, "axis": head}
    colour = {"field": "share", "type": "quantitative", "legend": None, "scale": {"range": ["#F1F5F9", BLUE]}}
    ink = {"condition": {"test": "datum.dark", "value": "white"}, "value": INK}
    return chart(
        _title(trends, language),
        _remarks(trends, language, "", "starred"),
        language,
        data={"values": rows},
        width={"step": max(40, min(74, (WIDTH - 80) // max(1, len(columns))))},
        height={"step": 28},
        layer=[
            {
                "mark": {"type": "rect", "stroke": "white", "strokeWidth": 2},
                "encoding": {"x": x, "y": y, "color": colour},
            },
            {
                "mark": {"type": "text", "fontSize": 11.5},
                "encoding": {"x": x, "y": y, "text": {"field": "said"}, "color": ink},
            },
        ],
    )


__all__ = ["category_chart", "category_name", "group_name", "runs_of", "span_of", "year_axis"]
