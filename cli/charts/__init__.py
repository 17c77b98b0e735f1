"""Charts as Vega-Lite 5 specifications with their data inside, for files and for pages.

Each function takes values and a language (`zh` or `en`) and answers a specification, a dict that is JSON.
Colours are told apart by colour-blind readers (Okabe & Ito 2008), nothing is told by colour alone.
"""

from .categories import category_chart
from .gaps import gaps_chart
from .indicators import indicator_chart
from .provinces import ProvinceValue, provinces_chart
from .render import draw
from .requests import REQUEST_COLUMNS, requests_chart
from .theme import Spec

__all__ = [
    "REQUEST_COLUMNS",
    "ProvinceValue",
    "Spec",
    "category_chart",
    "draw",
    "gaps_chart",
    "indicator_chart",
    "provinces_chart",
    "requests_chart",
]
