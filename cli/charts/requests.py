"""Requests for information by year: how many came, and what became of those handled."""

from typing import Any

from ...nlp.trends import IndicatorTrends
from .categories import span_of, year_axis
from .indicators import compact
from .theme import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PURPLE,
    SKY,
    VERMILLION,
    WIDTH,
    Language,
    Spec,
    chart,
    sentence,
    word,
)

# Outcomes from what the applicant hopes for to what is left, each with its colour.
_OUTCOMES = {
    "granted": GREEN,
    "partially_granted": SKY,
    "refused": VERMILLION,
    "unavailable": ORANGE,
    "unprocessed": PURPLE,
    "other_handling": BLUE,
    "unsplit": "#BDBDBD",
}
REQUEST_COLUMNS = ("new_requests", *tuple(_OUTCOMES)[:-1], "total_handled")


def requests_chart(trends: IndicatorTrends, language: Language = "zh", org: str | None = None) -> Spec:
    """Outcomes as stacked columns by year, requests received as a mark; `trends` are of REQUEST_COLUMNS.

    What a total has beyond its parts (older forms, blanks) stands there as not broken down.
    """
    rows = _rows(trends, language)
    years = [int(group.key) for group in trends.groups] or [0]
    there = {row["outcome"] for row in rows}
    names = {code: word(code, language) for code in _OUTCOMES if word(code, language) in there}
    scale = {"domain": list(names.values()), "range": [_OUTCOMES[code] for code in names]}
    column = max(8, min(70, int(WIDTH / (years[-1] - years[0] + 1) * 0.62)))
    x = year_axis(years, WIDTH)
    y = {"type": "quantitative", "axis": {"title": None, "tickCount": 6, "format": ",d"}}
    legend = {"title": None, "orient": "top", "direction": "horizontal", "symbolType": "square", "columns": 4}
    span = span_of(trends.groups, trends.by, language)
    basis = word("basis", language, span=span, reports=trends.reports, bodies=trends.bodies)
    key = f"― {word('received', language)}"
    title = word("requests_of", language, org=org) if org else word("requests", language)
    return chart(
        title,
        sentence([basis, key], language),
        language,
        width=WIDTH,
        height=340,
        layer=[
            {
                "data": {"values": rows},
                "mark": {"type": "bar", "width": column, "stroke": "white", "strokeWidth": 0.8},
                "encoding": {
                    "x": x,
                    "y": y | {"field": "value", "aggregate": "sum", "stack": "zero"},
                    "color": {
                        "field": "outcome",
                        "type": "nominal",
                        "scale": scale,
                        "sort": None,
                        # A legend of nothing has no height.
                        "legend": legend if names else None,
                    },
                    "order": {"field": "place", "type": "quantitative"},
                },
            },
            *_received(trends, x, column, language),
        ],
    )


def _received(trends: IndicatorTrends, x: Spec, column: int, language: Language) -> list[Spec]:
    points = [point for point in trends.of("new_requests") if point.total is not None]
    handled = {point.group: point.total or 0 for point in trends.of("total_handled")}
    rows = [
        {
            "key": point.group.key,
            "outcome": word("received", language),
            "value": point.total,
            "top": max(point.total or 0, handled.get(point.group, 0)),
            "said": compact(point.total or 0, language),
        }
        for point in points
    ]
    y = {"field": "value", "type": "quantitative"}
    return [
        {
            "data": {"values": rows},
            "mark": {
                "type": "tick",
                "color": INK,
                "opacity": 1,
                "thickness": 2.5,
                "size": column + 10,
                "orient": "horizontal",
            },
            "encoding": {"x": x, "y": y},
        },
        {
            "data": {"values": rows},
            "mark": {"type": "text", "dy": -9, "color": GREY if len(rows) > 12 else INK, "fontSize": 11.5},
            "encoding": {"x": x, "y": y | {"field": "top"}, "text": {"field": "said"}},
        },
    ]


def _rows(trends: IndicatorTrends, language: Language) -> list[dict[str, Any]]:
    rows = []
    for group in trends.groups:
        totals = {point.column: point.total for point in trends.points if point.group == group}
        split = {code: totals.get(code) or 0 for code in _OUTCOMES if code != "unsplit"}
        split["unsplit"] = max(0, (totals.get("total_handled") or 0) - sum(split.values()))
        rows += [
            {"key": group.key, "outcome": word(code, language), "value": value, "place": place}
            for place, (code, value) in enumerate(split.items())
            if value
        ]
    return rows
