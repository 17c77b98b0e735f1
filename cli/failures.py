"""`nianbao failures`: the files that were refused, why, and what to do."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from typing import Annotated, Any

import msgspec
import typer
from rich.table import Table
from rich.text import Text

from ..data.store import Failure, Store
from ..data.terms import codes, english_term, term
from .options import DEFAULT_DATABASE, Database, Json
from .output import note, stdout, write_csv, write_json, write_jsonl

# The columns of a refused file, as every format for pipes has them.
COLUMNS = ("path", "kind", "name", "reason", "remedy", "container", "status", "report_id", "since")


def command(
    db: Database = DEFAULT_DATABASE,
    kind: Annotated[
        str | None, typer.Option(help="Only failures of this kind: broken_file, empty_text …")
    ] = None,
    as_json: Json = False,
    as_jsonl: Annotated[bool, typer.Option("--jsonl", help="Write JSON Lines.")] = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
) -> None:
    """List the files that could not be read, by kind: what is wrong and what to do.

    A file whose earlier report still stands is marked as kept.

    Example: nianbao failures --db 年报.db --kind empty_text --csv > scans.csv
    """
    if kind not in (None, *codes("failure")):
        raise typer.BadParameter(
            f"{kind!r} is no kind of failure; choose from {', '.join(codes('failure'))}."
        )
    with Store.open(db, read_only=True) as store:
        failures = list(store.failures(kind))
    if as_jsonl:
        write_jsonl(map(_row, failures))
    elif as_csv:
        write_csv(map(_row, failures), COLUMNS)
    elif as_json:
        counts = Counter(failure.kind for failure in failures)
        write_json({"counts": dict(counts.most_common()), "failures": list(map(_row, failures))})
    else:
        _print(failures)


def _row(failure: Failure) -> dict[str, Any]:
    fields = msgspec.structs.asdict(failure) | {"name": term("failure", failure.kind)}
    return {name: fields[name] for name in COLUMNS}


def _print(failures: Sequence[Failure]) -> None:
    if not failures:
        note("Nothing to report: no file of this kind was refused.")
        return
    stdout.print(_counts(failures))
    for kind, listed in groupby(failures, key=lambda failure: failure.kind):
        stdout.print()
        stdout.print(Text(f"{term('failure', kind)} · {english_term('failure', kind)}", style="bold"))
        for failure in listed:
            _print_one(failure)
    kept = sum(failure.status == "kept" for failure in failures)
    note(f"{len(failures):,} files refused" + (f", of {kept:,} the earlier report stands" if kept else ""))


def _counts(failures: Sequence[Failure]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right")
    for kind, number in Counter(failure.kind for failure in failures).most_common():
        table.add_row(f"{number:,}", term("failure", kind), english_term("failure", kind), kind)
    return table


def _print_one(failure: Failure) -> None:
    head = Text(f"  {failure.path}")
    if failure.status == "kept":
        head.append(f"  {term('status', 'kept')} {failure.report_id}", style="yellow")
    stdout.print(head)
    stdout.print(Text(f"    {failure.reason}", style="red"))
    if failure.remedy:
        stdout.print(Text(f"    → {failure.remedy}"))
    if failure.container:
        stdout.print(Text(f"    in {failure.container}", style="dim"))
    if failure.since:
        stdout.print(Text(f"    since {failure.since}", style="dim"))
