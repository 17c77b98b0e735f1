"""What reports are counted by, as small numbers: who published them, what their statements are.

A report has some 75 statements, and rows of `reports` are long; counting a hundred thousand reports by them
takes seconds where this takes some forty milliseconds. Who published a report and its year are noted by
triggers, whichever way a row is written.
"""

from typing import Any

from sqlite_utils import Database

# Columns of `facet_publishers`, as `reports` has them.
PUBLISHER = ("org", "province", "level", "genre")
# Columns of `facet_kinds`, codes with commas between, and the column of `statements` each gathers.
KINDS = {"labels": "label", "categories": "category", "sections": "section"}

_NOTE_PUBLISHER = """
insert into facet_publishers(org, province, level, genre) select new.org, new.province, new.level, new.genre
where not exists (
  select 1 from facet_publishers p where {same}
);
"""
_SAME = " and ".join(f"p.{column} is new.{column}" for column in PUBLISHER)
_PUBLISHER = f"(select p.id from facet_publishers p where {_SAME})"
_TRIGGERS = {
    "insert": f"""
after insert on reports begin
  {_NOTE_PUBLISHER.format(same=_SAME)}
  insert or replace into facet_reports(number, year, publisher) values (new.number, new.year, {_PUBLISHER});
end""",
    "update": f"""
after update of {", ".join(PUBLISHER)}, year on reports begin
  {_NOTE_PUBLISHER.format(same=_SAME)}
  update facet_reports set year = new.year, publisher = {_PUBLISHER} where number = new.number;
end""",
    "delete": """
after delete on reports begin
  delete from facet_reports where number = old.number;
end""",
}


def create_report_facets(db: Database) -> None:
    """Create the tables and their triggers, and fill them from what there is."""
    publisher: dict[str, Any] = {"id": int} | dict.fromkeys(PUBLISHER, str)
    db.create_table("facet_publishers", publisher, pk="id", strict=True).create_index(PUBLISHER)
    kinds: dict[str, Any] = {"id": int} | dict.fromkeys(KINDS, str)
    table = db.create_table("facet_kinds", kinds, pk="id", not_null=set(KINDS), strict=True)
    table.create_index([*KINDS], unique=True)
    columns: dict[str, Any] = dict.fromkeys(("number", "year", "publisher", "kinds"), int)
    db.create_table("facet_reports", columns, pk="number", not_null={"publisher"}, strict=True)
    for event, sql in _TRIGGERS.items():
        db.execute(f"create trigger facet_reports_{event} {sql}")
    _fill(db)


def _fill(db: Database) -> None:
    columns = ", ".join(PUBLISHER)
    db.execute(f"insert into facet_publishers({columns}) select distinct {columns} from reports")
    same = " and ".join(f"p.{column} is r.{column}" for column in PUBLISHER)
    db.execute(
        "insert into facet_reports(number, year, publisher) "
        f"select r.number, r.year, p.id from reports r join facet_publishers p on {same}"
    )
    # As they were written: their statements lie side by side.
    for (report_id,) in db.execute("select id from reports order by number").fetchall():
        write_report_kinds(db, report_id)


def write_report_kinds(db: Database, report_id: str) -> None:
    """Note the labels, categories and sections of a report whose statements were written."""
    sql = f"select distinct {', '.join(KINDS.values())} from statements where report_id = ?"
    rows = db.execute(sql, (report_id,)).fetchall() or [(None,) * len(KINDS)]
    # In one order, so that few sets differ.
    kinds = tuple(",".join(sorted(filter(None, set(codes)))) for codes in zip(*rows, strict=True))
    columns = ", ".join(KINDS)
    db.execute(f"insert or ignore into facet_kinds({columns}) values (?, ?, ?)", kinds)
    same = " and ".join(f"{column} = ?" for column in KINDS)
    db.execute(
        f"update facet_reports set kinds = (select id from facet_kinds where {same}) "
        "where number = (select number from reports where id = ?)",
        (*kinds, report_id),
    )
