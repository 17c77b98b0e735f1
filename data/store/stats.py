"""What a database holds, in figures."""

import msgspec
from sqlite_utils import Database

from .write import FACT_TABLES


class Stats(msgspec.Struct, frozen=True, kw_only=True):
    """Figures of a database: `facts` by table, `labels` statements by label, `size` in bytes."""

    reports: int
    sources: dict[str, int]
    facts: dict[str, int]
    labels: dict[str, int]
    first_year: int | None
    last_year: int | None
    organisations: int
    characters: int
    size: int


def count_all(db: Database) -> Stats:
    """Count everything once."""
    head = "select count(*), min(year), max(year), count(distinct org), coalesce(sum(length), 0) from reports"
    reports, first, last, organisations, characters = db.execute(head).fetchone()
    pages, page = (db.execute(f"pragma {name}").fetchone()[0] for name in ("page_count", "page_size"))
    tables = (*FACT_TABLES, "tables", "table_cells", "checks")
    return Stats(
        reports=reports,
        sources=dict(db.execute("select status, count(*) from sources group by status").fetchall()),
        facts={name: db.execute(f'select count(*) from "{name}"').fetchone()[0] for name in tables},
        labels=dict(db.execute("select label, count(*) from statements group by label").fetchall()),
        first_year=first,
        last_year=last,
        organisations=organisations,
        characters=characters,
        size=pages * page,
    )
