"""Rich Text files (Microsoft's RTF 1.9.1): what an editor shows of the body, tables as grids.

Own reading rather than striprtf 0.0.35: that decodes Chinese rightly, but keeps deleted and hidden text, puts
notes into sentences and gives tables as text without their spans.
"""

from ..errors import BrokenFile, EmptyText
from ..limits import Limits
from ..records import SourceText
from .composition import Composition
from .rtf_groups import RtfGroups

_HEAD = b"{\\rtf"
_HEAD_WITHIN = 64


class RtfReader:
    """Reads Rich Text files, whatever they are called: many a `.doc` is one."""

    name = "rtf"
    suffixes = frozenset({".rtf"})

    def accepts(self, data: bytes) -> bool:
        """Whether the head of Rich Text stands first."""
        return data[:_HEAD_WITHIN].lstrip(b"\xef\xbb\xbf \r\n\t\x00").startswith(_HEAD)

    def read(self, data: bytes, name: str, limits: Limits) -> SourceText:
        """Paragraphs a line each; tables a row a line, cells parted by tabs; notes at the end.

        Automatic numbers stand as the file gives them. Deleted and hidden text, headers and footers are left
        out. Raises BrokenFile for a file cut short, EmptyText or LimitExceeded.
        """
        groups = RtfGroups(name, limits)
        groups.read(data)
        if groups.is_open:
            raise BrokenFile(f"{name}: the Rich Text file is cut short, its end is missing. Fetch it again.")
        composition = Composition()
        groups.flow.compose(composition)
        if not composition.text.strip():
            raise EmptyText(f"{name}: the Rich Text file holds no text. Pictures of text need OCR first.")
        return SourceText(
            text=composition.text, format=self.name, grids=composition.grids, encoding=groups.encoding
        )
