"""The summary of what a query finds: its statements by what they do, those said most first, none twice."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any, NamedTuple

import msgspec

from ...data.records import Report
from ...data.store import Filters, Selection, Sought, Store
from ...data.store.alike import are_alike
from .budget import Budget
from .clauses import cut
from .digest import Digest, Group, GroupKind, Place, Quotation
from .pieces import said_by

# Statements read at most; more would not change what is said most, and take more than a few seconds.
READ = 20_000
# Places listed with a quotation; the count of all stands beside them.
_LISTED = 5
# Shares of the budget; problems leave room for the plans that answer them.
_SHARES: dict[GroupKind, float] = {"problem": 0.6, "plan": 0.8, "initiative": 0.95, "other": 1.0}
# A quotation may take a quarter of the budget.
_CUT = 4
# What another statement of a report, or body, that speaks already is worth.
_AGAIN = 0.5


class _Found(NamedTuple):
    row: dict[str, Any]
    org: str | None
    year: int | None

    @property
    def text(self) -> str:
        return str(self.row["text"])


class _Cluster(NamedTuple):
    """Statements that are the same but for figures, blanks and signs."""

    head: _Found
    pieces: frozenset[str]
    members: list[_Found]


def summarise_found(store: Store, sought: Sought, characters: int = 1200) -> Digest:
    """The summary of the statements that a query finds; raises QueryError."""
    sought = msgspec.structs.replace(sought, in_="statements")
    rows = list(islice(store.rows("statements", among=sought), READ + 1))
    found = _found(store, rows[:READ], sought.filters)
    years = sorted(one.year for one in found if one.year is not None)
    budget = Budget(characters)
    groups = tuple(_groups(store, budget, found))
    return Digest(
        scope="query",
        about=sought.words,
        reports=len({one.row["report_id"] for one in found}),
        bodies=len({one.org for one in found if one.org}),
        first_year=years[0] if years else None,
        last_year=years[-1] if years else None,
        statements=len(found),
        truncated=len(rows) > READ,
        budget=characters,
        characters=characters - budget.left,
        developments=(),
        groups=groups,
    )


def _found(store: Store, rows: Sequence[dict[str, Any]], filters: Filters) -> list[_Found]:
    """The rows with body and year."""
    chosen = Filters(years=filters.years, org=filters.org, region=filters.region)
    selection = Selection(table="reports", columns=("id", "org", "year"), filters=chosen)
    heads = {id_: (org, year) for id_, org, year in store.select(selection)} if rows else {}
    return [_Found(row, *heads.get(row["report_id"], (None, None))) for row in rows]


def _groups(store: Store, budget: Budget, found: Sequence[_Found]) -> Iterable[Group]:
    labelled: dict[str, list[_Found]] = defaultdict(list)
    for one in found:
        labelled[one.row["label"]].append(one)
    most = budget.characters // _CUT
    for kind, share in _SHARES.items():
        clusters = _clusters(labelled[kind])
        kept = [cut(_quotation(one), most) for one in _chosen(budget, clusters, share, most)]
        if kind == "problem":
            kept = [_answered(store, budget, one, most) for one in kept]
        if clusters:
            yield Group(kind=kind, category=None, total=len(labelled[kind]), quotations=tuple(kept))


def _clusters(found: Sequence[_Found]) -> list[_Cluster]:
    """Statements that read the same together, by the newest of them."""
    same: dict[frozenset[str], list[_Found]] = defaultdict(list)
    for one in found:
        same[said_by(one.text)].append(one)
    newest = {pieces: sorted(group, key=_newness) for pieces, group in same.items()}
    return [_Cluster(group[0], pieces, group) for pieces, group in newest.items()]


def _newness(found: _Found) -> tuple[int, str, int]:
    return -(found.year or 0), found.row["report_id"], found.row["start"]


def _chosen(budget: Budget, clusters: Sequence[_Cluster], share: float, most: int) -> Iterable[_Cluster]:
    """Clusters as they are worth most beside those chosen before, while they fit.

    What many say is worth most, then what is new and short; a body that speaks already is worth half.
    """
    left = sorted(clusters, key=lambda one: (-_weight(one), _newness(one.head)))
    said: set[str | None] = set()
    while left:
        best = max(left, key=lambda one: _weight(one) * (_AGAIN if one.head.org in said else 1))
        alike = [one for one in left if one is best or are_alike(one.pieces, best.pieces)]
        left = [one for one in left if one not in alike]
        members = [member for one in alike for member in one.members]
        text = cut(_quotation(best), most).text
        if budget.left < 10:
            return
        if budget.say(text, share):
            said.add(best.head.org)
            yield best._replace(members=members)


def _weight(cluster: _Cluster) -> float:
    """Says how many, the sureness of the label, and how short it is."""
    sure = float(cluster.head.row["confidence"] or 0)
    return float((1 + math.log2(len(cluster.members))) * sure / max(20, len(cluster.head.text)) ** 0.25)


def _quotation(cluster: _Cluster) -> Quotation:
    head, others = cluster.head, [one for one in cluster.members if one is not cluster.head]
    return Quotation(
        text=head.text,
        start=head.row["start"],
        end=head.row["end"],
        report=head.row["report_id"],
        org=head.org,
        year=head.year,
        category=head.row["category"],
        also=tuple(_place(one) for one in others[:_LISTED]),
        alike=len(others),
    )


def _place(found: _Found) -> Place:
    row = found.row
    return Place(report=row["report_id"], org=found.org, year=found.year, start=row["start"], end=row["end"])


def _answered(store: Store, budget: Budget, problem: Quotation, most: int) -> Quotation:
    """The problem with the plans of its report that answer it, as far as they fit."""
    report: Report = store.report(problem.report)
    places = {one.start: place for place, one in enumerate(report.statements)}
    plans = [
        cut(
            Quotation(
                text=one.text,
                start=one.start,
                end=one.end,
                report=report.id,
                org=report.org,
                year=report.year,
                category=one.category,
            ),
            most,
        )
        for one in report.statements
        if one.label == "plan" and one.answers is not None and one.answers == places.get(problem.start)
    ]
    return msgspec.structs.replace(problem, plans=tuple(one for one in plans if budget.say(one.text, 0.75)))
