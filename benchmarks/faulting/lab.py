"""The archive that is disturbed, what an undisturbed run makes of it, and one trial after another."""

import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from random import Random

from archives.writing import write_archive

from .command import IndexRun
from .contents import Contents, Difference, contents, difference

_FORMATS = frozenset({"utf8", "html", "gb18030", "docx", "csv", "zip", "tar", "nested", "jsonl", "saved"})
_BROKEN = 0.15
# What a run may end with: all read, or some named as failed.
ENDED_WELL = (0, 1)

# Disturbs an index of the lab's archive into the database; says what it did.
Fault = Callable[["Lab", Random, Path], str]


@dataclass
class Trial:
    """One fault and what was found after the next undisturbed run."""

    kind: str
    done: str
    difference: Difference = field(default_factory=lambda: Difference(0, 0, ()))
    faults: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.difference and not self.faults


class Lab:
    """Works in `folder`; `reports` invented ones, some packed, with broken files among them."""

    def __init__(self, folder: Path, reports: int, seed: int) -> None:
        self.folder = folder
        self.archive = folder / "archive"
        self.seed = seed
        write_archive(self.archive, reports, seed, _BROKEN, _FORMATS)
        _twice(self.archive)
        started = time.monotonic()
        self.reference = self.undisturbed("reference")
        self.seconds = time.monotonic() - started
        self._numbers = count(1)

    def undisturbed(self, name: str, archive: Path | None = None) -> Contents:
        """What a fresh database holds after a run over the archive as it is now."""
        db = self.folder / name / "r.db"
        shutil.rmtree(db.parent, ignore_errors=True)
        db.parent.mkdir()
        run = IndexRun(archive or self.archive, db)
        if run.wait() not in ENDED_WELL:
            raise RuntimeError(f"the undisturbed run fails: {run.said}")
        found = contents(db)
        if found.faults or not found.rows["reports"]:
            raise RuntimeError(f"the undisturbed run is not sound: {found.faults}, {run.said}")
        return found

    def try_fault(self, kind: str, fault: Fault) -> Trial:
        """Disturb a fresh index, let an undisturbed run follow, and compare."""
        number = self.next_number()
        folder = self.folder / f"{kind}{number}"
        folder.mkdir()
        db = folder / "r.db"
        trial = Trial(kind, "")
        try:
            trial.done = fault(self, Random(f"{self.seed}-{kind}-{number}"), db)
        except Broke as error:
            trial.faults.append(str(error))
        except subprocess.TimeoutExpired:
            trial.faults.append("hangs")
        self.finish(trial, self.archive, db, self.reference)
        if trial.sound:
            shutil.rmtree(folder)
        return trial

    def next_number(self) -> int:
        """A number for the next trial; trials may run side by side."""
        return next(self._numbers)

    def finish(self, trial: Trial, archive: Path, db: Path, reference: Contents) -> None:
        """The undisturbed run after a fault, and the comparison."""
        run = IndexRun(archive, db)
        try:
            code = run.wait()
        except subprocess.TimeoutExpired:
            trial.faults.append("the next run hangs")
            return
        if code not in ENDED_WELL:
            trial.faults.append(f"the next run ends with {code}: {run.said[-600:]}")
        found = contents(db)
        trial.faults += found.faults
        trial.difference = difference(reference, found)
        left = [path.name for path in db.parent.iterdir() if not path.name.startswith(db.name)]
        if left:
            trial.faults.append(f"left beside the database: {left}")


class Broke(Exception):
    """The run under the fault did what it must not."""


def _twice(archive: Path) -> None:
    """Copies of two reports under other names, which must not count twice."""
    for number, path in enumerate(sorted(archive.rglob("*.txt"))[:2]):
        if path.is_file() and not path.is_symlink():
            shutil.copy(path, archive / f"副本{number}.txt")
