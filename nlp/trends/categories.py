"""Which categories of problems, initiatives or plans reports speak of, by year, region, level or body."""

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from ...data.bodies import Body
from ...data.records import Label
from ...data.store import LabelCounts, YearReport
from .groups import By, Group, Grouped, grouped, throughout
from .shares import Clusters, Difference, Share, difference, share_of

_NONE = LabelCounts({})


class CategoryPoint(msgspec.Struct, frozen=True, kw_only=True):
    """A category in a group: its share of reports (they mention it) and of the statements of the label."""

    group: Group
    category: str
    reports: Share
    statements: Share


class CategoryChange(msgspec.Struct, frozen=True, kw_only=True):
    """From the first group to the last: of the share of reports and of statements.

    `same_bodies` is the change of the share of reports among the bodies that are in both; None without any.
    """

    category: str
    first: Group
    last: Group
    reports: Difference
    statements: Difference | None
    same_bodies: Difference | None


class CategoryTrends(msgspec.Struct, frozen=True, kw_only=True):
    """Points of every group and category, the most frequent category first.

    `silent` and `statements` say for each group how many reports have no such statement and how many
    statements there are, `uncertain` how many of those a person should look at. `changes` are there for
    years only, `throughout` is the number of bodies that have a report of every year.
    """

    label: Label
    by: By
    groups: tuple[Group, ...]
    silent: tuple[int, ...]
    statements: tuple[int, ...]
    uncertain: tuple[int, ...]
    categories: tuple[str, ...]
    points: tuple[CategoryPoint, ...]
    changes: tuple[CategoryChange, ...] = ()
    reports: int = 0
    bodies: int = 0
    throughout: int = 0

    def of(self, category: str) -> tuple[CategoryPoint, ...]:
        """The points of one category, group by group."""
        return tuple(point for point in self.points if point.category == category)


def category_trends(
    label: Label,
    reports: Sequence[YearReport],
    counts: Mapping[str, LabelCounts],
    by: By = "year",
    categories: Sequence[str] = (),
) -> CategoryTrends:
    """The trends of these reports (see `Store.year_reports`, `Store.label_counts`).

    `categories` are those wanted, none for all there are. A report that says nothing of the kind counts
    among those that do not mention a category.
    """
    groups = grouped(reports, by)
    held = [[counts.get(report.id, _NONE) for report in some] for _, some in groups]
    named = tuple(categories) or _categories(reports, counts)
    return CategoryTrends(
        label=label,
        by=by,
        groups=tuple(group for group, _ in groups),
        silent=tuple(sum(not one.categories for one in some) for some in held),
        statements=tuple(sum(sum(one.categories.values()) for one in some) for some in held),
        uncertain=tuple(sum(one.uncertain for one in some) for some in held),
        categories=named,
        points=tuple(
            _point(group, some, counts, category, by) for category in named for group, some in groups
        ),
        changes=tuple(_changes(groups, counts, named)) if by == "year" else (),
        reports=len(reports),
        bodies=len({report.body for report in reports}),
        throughout=len(throughout(groups)),
    )


def _categories(reports: Sequence[YearReport], counts: Mapping[str, LabelCounts]) -> tuple[str, ...]:
    """By the number of reports that mention them."""
    seen = Counter(name for report in reports for name in counts.get(report.id, _NONE).categories)
    return tuple(sorted(seen, key=lambda name: (-seen[name], name)))


def _point(
    group: Group, reports: list[YearReport], counts: Mapping[str, LabelCounts], category: str, by: By
) -> CategoryPoint:
    # Within one body its years are what varies.
    apart = by == "org"
    return CategoryPoint(
        group=group,
        category=category,
        reports=share_of(_mentioning(reports, counts, category, apart)),
        statements=share_of(_stating(reports, counts, category, apart)),
    )


def _mentioning(
    reports: Sequence[YearReport], counts: Mapping[str, LabelCounts], category: str, apart: bool = False
) -> Clusters:
    """By body, how many of its reports mention the category, of how many."""
    found: dict[str | Body, tuple[int, int]] = {}
    for report in reports:
        key = report.id if apart else report.body
        hits, units = found.get(key, (0, 0))
        held = category in counts.get(report.id, _NONE).categories
        found[key] = (hits + held, units + 1)
    return found


def _stating(
    reports: Sequence[YearReport], counts: Mapping[str, LabelCounts], category: str, apart: bool = False
) -> Clusters:
    """By body, how many of its statements are of the category, of how many."""
    found: dict[str | Body, tuple[int, int]] = {}
    for report in reports:
        key = report.id if apart else report.body
        hits, units = found.get(key, (0, 0))
        kinds = counts.get(report.id, _NONE).categories
        found[key] = (hits + kinds.get(category, 0), units + sum(kinds.values()))
    return found


def _changes(
    groups: Grouped, counts: Mapping[str, LabelCounts], categories: Sequence[str]
) -> list[CategoryChange]:
    if len(groups) < 2:
        return []
    (first, before), (last, after) = groups[0], groups[-1]
    same = {report.body for report in before} & {report.body for report in after}
    found = []
    for category in categories:
        sides = [_mentioning(some, counts, category) for some in (before, after)]
        kept = [{body: side[body] for body in same} for side in sides]
        stated = [_stating(some, counts, category) for some in (before, after)]
        change = difference(*sides)
        if change is not None:
            found.append(
                CategoryChange(
                    category=category,
                    first=first,
                    last=last,
                    reports=change,
                    statements=difference(*stated),
                    same_bodies=difference(*kept),
                )
            )
    return found
