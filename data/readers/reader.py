"""What a reader is: one kind of file in, text and grids out."""

from typing import Protocol, runtime_checkable

from ..limits import Limits
from ..records import SourceText


@runtime_checkable
class Reader(Protocol):
    """Reads one format.

    `name` stands in `SourceText.format`; `suffixes` are the usual endings, lower case with the dot, and
    count only where the content does not decide.
    """

    name: str
    suffixes: frozenset[str]

    def accepts(self, data: bytes) -> bool:
        """Whether the content itself shows this format."""
        ...

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The text of `data`; errors call the file `name`.

        Raises an InputError where it has none or a limit is broken. Limits on time, memory, characters and
        cells are held by the caller too; a reader looks to those that only it can see (pages, depth) and to
        what would be costly to make and then refuse.
        """
        ...
