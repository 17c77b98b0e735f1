"""Tables of the reports of an archive, for comparisons between them."""

from collections.abc import Iterator

from sqlite_utils import Database

from ..records import Region, ReportTables
from .load import load_tables

# As in the panel, of several reports of one body and year the last published stands.
_REPORTS = """
select * from (
  select id, org, level, year, form, region_code, province, city, county,
    row_number() over (partition by org, year order by published desc, id) as place
  from reports where org is not null and year is not null and genre = 'disclosure'
) where place = 1 order by org, year
"""


def read_report_tables(db: Database) -> Iterator[ReportTables]:
    """A record for each body and year, ordered by them."""
    for row in list(db.query(_REPORTS)):
        names = {name: row[name] for name in ("province", "city", "county")} | {"code": row["region_code"]}
        yield ReportTables(
            id=row["id"],
            org=row["org"],
            level=row["level"],
            region=Region(**names) if any(names.values()) else None,
            year=row["year"],
            form=row["form"],
            tables=load_tables(db, row["id"]),
        )
