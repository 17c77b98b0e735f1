"""What an archive says over the years and from place to place: categories of statements, official figures."""

from .categories import CategoryChange, CategoryPoint, CategoryTrends, category_trends
from .groups import FEW, By, Group
from .indicators import IndicatorChange, IndicatorPoint, IndicatorTrends, indicator_trends
from .shares import Difference, Share

__all__ = [
    "FEW",
    "By",
    "CategoryChange",
    "CategoryPoint",
    "CategoryTrends",
    "Difference",
    "Group",
    "IndicatorChange",
    "IndicatorPoint",
    "IndicatorTrends",
    "Share",
    "category_trends",
    "indicator_trends",
]
