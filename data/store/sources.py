"""The files that reports came from: what was read when, and what could not be."""

from typing import Any, Literal

import msgspec
from sqlite_utils import Database

from .connection import transaction
from .index import Index
from .rows import upsert_row
from .write import drop_orphan

Status = Literal["ok", "failed", "kept", "container", "part"]


class SourceFile(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it is found: `sha256` (hexadecimal) is None where it could not be read.

    `container` is the path of the archive, table or compilation that it stands in, or of the page that it
    continues; `remark` what a reader of its figures has to know (they were recognised from pictures).
    """

    path: str
    size: int | None = None
    mtime_ns: int | None = None
    sha256: str | None = None
    format: str | None = None
    encoding: str | None = None
    container: str | None = None
    remark: str | None = None


class Refusal(msgspec.Struct, frozen=True):
    """Why a file could not be read: reason, kind of error (`broken_file`), limits that it did not keep."""

    reason: str | None
    kind: str | None = None
    limits: str | None = None


class SourceRow(msgspec.Struct, frozen=True, kw_only=True):
    """What the database knows of a file.

    `status` is `ok`; `failed` (nothing of it is kept; `error` says why, `error_kind` which kind of error it
    is, `limits` within which limits one was exceeded); `kept` (it failed with its content unchanged, and the
    report that an earlier run made of it stands); `container` (what it holds has rows of its own); or `part`
    (it continues its `container`, whose report holds its text too).
    """

    path: str
    report_id: str | None
    size: int | None
    mtime_ns: int | None
    sha256: str | None
    format: str | None
    encoding: str | None
    status: Status
    error: str | None
    pipeline: str
    container: str | None = None
    error_kind: str | None = None
    limits: str | None = None
    remark: str | None = None

    @property
    def stands(self) -> bool:
        """Whether all that was read of the file is still there: a report may have been deleted by hand."""
        return self.status == "container" or (self.status in ("ok", "part") and self.report_id is not None)


def read_source(db: Database, path: str) -> SourceRow | None:
    """The row of the file at `path`, None where it was never read."""
    for row in db.query("select * from sources where path = ?", [path]):
        return msgspec.convert(row, SourceRow)
    return None


def write_source(
    db: Database,
    source: SourceFile,
    pipeline: str,
    *,
    report_id: str | None,
    status: Status,
    refusal: Refusal | None = None,
) -> None:
    """Upsert the row of a file."""
    row: dict[str, Any] = msgspec.structs.asdict(source)
    row |= {"report_id": report_id, "status": status, "pipeline": pipeline}
    why = refusal or Refusal(None)
    row |= {"error": why.reason, "error_kind": why.kind, "limits": why.limits}
    upsert_row(db, "sources", row, key="path")


def touch_source(db: Database, source: SourceFile) -> None:
    """Put down the size and time of a file whose content is the known one."""
    sql = "update sources set size = ?, mtime_ns = ? where path = ?"
    with transaction(db):
        db.execute(sql, (source.size, source.mtime_ns, source.path))


def facts_source(db: Database, report_id: str, pipeline: str) -> str | None:
    """The file whose reading gave a report its facts: of those with this text the one with the least path.

    A name may tell what a text does not (a year, a body), so that facts depend on it; the rule makes them
    the same in whatever order files are read.
    """
    sql = "select min(path) from sources where report_id = ? and status = 'ok' and pipeline = ?"
    found: str | None = db.execute(sql, (report_id, pipeline)).fetchone()[0]
    return found


def record_failure(db: Database, index: Index, source: SourceFile, refusal: Refusal, pipeline: str) -> None:
    """Note that a file could not be read; its earlier report goes only if its content is known to differ."""
    with transaction(db), index.restored():
        before = read_source(db, source.path)
        report_id = before.report_id if before else None
        if before and report_id and source.sha256 in (None, before.sha256):
            kept = _as_kept(source, before)
            write_source(db, kept, pipeline, report_id=report_id, status="kept", refusal=refusal)
            return
        write_source(db, source, pipeline, report_id=None, status="failed", refusal=refusal)
        if report_id:
            drop_orphan(db, index, report_id, source.path)


def _as_kept(source: SourceFile, before: SourceRow) -> SourceFile:
    """The new sizes and times with the hash, format and encoding that the kept report was read with."""
    return msgspec.structs.replace(
        source,
        sha256=before.sha256,
        format=before.format,
        encoding=before.encoding,
        container=before.container,
    )


def outdated_reports(db: Database, pipeline: str) -> list[str]:
    """Ids of the reports of which no file was read by this pipeline, in order."""
    sql = """
    select id from reports where not exists (
      select 1 from sources where report_id = reports.id and status = 'ok' and pipeline = ?
    ) order by id
    """
    return [report_id for (report_id,) in db.execute(sql, (pipeline,))]


def mark_read(db: Database, report_id: str, pipeline: str) -> None:
    """Note that the stored text of a report has been read by this pipeline."""
    sql = "update sources set pipeline = ? where report_id = ? and status in ('ok', 'part')"
    db.execute(sql, (pipeline, report_id))


def read_remarks(db: Database, report_id: str) -> list[str]:
    """What is remarked on the files of a report, each once."""
    sql = "select distinct remark from sources where report_id = ? and remark is not null order by remark"
    return [remark for (remark,) in db.execute(sql, (report_id,))]


def files_of(db: Database, report_id: str) -> list[SourceRow]:
    """The files in which a report stands, by path."""
    rows = db.query("select * from sources where report_id = ? order by path", [report_id])
    return [msgspec.convert(row, SourceRow) for row in rows]


def stale_files(db: Database) -> list[str]:
    """Files to be read again though they are the same, or the archives and compilations that hold such."""
    sql = """
    with recursive up(path) as (
      select path from sources where pipeline = '' and status = 'ok'
      union select s.container from sources s join up using (path) where s.container is not null
    )
    select path from up join sources using (path) where container is null order by path
    """
    return [path for (path,) in db.execute(sql)]


def least_paths(db: Database) -> dict[str, str]:
    """The least of the paths that have each report's text, by report: whose reading gives it its facts."""
    rows = db.execute(
        "select report_id, min(path) from sources where status = 'ok' and report_id is not null group by 1"
    )
    return {str(report_id): str(path) for report_id, path in rows}
