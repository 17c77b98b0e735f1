"""Open a database file safely: ours or nothing, and nothing that is not ours is touched."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from ..errors import DatabaseError
from ..folding import fold
from ..query import viewed
from .schema import APPLICATION_ID, migrations, schema_version

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100
# Another writer gets this long to finish (SQLite's own default is to fail at once).
_BUSY_SECONDS = 30.0
_PAUSE = 0.05
# A search over all statements reads their rows through: with SQLite's own 2 MB, a third slower.
_CACHE_KIB = 64 * 1024
# Pages in the write-ahead log before they go into the database: the same pages of indexes change again and
# again. With SQLite's own 1,000 a report put into 10,000 writes 2.0 to 2.5 MB, with this 1.0 to 1.7.
_LOG_PAGES = 16_384


def open_database(path: Path, *, create: bool, read_only: bool, any_thread: bool = False) -> Database:
    """A connection to the database at `path`, its schema up to date.

    One to be read may be handed from thread to thread with `any_thread`; one at a time may use it.

    Raises DatabaseError when there is none (and `create` is false), when the file is not SQLite, belongs
    to another program, is of a newer schema, or is of an older one and only to be read.
    """
    fresh = _check_file(path, create=create and not read_only)
    with guarded(path):
        db = _connect_read_only(path, any_thread) if read_only else _connect(path)
    try:
        with guarded(path):
            _prepare(db, path, fresh=fresh, read_only=read_only)
    except BaseException:
        db.close()
        raise
    return db


@contextmanager
def guarded(path: Path | str) -> Iterator[None]:
    """Turn SQLite's errors into DatabaseError with the file's name and the remedy."""
    try:
        yield
    except sqlite3.ProgrammingError:
        # A store that is closed, or used from another thread: the caller's fault, not the file's.
        raise
    except sqlite3.OperationalError as error:
        raise DatabaseError(f"{path}: {error}; {_remedy(str(error))}.") from error
    except sqlite3.DatabaseError as error:
        raise DatabaseError(f"{path}: {error}; restore it from a copy or build it again.") from error
    except UnicodeEncodeError as error:
        raise DatabaseError(f"{path}: half a surrogate pair cannot be kept; mend the text.") from error


def _remedy(message: str) -> str:
    if "locked" in message:
        return "another program holds it: try again when it is done"
    if "readonly" in message:
        return "open it for writing, or check the permissions of file and folder"
    return "check that the disk has room and that file and folder may be written"


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing; waits for other writers before it begins. Nested, it is part of the outer one."""
    if db.conn.in_transaction:
        with db.atomic():
            yield
        return
    db.execute("begin immediate")
    try:
        yield
    except BaseException:
        db.rollback()
        raise
    db.commit()


def _check_file(path: Path, *, create: bool) -> bool:
    """Whether a new database is to be made; judged from the file's first bytes alone."""
    try:
        folder, there = path.is_dir(), path.exists()
    except OSError as error:
        raise DatabaseError(f"{path} cannot be looked for ({error.strerror}); check its name.") from error
    if folder:
        raise DatabaseError(f"{path} is a folder; name a database file in it.")
    if not there:
        if not create:
            raise DatabaseError(
                f"{path}: there is no such database. Check the path, or make one: nianbao index FOLDER"
            )
        if not path.parent.is_dir():
            raise DatabaseError(f"{path}: the folder {path.parent} does not exist; make it first.")
        return True
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise DatabaseError(f"{path} cannot be read ({error.strerror}); check its permissions.") from error
    if not header and create:
        return True
    _check_header(path, header)
    return False


def _check_header(path: Path, header: bytes) -> None:
    if not header.startswith(_MAGIC):
        raise DatabaseError(f"{path} is not an SQLite database; name another file.")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise DatabaseError(f"{path} is an SQLite database of another program; name another file.")
    _check_version(path, int.from_bytes(header[60:64], "big"))


def _check_version(path: Path, version: int) -> None:
    if version > schema_version():
        raise DatabaseError(
            f"{path} has schema {version}, newer than {schema_version()} that this version knows; "
            "upgrade nianbao to use it."
        )


def _connect(path: Path) -> Database:
    return Database(sqlite3.connect(path, timeout=_BUSY_SECONDS), execute_plugins=False)


def _connect_read_only(path: Path, any_thread: bool) -> Database:
    # Not mode=ro, which leaves the files of a write-ahead log behind.
    uri = path.resolve().as_uri()
    try:
        return _query_only(f"{uri}?mode=rw", any_thread)
    except sqlite3.OperationalError:
        # A WAL database on a disk that takes no -shm file opens only as one that nobody changes.
        if path.with_name(path.name + "-wal").exists():
            raise
        return _query_only(f"{uri}?immutable=1", any_thread)


def _query_only(uri: str, any_thread: bool) -> Database:
    connection = sqlite3.connect(uri, uri=True, timeout=_BUSY_SECONDS, check_same_thread=not any_thread)
    try:
        connection.execute("select 1 from sqlite_master").fetchone()
        connection.execute("pragma query_only = on")
    except sqlite3.Error:
        connection.close()
        raise
    return Database(connection, execute_plugins=False)


def _prepare(db: Database, path: Path, *, fresh: bool, read_only: bool) -> None:
    db.execute("pragma foreign_keys = on")
    db.execute(f"pragma cache_size = {-_CACHE_KIB}")
    db.register_function(fold, deterministic=True)
    db.conn.create_function("as_viewed", 1, viewed, deterministic=True)
    _check_version(path, _user_version(db))
    if read_only:
        if migrations.pending(db):
            raise DatabaseError(
                f"{path} has an older schema; open it once for writing to bring it up to date."
            )
        return
    if fresh or migrations.pending(db) or _user_version(db) != schema_version():
        # Another program may be making or migrating the same file: one at a time.
        with transaction(db):
            db.execute(f"pragma application_id = {APPLICATION_ID}")
            if migrations.pending(db):
                migrations.apply(db)
            db.execute(f"pragma user_version = {schema_version()}")
    # Last: the file's own header must name us before there is a write-ahead log to name us in.
    _enable_wal(db)
    db.execute("pragma synchronous = normal")
    db.execute(f"pragma wal_autocheckpoint = {_LOG_PAGES}").fetchall()


def _user_version(db: Database) -> int:
    version: int = db.execute("pragma user_version").fetchone()[0]
    return version


def _enable_wal(db: Database) -> None:
    """Change to a write-ahead log, for which SQLite itself does not wait until others have left the file."""
    until = time.monotonic() + _BUSY_SECONDS
    while True:
        try:
            return db.enable_wal()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(_PAUSE)
