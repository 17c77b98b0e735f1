"""Charts as Vega-Lite 5 specifications with their data inside, for files and for pages.

Each function takes values and a language (`zh` or `en`) and answers a specification, a dict that is JSON.
Colours are told apart by colour-blind readers (Okabe & Ito 2008), nothing is told by colour alone.
"""

from .asked import AskedChart, Kind, make_chart
from .categories import category_chart
from .gaps import gaps_chart
from .indicators import indicator_chart
from .provinces import ProvinceValue, provinces_chart
from .render import draw
from .requests import REQUEST_COLUMNS, requests_chart
from .rows import chart_rows, row_columns
from .theme import Spec

__all__ = [
    "REQUEST_COLUMNS",
    "AskedChart",
    "Kind",
    "ProvinceValue",
    "Spec",
    "category_chart",
    "chart_rows",
    "draw",
    "gaps_chart",
    "indicator_chart",
    "make_chart",
    "provinces_chart",
    "requests_chart",
    "row_columns",
]
