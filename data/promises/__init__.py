"""Marked promises: plans of a report held against what the body's following report says.

`development.jsonl` is what the package learns from, marked by the guide in `tests/gold/promises/README.md`.
"""

from .marked import DEVELOPMENT, Case, MarkedPlan, MarkedStatement, read_cases

__all__ = ["DEVELOPMENT", "Case", "MarkedPlan", "MarkedStatement", "read_cases"]
