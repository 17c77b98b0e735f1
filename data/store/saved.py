"""Searches kept under a name, and which of the reports they find have been shown."""

from collections.abc import Collection
from datetime import UTC, datetime

import msgspec
from sqlite_utils import Database

from ..errors import NotFound, QueryError
from .connection import transaction
from .plan import Plan
from .sought import Sought, find_plan

_NAME_MAX = 100


class SavedSearch(msgspec.Struct, frozen=True, kw_only=True):
    """A search kept under a name.

    `created` and `shown` are UTC times, `shown` of when what was new was last shown; `new` is how many
    reports it finds that were not there when it was saved and have not been shown since.
    """

    name: str
    sought: Sought
    created: str
    shown: str | None
    new: int


def save_search(db: Database, name: str, sought: Sought) -> None:
    """Keep a search, in place of one of the same name; what it finds now is not new.

    Raises QueryError where the name is none, or the query cannot be read.
    """
    if not name.strip() or len(name) > _NAME_MAX or not name.isprintable():
        raise QueryError(f"{name!r} is no name for a search; give up to {_NAME_MAX} characters on one line.")
    plan = find_plan(db, sought)[1]
    row = {"name": name, "sought": msgspec.json.encode(sought).decode(), "created": _now(), "shown": None}
    with transaction(db):
        forget = "delete from saved_searches where name = ?"
        db.execute(forget, (name,))
        db.table("saved_searches").insert(row)
        see = f"insert into saved_seen(name, report_id) select distinct :saved, id from ({plan.report_ids})"
        db.execute(see, plan.named | {"saved": name})


def load_saved(db: Database, name: str) -> Sought:
    """The search of this name; raises NotFound naming those there are."""
    found = db.execute("select sought from saved_searches where name = ?", (name,)).fetchone()
    if found is None:
        raise NotFound(f"No search is saved as {name!r}; {_known(db)}.")
    return msgspec.json.decode(found[0], type=Sought)


def list_saved(db: Database) -> tuple[SavedSearch, ...]:
    """All saved searches by name."""
    found = []
    for name, kept, created, shown in db.execute("select * from saved_searches order by name").fetchall():
        sought = msgspec.json.decode(kept, type=Sought)
        plan = find_plan(db, sought)[1]
        sql = f"select count(distinct id) from ({only_unseen(plan, name).report_ids})"
        new = db.execute(sql, only_unseen(plan, name).named).fetchone()[0]
        found.append(SavedSearch(name=name, sought=sought, created=created, shown=shown, new=new))
    return tuple(found)


def only_unseen(plan: Plan, name: str) -> Plan:
    """The plan for those rows alone whose report the search has not shown."""
    seen = "r.id not in (select report_id from saved_seen where name = :saved)"
    return plan._replace(where=f"{plan.where} and {seen}", named=plan.named | {"saved": name})


def mark_seen(db: Database, name: str, reports: Collection[str]) -> None:
    """Note that these reports have been shown."""
    with transaction(db):
        rows = [(name, report_id) for report_id in sorted(set(reports))]
        db.conn.executemany("insert or ignore into saved_seen(name, report_id) values (?, ?)", rows)
        db.execute("update saved_searches set shown = ? where name = ?", (_now(), name))


def forget_search(db: Database, name: str) -> None:
    """Drop a saved search; raises NotFound naming those there are."""
    load_saved(db, name)
    with transaction(db):
        db.execute("delete from saved_searches where name = ?", (name,))


def _known(db: Database) -> str:
    names = [row[0] for row in db.execute("select name from saved_searches order by name")]
    return f"there are {', '.join(names)}" if names else "save one with --save NAME"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
