"""The views made for people: facts, initiatives, problems, plans, results of checks and the panel."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import msgspec
from sqlite_utils import Database

from ..errors import ResourceError
from ..forms import load_forms
from ..lines import data_lines

_PANEL = Path(__file__).with_name("panel.tsv")
_COLUMN = re.compile(r"[a-z_]+")
_CELL = re.compile(r"[a-z]+/[a-z0-9_]+\*?\.[a-z_]+")
_NAMES = 4

_FACTS = {
    "date": ("dates", "coalesce(f.edtf, f.value)"),
    "count": ("counts", "f.value"),
    "zero": ("zeros", "f.item"),
    "statement": ("statements", "f.label"),
    "citation": ("citations", "coalesce(f.number, f.title)"),
}

_STATEMENTS = """
select s.id, s.report_id, r.org, r.year, s.section, s.category, s.confidence, s.uncertain,
  s.start, s."end", s.text
from statements s join reports r on r.id = s.report_id where s.label = '{label}'
"""

_PLANS = """
select s.id, s.report_id, r.org, r.year, s.section, s.category, s.confidence, s.uncertain,
  s.start, s."end", s.text,
  p.id as problem_id, p.text as problem
from statements s join reports r on r.id = s.report_id
left join statements p on p.report_id = s.report_id and p.n = s.answers
where s.label = 'plan'
"""

_CHECKS = """
select c.id, c.report_id, r.org, r.year, c.kind, c.rule, c.severity, c.state, c."left", c."right",
  c.difference, c.cells, c.message, c.places
from checks c join reports r on r.id = c.report_id
"""

# Of several reports of one body and year the last published stands, one on disclosure before a work report,
# which has none of the tables; never the last that came, as that differs from run to run. `reports` says how
# many there are.
_PANEL_SQL = """
with ranked as (
  select id, org, year, form, region_code,
    count(*) over (partition by org, year) as reports,
    row_number() over (partition by org, year order by genre = 'disclosure' desc, published desc, id) as place
  from reports where org is not null and year is not null
)
select r.org, r.year, r.region_code, r.form, r.id as report_id, r.reports,
{columns}
from ranked r left join table_cells c on c.report_id = r.id and c.state in ('value', 'zero')
where r.place = 1 group by r.id
"""


class PanelColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the panel with its labels.

    `cells` are pairs of table and code, best first; a code with `*` means the sum of all that it fits.
    """

    column: str
    chinese: str
    english: str
    unit: str | None
    cells: tuple[tuple[str, str], ...]


# What the panel has before its figures: column, Chinese and English label.
_KEYS = (
    ("org", "机构", "Organisation"),
    ("year", "报告年度", "Year reported on"),
    ("region_code", "行政区划代码", "Region by GB/T 2260"),
    ("form", "表格式样", "Official form"),
    ("report_id", "报告编号", "Report"),
    ("reports", "同一机构同一年度的报告数", "Reports of the same body and year"),
)


def panel_columns(path: Path = _PANEL) -> tuple[PanelColumn, ...]:
    """Figures of the panel in order; raises ResourceError naming a line malformed or of a column repeated."""
    columns: dict[str, PanelColumn] = {}
    for number, line in data_lines(path):
        name, *rest = line.split("\t")
        labels, cells = rest[: _NAMES - 1], rest[_NAMES - 1 :]
        if not (_COLUMN.fullmatch(name) and all(labels) and cells and all(map(_CELL.fullmatch, cells))):
            raise ResourceError(
                f"{path.name}:{number}: write column, two labels, unit and table/row.column, tabs between."
            )
        if name in columns:
            raise ResourceError(f"{path.name}:{number}: {name} stands twice; keep one.")
        columns[name] = PanelColumn(
            column=name,
            chinese=labels[0],
            english=labels[1],
            unit=None if labels[2] == "-" else labels[2],
            cells=tuple((table, code) for table, _, code in (cell.partition("/") for cell in cells)),
        )
    return tuple(columns.values())


def create_views(db: Database) -> None:
    """Create the views, replacing those there are."""
    db.create_view("facts", _facts_sql(), replace=True)
    for name, label in (("initiatives", "initiative"), ("problems", "problem")):
        db.create_view(name, _STATEMENTS.format(label=label), replace=True)
    db.create_view("plans", _PLANS, replace=True)
    db.create_view("check_results", _CHECKS, replace=True)
    columns = ",\n".join(map(_panel_column, panel_columns()))
    db.create_view("panel", _PANEL_SQL.format(columns=columns), replace=True)
    db.create_view("panel_columns", _dictionary_sql(), replace=True)


def _facts_sql() -> str:
    parts = [
        f"select '{kind}' as kind, f.id, f.report_id, r.org, r.year, f.start, f.\"end\", f.text, "
        f"{value} as value from {table} f join reports r on r.id = f.report_id"
        for kind, (table, value) in _FACTS.items()
    ]
    return "\nunion all\n".join(parts)


def _panel_column(column: PanelColumn) -> str:
    return f"  {panel_value(column)} as {column.column}"


def panel_value(column: PanelColumn) -> str:
    """The figure of a column in SQL, of all cells `c` of a report."""
    values = [_value(table, code) for table, code in column.cells]
    return values[0] if len(values) == 1 else f"coalesce({', '.join(values)})"


def panel_cells(column: PanelColumn) -> tuple[tuple[str, str], ...]:
    """The pairs of table and code of all cells that can fill a column, those of a sum one by one."""
    found: dict[tuple[str, str], None] = {}
    for table, code in column.cells:
        codes = (
            (one for some in cells_of_forms(table, code).values() for one in some) if "*" in code else (code,)
        )
        found |= dict.fromkeys((table, one) for one in codes)
    return tuple(found)


def _value(table: str, code: str) -> str:
    """The number in a cell; of several, their sum where each of one form's has a number."""
    if "*" not in code:
        return f"max(case when c.\"table\" = '{table}' and c.code = '{code}' then c.value end)"
    sums = []
    for codes in dict.fromkeys(cells_of_forms(table, code).values()):
        here = f"c.\"table\" = '{table}' and c.code in ({', '.join(map(repr, codes))})"
        sums.append(
            f"case when count(case when {here} then c.value end) = {len(codes)} "
            f"then sum(case when {here} then c.value end) end"
        )
    return sums[0] if len(sums) == 1 else f"coalesce({', '.join(sums)})"


def cells_of_forms(table: str, code: str) -> dict[str, tuple[str, ...]]:
    """By form, the codes of a table's cells that a code with `*` fits."""
    tables = {form.id: each for form in load_forms().values() for each in form.tables if each.table == table}
    found = {
        form: tuple(cell for cell in each.cells if fnmatchcase(cell, code)) for form, each in tables.items()
    }
    return {form: cells for form, cells in found.items() if len(cells) > 1}


def _forms_of(column: PanelColumn) -> list[str]:
    """Ids of the forms that have a cell for the column, newest first."""
    return [
        form.id
        for form in load_forms().values()
        if any(
            fnmatchcase(cell, code)
            for table, code in column.cells
            for each in form.tables
            if each.table == table
            for cell in each.addresses
        )
    ]


def _dictionary_sql() -> str:
    rows: list[tuple[str | None, ...]] = [(*key, None, None, None) for key in _KEYS]
    for column in panel_columns():
        codes = " ".join(f"{table}/{code}" for table, code in column.cells)
        forms = " ".join(_forms_of(column))
        rows.append((column.column, column.chinese, column.english, column.unit, forms, codes))
    values = ",\n".join(f"({number}, {', '.join(map(_literal, row))})" for number, row in enumerate(rows, 1))
    names = 'position, "column", chinese, english, unit, forms, cells'
    return f"with named({names}) as (values\n{values}\n) select * from named"


def _literal(value: str | None) -> str:
    return "null" if value is None else "'" + value.replace("'", "''") + "'"
