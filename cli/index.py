"""`nianbao index`: an archive of files into the database."""

import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ..data.errors import InputError
from ..data.records import SourceText
from ..data.store import SourceFile, Store
from .archive import Outcome, archive_files
from .options import DEFAULT_DATABASE, Database
from .output import note, stderr, warn

if TYPE_CHECKING:
    from ..nlp.given import Given


def command(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders; folders recursively.")],
    db: Database = DEFAULT_DATABASE,
    force: Annotated[bool, typer.Option("--force", help="Read files again though unchanged.")] = False,
) -> None:
    """Read reports into the database: text, HTML, PDF and Word files, folders recursively.

    Files already in the database are skipped unless they changed. A file that cannot be read is named with
    its reason, and the others go in; the exit code is then 1.

    Example: nianbao index 年报/ 补充.pdf --db 年报.db
    """
    files = archive_files(paths, leave_out=[db])
    if not files:
        warn(f"No files found under {', '.join(str(path) for path in paths)}: nothing to index.")
        raise typer.Exit(1)
    started = time.monotonic()
    with Store.open(db, create=True) as store:
        outcome = _with_progress(store, files, force)
        note("")
        stderr.print(_closing(outcome, store, time.monotonic() - started))
    for reason in outcome.failed.values():
        warn(f"failed: {reason}")
    if outcome.failed:
        raise typer.Exit(1)


def index_files(
    store: Store, files: list[Path], force: bool = False, each: Callable[[Path], None] = lambda _: None
) -> Outcome:
    """Bring the store up to date with the files; `each` is called before a file is read."""
    from ..nlp.pipeline import VERSION, extract_many
    from ..nlp.reading import Reading

    outcome = Outcome()
    taken: deque[SourceFile] = deque()
    run = store.begin_run(VERSION)
    try:
        for report in extract_many(_sources(store, files, VERSION, force, each, outcome, taken)):
            file = taken.popleft()
            reading = Reading(report.text)
            known = store.source(file.path)
            store.add(file, report, VERSION, view=reading.view, places=reading.places)
            (outcome.updated if known else outcome.added).append(file.path)
    finally:
        store.end_run(
            run,
            added=len(outcome.added) + len(outcome.updated),
            unchanged=len(outcome.unchanged),
            failed=len(outcome.failed),
        )
    return outcome


def _sources(
    store: Store,
    files: list[Path],
    version: str,
    force: bool,
    each: Callable[[Path], None],
    outcome: Outcome,
    taken: deque[SourceFile],
) -> "Iterator[tuple[SourceText, Given]]":
    """Texts of the files that are new or changed; what they were read from is appended to `taken`."""
    from ..nlp.given import Given

    for path in files:
        each(path)
        try:
            read = _read(store, path, version, force)
        except InputError as error:
            outcome.failed[str(path)] = str(error)
            store.fail(_failed_source(path), str(error), version)
            continue
        if read is None:
            outcome.unchanged.append(str(path))
            continue
        file, source = read
        taken.append(file)
        yield source, Given(path=file.path)


def _read(store: Store, path: Path, version: str, force: bool) -> tuple[SourceFile, SourceText] | None:
    """A file and its text; None where the store has it as it is. Raises InputError."""
    from ..data.readers import load_bytes, read_bytes

    name = str(path)
    if not force and path.exists() and _unchanged(store, name, path.stat(), version):
        return None
    data = load_bytes(path)
    status = path.stat()
    digest = hashlib.sha256(data).hexdigest()
    if not force and _unchanged(store, name, status, version, digest):
        return None
    source = read_bytes(data, _shown(name))
    file = SourceFile(
        path=name,
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        sha256=digest,
        format=source.format,
        encoding=source.encoding,
    )
    return file, source


def _unchanged(
    store: Store, name: str, status: os.stat_result, version: str, digest: str | None = None
) -> bool:
    return store.unchanged(
        name, size=status.st_size, mtime_ns=status.st_mtime_ns, pipeline=version, sha256=digest
    )


def _failed_source(path: Path) -> SourceFile:
    """What can be said of a file that could not be read."""
    try:
        status = path.stat()
        size, mtime_ns = status.st_size, status.st_mtime_ns
    except OSError:
        size, mtime_ns = 0, 0
    return SourceFile(path=str(path), size=size, mtime_ns=mtime_ns, sha256=None, format=None, encoding=None)


def _with_progress(store: Store, files: list[Path], force: bool) -> Outcome:
    columns = (
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as progress:
        task = progress.add_task("reading", total=len(files))
        seen = 0

        def each(path: Path) -> None:
            nonlocal seen
            progress.update(task, completed=seen, description=path.name[:40])
            seen += 1

        try:
            return index_files(store, files, force, each)
        except KeyboardInterrupt:
            progress.stop()
            warn(f"Stopped after {seen - 1} of {len(files)} files; the same command goes on from here.")
            raise typer.Exit(130) from None


def _closing(outcome: Outcome, store: Store, seconds: float) -> Table:
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


def _shown(path: str) -> str:
    """A path relative to the current folder where it lies in it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path
