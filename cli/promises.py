"""`nianbao promises`: what became of last year's plans, by what this year's report says."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Annotated, Any, NamedTuple, get_args

import msgspec
import typer
from rich.text import Text

from ..data.records import Genre, Outcome
from ..data.store import Store
from ..data.terms import term
from ..nlp.promises import BodyPromises, Promise, PromiseEvidence, PromiseShares, find_promises
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json, write_jsonl
from .search_options import Csv, Region, Year, years_of

# The columns of a promise in CSV; of its evidence the first, the others are in JSON.
COLUMNS = (
    *("org", "region_code", "genre", "year", "next_year", "outcome", "certainty", "whole"),
    *("plan", "category", "report_id", "start", "end", "statement_id"),
    *("evidence", "evidence_outcome", "evidence_certainty"),
    *("next_report_id", "evidence_start", "evidence_end", "evidence_statement_id", "missing"),
)
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_MARKS = {"kept": "✓", "problem": "✗", "repeated": "↻", "silent": "·", "vague": "~"}
_STYLES = {"kept": "green", "problem": "bold red", "repeated": "yellow", "silent": "magenta", "vague": "dim"}
# Characters of a plan or of its evidence that a line shows.
_SHOWN = 120


class _Wanted(NamedTuple):
    """Which promises are shown."""

    outcome: Outcome | None
    certainty: float


def command(
    org: Annotated[
        str | None, typer.Argument(metavar="[ORG]", help="A body's name or part of it; none means all.")
    ] = None,
    db: Database = DEFAULT_DATABASE,
    year: Year = None,
    region: Region = None,
    genre: Annotated[Genre | None, typer.Option(help="Only reports of this kind.")] = None,
    outcome: Annotated[Outcome | None, typer.Option(help="Only plans of this outcome.")] = None,
    certainty: Annotated[
        float, typer.Option(min=0, max=1, help="Only outcomes at least so certain; shares count all.")
    ] = 0.0,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="Reports shown at most.")] = 40,
    as_json: Json = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Write JSON Lines.")] = False,
    as_csv: Csv = False,
) -> None:
    """Hold the plans of each report against the body's next one: kept, still a problem, repeated or silent.

    Kept (✓) where an act matches, else still named as a problem (✗), planned again (↻), or silent (·); plans
    that name no object (~) cannot be judged. Each with its evidence, its place and how certain it is. --year
    is that of the plans. The formats for pipes have everything, whatever --limit says.

    Example: nianbao promises 洪泽区 --outcome problem --db 年报.db
    """
    wanted = _Wanted(outcome, certainty)
    with Store.open(db, read_only=True) as store:
        found = find_promises(store, org=org, region=region, years=years_of(year), genre=genre)
        if as_jsonl:
            write_jsonl(_chosen(found, wanted))
        elif as_csv:
            write_csv(map(_row, _chosen(found, wanted)), COLUMNS)
        elif as_json:
            bodies = list(found)
            shares = [body.shares for body in bodies]
            write_json({"shares": shares, "promises": list(_chosen(bodies, wanted))})
        else:
            _print(found, wanted, limit)


def _chosen(bodies: Iterable[BodyPromises], wanted: _Wanted) -> Iterator[Promise]:
    for body in bodies:
        for promise in body.promises:
            sure = promise.certainty is None or promise.certainty >= wanted.certainty
            if sure and wanted.outcome in (None, promise.outcome):
                yield promise


def _row(promise: Promise) -> dict[str, Any]:
    """A promise with its first piece of evidence; places are those of the two reports' texts."""
    fields = {name: getattr(promise, name) for name in COLUMNS if name in promise.__struct_fields__}
    plan = promise.plan
    fields |= {name: value for name, value in msgspec.structs.asdict(plan).items() if name != "text"}
    fields |= {"plan": plan.text, "evidence": None}
    fields |= {"missing": " ".join(map(str, promise.missing))}
    fields |= {} if promise.whole is None else {"whole": int(promise.whole)}
    for first in promise.evidence[:1]:
        fields |= {"evidence": first.text}
        for name in ("outcome", "certainty", "start", "end", "statement_id"):
            fields[f"evidence_{name}"] = getattr(first, name)
    return {name: fields.get(name) for name in COLUMNS}


def _print(bodies: Iterable[BodyPromises], wanted: _Wanted, limit: int) -> None:
    every: list[PromiseShares] = []
    shown = several = 0
    for org, reports in groupby(bodies, key=lambda body: (body.shares.org, body.shares.genre)):
        for body in reports:
            every.append(body.shares)
            chosen = list(_chosen([body], wanted))
            several += bool(chosen)
            if chosen and shown < limit:
                shown += 1
                _print_report(org[0], body.shares, chosen)
    _print_total(every, shown, several)


def _print_report(org: str, shares: PromiseShares, promises: list[Promise]) -> None:
    head = Text(org, style="bold")
    if shares.genre == "work":
        head.append(f"（{term('genre', 'work')}）")
    head.append(f"  {shares.year} → {shares.next_year}", style="cyan")
    stdout.print(head.append(f"   {_shares(shares)}", style="dim"))
    missing = promises[0].missing
    if missing:
        years = "、".join(map(str, missing))
        stdout.print(Text(f"  {years}年的报告不在档案中，以{shares.next_year}年的报告为准", style="yellow"))
    for promise in promises:
        _print_promise(promise)


def _print_promise(promise: Promise) -> None:
    outcome = term("outcome", promise.outcome)
    part = term("outcome", "part") if promise.whole is False else ""
    sure = "" if promise.certainty is None else f" {promise.certainty:.2f}"
    line = Text(f"  {_MARKS[promise.outcome]} {part}{outcome}{sure}  ", style=_STYLES[promise.outcome])
    line.append(_line(promise.plan.text), style="default")
    stdout.print(line.append(f"  [{promise.plan.start}:{promise.plan.end}]", style="dim"))
    for one in _first_of_each(promise.evidence):
        said = Text(f"      {term('outcome_evidence', one.outcome)} ", style=_STYLES[one.outcome])
        said.append(_line(one.text), style="default")
        stdout.print(said.append(f"  [{one.start}:{one.end}] {one.certainty:.2f}", style="dim"))


def _first_of_each(evidence: Iterable[PromiseEvidence]) -> Iterator[PromiseEvidence]:
    """The likeliest statement of each outcome."""
    told: set[Outcome] = set()
    for one in evidence:
        if one.outcome not in told:
            told.add(one.outcome)
            yield one


def _line(text: str) -> str:
    """A quotation on one line; its place tells where the whole stands."""
    plain = "".join(text.split())
    return plain if len(plain) <= _SHOWN else plain[:_SHOWN] + "…"


def _shares(shares: PromiseShares) -> str:
    told = ((name, getattr(shares, name)) for name in OUTCOMES)
    parts = [
        f"{term('outcome', name)}{number}"
        + (f"（{number / shares.judged:.0%}）" if name != "vague" and shares.judged else "")
        for name, number in told
        if number
    ]
    return f"{shares.plans}条计划：{'，'.join(parts)}"


def _print_total(every: list[PromiseShares], shown: int, several: int) -> None:
    judged = [shares for shares in every if shares.next_year is not None]
    waiting = len(every) - len(judged)
    if not every:
        note("No report with plans is in the archive for this.")
        return
    total = PromiseShares(
        org="",
        region_code=None,
        genre="disclosure",
        year=0,
        next_year=0,
        **{name: sum(getattr(shares, name) for shares in judged) for name in ("plans", "judged", *OUTCOMES)},
    )
    if judged:
        note(f"合计{len(judged):,}份报告，{_shares(total)}")
    if waiting:
        note(f"{waiting:,} reports have plans but no later report of the body in the archive.")
    if shown < several:
        note(f"{shown} of {several:,} reports shown (--limit {several})")
