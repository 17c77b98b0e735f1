"""The views made for people: facts, initiatives, problems, plans and the panel."""

import re
from pathlib import Path

from sqlite_utils import Database

from ..errors import ResourceError

_PANEL = Path(__file__).with_name("panel.tsv")
_COLUMN = re.compile(r"[a-z_]+")
_CELL = re.compile(r"[a-z]+/[a-z0-9_.]+\.[a-z_]+")

_FACTS = {
    "date": ("dates", "coalesce(f.edtf, f.value)"),
    "count": ("counts", "f.value"),
    "zero": ("zeros", "f.item"),
    "statement": ("statements", "f.label"),
    "citation": ("citations", "coalesce(f.number, f.title)"),
}

_STATEMENTS = """
select s.id, s.report_id, r.org, r.year, s.section, s.category, s.confidence, s.start, s."end", s.text
from statements s join reports r on r.id = s.report_id where s.label = '{label}'
"""

_PLANS = """
select s.id, s.report_id, r.org, r.year, s.section, s.category, s.confidence, s.start, s."end", s.text,
  p.id as problem_id, p.text as problem
from statements s join reports r on r.id = s.report_id
left join statements p on p.report_id = s.report_id and p.n = s.answers
where s.label = 'plan'
"""

# Of several reports of one body and year the last published stands; `reports` says how many there are.
_PANEL_SQL = """
with ranked as (
  select id, org, year, form, region_code,
    count(*) over (partition by org, year) as reports,
    row_number() over (partition by org, year order by published desc, number desc) as place
  from reports where org is not null and year is not null
)
select r.org, r.year, r.region_code, r.form, r.id as report_id, r.reports,
{columns}
from ranked r left join table_cells c on c.report_id = r.id
where r.place = 1 group by r.id
"""


def panel_columns(path: Path = _PANEL) -> dict[str, list[tuple[str, str]]]:
    """Columns of the panel, each with the (table, cell code) pairs that fill it, best first.

    Raises ResourceError naming the line that is malformed or repeats a column.
    """
    columns: dict[str, list[tuple[str, str]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#") or not line:
            continue
        name, *cells = line.split("\t")
        if not _COLUMN.fullmatch(name) or not cells or not all(map(_CELL.fullmatch, cells)):
            raise ResourceError(
                f"{path.name}:{number}: write the column, then table/row.column, tabs between."
            )
        if name in columns:
            raise ResourceError(f"{path.name}:{number}: {name} stands twice; keep one.")
        columns[name] = [(table, code) for table, _, code in (cell.partition("/") for cell in cells)]
    return columns


def create_views(db: Database) -> None:
    """Create the views, replacing those there are."""
    db.create_view("facts", _facts_sql(), replace=True)
    for name, label in (("initiatives", "initiative"), ("problems", "problem")):
        db.create_view(name, _STATEMENTS.format(label=label), replace=True)
    db.create_view("plans", _PLANS, replace=True)
    columns = ",\n".join(_panel_column(*item) for item in panel_columns().items())
    db.create_view("panel", _PANEL_SQL.format(columns=columns), replace=True)


def _facts_sql() -> str:
    parts = [
        f"select '{kind}' as kind, f.id, f.report_id, r.org, r.year, f.start, f.\"end\", f.text, "
        f"{value} as value from {table} f join reports r on r.id = f.report_id"
        for kind, (table, value) in _FACTS.items()
    ]
    return "\nunion all\n".join(parts)


def _panel_column(name: str, cells: list[tuple[str, str]]) -> str:
    values = [
        f"max(case when c.\"table\" = '{table}' and c.code = '{code}' "
        "and c.state in ('value', 'zero') then c.value end)"
        for table, code in cells
    ]
    filled = values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"
    return f"  {filled} as {name}"
