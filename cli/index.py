"""`nianbao index`: an archive of files into the database."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from ..data.limits import Limits
from ..data.store import Store
from . import limits as bounds
from .archive import archive_files, shown
from .options import CORES, DEFAULT_DATABASE, Database, Jobs
from .output import note, stderr, warn
from .progress import progress
from .watching import changed_files, file_times

if TYPE_CHECKING:
    from ..nlp.indexing import Outcome, Settings

_D = bounds.DEFAULT


def command(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; folders recursively.")],
    db: Database = DEFAULT_DATABASE,
    jobs: Jobs = CORES,
    force: Annotated[bool, typer.Option("--force", help="Read files again though unchanged.")] = False,
    text_column: Annotated[
        str | None, typer.Option(help="Column of tables (CSV, Excel, JSON Lines) that holds the reports.")
    ] = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on: read what is added or changed, until Ctrl-C.")
    ] = False,
    max_file_mb: bounds.FileMb = _D.file_mb,
    max_characters: bounds.Characters = _D.characters,
    max_seconds: bounds.Seconds = _D.seconds,
    max_memory_mb: bounds.MemoryMb = _D.memory_mb,
    max_pages: bounds.Pages = _D.pages,
    max_megapixels: bounds.Megapixels = _D.megapixels,
    max_cells: bounds.Cells = _D.cells,
    max_depth: bounds.Depth = _D.depth,
    max_members: bounds.Members = _D.members,
    max_unpacked_mb: bounds.UnpackedMb = _D.unpacked_mb,
    max_ratio: bounds.Ratio = _D.ratio,
    max_nesting: bounds.Nesting = _D.nesting,
) -> None:
    """Read reports into the database: files of all usual formats, folders and archives (ZIP, 7z, WARC …).

    Files already in the database are skipped unless they changed. A file that cannot be read is named with
    its reason, and the others go in; the exit code is then 1. Stopped at any time, the same command goes on.

    Example: nianbao index 年报/ 补充.zip --db 年报.db
    """
    from ..nlp.indexing import Settings

    limits = Limits(
        file_mb=max_file_mb,
        characters=max_characters,
        seconds=max_seconds,
        memory_mb=max_memory_mb,
        pages=max_pages,
        megapixels=max_megapixels,
        cells=max_cells,
        depth=max_depth,
        members=max_members,
        unpacked_mb=max_unpacked_mb,
        ratio=max_ratio,
        nesting=max_nesting,
    )
    files = archive_files(paths, leave_out=[db])
    if not files and not watch:
        warn(f"No files found under {', '.join(str(path) for path in paths)}: nothing to index.")
        raise typer.Exit(1)
    settings = Settings(jobs=jobs, force=force, limits=limits, text_column=text_column)
    seen = file_times(files) if watch else {}
    with Store.open(db, create=True) as store:
        outcome = _run(store, files, settings)
        if watch:
            for changed in changed_files(paths, [db], seen):
                _run(store, changed, settings)
    if outcome.failed:
        raise typer.Exit(1)


def _run(store: Store, files: list[Path], settings: "Settings") -> "Outcome":
    """Index the files with a progress bar, and say what became of them."""
    from ..nlp.indexing import index_files

    started = time.monotonic()
    with progress("reading", len(files)) as watch:
        outcome = index_files(store, files, settings, watch, shown)
    note("")
    stderr.print(_closing(outcome, store, time.monotonic() - started))
    for reason in outcome.failed.values():
        warn(f"failed: {reason}")
    return outcome


def _closing(outcome: "Outcome", store: Store, seconds: float) -> Table:
    """What went in, what failed, and what the database now holds."""
    stats = store.stats()
    table = Table(box=None, show_header=False, pad_edge=False)
    for label, number in (
        ("added", len(outcome.added)),
        ("updated", len(outcome.updated)),
        ("unchanged", len(outcome.unchanged)),
        ("failed", len(outcome.failed)),
    ):
        table.add_row(label, f"{number:,}", style="red" if label == "failed" and number else None)
    table.add_row("in all", f"{stats.reports:,} reports of {stats.organisations:,} organisations")
    table.add_row("time", f"{seconds:.1f} s")
    return table
