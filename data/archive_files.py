"""The files of an archive on the disk."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePath

from .left_out import is_left_out
from .saved_pages import companions


def archive_files(paths: Iterable[Path], leave_out: Iterable[Path] = ()) -> list[Path]:
    """Files to read, each once, folders recursively and in order of name.

    In folders, hidden files, notes (README, LICENSE …) and the companions of saved pages are left out; a
    file named itself is always read. A path that does not exist stays in the list, to be reported.
    """
    left_out = {path.absolute() for path in leave_out}
    found = {file.absolute(): None for path in paths for file in _files(path)}
    return [file for file in found if file not in left_out]


def _files(path: Path) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    files: dict[PurePath, Path] = {
        file.relative_to(path): file for file in sorted(path.rglob("*")) if not file.is_dir()
    }
    kept: dict[PurePath, Path] = {name: file for name, file in files.items() if not is_left_out(name)}
    left_out = companions(kept)
    yield from (file for name, file in kept.items() if name not in left_out)
