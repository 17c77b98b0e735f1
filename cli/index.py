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
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Let the workers of this Dask scheduler read; 'local' starts some on this machine.",
        ),
    ] = None,
    dataset: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="With --scheduler: write Parquet files into this folder, no database (then: nianbao merge).",
        ),
    ] = None,
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

    if (dataset and not scheduler) or (scheduler and watch):
        raise typer.BadParameter("--dataset needs --scheduler, and --scheduler goes without --watch.")
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
    files = archive_files(paths, leave_out=[db, *filter(None, [dataset])])
    if not files and not watch:
        warn(f"No files found under {', '.join(str(path) for path in paths)}: nothing to index.")
        raise typer.Exit(1)
    settings = Settings(jobs=jobs, force=force, limits=limits, text_column=text_column)
    if dataset:
        outcome = _write_data_set(str(scheduler), dataset, files, settings)
        raise typer.Exit(1 if outcome.failed else 0)
    seen = file_times(files) if watch else {}
    with Store.open(db, create=True) as store:
        outcome = _run(store, files, settings, scheduler)
        if watch:
            for changed in changed_files(paths, [db], seen):
                _run(store, changed, settings)
    if outcome.failed:
        raise typer.Exit(1)


def _run(store: Store, files: list[Path], settings: "Settings", scheduler: str | None = None) -> "Outcome":
    """Index the files with a progress bar, and say what became of them."""
    started = time.monotonic()
    with progress("reading", len(files)) as watch:
        if scheduler is None:
            from ..nlp.indexing import index_files

            outcome = index_files(store, files, settings, watch, shown)
        else:
            from ..nlp.indexing.scheduled import index_scheduled
            from ..nlp.indexing.scheduler import connected

            with connected(scheduler, settings.jobs) as client:
                outcome = index_scheduled(client, store, files, settings, watch, Path.cwd())
    tell(outcome, time.monotonic() - started, store)
    return outcome


def _write_data_set(scheduler: str, folder: Path, files: list[Path], settings: "Settings") -> "Outcome":
    """The same into a data set."""
    from ..nlp.indexing.scheduled import write_data_set
    from ..nlp.indexing.scheduler import connected

    started = time.monotonic()
    with progress("reading", len(files)) as watch, connected(scheduler, settings.jobs) as client:
        outcome = write_data_set(client, folder, files, settings, watch, Path.cwd())
    tell(outcome, time.monotonic() - started)
    note(f"{folder} holds them as Parquet files. Into a database: nianbao merge {folder} --db …")
    return outcome


def tell(outcome: "Outcome", seconds: float, store: Store | None = None) -> None:
    """Say what went in, what failed and why, and what the database now holds."""
    note("")
    stderr.print(_closing(outcome, seconds, store))
    for reason in outcome.failed.values():
        warn(f"failed: {reason}")


def _closing(outcome: "Outcome", seconds: float, store: Store | None) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    for label, number in (
        ("added", len(outcome.added)),
        ("updated", len(outcome.updated)),
        ("unchanged", len(outcome.unchanged)),
        ("failed", len(outcome.failed)),
    ):
        table.add_row(label, f"{number:,}", style="red" if label == "failed" and number else None)
    if store:
        stats = store.stats()
        table.add_row("in all", f"{stats.reports:,} reports of {stats.organisations:,} organisations")
    table.add_row("time", f"{seconds:.1f} s")
    return table
