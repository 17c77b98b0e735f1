"""Provinces as tiles of equal size, coloured by a number or a share."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from ...data.regions.tiles import tiles
from .categories import DARK
from .theme import BLUE, GREY, INK, Language, Spec, chart

_STEP = 78


class ProvinceValue(NamedTuple):
    """What a tile shows: its value, as it is written, and whether it is of few reports."""

    value: float
    said: str
    few: bool = False


def provinces_chart(
    values: Mapping[str, ProvinceValue], title: str, remarks: str, language: Language = "zh"
) -> Spec:
    """A map of tiles; `values` are by GB/T 2260 code of the province, those without are grey."""
    most = max((held.value for held in values.values()), default=0) or 1
    rows: list[dict[str, Any]] = []
    for tile in tiles():
        held = values.get(tile.code)
        row: dict[str, Any] = {"row": tile.row, "column": tile.column, "there": held is not None}
        row |= {"name": tile.chinese if language == "zh" else tile.english}
        if held is not None:
            row |= {"value": held.value, "dark": held.value > DARK * most}
            row |= {"said": f"{held.said}*" if held.few else held.said}
        rows.append(row)
    x = {"field": "column", "type": "ordinal", "axis": None}
    y = {"field": "row", "type": "ordinal", "axis": None}
    scale = {"domain": [0, most], "range": ["#E3EEF6", BLUE]}
    known = {"field": "value", "type": "quantitative", "scale": scale, "legend": None}
    ink = [{"test": "datum.dark", "value": "white"}, {"test": "!datum.there", "value": GREY}]
    label = {"text": {"field": "name"}, "x": x, "y": y, "color": {"condition": ink, "value": INK}}
    tile_of = {"type": "rect", "stroke": "white", "strokeWidth": 4, "cornerRadius": 9}
    size = 14 if language == "zh" else 11
    return chart(
        title,
        remarks,
        language,
        data={"values": rows},
        width={"step": _STEP + 14},
        height={"step": _STEP - 14},
        layer=[
            {
                "transform": [{"filter": "!datum.there"}],
                "mark": tile_of | {"color": "#EEEEEE"},
                "encoding": {"x": x, "y": y},
            },
            {
                "transform": [{"filter": "datum.there"}],
                "mark": tile_of,
                "encoding": {"x": x, "y": y, "color": known},
            },
            {"mark": {"type": "text", "dy": -8, "fontSize": size, "fontWeight": "bold"}, "encoding": label},
            {
                "transform": [{"filter": "datum.there"}],
                "mark": {"type": "text", "dy": 12, "fontSize": 13},
                "encoding": label | {"text": {"field": "said"}},
            },
        ],
    )
