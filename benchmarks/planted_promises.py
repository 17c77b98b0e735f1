"""What is told of promises that were planted in an archive.

    python benchmarks/planted_promises.py [--bodies 500] [--seed 1] [--years 4]

An archive of invented reports is made as records, in which each plan is kept, still a problem, planned again
or passed over in silence in the body's next report; printed is how many `nianbao promises` judges right.
"""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from planting.promises import plant_promises, score_promises, write_promises

from nianbao.data.store import Store


def main(
    bodies: Annotated[int, typer.Option(help="How many bodies.")] = 500,
    seed: Annotated[int, typer.Option(help="The same seed, the same archive.")] = 1,
    years: Annotated[int, typer.Option(help="Reports of each body.")] = 4,
) -> None:
    """Plant promises, judge them, and print how many are judged right."""
    with tempfile.TemporaryDirectory() as folder:
        planted = plant_promises(bodies, seed, years)
        path = Path(folder) / "promises.db"
        write_promises(planted, path)
        with Store.open(path, read_only=True) as store:
            started = time.perf_counter()
            figures = score_promises(store, planted)
            seconds = time.perf_counter() - started
    f1 = "  ".join(f"{outcome} {value:.3f}" for outcome, value in figures.f1.items())
    print(f"{figures.plans:,} plans in {seconds:.1f} s: right {figures.right:.3f}; F1 {f1}")


if __name__ == "__main__":
    typer.run(main)
