"""`nianbao check`: what does not add up, report by report or across an archive."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.text import Text

from ..data.check_rules import check_rule
from ..data.records import Check, Report
from ..data.store import Store
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json, write_jsonl
from .report_source import named_report

Sort = Literal["org", "year", "rule", "severity", "difference"]
State = Literal["fails", "holds", "not_assessable", "all"]
Kind = Literal["identity", "soft", "value", "context", "prose", "series"]

# The columns of a result, as every format for pipes has them.
COLUMNS = (
    *("org", "year", "kind", "rule", "name", "severity", "state"),
    *("left", "right", "difference", "cells", "message", "report_id"),
)
STYLES = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_SEVERITIES = ("error", "warning", "info")


def command(
    reports: Annotated[
        list[str] | None,
        typer.Argument(help="Reports by id, path, title, or organisation and year; none means all."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    state: Annotated[State, typer.Option(help="What is shown.")] = "fails",
    kind: Annotated[Kind | None, typer.Option(help="Only checks of this kind.")] = None,
    sort: Annotated[Sort, typer.Option(help="What the rows are ordered by.")] = "org",
    as_json: Json = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Write JSON Lines.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
) -> None:
    """List what does not add up: sums of tables, forms and dates, prose against tables, year against year.

    Without a report the whole database is held against itself, the years of each body and governments
    against the bodies below them too.

    Example: nianbao check --db 年报.db --sort difference --csv > checks.csv
    """
    rows = [row for row in _results(reports, db) if state in ("all", row["state"])]
    rows = sorted((row for row in rows if kind in (None, row["kind"])), key=lambda row: _key(row, sort))
    if as_jsonl:
        write_jsonl(rows)
    elif as_csv:
        write_csv(({**row, "cells": " ".join(row["cells"])} for row in rows), COLUMNS)
    elif as_json:
        write_json(rows)
    else:
        _print(rows, state)


def _results(names: list[str] | None, db: Path) -> Iterator[dict[str, Any]]:
    if names:
        found = {report.id: report for report in (named_report(name, db) for name in names)}
        for report in found.values():
            for check in _own(report):
                yield _row(report.org, report.year, report.id, check)
        if db.exists():
            yield from _series(db, set(found))
        return
    with Store.open(db, read_only=True) as store:
        for result in store.rows("check_results"):
            yield _stored(result)
    yield from _series(db, None)


def _own(report: Report) -> tuple[Check, ...]:
    """The checks of a report, made now where it was kept before there were any."""
    if report.checks:
        return report.checks
    from ..nlp.checks import check_report

    return check_report(report)


def _series(db: Path, wanted: set[str] | None) -> Iterator[dict[str, Any]]:
    """Checks between the reports of a database, all or those about the reports wanted."""
    from ..nlp.series_checks import check_series

    with Store.open(db, read_only=True) as store:
        findings = check_series(store.report_tables())
    for finding in findings:
        if wanted is None or finding.report_id in wanted:
            yield _row(finding.org, finding.year, finding.report_id, finding.check)


def _row(org: str | None, year: int | None, report_id: str, check: Check) -> dict[str, Any]:
    fields = {name: getattr(check, name) for name in COLUMNS if hasattr(check, name)}
    fields |= {"org": org, "year": year, "name": check_rule(check.rule).name, "report_id": report_id}
    return {name: fields[name] for name in COLUMNS}


def _stored(result: dict[str, Any]) -> dict[str, Any]:
    fields = result | {"name": check_rule(result["rule"]).name, "cells": tuple(json.loads(result["cells"]))}
    return {name: fields[name] for name in COLUMNS}


def _key(row: dict[str, Any], sort: Sort) -> tuple[Any, ...]:
    """Sorted by what was asked for, then by body, year and rule; the largest difference comes first."""
    place = {"org": row["org"] or "", "year": row["year"] or 0, "rule": row["rule"]}
    ranks = place | {
        "difference": -abs(row["difference"] or 0),
        "severity": _SEVERITIES.index(row["severity"]),
    }
    return (ranks[sort], *place.values())


def _print(rows: list[dict[str, Any]], state: State) -> None:
    if not rows:
        note("Nothing to report: no check is in this state.")
        return
    place = None
    for row in rows:
        if place != (row["org"], row["year"]):
            place = (row["org"], row["year"])
            stdout.print(_head(row))
        style = STYLES[row["severity"]] if row["state"] == "fails" else "dim"
        mark = {"fails": "✗", "holds": "✓"}.get(row["state"], "?")
        stdout.print(Text(f"  {mark} {row['message']}", style=style))
    told = "" if state == "all" else f" · {term('state', state)}"
    note(f"{len(rows)} checks, {len({row['report_id'] for row in rows})} reports{told}")


def _head(row: dict[str, Any]) -> Text:
    head = Text(row["org"] or "机构不明", style="bold")
    head.append(f"  {row['year'] or '年份不明'}", style="cyan")
    return head.append(f"   {row['report_id']}", style="dim")
