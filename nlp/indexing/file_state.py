"""Size and time of a file, by which it is known again."""

import stat
from pathlib import Path


def file_state(path: Path) -> tuple[int, int] | None:
    """Bytes and time of the last change (nanoseconds) of a regular file; None for what is none."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
