"""How far a long run is, for people at a terminal, and a clean end when they stop it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TYPE_CHECKING

import typer

from .output import stderr, warn

if TYPE_CHECKING:
    from ..nlp.indexing import Watcher

# What a shell reports of a program that a signal ended.
SIGNALLED = 128


@contextmanager
def progress(verb: str, total: int) -> Iterator["Watcher"]:
    """A bar on stderr that what is yielded moves; Ctrl-C and SIGTERM end the run with a word how to go on."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from ..nlp.indexing import Progress as Reached

    reached = Reached(done=0, known=total, name="")
    columns = (
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=stderr, transient=True, disable=not stderr.is_terminal) as bar:
        task = bar.add_task(verb, total=total)

        def watch(now: Reached) -> None:
            nonlocal reached
            reached = now
            bar.update(task, completed=now.done, total=now.known, description=now.name[:40])

        ended: list[int] = []
        try:
            with terminated(ended):
                yield watch
        except KeyboardInterrupt:
            bar.stop()
            warn(
                f"Stopped after {reached.done} of {reached.known} files; the same command goes on from here."
            )
            raise typer.Exit(SIGNALLED + (ended or [signal.SIGINT])[0]) from None


@contextmanager
def terminated(ended: list[int]) -> Iterator[None]:
    """Treat SIGTERM, with which machines are shut down, like Ctrl-C."""

    def stop(number: int, _: FrameType | None) -> None:
        ended.append(number)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
