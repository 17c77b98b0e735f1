"""A folder beside the database into which archives are unpacked while a run lasts."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def spool_folder(database: Path) -> Iterator[Path]:
    """An empty folder that goes at the end; those that killed runs left behind go first.

    It lies beside the database, where there is room for the archive's facts too, and is hidden, so that no
    run takes it for part of an archive.
    """
    stem = f".{database.name}-unpacked-"
    for left in database.parent.glob(f"{stem}*"):
        if not _lives(left.name.removeprefix(stem).partition("-")[0]):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{stem}{os.getpid()}-", dir=database.parent.absolute()))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _lives(process: str) -> bool:
    if not process.isdecimal():
        return False
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
