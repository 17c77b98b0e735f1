"""Marked promises: plans of a report held against what the body's following report says.

`development.jsonl` is what the package learns from; `tests/gold/promises.md` is the guide they were marked by.
"""

from .marked import DEVELOPMENT, Case, MarkedPlan, MarkedStatement, read_cases

__all__ = ["DEVELOPMENT", "Case", "MarkedPlan", "MarkedStatement", "read_cases"]
