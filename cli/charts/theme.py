"""How all charts look, and the words they use."""

from functools import cache
from pathlib import Path
from typing import Any, Literal

from ...data.word_lists import read_rows

Spec = dict[str, Any]
Language = Literal["zh", "en"]

_WORDS = Path(__file__).with_name("words.tsv")
_SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"

# What has Chinese characters on the usual systems, the first that is there.
FONTS = (
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC"),
    *("Microsoft YaHei", "Hiragino Sans GB", "WenQuanYi Zen Hei", "WenQuanYi Micro Hei", "SimHei"),
    *("Noto Serif CJK SC", "SimSun", "AR PL UMing CN", "Droid Sans Fallback"),
)

# Okabe & Ito, "Color Universal Design" (2008), without its yellow, too light on white.
BLUE, VERMILLION, GREEN, ORANGE, SKY, PURPLE = (
    "#0072B2",
    "#D55E00",
    "#009E73",
    "#E69F00",
    "#56B4E9",
    "#CC79A7",
)
INK, GREY, PALE, RULE = "#222222", "#6B6B6B", "#D9DEE3", "#E6E6E6"

# Room for the plot itself, so that the whole is 800 pixels wide.
WIDTH = 700


@cache
def _words() -> dict[str, tuple[str, str]]:
    return {key: (chinese, english) for _, (key, chinese, english) in read_rows(_WORDS, 3)}


def word(key: str, language: Language, **fields: object) -> str:
    """A word or sentence of a chart, its braces filled in, numbers with thousands."""
    said = _words()[key][language == "en"]
    return said.format_map(
        {name: f"{one:,}" if isinstance(one, int) else one for name, one in fields.items()}
    )


def sentence(parts: list[str], language: Language) -> str:
    """Remarks on one line."""
    return ("；" if language == "zh" else "; ").join(part for part in parts if part)


def chart(title: str, remarks: str, language: Language, **spec: Any) -> Spec:  # noqa: ANN401 - JSON
    """A whole specification: what it says in the title, of what in the line below."""
    return {
        "$schema": _SCHEMA,
        "title": {"text": title, "subtitle": remarks},
        "description": f"{title}. {remarks}",
        "usermeta": {"language": language},
        **spec,
        "config": config(),
    }


def panels(specs: dict[str, Spec], columns: int, row: int = 26, column: int = 30) -> Spec:
    """Small pictures side by side, each under its own heading."""
    heading = {
        "fontSize": 13,
        "fontWeight": "bold",
        "offset": 12,
        "frame": "group",
        "limit": WIDTH // columns,
    }
    return {
        "concat": [spec | {"title": heading | {"text": name}} for name, spec in specs.items()],
        "columns": columns,
        "spacing": {"row": row, "column": column},
        "bounds": "flush",
        "align": "all",
    }


# Where a number stands at its point, so that no line runs through it: on a rise above to the left, and so on.
_BESIDE: dict[str, Spec] = {
    "rise": {"align": "right", "dx": 5, "dy": -11},
    "fall": {"align": "left", "dx": -5, "dy": -11},
    "peak": {"align": "center", "dy": -12},
    "dip": {"align": "center", "dy": 14},
}


def bend(before: float | None, here: float, after: float | None) -> str:
    """How a line goes through a point: `rise`, `fall`, `peak` or `dip`."""
    sides = [side for side in (before, after) if side is not None]
    if all(side <= here for side in sides):
        return "peak"
    if all(side >= here for side in sides):
        return "dip"
    return "rise" if (before if before is not None else here) < here else "fall"


def numbers(x: Spec, y: Spec, size: float) -> list[Spec]:
    """Numbers (`said`) at the points of a line, each beside it as its `bend` has it."""
    return [
        {
            "transform": [{"filter": f"datum.bend == '{name}'"}],
            "mark": {"type": "text", "color": INK, "fontSize": size, **beside},
            "encoding": {"x": x, "y": y, "text": {"field": "said"}},
        }
        for name, beside in _BESIDE.items()
    ]


def config(fonts: tuple[str, ...] = FONTS) -> Spec:
    """The configuration of every chart."""
    family = ", ".join([*fonts, "sans-serif"])
    axis = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "titleColor": GREY}
    axis |= {"labelColor": INK, "gridColor": RULE, "domainColor": "#999999", "tickColor": "#999999"}
    title = {"anchor": "start", "fontSize": 18, "fontWeight": "bold", "color": INK, "offset": 16}
    title |= {"subtitleFontSize": 12.5, "subtitleColor": GREY, "subtitlePadding": 6, "frame": "bounds"}
    return {
        "font": family,
        "background": "white",
        "padding": 18,
        "view": {"stroke": None},
        "title": title,
        "axis": axis,
        "header": {"labelFontSize": 13, "labelFontWeight": "bold", "labelColor": INK, "titleFontSize": 13},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelLimit": 300},
        "text": {"fontSize": 12, "color": INK},
    }
