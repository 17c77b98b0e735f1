"""A report held against itself: its sums, its form, its dates, and its prose against its tables."""

from ..data.records import Check, Report
from .context_checks import check_context
from .identity_checks import check_tables
from .prose_checks import check_prose
from .reading import Reading


def check_report(report: Report, reading: Reading | None = None) -> tuple[Check, ...]:
    """Every check that the report's own facts allow, whether it holds, fails or cannot be made.

    First the identities of its tables (国办公开办函〔2021〕30号, 〔2019〕60号 and earlier lists), then form,
    period and dates, then its prose against its tables. `report.checks` is not looked at; `reading`, if
    given, is that of the report's text.
    """
    found = [*check_tables(report), *check_context(report)]
    if report.tables:
        found += check_prose(report, reading or Reading(report.text))
    return tuple(found)
