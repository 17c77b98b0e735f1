"""Summaries: extracted, never written; every line is a quotation with its place.

`summarise` outlines a report, `fit` cuts an outline to a number of characters.
"""

from .amounts import amount
from .budget import fit
from .outline import summarise

__all__ = ["amount", "fit", "summarise"]
