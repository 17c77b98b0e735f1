"""Kinds of files that are known but not read, by their first bytes."""

import zipfile
from io import BytesIO

_CONVERT = "Save it as PDF, HTML or plain text and try again."
_RECOGNISE = "Recognise its text (OCR) and save that as plain text."
_UNPACK = "Unpack it and give the files inside."

# First bytes, what the file is, what to do. Sources: the formats' own specifications.
_MAGIC: tuple[tuple[bytes, str, str], ...] = (
    (b"AT&TFORM", "a DjVu file", _RECOGNISE),
    (b"CAJ\x00", "a CAJ file", _CONVERT),
    (b"\x1f\x8b", "a gzip archive", _UNPACK),
    (b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"SQLite format 3\x00", "an SQLite database", "Give the reports themselves, not a database."),
)

# A file inside a ZIP that tells which kind of document it is (ECMA-376, ODF 1.3).
_MEMBERS: tuple[tuple[str, str], ...] = (
    ("ppt/presentation.xml", "a PowerPoint file (pptx)"),
    ("content.xml", "an OpenDocument file (ods, odp)"),
)
# What an OpenDocument text begins with: its type stands first, not packed (ODF 1.3 part 2, 3.3).
_OPEN_TEXT = b"mimetypeapplication/vnd.oasis.opendocument.text"
_OPEN_TEXT_WITHIN = 100
# What makes a ZIP archive a Word file.
WORD_MEMBER = "word/document.xml"
# What makes it an Excel file.
SHEET_MEMBER = "xl/workbook.xml"
# What makes it an OFD file, or an EPUB book.
OFD_MEMBER = "OFD.xml"
BOOK_MEMBER = "META-INF/container.xml"
_READ = (WORD_MEMBER, SHEET_MEMBER, OFD_MEMBER, BOOK_MEMBER)


def unread_kind(data: bytes) -> tuple[str, str] | None:
    """What `data` is and what to do about it, where it is of a known kind that no reader takes."""
    for magic, kind, remedy in _MAGIC:
        if data.startswith(magic):
            return kind, remedy
    if data.startswith(b"PK\x03\x04"):
        return _packed_kind(data)
    return None


def packed_members(data: bytes) -> frozenset[str]:
    """Names of the files in a ZIP archive; none where `data` is no sound one."""
    if not data.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return frozenset()


def is_open_text(data: bytes) -> bool:
    """Whether `data` is a ZIP archive that says it holds an OpenDocument text."""
    return data.startswith(b"PK\x03\x04") and _OPEN_TEXT in data[:_OPEN_TEXT_WITHIN]


# What is no longer of any kind.
DAMAGED = ("a damaged ZIP archive", "Fetch it again.")


def _packed_kind(data: bytes) -> tuple[str, str] | None:
    members = packed_members(data)
    if not members:
        return DAMAGED
    if is_open_text(data) or not members.isdisjoint(_READ):
        return None
    for member, kind in _MEMBERS:
        if member in members:
            return kind, _CONVERT
    return "a ZIP archive", _UNPACK
