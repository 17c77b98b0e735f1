"""`nianbao stats`: what a database holds."""

from rich.table import Table

from ..data.store import Store
from ..data.terms import term
from .options import DEFAULT_DATABASE, Database, Json
from .output import stdout, write_json


def command(db: Database = DEFAULT_DATABASE, as_json: Json = False) -> None:
    """Count what the database holds: reports, years, organisations, facts of each kind, failed files.

    Example: nianbao stats --db 年报.db
    """
    with Store.open(db, read_only=True) as store:
        stats = store.stats()
    if as_json:
        write_json(stats)
        return
    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_row("报告", f"{stats.reports:,}")
    table.add_row("机构", f"{stats.organisations:,}")
    if stats.first_year is not None:
        table.add_row("年份", f"{stats.first_year}-{stats.last_year}")
    for status, number in stats.sources.items():
        table.add_row(term("status", status), f"{number:,}", style=None if status == "ok" else "red")
    for kind, number in stats.facts.items():
        table.add_row(term("kind", kind), f"{number:,}")
    table.add_row("数据库大小", f"{stats.size / 1e6:.1f} MB")
    stdout.print(table)
