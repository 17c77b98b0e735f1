"""Summaries: extracted, never written; every line is a quotation with its place.

`summarise` outlines a report, `fit` cuts an outline to a number of characters, `summarise_series` follows a
body through the years, `summarise_found` gathers what a query finds.
"""

from .amounts import amount
from .budget import figure_line, fit
from .digest import Development, Digest, Group, Place, Quotation, YearFigure
from .found import summarise_found
from .outline import EVERYTHING, summarise
from .series import development_line, summarise_series

__all__ = [
    "EVERYTHING",
    "Development",
    "Digest",
    "Group",
    "Place",
    "Quotation",
    "YearFigure",
    "amount",
    "development_line",
    "figure_line",
    "fit",
    "summarise",
    "summarise_found",
    "summarise_series",
]
