"""`nianbao gaps`: which years are missing, which reports are doubled, which look wrong."""

import json
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any

import msgspec
import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ..data.store import Gap, GapKind, Holding, Store
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json, write_jsonl

# The columns of a finding in CSV; JSON has the reports as records.
COLUMNS = ("kind", "rule", "name", "org", "genre", "year", "message", "figures", "ids", "titles", "paths")
_HAS, _MISSING, _DOUBLED, _SUSPICIOUS, _NONE = "●", "○", "‖", "?", "·"
_STYLES = {_MISSING: "bold red", _DOUBLED: "yellow", _SUSPICIOUS: "magenta", _NONE: "dim"}
_MARKS = {"missing": _MISSING, "doubled": _DOUBLED, "suspicious": _SUSPICIOUS}
_KINDS = ("missing", "doubled", "suspicious")


def command(
    db: Database = DEFAULT_DATABASE,
    org: Annotated[str | None, typer.Option(help="Part of the organisation's name.")] = None,
    region: Annotated[str | None, typer.Option(help="A region's name, or the start of its code.")] = None,
    years: Annotated[str | None, typer.Option(help="Years that should be there: 2019..2024, or one.")] = None,
    kind: Annotated[GapKind | None, typer.Option(help="Only findings of this kind.")] = None,
    limit: Annotated[
        int, typer.Option("--limit", "-n", min=1, help="Bodies, and findings of each sort, shown at most.")
    ] = 40,
    as_json: Json = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Write JSON Lines.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
) -> None:
    """Show which years of which body are there, missing (○), doubled (‖) or suspicious (?), and what to do.

    Missing are the years between a body's first and last report; with --years also those of them before
    and after. The formats for pipes have everything, whatever --limit says.

    Example: nianbao gaps --region 江苏 --years 2019..2024 --db 年报.db
    """
    wanted = _years(years)
    with Store.open(db, read_only=True) as store:
        gaps = list(store.gaps(org=org, region=region, years=wanted, kind=kind))
        if as_jsonl:
            write_jsonl(map(_record, gaps))
        elif as_csv:
            write_csv(map(_row, gaps), COLUMNS)
        elif as_json:
            counts: dict[str, int] = dict(Counter(gap.kind for gap in gaps))
            write_json({"counts": counts, "gaps": list(map(_record, gaps))})
        else:
            holdings = list(store.holdings(org=org, region=region, years=wanted))
            _print_grid(holdings, gaps, limit)
            _print_findings(gaps, limit)


def _years(text: str | None) -> tuple[int | None, int | None] | None:
    """`2020` or `2019..2023` (either end may be left out) as first and last year."""
    if text is None:
        return None
    first, dots, last = text.partition("..")
    try:
        low = int(first) if first else None
        high = (int(last) if last else None) if dots else low
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no year; write 2020 or 2019..2024.") from None
    bounds = [bound for bound in (low, high) if bound is not None]
    if not bounds or not all(1900 <= bound <= 2199 for bound in bounds) or bounds != sorted(bounds):
        raise typer.BadParameter(f"{text!r} is no span of years; write 2020 or 2019..2024.")
    return low, high


def _record(gap: Gap) -> dict[str, Any]:
    record: dict[str, Any] = msgspec.to_builtins(gap)
    return record | {"name": term("gap_rule", gap.rule)}


def _row(gap: Gap) -> dict[str, Any]:
    fields = _record(gap) | {"figures": json.dumps(gap.figures, ensure_ascii=False)}
    fields |= {"ids": " ".join(report.id for report in gap.reports)}
    fields |= {"titles": " | ".join(report.title or "" for report in gap.reports)}
    fields |= {"paths": " | ".join(report.path or "" for report in gap.reports)}
    return {name: fields[name] for name in COLUMNS}


def _print_grid(holdings: Sequence[Holding], gaps: Sequence[Gap], limit: int) -> None:
    """Bodies by years: those with findings first, then those with the longest series."""
    marks = _marks(holdings, gaps)
    if not marks:
        return
    years = range(min(year for _, _, year in marks), max(year for _, _, year in marks) + 1)
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    shown.add_column("机构", no_wrap=True)
    for year in years:
        shown.add_column(f"{year % 100:02}", justify="center", no_wrap=True)
    found = Counter((org, genre) for (org, genre, _), mark in marks.items() if mark != _HAS)
    length = Counter((org, genre) for org, genre, _ in marks)
    bodies = sorted(length, key=lambda body: (not found[body], -length[body], body))
    for org, genre in bodies[:limit]:
        name = org if genre == "disclosure" else f"{org}（{term('genre', genre)}）"
        cells = (marks.get((org, genre, year), _NONE) for year in years)
        shown.add_row(name, *(Text(mark, style=_STYLES.get(mark, "green")) for mark in cells))
    stdout.print(shown)
    note(f"{years[0]}-{years[-1]}  ● there  ○ missing  ‖ doubled  ? suspicious  · not in the series")
    if len(bodies) > limit:
        note(f"{limit} of {len(bodies):,} rows shown (--limit {len(bodies)})")


def _marks(holdings: Sequence[Holding], gaps: Sequence[Gap]) -> dict[tuple[str, str, int], str]:
    """The mark of each body, genre and year; of several the gravest: missing, doubled, suspicious."""
    marks: dict[tuple[str, str, int], str]
    marks = {(one.org, one.genre, year): _HAS for one in holdings for year in one.years}
    by_id = {(gap.org, gap.genre, gap.year): gap.kind for gap in reversed(gaps) if gap.org and gap.year}
    for (org, genre, year), kind in by_id.items():
        if org and year and (kind == "missing" or (org, genre, year) in marks):
            marks[org, genre, year] = _MARKS[kind]
    return marks


def _print_findings(gaps: Sequence[Gap], limit: int) -> None:
    if not gaps:
        note("Nothing is missing, doubled or suspicious.")
        return
    ordered = sorted(gaps, key=lambda gap: (_KINDS.index(gap.kind), gap.rule))
    for (kind, rule), some in groupby(ordered, key=lambda gap: (gap.kind, gap.rule)):
        listed = list(some)
        stdout.print()
        head = Text(f"{_MARKS[kind]} {term('gap', kind)} · {term('gap_rule', rule)}", style="bold")
        stdout.print(head.append(f"  {len(listed):,}", style="cyan"))
        for gap in listed[:limit]:
            _print_one(gap)
        if len(listed) > limit:
            note(f"  … {len(listed) - limit:,} more (--limit {len(listed)})")
    counts = Counter[str](gap.kind for gap in gaps)
    note("")
    note("，".join(f"{term('gap', kind)}{counts[kind]:,}项" for kind in _KINDS if counts[kind]))


def _print_one(gap: Gap) -> None:
    who = "" if gap.kind != "suspicious" else f"{gap.org or '机构不明'}{gap.year or ''}："
    stdout.print(Text(f"  {who}{gap.message}"))
    if gap.kind != "missing":
        for report in gap.reports:
            stdout.print(Text(f"    {report.id}  {report.path or report.title or ''}", style="dim"))
