"""The runs that filled a database: when, with which pipeline, with what outcome."""

from datetime import UTC, datetime

from sqlite_utils import Database


def begin_run(db: Database, pipeline: str) -> int:
    """Record that a run began; answers its number. A run without an end was interrupted."""
    row = {"pipeline": pipeline, "started": _now()}
    number = db.table("runs").insert(row).last_rowid
    assert number is not None
    return number


def end_run(db: Database, run: int, *, added: int, unchanged: int, failed: int) -> None:
    """Record that a run ended, with the number of files of each outcome."""
    counts = {"added": added, "unchanged": unchanged, "failed": failed}
    db.table("runs").update(run, {"ended": _now(), **counts})


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
