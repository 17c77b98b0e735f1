"""Two reports side by side: figures, statements, passages."""

from .comparison import Comparison, Side, compare
from .indicators import Held, IndicatorChange
from .passages import Edit, Passage
from .statements import StatementPair

__all__ = [
    "Comparison",
    "Edit",
    "Held",
    "IndicatorChange",
    "Passage",
    "Side",
    "StatementPair",
    "compare",
]
