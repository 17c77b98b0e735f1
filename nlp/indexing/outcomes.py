"""What a worker is asked to read, and what it answers; both cross to another process as MessagePack."""

import msgspec

from ...data.limits import DEFAULT_LIMITS, Limits
from ...data.records import Report, SourceText
from ...data.store import Indexed, SourceFile


class FileTask(msgspec.Struct, frozen=True, kw_only=True, tag="file"):
    """A file to be read.

    `path` names it in the database and `name` for people; `file` is where its bytes lie (a member of an
    archive lies in the spool folder); `known` is the SHA-256 of the content that the database has of it, so
    that the same content is not read again; `fields` what its container says of it; `beside` files next to
    it, by their names, that may continue it or that it may continue; `spool` a folder to unpack it into,
    should it be an archive, inside `nested` others, of which `unpacked` bytes have been taken out already.
    """

    path: str
    name: str
    file: str
    spool: str
    container: str | None = None
    known: str | None = None
    fields: dict[str, str] = {}
    beside: dict[str, str] = {}
    nested: int = 0
    unpacked: int = 0
    text_column: str | None = None
    limits: Limits = DEFAULT_LIMITS


class StoredTask(msgspec.Struct, frozen=True, kw_only=True, tag="stored"):
    """A report of the database to be read again from what a reader once made of its file, `path`."""

    report_id: str
    path: str | None
    made: SourceText


Task = FileTask | StoredTask


class ReportRead(msgspec.Struct, frozen=True, kw_only=True, tag="read"):
    """A report with what the store keeps of it; `made` is without its text, which the report has."""

    source: SourceFile
    report: Report
    indexed: Indexed
    made: SourceText


class PartRead(msgspec.Struct, frozen=True, kw_only=True, tag="part"):
    """A file that continues the one named by `source.container`."""

    source: SourceFile


class Unchanged(msgspec.Struct, frozen=True, kw_only=True, tag="unchanged"):
    """A file whose content is the known one."""

    source: SourceFile


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """A file that cannot be read, why, and the kind of error (`broken_file`)."""

    source: SourceFile
    reason: str
    kind: str


class MemberFound(msgspec.Struct, frozen=True, kw_only=True):
    """A member of an archive: where its copy lies, or the reason and kind of error why there is none."""

    path: str
    file: str | None = None
    fields: dict[str, str] = {}
    reason: str | None = None
    kind: str | None = None


class Unpacked(msgspec.Struct, frozen=True, kw_only=True, tag="unpacked"):
    """An archive with its members, `size` bytes in all; `reason` and `kind` say why there are not more."""

    source: SourceFile
    members: tuple[MemberFound, ...]
    size: int = 0
    reason: str | None = None
    kind: str | None = None


class Compiled(msgspec.Struct, frozen=True, kw_only=True, tag="compiled"):
    """A file that held several reports, which have been answered before it."""

    source: SourceFile
    paths: tuple[str, ...]


Answer = ReportRead | PartRead | Unchanged | Refused | Unpacked | Compiled

TASK = msgspec.msgpack.Decoder(Task)
ANSWERS = msgspec.msgpack.Decoder(tuple[Answer, ...])
encode = msgspec.msgpack.encode
