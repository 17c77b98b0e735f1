"""Feed the parsers with hostile inputs and hold them to what must be so.

    python benchmarks/fuzz.py [--target NAME …] [--runs N] [--seed S] [--engine random|atheris]

Texts are made of the lexicon's words, of skeletons with slots, of any characters, and of spoiled passages of
the samples; files are spoiled samples. Whatever a target raises that is no error of ours, a quotation that
does not stand at its place, and an input that takes more than a second is a finding, and is written down.
`--engine atheris` (pip install atheris) takes one target and goes by coverage.
"""

import argparse
import sys
from pathlib import Path

# Inputs of each target for the acceptance of a million over all; the slow ones get fewer.
SHARES = {
    "reading": 0.10, "numbers": 0.12, "dates": 0.12, "counts": 0.10, "zeros": 0.08, "citations": 0.08,
    "sections": 0.08, "tables": 0.07, "markup": 0.06, "masthead": 0.04, "names": 0.06, "query": 0.06,
    "search": 0.01, "report": 0.015, "records": 0.012, "readers": 0.03,
}  # fmt: skip
HEAD = ("target", "inputs", "crashes", "hangs", "slowest ms", "inputs/s")


def main(options):
    if options.engine == "atheris":
        import atheris

        with atheris.instrument_imports(include=["nianbao"], exclude=["nianbao.data.store"]):
            from fuzzing.engines import run_guided
        print("\t".join(HEAD))
        run_guided(options.target[0], options.runs, options.seed, options.findings)
        return 0
    from fuzzing.engines import run_random
    from rich.console import Console
    from rich.table import Table

    tallies = []
    for name in options.target:
        runs = options.runs if len(options.target) == 1 else round(options.runs * SHARES[name])
        tallies.append(run_random(name, runs, options.seed, options.findings))
        print("\t".join(tallies[-1].row()), flush=True)
    table = Table(*HEAD, box=None)
    for tally in tallies:
        table.add_row(*tally.row())
    table.add_row("all", f"{sum(tally.inputs for tally in tallies):,}")
    Console(width=100).print(table)
    return 1 if any(tally.crashes or tally.hangs for tally in tallies) else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--target", nargs="+", choices=list(SHARES), default=list(SHARES))
    parser.add_argument("--runs", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--engine", choices=("random", "atheris"), default="random")
    parser.add_argument("--findings", type=Path, default=Path("fuzz-findings"))
    sys.exit(main(parser.parse_args()))
