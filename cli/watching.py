"""Files that are added or changed while one waits."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from .archive import archive_files
from .output import note

# A copy that goes on writes every few milliseconds; files are taken when nothing came for so long.
_QUIET_MS = 1500
# After so long without a change the watching has surely begun.
_BEGUN_MS = 1000


def changed_files(
    paths: list[Path], leave_out: Iterable[Path], seen: dict[Path, int]
) -> Iterator[list[Path]]:
    """The files of `paths` that changed, each time some did; ends with Ctrl-C.

    `seen` are files with their times (nanoseconds) when they were read: what changed between then and the
    beginning of the watching comes first. Files that vanish are not given: `nianbao prune` takes them out.
    """
    from watchfiles import Change, watch

    left_out = list(leave_out)
    existing = [path for path in paths if path.exists()]
    note(f"Watching {', '.join(map(str, existing))}; Ctrl-C ends it.")
    begun = False
    with suppress(KeyboardInterrupt):
        for changes in watch(
            *existing, step=_QUIET_MS, rust_timeout=_BEGUN_MS, yield_on_timeout=True, raise_interrupt=True
        ):
            touched = {Path(file) for change, file in changes if change is not Change.deleted}
            if begun and not touched:
                continue
            found = archive_files(paths, left_out)
            files = [file for file in found if file in touched or not (begun or _same(file, seen))]
            begun = True
            if files:
                yield files


def file_times(files: Iterable[Path]) -> dict[Path, int]:
    """When each file was written last (nanoseconds); those that are not there are left out."""
    times = {}
    for file in files:
        with suppress(OSError, ValueError):
            times[file] = file.stat().st_mtime_ns
    return times


def _same(file: Path, seen: dict[Path, int]) -> bool:
    return file in seen and file_times([file]).get(file) == seen[file]
