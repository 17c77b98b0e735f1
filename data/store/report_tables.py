"""Tables of the reports of an archive, for comparisons between them."""

import json
from collections.abc import Iterator, Sequence

from sqlite_utils import Database

from ..records import Region, ReportTables
from .load import load_tables

# As in the panel, of several reports of one body and year the last published stands.
_REPORTS = """
select * from (
  select id, org, level, year, form, region_code, province, city, county,
    row_number() over (partition by org, year order by published desc, id) as place
  from reports where org is not null and year is not null and genre = 'disclosure'
    {among}
) where place = 1 order by org, year
"""

_AMONG = "and id in (select value from json_each(:reports))"


def read_report_tables(db: Database, reports: Sequence[str] | None = None) -> Iterator[ReportTables]:
    """A record for each body and year, ordered by them; `reports` are ids of those wanted, None for all."""
    among = "" if reports is None else _AMONG
    for row in list(db.query(_REPORTS.format(among=among), {"reports": json.dumps(reports)})):
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
