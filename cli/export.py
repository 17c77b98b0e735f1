"""`nianbao export`: a table of facts for other tools."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..data.store import Filters, Sought, Store
from .options import DEFAULT_DATABASE, Database
from .output import Format, note, write_csv, write_jsonl
from .search_options import Org, Region, Year, years_of


def command(
    table: Annotated[str | None, typer.Argument(help="A table or view; none lists them.")] = None,
    db: Database = DEFAULT_DATABASE,
    format_: Annotated[Format, typer.Option("--format", "-f", help="How rows are written.")] = Format.csv,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="A file instead of stdout.")] = None,
    query: Annotated[str | None, typer.Option(help="Only what this query finds, as in search.")] = None,
    year: Year = None,
    org: Org = None,
    region: Region = None,
) -> None:
    """Write a table or view as CSV or JSON Lines.

    Tables are reports, statements, counts …, views facts, problems, panel …; none named lists them.
    --query, --year, --org and --region leave the facts found, of other tables the rows of reports found.
    With --out the panel's data dictionary (labels in Chinese and English, units, cells) is written beside it.

    Example: nianbao export problems --format csv --out problems.csv
    """
    filters = Filters(years=years_of(year), org=org, region=region)
    among = Sought(words=query or "", filters=filters)
    with Store.open(db, read_only=True) as store:
        if table is None:
            write_csv({"table": name, "rows": rows} for name, rows in store.tables().items())
            return
        _write(store, table, format_, out, None if among == Sought() else among)
        if table == "panel" and out:
            _write(store, "panel_columns", format_, out.with_suffix(f".columns{out.suffix}"))


def _write(store: Store, table: str, format_: Format, out: Path | None, among: Sought | None = None) -> None:
    rows = store.rows(table, among=among)
    with _target(out):
        if format_ is Format.csv:
            write_csv(rows, store.columns(table))
        else:
            write_jsonl(rows)
    if out:
        note(f"{table} written to {out}.")


@contextmanager
def _target(out: Path | None) -> Iterator[None]:
    """Send stdout to a file for a while; the file appears only when it is whole."""
    if out is None:
        yield
        return
    part = out.with_name(out.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as handle:
            held, sys.stdout = sys.stdout, handle
            try:
                yield
            finally:
                sys.stdout = held
        part.replace(out)
    except OSError as error:
        raise typer.BadParameter(f"{out}: cannot be written: {error.strerror}.") from None
    finally:
        part.unlink(missing_ok=True)
