"""What people put right by hand, kept through every later reading of the same text."""

from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlite_utils import Database

from ..errors import NotFound
from .connection import transaction
from .write import FACT_TABLES, storable

_PLACE = ("text", "start", "end")


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """`field` of the fact at `[start, end)` in table `fact` is `new`, whatever the pipeline says."""

    report_id: str
    fact: str
    start: int
    end: int
    field: str
    new: str | int | float | None
    note: str | None = None


def write_correction(db: Database, correction: Correction) -> None:
    """Record a correction and apply it; raises NotFound where no such field or fact is."""
    fields = _fields(correction.fact)
    if correction.field not in fields:
        raise NotFound(f"{correction.fact} has no field {correction.field!r}; there are {', '.join(fields)}.")
    where, named = _place(correction)
    sql = f'select "{correction.field}" from "{correction.fact}" where {where}'
    found = db.execute(sql, named).fetchone()
    if found is None:
        place = f"[{correction.start}, {correction.end})"
        raise NotFound(
            f"{correction.report_id} has nothing in {correction.fact} at {place}; look there first."
        )
    row = msgspec.structs.asdict(correction) | {"old": found[0], "new": storable_value(correction.new)}
    with transaction(db):
        db.table("corrections").insert(row | {"corrected": datetime.now(UTC).isoformat(timespec="seconds")})
        _apply(db, correction)


def apply_corrections(db: Database, report_id: str) -> None:
    """Apply what was put right in a report, in the order it was, after its facts were written anew."""
    columns = ", ".join(f'"{name}"' for name in Correction.__struct_fields__)
    sql = f"select {columns} from corrections where report_id = ? order by id"
    for row in db.execute(sql, (report_id,)).fetchall():
        _apply(db, Correction(**dict(zip(Correction.__struct_fields__, row, strict=True))))


def storable_value(value: str | float | None) -> str | float | None:
    """A field's value as SQLite can hold it."""
    return value if isinstance(value, str) else storable(value)


def _fields(fact: str) -> list[str]:
    if fact not in FACT_TABLES:
        raise NotFound(f"There are no facts {fact!r}; there are {', '.join(FACT_TABLES)}.")
    return [name for name in FACT_TABLES[fact].__struct_fields__ if name not in _PLACE]


def _place(correction: Correction) -> tuple[str, dict[str, Any]]:
    named = {"report": correction.report_id, "start": correction.start, "end": correction.end}
    return 'report_id = :report and start = :start and "end" = :end', named


def _apply(db: Database, correction: Correction) -> None:
    where, named = _place(correction)
    sql = f'update "{correction.fact}" set "{correction.field}" = :new where {where}'
    db.execute(sql, named | {"new": storable_value(correction.new)})
