"""Readings as schemas before the eleventh kept them: packed whole, words and all."""

import zlib
from itertools import accumulate

import msgspec
from sqlite_utils import Database

from .indexed import SEPARATOR, Indexed
from .readings import put, write_reading


class _Old(msgspec.Struct, frozen=True, kw_only=True):
    view: str
    steps: list[int]
    title_words: str
    org_words: str
    lengths: list[int]


def upgrade_reading(db: Database, report_id: str) -> None:
    """Keep the reading of a report in the way of today, and index it."""
    body, source = db.execute(
        "select body, source from readings where report_id = ?", (report_id,)
    ).fetchone()
    old = msgspec.msgpack.decode(zlib.decompress(body), type=_Old)
    ends = list(accumulate(old.lengths))
    indexed = Indexed(
        parted=SEPARATOR.join(map(old.view.__getitem__, map(slice, [0, *ends[:-1]], ends))),
        steps=old.steps,
        title_words=old.title_words,
        org_words=old.org_words,
        heading_words="",
    )
    write_reading(db, report_id, indexed, source)
    put(db, report_id, indexed)
