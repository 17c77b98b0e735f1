"""`nianbao prune`: out of the database with what is no longer on the disk."""

from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from ..data.store import Store, Vanished
from .options import DEFAULT_DATABASE, Database
from .output import note, print_data, stderr, warn


def command(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Only files at or below these paths; none means all.")
    ] = None,
    db: Database = DEFAULT_DATABASE,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go; change nothing.")] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Take it out though more than half of the files are gone.")
    ] = False,
) -> None:
    """Take out the files that no longer exist, with their reports where no other file has the same text.

    Each file that goes is written to stdout. Members of an archive go with the archive's file. Where more
    than half of the files are gone a disk may be missing: nothing is done then without --yes.

    Example: nianbao prune 年报/2019 --db 年报.db --dry-run
    """
    under = [str(path.absolute()) for path in paths or []]
    with Store.open(db, read_only=dry_run) as store:
        vanished = store.vanished(under)
        if vanished.doubtful and not (yes or dry_run):
            warn(
                f"{len(vanished.files):,} of {vanished.known:,} known files are gone, "
                f"{len(vanished.sources):,} of {vanished.held:,} sources with them: more than half. "
                "If a disk is not mounted, mount it; if they are meant to be gone, say so with --yes."
            )
            raise typer.Exit(2)
        if not dry_run:
            _prune(store, vanished)
    for file in vanished.files:
        print_data(file)
    _close(vanished, dry_run)


def _prune(store: Store, vanished: Vanished) -> None:
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("", total=len(vanished.sources))
        store.prune(vanished, each=lambda done: progress.update(task, completed=done))


def _close(vanished: Vanished, dry_run: bool) -> None:
    if vanished.undecided:
        warn(
            f"{vanished.undecided:,} files cannot be looked for and were left: their path is relative, or "
            "their folder may not be opened."
        )
    if not vanished.files:
        note(f"Nothing to take out: no file of the {vanished.known:,} looked for is known to be gone.")
        return
    verb = "would go" if dry_run else "went"
    parts = [f"{len(vanished.files):,} of {vanished.known:,} files", f"{len(vanished.sources):,} sources"]
    parts += [f"{len(vanished.reports):,} reports"]
    if vanished.corrections:
        parts.append(f"{vanished.corrections:,} corrections made by hand")
    note(f"{', '.join(parts)} {verb}.")
    if dry_run and vanished.doubtful:
        warn("That is more than half of what is known: without --yes nothing will be taken out.")
