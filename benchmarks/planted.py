"""What is found of findings that were planted in an archive.

    python benchmarks/planted.py [--reports 20000] [--seed 1] [--database PATH] [--shares]

An archive of invented reports is made in which sentences return through the years of a body, with the same or
other figures or lightly reworded, others are copied by bodies that come later, phrases stand in the reports
of 8 to 95 in 100 bodies, and others speak of the same matter in another sentence. Printed is what of it the
repeats tell. `--shares` moves the share from which on a phrase is everybody's.
"""

import tempfile
import time
from pathlib import Path
from typing import Annotated

import typer
from planting.repeat_scores import score_repeats
from planting.repeats import plant
from planting.writing import write_database

from nianbao.data.store import Store
from nianbao.nlp import repeats as finding
from nianbao.nlp.repeats import spread

SHARES = (0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.07, 0.1, 0.2)


def main(
    reports: Annotated[int, typer.Option(help="How many reports, about.")] = 20_000,
    seed: Annotated[int, typer.Option(help="The same seed, the same archive.")] = 1,
    database: Annotated[Path | None, typer.Option(help="Where to make it; else it is thrown away.")] = None,
    shares: Annotated[bool, typer.Option(help="Try other shares for set phrases.")] = False,
) -> None:
    """Plant repeats, find them, and print what was found."""
    with tempfile.TemporaryDirectory() as folder:
        path = database or Path(folder) / "planted.db"
        started = time.perf_counter()
        planting = plant(reports, seed)
        planted = write_database(planting, path)
        made = time.perf_counter() - started
        print(f"{len(planting.statements):,} reports of {len(planting.offices):,} bodies, ", end="")
        print(f"{len(planted):,} statements, made in {made:.0f} s")
        for share in SHARES if shares else (spread.SET_PHRASE_SHARE,):
            _report(path, planting, planted, share)


def _report(path, planting, planted, share) -> None:
    spread.SET_PHRASE_SHARE = share
    with Store.open(path) as store:
        started = time.perf_counter()
        finding.make_repeats(store, anew=True)
        seconds = time.perf_counter() - started
        scores = score_repeats(store, planting, planted)
    print(
        f"share {share:<6} {seconds:6.1f} s  precision {scores.precision:.4f}  recall {scores.recall:.4f}  "
        f"copies missed {scores.missed_copies} of {scores.copies}  pairs {scores.pairs:.4f}  "
        f"ways {scores.ways:.4f}  phrases {scores.phrases:.2f}  mistaken {scores.mistaken}"
    )


if __name__ == "__main__":
    typer.run(main)
