"""Which categories of problems, initiatives or plans reports speak of, by year, region, level or body."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ...data.records import Label
from ...data.store import LabelCounts, YearReport
from .groups import By, Group, grouped, throughout
from .shares import Difference, Share, difference, on_both_sides, share_of
from .tallies import GroupTally, tally

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
    named = tuple(categories) or _categories(reports, counts)
    # Within one body its years are what varies.
    tallies = tally(groups, counts, named, apart=by == "org")
    return CategoryTrends(
        label=label,
        by=by,
        groups=tuple(group for group, _ in groups),
        silent=tuple(one.silent for one in tallies),
        statements=tuple(one.statements for one in tallies),
        uncertain=tuple(sum(counts.get(each.id, _NONE).uncertain for each in some) for _, some in groups),
        categories=named,
        points=tuple(
            CategoryPoint(
                group=one.group,
                category=category,
                reports=share_of(one.mentioning(category)),
                statements=share_of(one.stating(category)),
            )
            for category in named
            for one in tallies
        ),
        changes=tuple(_changes(tallies[0], tallies[-1], named)) if by == "year" and len(groups) > 1 else (),
        reports=len(reports),
        bodies=len({report.body for report in reports}),
        throughout=len(throughout(groups)),
    )


def _categories(reports: Sequence[YearReport], counts: Mapping[str, LabelCounts]) -> tuple[str, ...]:
    """By the number of reports that mention them."""
    seen = Counter(name for report in reports for name in counts.get(report.id, _NONE).categories)
    return tuple(sorted(seen, key=lambda name: (-seen[name], name)))


def _changes(first: GroupTally, last: GroupTally, categories: Sequence[str]) -> Iterator[CategoryChange]:
    for category in categories:
        sides = first.mentioning(category), last.mentioning(category)
        change = difference(*sides)
        if change is not None:
            yield CategoryChange(
                category=category,
                first=first.group,
                last=last.group,
                reports=change,
                statements=difference(first.stating(category), last.stating(category)),
                same_bodies=difference(*on_both_sides(*sides)),
            )
