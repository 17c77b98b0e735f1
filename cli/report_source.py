"""The report that a user names: one in the database, or a file read on the spot."""

from pathlib import Path

from ..data.errors import DatabaseError, NotFound
from ..data.records import Report
from ..data.store import Store
from .output import warn


def named_report(name: str, db: Path) -> Report:
    """The report of that id, path, title or organisation and year; a file outside the database is read.

    Raises NotFound where neither the database nor the folder knows the name.
    """
    path = Path(name)
    if not db.exists():
        if path.is_file():
            return read_report(path)
        raise DatabaseError(f"{db}: no such database. Make one with: nianbao index FOLDER --db {db}")
    with Store.open(db, read_only=True) as store:
        try:
            report = store.report(name)
        except NotFound:
            if path.is_file():
                return read_report(path)
            raise
        for remark in store.remarks(report.id):
            warn(remark)
    return report


def read_report(path: Path) -> Report:
    """The report in a file, with its facts."""
    from ..data.readers import read
    from ..nlp.given import Given
    from ..nlp.pipeline import extract

    source = read(path)
    if source.remark:
        warn(source.remark)
    return extract(source, Given(path=str(path)))
