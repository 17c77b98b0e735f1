"""What a reader is: one kind of file in, text and grids out."""

from typing import Protocol

from ..records import SourceText


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

    def read(self, data: bytes, name: str) -> SourceText:
        """The text of `data`; errors call the file `name`. Raises an InputError where it has none."""
        ...
