"""What a reader made of a file, kept so that its report can be read again without the file."""

import zlib

import msgspec
from sqlite_utils import Database

from ..errors import NotFound
from ..records import SourceText

_LEVEL = 1
_SQL = """
select text, source, (select min(path) from sources where report_id = reports.id and status in ('ok', 'kept'))
from reports left join readings on report_id = reports.id where reports.id = ?
"""


def pack_original(made: SourceText) -> bytes:
    """A source text less its text, which the report has, as a BLOB (zlib over MessagePack)."""
    return zlib.compress(msgspec.msgpack.encode(msgspec.structs.replace(made, text="")), _LEVEL)


def read_original(db: Database, report_id: str) -> tuple[str | None, SourceText]:
    """The path and source text of a report; of one indexed before they were kept the bare text.

    Raises NotFound where there is no such report.
    """
    row = db.execute(_SQL, (report_id,)).fetchone()
    if row is None:
        raise NotFound(f"{report_id}: there is no such report in the database.")
    text, packed, path = row
    if packed is None:
        return path, SourceText(text=text, format="text")
    made = msgspec.msgpack.decode(zlib.decompress(packed), type=SourceText)
    return path, msgspec.structs.replace(made, text=text)
