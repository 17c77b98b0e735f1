"""Lines of the package's data files: numbered for messages, comments and empty lines left out."""

from collections.abc import Iterator
from pathlib import Path


def data_lines(path: Path) -> Iterator[tuple[int, str]]:
    """(line number, line) of a UTF-8 file, from 1; lines that are empty or begin with `#` are passed over."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line and not line.startswith("#"):
            yield number, line
