"""The files of an archive, and how they are named."""

from pathlib import Path

from ..data.archive_files import archive_files

__all__ = ["archive_files", "shown"]


def shown(path: str) -> str:
    """A path as messages name it: relative to the current folder where it lies in it."""
    try:
        return str(Path(path).relative_to(Path.cwd()))
    except ValueError:
        return path
