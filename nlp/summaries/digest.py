"""What a summary of several reports holds: quotations, each with the report, year and place it stands at."""

from typing import Literal

import msgspec

from ...data.records import Fact, Figure

Scope = Literal["series", "query"]
# How points of a series stand to the other years, or what the statements found by a query do.
GroupKind = Literal["returning", "new", "gone", "problem", "initiative", "plan", "other"]


class Place(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where something stands: `[start, end)` of the text of a report."""

    report: str
    org: str | None
    year: int | None
    start: int
    end: int


class Quotation(Fact, frozen=True, kw_only=True):
    """A statement taken into a summary, whole or up to the end of a clause.

    `also` lists where nearly the same is said, figures aside, or for a problem that returns where it was said
    before, by year; `alike` counts all such statements, those not listed too. `plans` answer a problem, in
    its report.
    """

    report: str
    org: str | None
    year: int | None
    category: str | None = None
    also: tuple[Place, ...] = ()
    alike: int = 0
    plans: tuple["Quotation", ...] = ()


class YearFigure(Figure, frozen=True, kw_only=True, gc=False):
    """A key figure of a year's report."""

    report: str
    year: int


class Development(msgspec.Struct, frozen=True, kw_only=True):
    """A key figure through the years, in one unit."""

    indicator: str
    unit: str | None
    figures: tuple[YearFigure, ...]


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Quotations of one kind (and category); `total` counts those there are, shown or not."""

    kind: GroupKind
    category: str | None
    total: int
    quotations: tuple[Quotation, ...]


class Digest(msgspec.Struct, frozen=True, kw_only=True):
    """The summary of a body's reports through the years, or of the statements that a query finds.

    `about` is the body's name or the query; `reports`, `bodies` and `statements` count what was read,
    `truncated` says that there were more statements than are read. `characters` is the length of all names,
    numbers and quotations, never more than `budget`.
    """

    scope: Scope
    about: str
    reports: int
    bodies: int
    first_year: int | None
    last_year: int | None
    statements: int
    truncated: bool = False
    budget: int
    characters: int
    developments: tuple[Development, ...]
    groups: tuple[Group, ...]
