"""Parts of a document that is a ZIP archive (docx, odt, epub, ofd), unpacked within bounds."""

import zipfile
import zlib
from io import BytesIO

from ..errors import BrokenFile, EncryptedFile, LimitExceeded
from ..limits import Limits
from .xml_parts import Element, parse_xml

_BLOCK = 1 << 20
# The flag of a member that is encrypted (PKWARE's APPNOTE 4.4.4).
_LOCKED = 1


class ZipParts:
    """The parts of one document by name; what is read of them together stays within the limits.

    A declared size counts for nothing: parts are unpacked block by block. Parts that are not asked for cost
    nothing.
    """

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        """Open it; raises BrokenFile for a damaged archive, LimitExceeded for one of too many parts."""
        self._name = name
        self._limits = limits
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
            raise self._broken(error) from None
        self._infos = {info.filename: info for info in self._archive.infolist()}
        if len(self._infos) > limits.members:
            raise LimitExceeded(
                f"{name}: it packs {len(self._infos):,} parts, more than {limits.members:,} (--max-members). "
                "Save its text alone."
            )

    def __contains__(self, part: str) -> bool:
        return part in self._infos

    def read(self, part: str) -> bytes:
        """The content of a part.

        Raises BrokenFile where it is missing or damaged, EncryptedFile, or LimitExceeded where it unpacks to
        too much.
        """
        info = self._infos.get(part)
        if info is None:
            raise BrokenFile(f"{self._name}: its part {part} is missing. Fetch it again.")
        if info.flag_bits & _LOCKED:
            raise EncryptedFile(f"{self._name}: it is encrypted. Save it without a password and try again.")
        try:
            return self._unpack(info)
        except (zipfile.BadZipFile, zlib.error, ValueError, NotImplementedError, EOFError, OSError) as error:
            raise self._broken(error) from None

    def xml(self, part: str) -> Element:
        """A part as XML; raises what `read` and `parse_xml` raise."""
        return parse_xml(self.read(part), self._name, self._limits)

    def _unpack(self, info: zipfile.ZipInfo) -> bytes:
        blocks, size = [], 0
        with self._archive.open(info) as part:
            while block := part.read(_BLOCK):
                blocks.append(block)
                size += len(block)
                self._unpacked += len(block)
                self._check(size, info.compress_size)
        return b"".join(blocks)

    def _check(self, size: int, packed: int) -> None:
        limits = self._limits
        for value, limit, what, option in (
            (size, limits.file_mb * 2**20, f"more than {limits.file_mb} MB", "--max-file-mb"),
            (
                self._unpacked,
                limits.unpacked_mb * 2**20,
                f"more than {limits.unpacked_mb} MB",
                "--max-unpacked-mb",
            ),
            (size - 2**20, limits.ratio * packed, f"more than {limits.ratio} times its size", "--max-ratio"),
        ):
            if value > limit:
                raise LimitExceeded(f"{self._name}: it unpacks to {what} ({option}). Save its text alone.")

    def _broken(self, error: Exception) -> BrokenFile:
        return BrokenFile(f"{self._name}: the file is damaged ({error}). Fetch it again.")
