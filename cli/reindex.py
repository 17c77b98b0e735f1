"""`nianbao reindex`: the stored reports read again by this version."""

import time
from typing import Annotated

import typer

from ..data.store import Store
from ..nlp.version import VERSION
from .options import CORES, DEFAULT_DATABASE, Database, Jobs
from .output import note, warn
from .progress import progress


def command(
    db: Database = DEFAULT_DATABASE,
    jobs: Jobs = CORES,
    force: Annotated[bool, typer.Option("--force", help="Read again what this version read, too.")] = False,
) -> None:
    """Find the facts anew in every stored report that an older version of nianbao read.

    From the database alone: the files need not be there. Corrections stay. Stopped at any time, the same
    command goes on. To read the files themselves again: nianbao index --force.

    Example: nianbao reindex --db 年报.db
    """
    from ..nlp.indexing import Settings, reindex

    settings = Settings(jobs=jobs, force=force)
    started = time.monotonic()
    with Store.open(db, create=False) as store:
        waiting = len(store.outdated("" if force else VERSION))
        if not waiting:
            note(f"All reports were read by this version ({VERSION}): nothing to do.")
            return
        with progress("reading again", waiting) as watch:
            outcome = reindex(store, settings, watch)
    note(f"{len(outcome.updated):,} reports read again in {time.monotonic() - started:.1f} s.")
    for reason in outcome.failed.values():
        warn(f"failed: {reason}")
    if outcome.failed:
        raise typer.Exit(1)
