"""Files that are added or changed while one waits."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from .archive import archive_files
from .output import note

# A copy that goes on writes every few milliseconds; files are taken when nothing came for so long.
_QUIET_MS = 1500


def changed_files(paths: list[Path], leave_out: Iterable[Path]) -> Iterator[list[Path]]:
    """The files of `paths` that changed, each time some did; ends with Ctrl-C.

    Files that vanish are not given: `nianbao prune` takes them out.
    """
    from watchfiles import Change, watch

    left_out = list(leave_out)
    existing = [path for path in paths if path.exists()]
    note(f"Watching {', '.join(map(str, existing))}; Ctrl-C ends it.")
    with suppress(KeyboardInterrupt):
        for changes in watch(*existing, step=_QUIET_MS, raise_interrupt=True):
            touched = {Path(file) for change, file in changes if change is not Change.deleted}
            files = [file for file in archive_files(paths, left_out) if file in touched]
            if files:
                yield files
