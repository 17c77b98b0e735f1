"""Last year's plans held against this year's report of the body: kept, repeated, still a problem, silent."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from ..data.records import Genre, Outcome
from ..data.store import Store
from ..data.store.holdings import Years
from ..data.store.promises import Stated, Succession, SuccessionFilters

# The model needs NumPy, which `nianbao --help` is not to wait for.
if TYPE_CHECKING:
    from ..models.promises import Judgement, PromiseModel, Said

# Of each outcome so many statements are shown as evidence, the likeliest.
_EVIDENCE_MAX = 3


class Quotation(msgspec.Struct, frozen=True, kw_only=True):
    """A statement: `text` stands at `[start, end)` of the report's text; `statement_id` is its number."""

    report_id: str
    statement_id: int
    text: str
    start: int
    end: int
    category: str | None


class PromiseEvidence(Quotation, frozen=True, kw_only=True):
    """A statement of the following report, what it shows of the plan, and how likely it does."""

    outcome: Outcome
    certainty: float


class Promise(msgspec.Struct, frozen=True, kw_only=True):
    """A plan of a body's report of `year`, and what its report of `next_year` says of it.

    `outcome` is `kept` (an act matches), `problem` (still named as one), `repeated` (planned again),
    `silent` (nothing matches) or `vague` (nothing could: the plan names no object); of several the first.
    `evidence` holds what shows it and what else matches, the outcome's own first, each the likeliest first;
    `whole` tells of a kept plan whether each of its clauses has an act. `certainty` in [0, 1] is how likely
    the outcome is right, None where nothing was weighed. `missing` are years between without a report.
    """

    org: str
    region_code: str | None
    genre: Genre
    year: int
    next_year: int
    missing: tuple[int, ...]
    next_report_id: str
    outcome: Outcome
    certainty: float | None
    whole: bool | None
    plan: Quotation
    evidence: tuple[PromiseEvidence, ...]


class PromiseShares(msgspec.Struct, frozen=True, kw_only=True):
    """What became of the plans of a body's year: numbers by outcome.

    `plans` counts all, `judged` those that are not vague; `next_year` is None where no later report is in
    the archive, and nothing is judged then.
    """

    org: str
    region_code: str | None
    genre: Genre
    year: int
    next_year: int | None
    plans: int
    judged: int
    kept: int = 0
    problem: int = 0
    repeated: int = 0
    silent: int = 0
    vague: int = 0


class BodyPromises(msgspec.Struct, frozen=True, kw_only=True):
    """The plans of one report, in its order, and their shares."""

    shares: PromiseShares
    promises: tuple[Promise, ...]


def find_promises(
    store: Store,
    *,
    org: str | None = None,
    region: str | None = None,
    years: Years | None = None,
    genre: Genre | None = None,
    reports: tuple[str, ...] | None = None,
) -> Iterator[BodyPromises]:
    """What became of the plans of each report, by body, genre and year, read as they are taken.

    `years` are those of the reports that plan; they are held against the next report of the body and genre
    that the archive has. A report with no later one has no promises, its shares tell the number of plans.
    `reports` are the ids of those looked at, None for all.
    Takes some 10 ms a report of an ordinary archive.
    """
    from ..models.promises import PromiseModel

    model = PromiseModel.load()
    for succession in store.successions(SuccessionFilters(org, region, years, genre, reports)):
        plans = [stated for stated in succession.statements if stated.label == "plan"]
        promises = () if succession.next_year is None else _promises(model, succession, plans)
        if plans:
            yield BodyPromises(shares=_shares(succession, len(plans), promises), promises=promises)


def _promises(model: "PromiseModel", succession: Succession, plans: Sequence[Stated]) -> tuple[Promise, ...]:
    later = succession.next_statements
    judged = model.judge(list(map(_said, plans)), list(map(_said, later)))
    return tuple(
        Promise(
            org=succession.org,
            region_code=succession.region_code,
            genre=succession.genre,
            year=succession.year,
            next_year=succession.next_year or 0,
            missing=succession.missing,
            next_report_id=succession.next_report_id or "",
            outcome=judgement.outcome,
            certainty=judgement.certainty,
            whole=judgement.whole,
            plan=_quotation(succession.report_id, plan),
            evidence=tuple(_evidence(succession, judgement)),
        )
        for plan, judgement in zip(plans, judged, strict=True)
    )


def _said(stated: Stated) -> "Said":
    from ..models.promises import Said

    return Said(stated.view.replace("\n", "").replace(" ", ""), stated.label, stated.category)


def _quotation(report_id: str, stated: Stated) -> Quotation:
    return Quotation(
        report_id=report_id,
        statement_id=stated.id,
        text=stated.text,
        start=stated.start,
        end=stated.end,
        category=stated.category,
    )


def _evidence(succession: Succession, judgement: "Judgement") -> Iterator[PromiseEvidence]:
    """The links of the outcome, then the others, of each outcome the likeliest."""
    told: Counter[Outcome] = Counter()
    for link in sorted(judgement.links, key=lambda link: link.outcome != judgement.outcome):
        told[link.outcome] += 1
        if told[link.outcome] <= _EVIDENCE_MAX:
            quoted = _quotation(succession.next_report_id or "", succession.next_statements[link.statement])
            yield PromiseEvidence(
                **msgspec.structs.asdict(quoted), outcome=link.outcome, certainty=link.certainty
            )


def _shares(succession: Succession, plans: int, promises: Iterable[Promise]) -> PromiseShares:
    told = Counter(promise.outcome for promise in promises)
    return PromiseShares(
        org=succession.org,
        region_code=succession.region_code,
        genre=succession.genre,
        year=succession.year,
        next_year=succession.next_year,
        plans=plans,
        judged=sum(told.values()) - told["vague"],
        **{str(outcome): number for outcome, number in told.items()},
    )
