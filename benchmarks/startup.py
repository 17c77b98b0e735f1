"""How long each command takes to start, beside `python -c pass`.

    python benchmarks/startup.py [--rounds 15]

Each command runs as a process of its own over the sample archive, one round after the other so that what else
the machine does falls on all alike. The table has the median time, the median of user and system CPU time,
both in milliseconds, and the time as a multiple of `python -c pass`.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median
from time import perf_counter

from nianbao.nlp.archive import open_archive

SAMPLES = Path(__file__).parents[1] / "data" / "samples"
COMMANDS = {
    "--help": ["--help"],
    "--version": ["--version"],
    "search": ["search", "更新速度", "-n", "10"],
    "search --json": ["search", "更新速度", "-n", "10", "--json"],
    "show": ["show", "泾县人民政府2023"],
    "export": ["export", "reports"],
    "stats": ["stats"],
}


def seconds(words, environment):
    """Wall-clock and CPU seconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = perf_counter()
    done = subprocess.run([sys.executable, *words], capture_output=True, env=environment, check=False)
    wall = perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        raise SystemExit(done.stderr.decode())
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(rounds):
    """The median wall-clock and CPU seconds of each command."""
    taken = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "samples.db"
        with open_archive(path, create=True) as archive:
            archive.index(SAMPLES, jobs=1)
        environment = os.environ | {"NIANBAO_DB": str(path), "PYTHONUTF8": "1"}
        for _ in range(rounds + 1):
            taken["python -c pass"].append(seconds(["-c", "pass"], environment))
            for name, words in COMMANDS.items():
                taken[name].append(seconds(["-m", "nianbao.cli", *words], environment))
    # The first round reads everything from the disk.
    return {name: [median(each) for each in zip(*runs[1:], strict=True)] for name, runs in taken.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=15)
    figures = measure(parser.parse_args().rounds)
    least = figures["python -c pass"][0]
    print(f"{'':16}{'ms':>6}{'CPU ms':>8}{'ratio':>7}")
    for name, (wall, cpu) in figures.items():
        print(f"{name:16}{wall * 1e3:6.0f}{cpu * 1e3:8.0f}{wall / least:6.1f}×")


if __name__ == "__main__":
    main()
