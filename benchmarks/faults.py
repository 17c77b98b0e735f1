"""Disturb `nianbao index` in every way that happens, and prove that nothing is lost, doubled or corrupt.

    python benchmarks/faults.py --kind kill --runs 200 --seed 1

Each trial indexes a small generated archive into a fresh database under one fault; then a run that nothing
disturbs follows. What the database holds must then be what an undisturbed run makes on a fresh one: every
table, view and search index, apart from keys and times; and it must pass SQLite's and FTS5's own checks.
Exits with 1 if one does not.
"""

import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Annotated

import typer
from faulting.changing import try_changing
from faulting.disks import NotPossible
from faulting.kinds import KINDS
from faulting.lab import Lab, Trial
from rich.console import Console
from rich.table import Table

ALL = (*KINDS, "changing")


def trials(lab: Lab, kind: str, runs: int) -> list[Trial]:
    """So many trials of a kind. Raises NotPossible where the machine cannot do it."""
    if kind == "changing":
        return [try_changing(lab, kind) for _ in range(runs)]
    return [lab.try_fault(kind, KINDS[kind]) for _ in range(runs)]


def summary(found: dict[str, list[Trial]]) -> Table:
    """A row for each kind: trials, and what was lost, doubled, corrupt or different in them."""
    table = Table("kind", *(("runs", "lost", "doubled", "corrupt", "differing", "sound")))
    for kind, done in found.items():
        table.add_row(
            kind,
            str(len(done)),
            str(sum(trial.difference.lost for trial in done)),
            str(sum(trial.difference.doubled for trial in done)),
            str(sum(bool(trial.faults) for trial in done)),
            str(sum(bool(trial.difference.differing) for trial in done)),
            str(sum(trial.sound for trial in done)),
        )
    return table


def main(
    kind: Annotated[list[str] | None, typer.Option(help=f"{', '.join(ALL)}; all unless named.")] = None,
    runs: Annotated[int, typer.Option(help="Trials of each kind.")] = 10,
    seed: Annotated[int, typer.Option(help="The same seed, the same archive and moments.")] = 1,
    reports: Annotated[int, typer.Option(help="Reports of the archive.")] = 40,
    keep: Annotated[Path | None, typer.Option(help="Folder to work in, kept.")] = None,
) -> None:
    """Disturb indexing and compare what comes of it."""
    console = Console()
    found: dict[str, list[Trial]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as temporary:
        lab = Lab(keep or Path(temporary), reports, seed)
        rows = lab.reference.rows
        console.print(
            f"{rows['sources'].total()} files, {rows['reports'].total()} reports, {lab.seconds:.1f} s a run"
        )
        for each in kind or ALL:
            try:
                for n in range(runs):
                    (trial,) = trials(lab, each, 1)
                    found[each].append(trial)
                    if not trial.sound:
                        console.print(f"[red]{each} {n}[/]", trial, markup=True, highlight=False)
            except NotPossible as error:
                console.print(f"{each}: left out, {error}")
    console.print(summary(found))
    if not all(trial.sound for done in found.values() for trial in done):
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)
