"""Containers: files that hold several reports, unpacked one by one into a folder within limits.

The content decides which container takes a file. To open another kind, write a `Container` and name it in an
entry point of the group `nianbao.containers`; it is asked before those that come with the package.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from ..errors import UnknownFormat, UnreadableFile
from ..limits import Limits
from ..plugged import plugged
from .container import Container, Member
from .delimited import DelimitedContainer
from .json_rows import JsonContainer
from .reports import without_companions
from .seven_zip import SevenZipContainer
from .spool import Spool
from .tar_archive import PackedFile, TarContainer
from .warc import WarcContainer
from .workbook_rows import WorkbookContainer
from .zip_archive import ZipContainer

__all__ = ["ENTRY_POINTS", "Container", "Member", "Spool", "container_of", "containers", "unpack"]

# The group in which other packages name their containers.
ENTRY_POINTS = "nianbao.containers"

_HEAD = 4096
# In the order they are asked.
_ARCHIVES: tuple[Container, ...] = (
    ZipContainer(),
    WarcContainer(),
    TarContainer(),
    PackedFile(),
    SevenZipContainer(),
)
_TABLES = (WorkbookContainer, DelimitedContainer, JsonContainer)


@cache
def containers() -> Mapping[str, Container]:
    """Every container by name, in the order they are asked: those of other packages first.

    Raises ResourceError where an entry point does not load or is no container.
    """
    others = plugged(ENTRY_POINTS, Container)
    tables = (table() for table in _TABLES)
    return {container.name: container for container in (*others, *_ARCHIVES, *tables)}


def container_of(path: Path, text_column: str | None = None) -> Container | None:
    """The container that takes the file at `path`; None where it is a plain file.

    `text_column` names the column of tables that holds the reports. Raises UnreadableFile where the file
    cannot be opened, and InputError where it is a table without such a column.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
        return next((found for found in _asked(text_column) if found.accepts(path, head)), None)
    except OSError as error:
        raise UnreadableFile(f"{path}: it cannot be opened ({error.strerror or error}).") from None


def unpack(
    path: Path, name: str, folder: Path, limits: Limits, text_column: str | None = None
) -> Iterator[Member]:
    """The members of the container at `path`, each spooled into `folder`; errors call it `name`.

    What concerns one member stands in its `error`. Raises LimitExceeded where the whole breaks a limit,
    BrokenFile after what could be read of a damaged one, UnknownFormat where it is no container.
    """
    container = container_of(path, text_column)
    if container is None:
        raise UnknownFormat(f"{name}: this is no archive or table of reports. Give it as a file.")
    spool = Spool(folder, limits, path.stat().st_size)
    yield from without_companions(container.unpack(path, name, spool))


def _asked(text_column: str | None) -> Iterator[Container]:
    """The containers in order, tables told which column holds the reports."""
    tables = {table.name: table for table in _TABLES}
    for name, container in containers().items():
        yield tables[name](text_column) if type(container) is tables.get(name) else container
