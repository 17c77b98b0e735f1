"""What a container is: a file that holds several reports, and what comes out of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, runtime_checkable

from .member import Member
from .spool import Spool

__all__ = ["Container", "Member"]


@runtime_checkable
class Container(Protocol):
    """Takes one kind of archive apart.

    `suffixes` are the usual endings, lower case with the dot.
    """

    name: str
    suffixes: frozenset[str]

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether the file at `path`, which begins with `head` (4096 bytes), is one of this kind."""
        ...

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Each file inside, spooled; errors call the container `name`.

        What concerns one member (too large, encrypted, damaged, a link) stands in its `error`. Raises
        LimitExceeded where the whole breaks a limit, BrokenFile after what could be read of a damaged one.
        """
        ...
