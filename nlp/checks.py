"""A report held against itself: its sums, its form, its dates, and its prose against its tables."""

from ..data.records import Check, Report
from .identity_checks import check_tables


def check_report(report: Report) -> tuple[Check, ...]:
    """Every check that the report's own facts allow, whether it holds, fails or cannot be made.

    First the identities of its tables (国办公开办函〔2021〕30号, 〔2019〕60号 and earlier lists), then form,
    period and dates, then its prose against its tables. `report.checks` is not looked at.
    """
    return tuple(check_tables(report))
