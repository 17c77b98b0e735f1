"""`nianbao index` end to end on generated archives: time, memory, size, growth."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import NamedTuple

from generate import write_texts

from nianbao.data.words import cut_reference

from .extraction import fresh
from .figures import Figure

# Seconds between looks at what memory the processes have.
_LOOK = 0.1
# Generated reports that jieba cuts for the comparison: its speed is the same for all.
_CUT = 300
_MB = 2**20


class Run(NamedTuple):
    """Wall-clock seconds of a run, and the most memory of all its processes together, in bytes.

    `resident` counts pages that processes share in each, `proportional` once; None where the system does
    not say.
    """

    seconds: float
    resident: int | None
    proportional: int | None


class Archive(NamedTuple):
    """A folder of generated reports."""

    folder: Path
    reports: int
    size: int


def generated(folder: Path, reports: int) -> Archive:
    """Reports as text files, the same every time."""
    folder.mkdir(parents=True)
    return Archive(folder, reports, write_texts(folder, reports, seed=1))


def run(archive: Archive, database: Path, jobs: int) -> Run:
    """Index an archive by the command, in processes of its own."""
    command = [
        sys.executable,
        "-m",
        "nianbao.cli",
        "index",
        archive.folder,
        "--db",
        database,
        "--jobs",
        str(jobs),
    ]
    started, most = perf_counter(), (0, 0)
    with database.with_suffix(".log").open("wb") as log:
        process = subprocess.Popen(list(map(str, command)), stdout=log, stderr=log)
        while process.poll() is None:
            most = tuple(map(max, most, _memory(process.pid)))
            sleep(_LOOK)
    if process.returncode:
        raise SystemExit(database.with_suffix(".log").read_text("utf-8"))
    return Run(perf_counter() - started, most[0] or None, most[1] or None)


def _memory(root: int) -> tuple[int, int]:
    """Bytes of a process and its descendants: resident, and proportional (Linux; else nothing)."""
    resident = proportional = 0
    for pid in _family(root):
        try:
            said = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii")
        except OSError:
            continue
        sizes = {line.split()[0]: int(line.split()[1]) * 1024 for line in said.splitlines()[1:]}
        resident += sizes.get("Rss:", 0)
        proportional += sizes.get("Pss:", 0)
    return resident, proportional


def _family(root: int) -> list[int]:
    children = defaultdict(list)
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text("utf-8", "replace").rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
        children[parent].append(int(status.parent.name))
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def database_size(database: Path) -> int:
    """Bytes of a database with what is still in its log."""
    return sum(file.stat().st_size for file in database.parent.glob(f"{database.name}*"))


def characters_a_second(texts: Sequence[str]) -> float:
    """Speed of `jieba.lcut`, wall-clock; to be called in a fresh process."""
    cut_reference("词")
    started = perf_counter()
    for text in texts:
        cut_reference(text)
    return sum(map(len, texts)) / (perf_counter() - started)


def indexing(folder: Path, reports: int, rounds: int) -> Iterator[Figure]:
    """One archive by one and by two workers in turn, `jieba.lcut` between them; medians of the rounds."""
    archive = generated(folder / f"reports{reports}", reports)
    files = sorted(archive.folder.rglob("*.txt"))
    characters = sum(len(file.read_text("utf-8")) for file in files)
    texts = [file.read_text("utf-8") for file in files[:: max(1, reports // _CUT)]]
    first, again, jieba = defaultdict(list), defaultdict(list), []
    for turn in range(rounds):
        jieba.append(characters / fresh(characters_a_second, texts))
        for jobs in (1, 2):
            database = folder / f"{reports}-{turn}-{jobs}.db"
            first[jobs].append(run(archive, database, jobs))
            size = database_size(database)
            again[jobs].append(run(archive, database, jobs))
            for file in folder.glob(f"{database.name}*"):
                file.unlink()
    yield from _speeds(archive, first, again)
    yield from _ratios(first, jieba)
    yield from _sizes(archive, first, size)


def _wall(runs: Sequence[Run]) -> float:
    return median(one.seconds for one in runs)


def _speeds(archive: Archive, first: dict, again: dict) -> Iterator[Figure]:
    part = f"nianbao index, {archive.reports:,} reports, {archive.size / _MB:.1f} MB"
    for jobs, runs in first.items():
        workers = f"{jobs} worker{'s' * (jobs > 1)}"
        yield Figure(part, "first run, seconds", workers, _wall(runs), "")
        yield Figure(part, "reports a second", workers, archive.reports / _wall(runs), "")
        yield Figure(part, "MB of text a second", workers, archive.size / _MB / _wall(runs), "")
        yield Figure(part, "run again, nothing changed, seconds", workers, _wall(again[jobs]), "")
        yield Figure(part, "run again, reports a second", workers, archive.reports / _wall(again[jobs]), "")


def _ratios(first: dict, jieba: Sequence[float]) -> Iterator[Figure]:
    part = "ratios of nianbao index"
    both = zip(first[1], first[2], strict=True)
    yield Figure(part, "2 workers by 1", "generated", median(one.seconds / two.seconds for one, two in both))
    for jobs, runs in first.items():
        ratios = [lone / one.seconds for lone, one in zip(jieba, runs, strict=True)]
        yield Figure(part, f"{jobs} worker(s) by jieba.lcut alone", "generated", median(ratios))


def _sizes(archive: Archive, first: dict, size: int) -> Iterator[Figure]:
    part = "memory and size"
    for jobs, runs in first.items():
        for name, pages in (
            ("resident", "shared pages in each process"),
            ("proportional", "shared pages once"),
        ):
            most = [getattr(one, name) for one in runs if getattr(one, name)]
            row = f"peak memory, {jobs} worker(s) and writer, {pages}"
            value = max(most) / _MB if most else None
            yield Figure(part, row, "generated", value, "MB", note="not known here")
    yield Figure(part, "database, MB a MB of text", "generated", size / archive.size, "")
    yield Figure(part, "database, kB a report", "generated", size / archive.reports / 1000, "")


def growth(folder: Path, sizes: Sequence[int]) -> Iterator[Figure]:
    """Time a report and peak memory as archives grow, by two workers."""
    part, least = "growth, 2 workers", None
    for reports in sizes:
        archive = generated(folder / f"growth{reports}", reports)
        database = folder / f"growth{reports}.db"
        done = run(archive, database, 2)
        each = done.seconds / reports * 1000
        least = least or each
        texts = f"{reports:,} reports"
        yield Figure(part, "milliseconds a report", texts, each, "")
        yield Figure(part, f"by that at {sizes[0]:,}", texts, each / least)
        yield Figure(part, "peak memory, shared pages in each", texts, (done.resident or 0) / _MB, "MB")
        yield Figure(part, "peak memory, shared pages once", texts, (done.proportional or 0) / _MB, "MB")
        yield Figure(part, "database", texts, database_size(database) / _MB, "MB")
        for file in folder.glob(f"{database.name}*"):
            file.unlink()


def cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
