"""The tables of saved searches."""

from typing import Any

from sqlite_utils import Database
from sqlite_utils.db import ForeignKey


def create_saved(db: Database) -> None:
    """Create the tables `saved_searches` and `saved_seen`."""
    columns: dict[str, Any] = dict.fromkeys(("name", "sought", "created", "shown"), str)
    wanted = {"name", "sought", "created"}
    db.create_table("saved_searches", columns, pk="name", not_null=wanted, strict=True)
    search = ForeignKey("saved_seen", "name", "saved_searches", "name", on_delete="CASCADE")
    seen: dict[str, Any] = {"name": str, "report_id": str}
    db.create_table(
        "saved_seen", seen, pk=("name", "report_id"), foreign_keys=[search], not_null=set(seen), strict=True
    )
