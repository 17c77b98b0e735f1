"""The names a report has for itself, which are not to count when it is held against another."""

import re

from ...data.records import Report
from ..repeats.keys import names_pattern


def own_names(report: Report) -> re.Pattern[str] | None:
    """What finds the names of the body and of its places in the report's view."""
    region = report.region
    places = (region.province, region.city, region.county) if region else ()
    return names_pattern(tuple(name for name in (report.org, *places) if name))
