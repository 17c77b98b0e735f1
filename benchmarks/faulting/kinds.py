"""The kinds of faults: each disturbs a run and checks what must hold while it lasts."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from random import Random

from .command import IndexRun, Survivors, environment
from .contents import contents
from .disks import NotPossible, may_mount, remount, small_disk
from .lab import ENDED_WELL, Broke, Fault, Lab
from .wal import cut_power

# Exit codes by which a shell knows a run that was stopped; Python's own answer to Ctrl-C is 130 too.
_STOPPED = {signal.SIGINT: (130, -2), signal.SIGTERM: (143, 130, -15)}
_STOPS_WITHIN = 15.0
_FAILED = 2


def kill(lab: Lab, rng: Random, db: Path) -> str:
    """kill -9 at a random moment, once to thrice, the first process or all of them."""
    moments = []
    for _ in range(rng.randint(1, 3)):
        run = IndexRun(lab.archive, db)
        moment = rng.uniform(0.05, 1.1) * lab.seconds
        if run.sleep(moment):
            moments.append(f"{moment:.2f}")
            _killed(run, whole=rng.random() < 0.3)
    return f"killed at {', '.join(moments) or 'no time'}"


def _killed(run: IndexRun, *, whole: bool) -> None:
    try:
        run.kill(whole=whole)
    except Survivors as error:
        raise Broke(str(error)) from error


def power(lab: Lab, rng: Random, db: Path) -> str:
    """A power cut: all processes gone, and the unflushed end of the log lost or garbled."""
    done = []
    for _ in range(rng.randint(1, 2)):
        run = IndexRun(lab.archive, db)
        if run.sleep(rng.uniform(0.3, 1.0) * lab.seconds):
            _killed(run, whole=True)
            if db.exists():
                done.append(cut_power(db, rng))
                _still_sound(db)
    return "; ".join(done)


def _still_sound(db: Path) -> None:
    """What is there after a cut is whole, though the last may be missing."""
    faults = contents(db).faults if db.stat().st_size else []
    if faults and not all("no such table" in fault for fault in faults):
        raise Broke(f"after the cut: {faults}")


def interrupt(lab: Lab, rng: Random, db: Path) -> str:
    """Ctrl-C."""
    return _stopped(lab, rng, db, signal.SIGINT)


def terminate(lab: Lab, rng: Random, db: Path) -> str:
    """SIGTERM, as systemd and Docker send it."""
    return _stopped(lab, rng, db, signal.SIGTERM)


def _stopped(lab: Lab, rng: Random, db: Path, sign: signal.Signals) -> str:
    run = IndexRun(lab.archive, db)
    moment = rng.uniform(0.1, 1.0) * lab.seconds
    if not run.sleep(moment):
        return "was over before"
    # A terminal sends Ctrl-C to every process of the run.
    everyone = sign == signal.SIGINT and rng.random() < 0.7
    (os.killpg if everyone else os.kill)(run.process.pid, sign)
    try:
        code = run.wait(_STOPS_WITHIN)
    except subprocess.TimeoutExpired:
        raise Broke(f"does not stop within {_STOPS_WITHIN:.0f} s of {sign.name} at {moment:.2f} s") from None
    if code not in (*_STOPPED[sign], *ENDED_WELL):
        raise Broke(f"ends with {code} after {sign.name} at {moment:.2f} s: {run.said[-600:]}")
    if "Traceback" in run.said:
        raise Broke(f"shows a traceback after {sign.name} at {moment:.2f} s: {run.said[-900:]}")
    if run.others():
        time.sleep(3)
        if run.others():
            raise Broke(f"leaves processes behind after {sign.name} at {moment:.2f} s")
    return f"{sign.name} at {moment:.2f}, code {code}"


def worker(lab: Lab, rng: Random, db: Path) -> str:
    """kill -9 to processes that read, while the run goes on; it must end by itself."""
    run = IndexRun(lab.archive, db)
    killed = 0
    for _ in range(rng.randint(1, 4)):
        if run.sleep(rng.uniform(0.1, 0.5) * lab.seconds):
            killed += run.kill_worker(rng)
    code = run.wait()
    if code not in ENDED_WELL:
        raise Broke(f"ends with {code} after {killed} workers died: {run.said[-600:]}")
    return f"{killed} workers killed, code {code}"


def full(lab: Lab, rng: Random, db: Path) -> str:
    """A disk that is full after some MB, then has room again."""
    if not may_mount():
        return limited(lab, rng, db)
    megabytes = rng.randint(1, 12)
    with small_disk(db.parent / "disk", megabytes) as disk:
        run = IndexRun(lab.archive, disk / "r.db")
        _must_fail_well(run, f"a disk of {megabytes} MB")
        remount(disk, "size=300m")
        again = IndexRun(lab.archive, disk / "r.db")
        if again.wait() not in ENDED_WELL:
            raise Broke(f"with room again: {again.said[-600:]}")
        _left_whole(disk / "r.db", db)
    (db.parent / "disk").rmdir()
    return f"disk of {megabytes} MB"


def limited(lab: Lab, rng: Random, db: Path) -> str:
    """No file may grow over some MB."""
    megabytes = rng.uniform(0.1, 6)
    run = IndexRun(lab.archive, db, limit_bytes=int(megabytes * 2**20))
    _must_fail_well(run, f"files of {megabytes:.1f} MB at most")
    return f"files of {megabytes:.1f} MB at most"


def read_only(lab: Lab, rng: Random, db: Path) -> str:
    """A disk that becomes read-only in the middle of a run, or before it."""
    with small_disk(db.parent / "disk", 300) as disk:
        if rng.random() < 0.7:
            first = IndexRun(lab.archive, disk / "r.db")
            if first.sleep(rng.uniform(0.2, 0.9) * lab.seconds):
                _killed(first, whole=True)
        remount(disk, "ro")
        _must_fail_well(IndexRun(lab.archive, disk / "r.db"), "a read-only disk")
        remount(disk, "rw")
        again = IndexRun(lab.archive, disk / "r.db")
        if again.wait() not in ENDED_WELL:
            raise Broke(f"writable again: {again.said[-600:]}")
        _left_whole(disk / "r.db", db)
    (db.parent / "disk").rmdir()
    return "read-only, then writable"


def _must_fail_well(run: IndexRun, why: str) -> None:
    """It ends with 2 and a message, not with a traceback; or it had room enough."""
    code = run.wait()
    if "Traceback" in run.said or code not in (*ENDED_WELL, _FAILED):
        raise Broke(f"{why}: ends with {code}: {run.said[-900:]}")
    if run.others():
        time.sleep(3)
        if run.others():
            raise Broke(f"{why}: leaves processes behind")


def _left_whole(small: Path, db: Path) -> None:
    """Take the database from the small disk; nothing else may have been left there."""
    left = [path.name for path in small.parent.iterdir() if not path.name.startswith(small.name)]
    if left:
        raise Broke(f"left on the disk: {left}")
    with sqlite3.connect(small) as source, sqlite3.connect(db) as target:
        source.backup(target)


def locked(lab: Lab, rng: Random, db: Path) -> str:
    """Another program that writes for seconds, or reads all the time."""
    run = IndexRun(lab.archive, db)
    held = rng.uniform(2, 5)
    run.sleep(rng.uniform(0.2, 0.6) * lab.seconds)
    if not db.exists():
        run.sleep(lab.seconds)
    other = sqlite3.connect(db, timeout=20, isolation_level=None)
    reading = rng.random() < 0.4
    try:
        other.execute("begin" if reading else "begin immediate")
        other.execute("select count(*) from sqlite_master").fetchone()
        run.sleep(lab.seconds * 4 if reading else held)
        other.execute("rollback")
    finally:
        other.close()
    code = run.wait()
    if code not in ENDED_WELL:
        raise Broke(f"ends with {code} beside another {'reader' if reading else 'writer'}: {run.said[-600:]}")
    return "a reader throughout" if reading else f"a writer for {held:.1f} s"


def two(lab: Lab, rng: Random, db: Path) -> str:
    """Two runs over the same archive into the same database."""
    first = IndexRun(lab.archive, db)
    first.sleep(rng.choice([0.0, rng.uniform(0, 0.8) * lab.seconds]))
    second = IndexRun(lab.archive, db)
    codes = (first.wait(), second.wait())
    for code, run in zip(codes, (first, second), strict=True):
        if code not in (*ENDED_WELL, _FAILED) or "Traceback" in run.said:
            raise Broke(f"of two runs one ends with {code}: {run.said[-900:]}")
    if _FAILED in codes and codes.count(_FAILED) == len(codes):
        raise Broke(f"of two runs both fail: {first.said[-300:]} {second.said[-300:]}")
    refused = [run.said[-200:] for code, run in zip(codes, (first, second), strict=True) if code == _FAILED]
    return f"codes {codes} {' '.join(refused)}"


def reader(lab: Lab, rng: Random, db: Path) -> str:
    """A search in the middle of a run finds every report that is there, with all its facts."""
    run = IndexRun(lab.archive, db)
    looks = 0
    while run.sleep(rng.uniform(0.05, 0.4)):
        if db.exists() and db.stat().st_size:
            looks += _looked(lab, db)
    run.wait()
    return f"{looks} looks, then {_searched(lab, db)} found by search"


_HALF = """
select r.id, r.number,
  (select count(*) from statements where report_id = r.id) as statements,
  (select count(*) from counts where report_id = r.id) as counts,
  (select count(*) from dates where report_id = r.id) as dates,
  (select count(*) from table_cells where report_id = r.id) as cells,
  exists (select 1 from report_bigrams_docsize where id = r.number) as found,
  (select count(*) from statements s join statement_bigrams_docsize d on d.id = s.id
    where s.report_id = r.id) as statements_found,
  exists (select 1 from sources where report_id = r.id) as has_source
from reports r
"""
_WHOLE: dict[Path, dict[str, tuple[int, ...]]] = {}


def _looked(lab: Lab, db: Path) -> int:
    """1 if every report that is there was seen whole; 0 where the database is only being made."""
    whole = _WHOLE.setdefault(lab.folder, _seen(lab.folder / "reference" / "r.db") or {})
    seen = _seen(db)
    for report, facts in (seen or {}).items():
        if facts != whole.get(report):
            raise Broke(f"report {report} is seen with {facts}, whole it is {whole.get(report)}")
    return seen is not None


def _seen(db: Path) -> dict[str, tuple[int, ...]] | None:
    connection = sqlite3.connect(db, timeout=30)
    try:
        return {row[0]: tuple(row[2:]) for row in connection.execute(_HALF)}
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            return None
        raise Broke(f"a reader gets: {error}") from error
    finally:
        connection.close()


def _searched(lab: Lab, db: Path) -> int:
    """Reports that the command finds for a word, which must be all that have it."""
    command = [sys.executable, "-P", "-m", "nianbao.cli", "search", "政府", "--in", "reports", "--jsonl"]
    done = subprocess.run(
        [*command, "--limit", "100000", "--db", str(db)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(),
    )
    hits = {json.loads(line)["report_id"] for line in done.stdout.splitlines()}
    with sqlite3.connect(lab.folder / "reference" / "r.db") as connection:
        having = {row[0] for row in connection.execute("select id from reports where text like '%政府%'")}
    if having - hits:
        raise Broke(f"{len(having - hits)} reports are not found by search: {done.stderr[-300:]}")
    return len(hits)


KINDS: dict[str, Fault] = {
    "kill": kill,
    "power": power,
    "interrupt": interrupt,
    "terminate": terminate,
    "worker": worker,
    "full": full,
    "limited": limited,
    "readonly": read_only,
    "locked": locked,
    "two": two,
    "reader": reader,
}

__all__ = ["KINDS", "NotPossible"]
