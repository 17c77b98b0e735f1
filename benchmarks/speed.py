"""How fast everything is, as ratios taken in one run on one machine.

    python benchmarks/speed.py [--quick | --full] [--json] [--peers peers/bin/python] [--texts FOLDER]

Prints, in Markdown: the whole extraction (text → facts, one core), `rjieba`, JioNLP's times and
Recognizers-Text by the speed of `jieba.lcut` on the same real texts; stage by stage; how long each command
takes to start; `nianbao index` of a generated archive by 1 and 2 workers, first and again, by `jieba.lcut`
alone; peak memory of all processes; size of the database; growth from 1,000 to 10,000 reports (to 100,000
with `--full`: hours; needs 20 GB). `--quick` takes some two minutes and says less.

`--texts` has folders `disclosure` and `work`. Other systems run from an environment of their own:
`python3 -m venv peers && peers/bin/pip install jieba jionlp recognizers-text-suite "emoji<2"`.

Every round of the extraction is a process that has read none of the texts before; indexing is timed by the
wall, the rest by CPU time; what is compared takes turns. Figures are medians of the rounds.
"""

import argparse
import os
import platform
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

# Before anything is imported: one thread each; jieba warns of its own imports.
os.environ |= {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}

import msgspec
import startup
from speeding.extraction import extraction, genre_files, texts_of
from speeding.figures import Figure, lines
from speeding.indexing import cores, growth, indexing
from speeding.others import against, others, python_of_peers

PARTS = ("extraction", "startup", "indexing", "growth")


class Scope(NamedTuple):
    """Rounds, seconds that each other system may read, reports that are indexed, sizes of growth."""

    rounds: int
    seconds: float
    starts: int
    reports: int
    sizes: tuple[int, ...]


QUICK = Scope(rounds=1, seconds=3, starts=3, reports=200, sizes=(100, 400))
USUAL = Scope(rounds=3, seconds=30, starts=9, reports=1000, sizes=(1000, 10_000))
FULL = USUAL._replace(sizes=(1000, 10_000, 100_000))


def starts(rounds):
    """Start-up of each command by that of `python -c pass`."""
    figures = startup.measure(rounds)
    least = figures["python -c pass"][0]
    for name, (wall, cpu) in figures.items():
        part = "start-up"
        yield Figure(part, f"`{name}`", "ms", wall * 1e3, "")
        yield Figure(part, f"`{name}`", "CPU ms", cpu * 1e3, "")
        yield Figure(part, f"`{name}`", "by python -c pass", wall / least)


def measure(scope, options, said=lambda words: None):
    """All figures, in the order of the table."""
    if "extraction" in options.parts:
        files = genre_files(options.texts)
        said("extraction")
        own = list(extraction(scope.rounds, files))
        texts = {genre: texts_of(some) for genre, some in files.items()}
        said("other systems")
        other = list(others(python_of_peers(options.peers), texts, scope.seconds))
        yield from [*own, *other, *against(own, other)]
    if "startup" in options.parts:
        said("start-up")
        yield from starts(scope.starts)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        if "indexing" in options.parts:
            said("indexing")
            yield from indexing(Path(folder), scope.reports, scope.rounds)
        if "growth" in options.parts:
            said("growth")
            yield from growth(Path(folder), scope.sizes)


def arguments(words=None):
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--quick", dest="scope", action="store_const", const=QUICK, default=USUAL)
    scope.add_argument("--full", dest="scope", action="store_const", const=FULL)
    parser.add_argument("--json", action="store_true", help="the numbers")
    parser.add_argument("--peers", type=Path, help="Python that has JioNLP and Recognizers-Text")
    parser.add_argument("--texts", type=Path, help="real reports")
    parser.add_argument("--folder", type=Path, help="where generated archives go; the system's by default")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    return parser.parse_args(words)


def main(options):
    """Measure and print."""
    figures = list(
        measure(options.scope, options, lambda words: print(words, "…", file=sys.stderr, flush=True))
    )
    if options.json:
        rows = [figure._asdict() for figure in figures]
        print(msgspec.json.format(msgspec.json.encode(rows)).decode())
        return
    print(f"Python {platform.python_version()}, {platform.machine()}, {cores()} cores;", end=" ")
    print(f"load average: {' '.join(f'{load:.1f}' for load in os.getloadavg())}\n")
    print("\n".join(lines(figures)))


if __name__ == "__main__":
    main(arguments())
