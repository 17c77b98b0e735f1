"""Files that hold or continue others: archives, tables of reports, compilations, pages of one report."""

from collections.abc import Collection, Iterable

import msgspec
from sqlite_utils import Database

from .connection import transaction
from .index import Index
from .sources import Refusal, SourceFile, SourceRow, Status, read_source, write_source
from .write import drop_orphan

_HELD = "select path from sources where container = ? and status <> 'part'"


def record_part(db: Database, index: Index, source: SourceFile, pipeline: str) -> None:
    """Note that a file continues its container, whose row must be there, and has no report of its own."""
    with transaction(db), index.restored():
        before = read_source(db, source.path)
        whole = read_source(db, source.container or "")
        report_id = whole.report_id if whole else None
        write_source(db, source, pipeline, report_id=report_id, status="part")
        if before and before.report_id not in (None, report_id):
            drop_orphan(db, index, before.report_id, source.path)


def adopt_parts(db: Database, path: str, report_id: str) -> None:
    """Let the files that continue the one at `path` belong to its report."""
    sql = "update sources set report_id = ? where container = ? and status = 'part'"
    db.execute(sql, (report_id, path))


def record_container(
    db: Database,
    index: Index,
    source: SourceFile,
    pipeline: str,
    members: Collection[str],
    refusal: Refusal | None = None,
) -> None:
    """Note that what a container holds, `members`, has been read; what it held before and not now goes.

    `refusal` says why where it could be read in part or not at all; nothing goes then where its
    content is not known (`sha256` is None).
    """
    with transaction(db), index.restored():
        before = read_source(db, source.path)
        status: Status = "failed" if refusal else "container"
        write_source(db, source, pipeline, report_id=None, status=status, refusal=refusal)
        if before and before.report_id:
            drop_orphan(db, index, before.report_id, source.path)
        if source.sha256 is not None:
            drop_held(db, index, source.path, but=members)


def drop_held(db: Database, index: Index, path: str, but: Collection[str] = ()) -> None:
    """Forget the members of a container, `but` those that it still has."""
    held = [row["path"] for row in db.query(_HELD, [path])]
    remove_sources(db, index, [member for member in held if member not in but])


def remove_sources(db: Database, index: Index, paths: Iterable[str]) -> None:
    """Forget files and all that stands in them, and the reports that no other file has."""
    with transaction(db), index.restored():
        waiting = list(paths)
        while waiting:
            path = waiting.pop()
            row = read_source(db, path)
            waiting += [
                held["path"] for held in db.query("select path from sources where container = ?", [path])
            ]
            db.execute("delete from sources where path = ?", (path,))
            if row and row.report_id:
                drop_orphan(db, index, row.report_id, path)


def members_of(db: Database, path: str) -> list[SourceRow]:
    """Rows of all that stands in a container, in what it holds too."""
    rows, waiting = [], [path]
    while waiting:
        held = db.query("select * from sources where container = ? order by path", [waiting.pop()])
        found = [msgspec.convert(row, SourceRow) for row in held]
        rows += found
        waiting += [row.path for row in found]
    return rows
