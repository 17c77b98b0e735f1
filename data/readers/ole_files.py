"""What an OLE2 file holds ([MS-CFB]): Word and WPS documents, but sheets, slides and locked files too."""

import struct
from io import BytesIO

import olefile

from ..errors import BrokenFile, EncryptedFile, UnknownFormat

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD = "WordDocument"
# The flags of a Word document stand here in its stream; this one says that it is encrypted ([MS-DOC] 2.5.2).
_FLAGS = slice(0x0A, 0x0C)
_LOCKED = 0x0100
# Streams that tell what else the file may be, and what to do about it.
_OTHERS: tuple[tuple[str, str, str], ...] = (
    ("Workbook", "an old Excel file (xls)", "Save it as xlsx or csv and try again."),
    ("Book", "an old Excel file (xls)", "Save it as xlsx or csv and try again."),
    ("PowerPoint Document", "an old PowerPoint file (ppt)", "Save it as PDF and try again."),
    ("__properties_version1.0", "a saved mail (msg)", "Save its attachment, or the mail as HTML."),
)
# Microsoft Works keeps its text here; converters know it.
_WORKS = "CONTENTS"


def check_word(data: bytes, name: str) -> None:
    """Raise where the OLE2 file `data` is no Word, WPS or Works document that can be converted.

    Raises BrokenFile for a damaged file, EncryptedFile, or UnknownFormat for sheets, slides and the like.
    """
    try:
        with olefile.OleFileIO(BytesIO(data)) as file:
            streams = {path[0].lower() for path in file.listdir()}
            flags = file.openstream(_WORD).read(32) if _WORD.lower() in streams else b""
    except (OSError, ValueError, IndexError, struct.error) as error:
        raise BrokenFile(f"{name}: the file is damaged ({error}). Fetch it again.") from None
    locked = len(flags) > _FLAGS.stop and int.from_bytes(flags[_FLAGS], "little") & _LOCKED
    if locked or not streams.isdisjoint(("encryptedpackage", "encryptioninfo")):
        raise EncryptedFile(f"{name}: it asks for a password. Save it without one and try again.")
    if streams.isdisjoint((_WORD.lower(), _WORKS.lower())):
        kind, remedy = _other(streams)
        raise UnknownFormat(f"{name}: this is {kind}, which is not read. {remedy}")


def _other(streams: set[str]) -> tuple[str, str]:
    found = ((kind, remedy) for stream, kind, remedy in _OTHERS if stream.lower() in streams)
    return next(
        found, ("an OLE2 file of an unknown kind", "Save it as PDF, docx or plain text and try again.")
    )
