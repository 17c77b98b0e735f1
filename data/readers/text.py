"""Plain text and Markdown."""

from ..errors import EmptyText, UnknownFormat
from ..limits import Limits
from ..records import SourceText
from .decoding import decode, plain

# So many bytes tell text from binary data.
_HEAD = 64 * 1024


class TextReader:
    """Reads whatever decodes as text: the characters as they stand, line ends made one."""

    name = "text"
    suffixes = frozenset({".txt", ".text", ".md", ".markdown"})

    def accepts(self, data: bytes) -> bool:
        """Whether the beginning decodes as text in an encoding met in China."""
        return decode(data[:_HEAD]) is not None

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """The whole text; raises UnknownFormat for binary data, EmptyText where only blanks are left."""
        decoded = decode(data)
        if decoded is None:
            raise UnknownFormat(
                f"{name}: this is no text in any known encoding, nor HTML or PDF. "
                "Convert the document to PDF, HTML or UTF-8 text."
            )
        text = plain(decoded.text)
        if not text.strip():
            raise EmptyText(f"{name}: the file holds no text. Fetch it again, or leave it out.")
        return SourceText(text=text, format=self.name, encoding=decoded.encoding)
