"""`nianbao index`: an archive of files into the database."""

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from ..data.errors import InputError
from ..data.records import Report, SourceText
from ..data.store import SourceFile, Store, make_indexed
from ..nlp.given import Given
from ..nlp.reading import Reading
from .archive import Outcome, archive_files
from .options import DEFAULT_DATABASE, Database
from .output import note, stderr, warn


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

    intake = _Intake(store, VERSION, force)
    run = store.begin_run(VERSION)
    try:
        for report in extract_many(intake.sources(files, each)):
            intake.add(report)
    finally:
        outcome = intake.outcome
        store.end_run(
            run,
            added=len(outcome.added) + len(outcome.updated),
            unchanged=len(outcome.unchanged),
            failed=len(outcome.failed),
        )
    return outcome


class _Intake:
    """One run over some files: what is read goes out to the pipeline, what comes back goes into the store."""

    def __init__(self, store: Store, version: str, force: bool) -> None:
        self.store = store
        self.version = version
        self.force = force
        self.outcome = Outcome()
        # Files whose texts are with the pipeline; it answers in order.
        self._out: deque[SourceFile] = deque()

    def sources(self, files: list[Path], each: Callable[[Path], None]) -> Iterator[tuple[SourceText, Given]]:
        """Texts of the files that are new or changed; files that fail are noted and passed over."""
        from ..data.readers import load_bytes, read_bytes

        for path in files:
            each(path)
            file = _found(path)
            try:
                if self._unchanged(file):
                    self.outcome.unchanged.append(file.path)
                    continue
                data = load_bytes(path)
                file = replace(file, sha256=hashlib.sha256(data).hexdigest())
                if self._unchanged(file):
                    self.outcome.unchanged.append(file.path)
                    continue
                source = read_bytes(data, _shown(file.path))
            except InputError as error:
                self.outcome.failed[file.path] = str(error)
                self.store.fail(file, str(error), self.version)
                continue
            self._out.append(replace(file, format=source.format, encoding=source.encoding))
            yield source, Given(path=file.path)

    def add(self, report: Report) -> None:
        """Store the report of the file whose text went out first."""
        file = self._out.popleft()
        reading = Reading(report.text)
        known = self.store.source(file.path)
        indexed = make_indexed(reading.view, reading.places, report.title, report.org)
        self.store.add(file, report, self.version, indexed=indexed)
        (self.outcome.updated if known else self.outcome.added).append(file.path)

    def _unchanged(self, file: SourceFile) -> bool:
        if self.force or file.size is None or file.mtime_ns is None:
            return False
        return self.store.unchanged(
            file.path,
            size=file.size,
            mtime_ns=file.mtime_ns,
            pipeline=self.version,
            sha256=file.sha256,
        )


def _found(path: Path) -> SourceFile:
    """A file as it is found, not yet read; without size and time where it is not there."""
    try:
        status = path.stat()
    except OSError:
        return SourceFile(path=str(path))
    return SourceFile(path=str(path), size=status.st_size, mtime_ns=status.st_mtime_ns)


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
