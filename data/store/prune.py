"""Take out what has vanished: sources whose file is no longer there, and the reports that only they had."""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from .connection import transaction
from .containers import remove_sources
from .index import Index

_MEMBER = "!/"
# Sources taken out in one transaction: a stop loses no more than these, and the index merges seldom.
_AT_ONCE = 50

_SOURCES = "select path, container, status, report_id from sources order by path"
_STALE = """
update sources set pipeline = '' where path in (
  select container from sources where path = ? and status = 'part' and container is not null
)
"""


class Vanished(msgspec.Struct, frozen=True, kw_only=True):
    """What is no longer on the disk.

    `files` are those gone of `known` looked for, each with the number of sources that stood in it (an archive
    has many); `sources` those that go with them, of `held`; `reports` the ids of the reports that no other
    source has, `corrections` how many fields put right by hand go with these. `undecided` files cannot be
    looked for: their path is relative, or their folder may not be opened.
    """

    known: int
    files: dict[str, int]
    held: int
    sources: tuple[str, ...]
    reports: tuple[str, ...]
    corrections: int
    undecided: int

    @property
    def doubtful(self) -> bool:
        """Whether more than half of the files or of the sources is gone: perhaps a disk is missing."""
        return 2 * len(self.files) > self.known or 2 * len(self.sources) > self.held


class _Source(msgspec.Struct, frozen=True):
    path: str
    container: str | None
    status: str
    report_id: str | None


def find_vanished(db: Database, under: Sequence[str] = ()) -> Vanished:
    """Sources whose file is gone, all or those of files at or below the absolute paths `under`."""
    sources = [msgspec.convert(row, _Source) for row in db.query(_SOURCES)]
    files = _files(sources)
    scope = [os.path.normpath(path) for path in under]
    known = {file for file in files.values() if not scope or _within(file, scope)}
    states = {file: _is_gone(file) for file in known}
    gone = [source for source in sources if states.get(files[source.path])]
    reports = _orphans(sources, {source.path for source in gone})
    return Vanished(
        known=len(known),
        held=sum(file in known for file in files.values()),
        files=dict(sorted(Counter(files[source.path] for source in gone).items())),
        sources=tuple(source.path for source in gone),
        reports=reports,
        corrections=_count_corrections(db, reports),
        undecided=sum(state is None for state in states.values()),
    )


def prune(db: Database, index: Index, sources: Sequence[str], each: Callable[[int], Any]) -> None:
    """Take out sources with the reports that no other source has; `each` is told how many are done.

    Of a text that another file has too the facts may be those of the one that goes: the other is marked to
    be read again. Every transaction leaves the database whole, so that a stop loses nothing.
    """
    for start in range(0, len(sources), _AT_ONCE):
        some = sources[start : start + _AT_ONCE]
        with transaction(db):
            for path in some:
                # The first page of a report has to be read again without its next one.
                db.execute(_STALE, (path,))
            remove_sources(db, index, some)
        each(start + len(some))


def _files(sources: Sequence[_Source]) -> dict[str, str]:
    """The file on the disk that each source stands in, by the source's path."""
    by_path = {source.path: source for source in sources}
    files: dict[str, str] = {}
    for source in sources:
        chain = list(_chain(source, by_path))
        files[source.path] = source.path if source.status == "part" and len(chain) == 1 else chain[-1]
    return files


def _chain(source: _Source, by_path: dict[str, _Source]) -> Iterator[str]:
    """Containers from the innermost to the file on the disk; the source itself where it has none."""
    seen = {source.path}
    at: _Source | None = source
    if source.container is None:
        yield source.path
    while at and at.container is not None and at.container not in seen:
        seen.add(at.container)
        yield at.container
        at = by_path.get(at.container)


def _within(file: str, scope: Sequence[str]) -> bool:
    path = os.path.normpath(file)
    return any(path == folder or path.startswith(folder.rstrip(os.sep) + os.sep) for folder in scope)


def _is_gone(file: str) -> bool | None:
    """Whether there is no such file, nor an archive that holds it; None where that cannot be told."""
    if not Path(file).is_absolute():
        return None
    parts = file.split(_MEMBER)
    states = [_is_missing(path) for path in accumulate(parts, lambda before, part: before + _MEMBER + part)]
    return None if None in states else all(states)


def _is_missing(path: str) -> bool | None:
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return None
    return False


def _orphans(sources: Sequence[_Source], gone: set[str]) -> tuple[str, ...]:
    """Reports that stood in a source that is gone and stand in no other."""
    left = {source.report_id for source in sources if source.path not in gone}
    lost = {source.report_id: None for source in sources if source.path in gone and source.report_id}
    return tuple(report_id for report_id in lost if report_id and report_id not in left)


def _count_corrections(db: Database, reports: Sequence[str]) -> int:
    lost = set(reports)
    counted = db.execute("select report_id, count(*) from corrections group by report_id").fetchall()
    return sum(number for report_id, number in counted if report_id in lost)
