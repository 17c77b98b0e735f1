"""Which reports are one body's: the same under its full and its short name."""

from typing import NamedTuple, Protocol

from .folding import fold
from .records import Region


class Body(NamedTuple):
    """Who reports: the code of its region, and its name without that of the region."""

    region: str
    name: str


class Reporting(Protocol):
    """Anything that says who reports and where that body is seated: a report, its tables, its row."""

    @property
    def org(self) -> str | None:
        """The body's name as the report has it."""

    @property
    def region(self) -> Region | None:
        """Where the body is seated."""


def body_of(report: Reporting) -> Body:
    """The body that reports: 淮安市洪泽区财政局 and 洪泽区财政局 are one where both lie in 320813."""
    name, region = fold(report.org or "").replace(" ", ""), report.region
    if region is None or region.code is None:
        return Body("", name)
    for place in (region.province, region.city, region.county):
        name = name.removeprefix(place or "") or name
    return Body(region.code, name)
