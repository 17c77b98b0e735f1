"""What a database holds, apart from keys and times, so that two of them can be compared."""

import hashlib
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

# Keys that are given in order of arrival, and times of the clock.
_SURROGATES = frozenset(
    {"id", "number", "table_id", "problem_id", "mtime_ns", "since", "applied_at", "corrected"}
)
# Ids that say what they stand for.
_NATURAL = frozenset({"reports"})
# Numbers of these are told by what they stand for; some may stand for nothing any more.
_LEFT_OUT = frozenset({"runs", "facet_publishers", "facet_kinds"})
_RESOLVED = {
    "facet_reports": "select r.id, f.year, p.org, p.province, p.level, p.genre, "
    "k.labels, k.categories, k.sections from facet_reports f join reports r using (number) "
    "join facet_publishers p on p.id = f.publisher left join facet_kinds k on k.id = f.kinds"
}
_SEARCHED = {
    "report_bigrams": "select number, id from reports",
    "statement_bigrams": "select id, report_id || ':' || start from statements",
    "report_words": "select number, id from reports",
}

Rows = Counter[bytes]


@dataclass
class Contents:
    """Rows of every table, view and search index as hashes; `faults` says what is wrong in itself."""

    rows: dict[str, Rows] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Difference:
    """What a database lacks of another, holds twice, or holds otherwise (names of tables)."""

    lost: int
    doubled: int
    differing: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.lost or self.doubled or self.differing)


def contents(path: Path) -> Contents:
    """Everything in the database at `path`; its own checks are run first."""
    found = Contents()
    connection = sqlite3.connect(path, timeout=60)
    try:
        found.faults += _checked(connection)
        for name in _names(connection):
            found.rows[name] = _rows(connection, name)
        for index, keys in _SEARCHED.items():
            found.rows[index] = _indexed(connection, index, keys, found.faults)
    except sqlite3.DatabaseError as error:
        found.faults.append(f"cannot be read: {error}")
    finally:
        connection.close()
    return found


def _checked(connection: sqlite3.Connection) -> list[str]:
    faults = [
        f"integrity: {row[0]}" for row in connection.execute("pragma integrity_check") if row[0] != "ok"
    ]
    faults += [f"foreign key: {row}" for row in connection.execute("pragma foreign_key_check")]
    for index in _SEARCHED:
        try:
            connection.execute(f"insert into {index}({index}) values ('integrity-check')")
            connection.rollback()
        except sqlite3.DatabaseError as error:
            faults.append(f"{index}: {error}")
    return faults


def _names(connection: sqlite3.Connection) -> list[str]:
    """Tables and views, without those in which SQLite keeps a search index."""
    shown = "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%'"
    inner = tuple(_SEARCHED)
    names = [row[0] for row in connection.execute(shown)]
    return [name for name in names if name not in _LEFT_OUT and not name.startswith(inner)]


def _rows(connection: sqlite3.Connection, name: str) -> Rows:
    if name in _RESOLVED:
        return Counter(_hashed(row) for row in connection.execute(_RESOLVED[name]))
    columns = [row[1] for row in connection.execute(f'pragma table_info("{name}")')]
    kept = [each for each in columns if each not in _SURROGATES or (name in _NATURAL and each == "id")]
    listed = ", ".join(f'"{each}"' for each in kept)
    return Counter(_hashed(row) for row in connection.execute(f'select {listed} from "{name}"'))


def _indexed(connection: sqlite3.Connection, index: str, keys: str, faults: list[str]) -> Rows:
    """Every term of the index with the key of what it stands in and how often."""
    known = dict(connection.execute(keys).fetchall())
    connection.execute(f"create virtual table temp.{index}_terms using fts5vocab(main, {index}, instance)")
    per_document = connection.execute(
        f"select doc, term, count(*), sum(offset) from temp.{index}_terms group by doc, term"
    )
    rows: Rows = Counter()
    ghosts = set()
    for document, *entry in per_document:
        if document in known:
            rows[_hashed((known[document], *entry))] += 1
        else:
            ghosts.add(document)
    if ghosts:
        faults.append(f"{index} finds {len(ghosts)} that are not there")
    return rows


def _hashed(row: tuple[object, ...]) -> bytes:
    return hashlib.blake2b(repr(row).encode(), digest_size=12).digest()


# What each report and each file has one row in.
_WHOLE = ("reports", "sources")


def difference(reference: Contents, found: Contents) -> Difference:
    """How `found` differs: lost and doubled count reports, files and facts; other tables are named."""
    lost = doubled = 0
    differing = []
    for name, rows in reference.rows.items():
        here = found.rows.get(name, Counter())
        twice = sum(max(0, count - rows[row]) for row, count in here.items() if row in rows)
        doubled += twice
        if name in _WHOLE:
            lost += max(0, rows.total() - here.total())
        if here != rows:
            only, missing = (here - rows).total(), (rows - here).total()
            differing.append(f"{name} (+{only} -{missing})")
    return Difference(lost, doubled, tuple(differing))
