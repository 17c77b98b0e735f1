"""Files that were refused: why, what to do, and since when."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
from sqlite_utils import Database

# What a file is filed under that failed before kinds of errors were kept.
UNKNOWN_KIND = "unknown"

_SQL = """
select path, container, coalesce(error_kind, :unknown) as kind, status, error, report_id, since from sources
where status in ('failed', 'kept') and (:kind is null or coalesce(error_kind, :unknown) = :kind)
order by kind, path
"""
# The end of the first sentence: a full stop outside brackets before a blank, or else a semicolon.
_SENTENCE = re.compile(r"((?:\([^()]*\)|\((?![^()]*\))|[^.(]|\.(?! ))+)\. +(\S.*)", re.DOTALL)
_CLAUSE = re.compile(r"([^;]+); +(\S.*)", re.DOTALL)


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A file that could not be read.

    `kind` is the error's name (`broken_file`), `unknown` where it was not kept; `reason` says what is wrong
    and `remedy` what to do, empty where the message does not say. `container` is the archive or file that it
    stands in. `status` is `kept` where the report `report_id` that an earlier run made of it stands, else
    `failed`. `since` is when this state began (ISO 8601, UTC), None where that was before it was noted.
    """

    path: str
    kind: str
    reason: str
    remedy: str
    container: str | None
    status: str
    report_id: str | None
    since: str | None


def read_failures(db: Database, kind: str | None = None) -> Iterator[Failure]:
    """Refused files by kind and path, all or those of one kind."""
    for row in db.query(_SQL, {"kind": kind, "unknown": UNKNOWN_KIND}):
        yield _failure(row)


def _failure(row: dict[str, Any]) -> Failure:
    reason, remedy = _parted(_unnamed(row.pop("error") or "", row["path"]))
    return Failure(**row, reason=reason, remedy=remedy)


def _unnamed(message: str, path: str) -> str:
    """A message without the name before its colon, which is the path or the end of it."""
    for colon in re.finditer(": ", message):
        if path.endswith(message[: colon.start()]):
            return message[colon.end() :]
    return message


def _parted(message: str) -> tuple[str, str]:
    """What is wrong and what to do: messages are written `name: what is wrong. Remedy.`."""
    found = _SENTENCE.fullmatch(message) or _CLAUSE.fullmatch(message)
    return (found[1], found[2]) if found else (message, "")
