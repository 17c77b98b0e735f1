"""The tables of repeats, which a database that may only be read gets as temporary ones of its connection."""

from sqlite_utils import Database

TABLES = ("repeats", "repeat_chains", "repeat_members", "repeat_runs")
_CREATE = """
create table {0}repeats (
  id integer primary key, kind text not null, label text not null, category text,
  statement_id integer not null {statements}, report_id text not null {reports}, length integer not null,
  first_year integer not null, last_year integer not null, statements integer not null,
  reports integer not null, bodies integer not null, regions integer not null, years integer not null,
  run integer not null, share real not null, set_phrase integer not null
) strict;
create table {0}repeat_chains (
  id integer primary key, repeat_id integer not null {repeats}, body integer not null, org text not null,
  region_code text, report_id text not null {reports}, first_year integer not null,
  last_year integer not null, first_published text, years integer not null, run integer not null,
  statements integer not null
) strict;
create table {0}repeat_members (
  statement_id integer primary key {statements}, repeat_id integer not null {repeats},
  chain_id integer not null {chains}, report_id text not null {reports}, year integer not null,
  kind text not null, likeness real not null
) strict;
create table {0}repeat_runs (
  id integer primary key, version integer not null, made text not null, current integer not null
) strict;
create index {0}idx_repeats_statement_id on repeats(statement_id);
create index {0}idx_repeats_report_id on repeats(report_id);
create index {0}idx_repeat_chains_repeat_id on repeat_chains(repeat_id, body);
create index {0}idx_repeat_chains_report_id on repeat_chains(report_id);
create index {0}idx_repeat_members_repeat_id on repeat_members(repeat_id);
create index {0}idx_repeat_members_chain_id on repeat_members(chain_id);
create index {0}idx_repeat_members_report_id on repeat_members(report_id);
"""
KEYS = {name: f"references {name}(id) on delete cascade" for name in ("statements", "reports", "repeats")}
KEYS["chains"] = "references repeat_chains(id) on delete cascade"
# Whoever writes a report, or corrects a label, makes what was found before out of date.
_OUTDATED = """
create trigger repeats_outdated_{name} after {event}
when exists (select 1 from repeat_runs where current)
begin update repeat_runs set current = 0; end
"""
_EVENTS = {
    "report_in": "insert on reports",
    "report": "update on reports",
    "report_out": "delete on reports",
    "statement": "update on statements",
    "statement_out": "delete on statements",
}


def create_repeats(db: Database) -> None:
    """Create the tables, empty, and the triggers that tell when they are out of date."""
    create_tables(db, "", KEYS)
    for name, event in _EVENTS.items():
        db.execute(_OUTDATED.format(name=name, event=event))


def create_tables(db: Database, schema: str, keys: dict[str, str]) -> None:
    """Create the tables in a schema (`temp.`, or empty), with what each column refers to."""
    for statement in _CREATE.format(schema, **keys).split(";\n"):
        if statement.strip():
            db.execute(statement)
