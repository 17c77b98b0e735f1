"""Old Word and WPS files (`.doc`, `.wps`), through a program that converts them."""

from ..errors import EmptyText
from ..limits import Limits
from ..records import SourceText
from .composition import Composition
from .decoding import plain
from .docx import compose_docx
from .ole_files import MAGIC, check_word
from .word_conversion import converted
from .zip_parts import ZipParts


class DocReader:
    """Reads OLE2 files of Word, WPS and Works; HTML, RTF and docx named `.doc` go to their own readers."""

    name = "doc"
    suffixes = frozenset({".doc", ".dot", ".wps", ".wpt"})

    def accepts(self, data: bytes) -> bool:
        """Whether this is an OLE2 file."""
        return data.startswith(MAGIC)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """What LibreOffice makes of it read as Word files are, or else the text alone.

        Raises EncryptedFile, BrokenFile, LimitExceeded or EmptyText; UnknownFormat for sheets and slides;
        ToolMissing where the machine has no program for it.
        """
        check_word(data, name)
        made = converted(data, name, limits)
        composition = Composition()
        if made.is_word:
            composition = compose_docx(ZipParts(made.data, name, limits), name)
        else:
            for line in plain(made.data.decode("utf-8", "replace")).split("\n"):
                composition.add_line(line)
        if not composition.text.strip():
            raise EmptyText(f"{name}: the Word file holds no text. Pictures of text need OCR first.")
        return SourceText(text=composition.text, format=self.name, grids=composition.grids)
