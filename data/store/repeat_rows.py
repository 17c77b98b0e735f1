"""Repeats to rows, and whether those that are kept still fit the archive.

A database that may only be read gets them as temporary tables of its connection, which SQLite finds first.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Literal

import msgspec
from sqlite_utils import Database

from .connection import transaction
from .repeat_tables import KEYS, TABLES, create_tables

RepeatKind = Literal["verbatim", "figures", "near"]
Row = tuple[Any, ...]

# What is told anew in another way bears another number: repeats of an older one are made again.
VERSION = 2

_KINDS = ("verbatim", "figures", "near")


class NewMember(msgspec.Struct, frozen=True):
    """A statement of a repeat, and how it is like the first one, `likeness` in [0, 1]."""

    statement: int
    report: str
    year: int
    kind: RepeatKind
    likeness: float


class NewChain(msgspec.Struct, frozen=True):
    """A body's statements of a repeat by year; `body` is the same number wherever it is the same body."""

    body: int
    org: str
    region_code: str | None
    published: str | None
    members: tuple[NewMember, ...]


class NewRepeat(msgspec.Struct, frozen=True):
    """A statement that returns: chains in order of their first appearance.

    `share` is that of the bodies that use it, `regions` the number of provinces they are in; `length` the
    characters of the first one without signs.
    """

    label: str
    category: str | None
    length: int
    regions: int
    share: float
    set_phrase: bool
    chains: tuple[NewChain, ...]


def are_current(db: Database) -> bool:
    """Whether the repeats there are were found in the archive as it is now."""
    if _temporary(db):
        kept = db.execute("select current from temp.repeat_runs").fetchone()[0]
        return bool(kept == data_version(db))
    found = db.execute("select current from repeat_runs where version = ?", (VERSION,)).fetchone()
    return bool(found and found[0])


def data_version(db: Database) -> int:
    """A number that changes when another connection has changed the file."""
    number: int = db.execute("pragma data_version").fetchone()[0]
    return number


def write_repeats(db: Database, repeats: Iterable[NewRepeat], found_in: int) -> None:
    """Put these in place of what was found before; `found_in` is the `data_version` they were found in.

    Where the file may not be changed, or was changed by others meanwhile, they are kept by this connection
    alone, until the archive changes again.
    """
    if db.execute("pragma query_only").fetchone()[0]:
        db.execute("pragma query_only = off")
        try:
            _write_temporary(db, repeats, found_in)
        finally:
            db.execute("pragma query_only = on")
        return
    with transaction(db):
        if data_version(db) == found_in:
            _drop_temporary(db)
            _fill(db, repeats, 1)
            return
    _write_temporary(db, repeats, data_version(db))


def _write_temporary(db: Database, repeats: Iterable[NewRepeat], found_in: int) -> None:
    db.execute("begin")
    _drop_temporary(db)
    create_tables(db, "temp.", dict.fromkeys(KEYS, ""))
    _fill(db, repeats, found_in)
    db.execute("commit")


def _temporary(db: Database) -> bool:
    known = "select 1 from sqlite_temp_master where name = 'repeat_runs'"
    return db.execute(known).fetchone() is not None


def _drop_temporary(db: Database) -> None:
    for table in reversed(TABLES):
        db.execute(f"drop table if exists temp.{table}")


def _fill(db: Database, repeats: Iterable[NewRepeat], current: int) -> None:
    for table in reversed(TABLES):
        db.execute(f"delete from {table}")
    chain = 0
    for number, repeat in enumerate(repeats, 1):
        _put(db, "repeats", [_repeat_row(number, repeat)])
        rows = [_chain_row(chain + n, number, each) for n, each in enumerate(repeat.chains, 1)]
        _put(db, "repeat_chains", rows)
        for n, each in enumerate(repeat.chains, 1):
            _put(db, "repeat_members", (_member_row(one, number, chain + n) for one in each.members))
        chain += len(repeat.chains)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    _put(db, "repeat_runs", [(1, VERSION, made, current)])


def _put(db: Database, table: str, rows: Iterable[Row]) -> None:
    rows = list(rows)
    marks = ", ".join("?" * len(rows[0]))
    db.conn.executemany(f"insert into {table} values ({marks})", rows)


def _repeat_row(number: int, repeat: NewRepeat) -> Row:
    chains = repeat.chains
    members = [member for chain in chains for member in chain.members]
    first = members[0]
    return (
        number,
        max((member.kind for member in members), key=_KINDS.index),
        *(repeat.label, repeat.category, first.statement, first.report, repeat.length),
        *(min(member.year for member in members), max(member.year for member in members)),
        *(len(members), len({member.report for member in members}), len(chains), repeat.regions),
        *(max(len(_years(chain)) for chain in chains), max(map(_run, chains))),
        *(repeat.share, int(repeat.set_phrase)),
    )


def _chain_row(number: int, repeat: int, chain: NewChain) -> Row:
    years = _years(chain)
    return (
        *(number, repeat, chain.body, chain.org, chain.region_code, chain.members[0].report),
        *(years[0], years[-1], chain.published, len(years), _run(chain), len(chain.members)),
    )


def _member_row(member: NewMember, repeat: int, chain: int) -> Row:
    return member.statement, repeat, chain, member.report, member.year, member.kind, member.likeness


def _years(chain: NewChain) -> list[int]:
    return sorted({member.year for member in chain.members})


def _run(chain: NewChain) -> int:
    """The most years in a row."""
    years = _years(chain)
    best = run = 1
    for before, year in pairwise(years):
        run = run + 1 if year == before + 1 else 1
        best = max(best, run)
    return best
