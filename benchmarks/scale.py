"""How search grows with the archive.

    python benchmarks/scale.py build DATABASE --reports 100000 [--seed 1]
    python benchmarks/scale.py measure DATABASE … [--queries 50] [--only WORD] [--json]

`build` writes a database of generated reports as long as real ones, with facts found by plain patterns: no
extraction. Stopped, it goes on where it was. `measure` times the first ten hits, with total and passages, of
the commonest words, in one process, warm: median and 95th percentile in milliseconds, and of CPU time.
"""

import argparse
import json
import os
from pathlib import Path

from scaling.build import build
from scaling.measure import latencies, size


def measure(paths, number, only):
    """All figures, by database."""
    return [
        {"path": str(path), "size": size(path), "latencies": latencies(path, number, only)} for path in paths
    ]


def show(results):
    """One table: forms of search by databases."""
    print("load average:", " ".join(f"{load:.2f}" for load in os.getloadavg()))
    heads = [f"{result['size']['reports']:,} reports" for result in results]
    print(f"{'p50/p95 ms (CPU p95)':>22} " + " ".join(f"{head:>22}" for head in heads))
    for name in results[0]["latencies"]:
        cells = []
        for result in results:
            spread = result["latencies"][name]
            cells.append("{:.1f}/{:.1f} ({:.1f})".format(*spread["wall"], spread["cpu"][1]))
        print(f"{name:>22} " + " ".join(f"{cell:>22}" for cell in cells))
    for result in results:
        sizes, text = result["size"]["index"], result["size"]["text"]
        each = ", ".join(f"{table} {number / text:.2f}" for table, number in sizes.items())
        share = sum(sizes.values()) / text
        print(f"{result['size']['reports']:,}: index {share:.2f} MB a MB of text (UTF-8): {each}")


def main():
    """Read the arguments; build or measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    made = commands.add_parser("build", help="write a database of generated reports")
    made.add_argument("database", type=Path)
    made.add_argument("--reports", type=int, default=100_000)
    made.add_argument("--seed", type=int, default=1)
    measured = commands.add_parser("measure", help="time searches in databases")
    measured.add_argument("database", type=Path, nargs="+")
    measured.add_argument("--queries", type=int, default=50)
    measured.add_argument("--only", help="forms of search whose name holds this")
    measured.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.command == "build":
        build(given.database, given.reports, given.seed)
        return
    results = measure(given.database, given.queries, given.only)
    if given.json:
        print(json.dumps(results, ensure_ascii=False, indent=2))
    else:
        show(results)


if __name__ == "__main__":
    main()
