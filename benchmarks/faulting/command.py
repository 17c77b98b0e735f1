"""The command `nianbao index` as a process of its own, to be disturbed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import nianbao

_LONGEST = 300.0
_GONE = 20.0
# Becomes the command that follows, which then may write no file over so many bytes (an error, no signal).
_LIMITED = """
import os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
os.execv(sys.argv[2], sys.argv[2:])
"""


class IndexRun:
    """A run of `nianbao index` that was started; what it says is kept in `said`."""

    def __init__(self, archive: Path, db: Path, jobs: int = 2, limit_bytes: int | None = None) -> None:
        self.archive, self.db = archive, db
        self.log = db.with_name(f"{db.name}.{time.monotonic_ns()}.log")
        limited = [sys.executable, "-c", _LIMITED, str(limit_bytes)] if limit_bytes else []
        command = [
            *limited,
            sys.executable,
            "-P",
            "-m",
            "nianbao.cli",
            "index",
            str(archive),
            "--db",
            str(db),
        ]
        with _log_folder(self.log).open("wb") as log:
            self.process = subprocess.Popen(
                [*command, "--jobs", str(jobs)],
                stdout=log,
                stderr=log,
                env=environment(),
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return _log_folder(self.log).read_text(errors="replace")

    def wait(self, seconds: float = _LONGEST) -> int:
        """The exit code; -9 after killing a run that does not end."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill(whole=True)
            raise

    def sleep(self, seconds: float) -> bool:
        """Let it go on so long; False where it ended before."""
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            return True
        return False

    def kill(self, *, whole: bool) -> None:
        """SIGKILL to the writer, or to all its processes at once; returns when none is left."""
        if whole:
            _signalled(os.killpg, self.process.pid)
        self.process.kill()
        self.process.wait()
        if not _ends(lambda: not self.others()):
            _signalled(os.killpg, self.process.pid)
            raise Survivors(f"processes live on {_GONE:.0f} s after the run was killed")

    def others(self) -> list[int]:
        """Processes of the run besides the first."""
        return [pid for pid, group in _processes() if group == self.process.pid and pid != self.process.pid]

    def kill_worker(self, rng: Random) -> bool:
        """SIGKILL to one of the processes that read; False where there is none."""
        workers = self.others()
        if not workers:
            return False
        _signalled(os.kill, rng.choice(workers))
        return True


def environment() -> dict[str, str]:
    """The environment in which other processes find the same nianbao as this one."""
    found = [str(Path(nianbao.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, found))}


class Survivors(Exception):
    """Processes of a run outlived it."""


def _log_folder(log: Path) -> Path:
    """Logs stand where the disk is not full."""
    return Path(os.environ.get("TMPDIR", "/tmp")) / log.name


def _signalled(send: Callable[[int, int], None], pid: int) -> None:
    try:
        send(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _processes() -> list[tuple[int, int]]:
    """(process, group) of all that live, from /proc; zombies left out."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            except (OSError, ValueError):
                continue
            if state != "Z":
                found.append((int(folder.name), int(group)))
    return found


def _ends(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + _GONE
    while not condition():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
