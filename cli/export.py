"""`nianbao export`: tables of facts for other tools."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..data.exports import (
    Export,
    Exported,
    Format,
    Watcher,
    choose_tables,
    filtered,
    format_of,
    write_csv,
    write_export,
    write_jsonl,
)
from ..data.store import Filters, Store
from .options import DEFAULT_DATABASE, Database
from .output import note, stderr, warn
from .output import write_csv as print_csv
from .progress import SIGNALLED, terminated
from .search_options import Org, Region, Year, years_of

_PRINTED = {"csv": write_csv, "jsonl": write_jsonl}


def command(
    tables: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TABLE]...", help="Tables or views. None: all with --out, else a list."),
    ] = None,
    db: Database = DEFAULT_DATABASE,
    format_: Annotated[
        Format | None,
        typer.Option(
            "--format", "-f", help="How it is written.", show_default="by the end of PATH, else csv"
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="PATH", help="A file, a folder or a .zip instead of stdout."),
    ] = None,
    query: Annotated[str | None, typer.Option(help="Only what this query finds, as in search.")] = None,
    year: Year = None,
    org: Org = None,
    region: Region = None,
    partition: Annotated[
        str | None, typer.Option(metavar="year", help="Parquet: a folder for each year.")
    ] = None,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV so that Excel reads it as UTF-8.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write tables for other tools: CSV, JSON Lines, Parquet, Excel, SQLite, a Data Package, Stata.

    Without a name: with --out all tables, else a list of them. One table is a file, several a folder, but
    for Excel (sheets) and SQLite. --query, --year, --org and --region leave of one table the facts found,
    of several all rows of the reports found. `dictionary` says what each column is.

    Example: nianbao export panel problems --out 年报.xlsx
    """
    filters = Filters(years=years_of(year), org=org, region=region)
    if partition not in (None, "year"):
        raise typer.BadParameter(f"{partition!r}: tables are only parted by year.")
    export = Export(
        tables=tuple(tables or ()),
        format=format_ or (format_of(out) if out else "csv"),
        query=query,
        filters=filters,
        by_year=partition is not None,
        bom=bom,
    )
    with Store.open(db, read_only=True) as store:
        if out is None:
            _print(store, export)
        else:
            _write(store, export, out, force)


def _print(store: Store, export: Export) -> None:
    """To stdout: a table, or the list of them."""
    if export.format not in _PRINTED or export.by_year or len(export.tables) > 1:
        raise typer.BadParameter(
            "Only one table of CSV or JSON Lines goes to stdout; name a file or folder: --out PATH."
        )
    if export.tables:
        [table] = choose_tables(store, export.tables, filtered(export.filters, export.query), named=False)
        _PRINTED[export.format](table, sys.stdout, lambda _: None)
    elif filtered(export.filters, export.query) != filtered(Filters(), None):
        raise typer.BadParameter("Name a table, or a file or folder for all of them: --out PATH.")
    else:
        print_csv({"table": name, "rows": rows} for name, rows in store.tables().items())


def _write(store: Store, export: Export, out: Path, force: bool) -> None:
    columns = out.with_suffix(f".columns{out.suffix}")
    with _progress() as watch:
        done = [write_export(store, export, out, force=force, watch=watch)]
        if export.tables == ("panel",) and export.format in _PRINTED and out.is_file():
            described = Export(tables=("panel_columns",), format=export.format, bom=export.bom)
            done.append(write_export(store, described, columns, force=force))
    for each in done:
        _tell(each)


def _tell(done: Exported) -> None:
    rows = sum(done.tables.values())
    what = next(iter(done.tables)) if len(done.tables) == 1 else f"{len(done.tables)} tables"
    note(f"{what} written to {done.out}: {rows:,} rows.")
    for remark in done.remarks:
        warn(f"  {remark}.")


@contextmanager
def _progress() -> Iterator[Watcher]:
    """A bar on stderr with the time that is left; a run that is stopped leaves nothing behind."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    ended: list[int] = []
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task("")

        def watch(done: int, total: int, name: str) -> None:
            bar.update(task, completed=done, total=total, description=name)

        try:
            with terminated(ended):
                yield watch
        except KeyboardInterrupt:
            bar.stop()
            warn("Stopped; nothing was written.")
            raise typer.Exit(SIGNALLED + (ended or [signal.SIGINT])[0]) from None
