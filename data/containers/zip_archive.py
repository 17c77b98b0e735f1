"""ZIP archives: names in any encoding met in China, every member within bounds."""

import bz2
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from ..errors import BrokenFile, EncryptedFile, InputError, UnknownFormat, UnreadableFile
from ..left_out import is_left_out
from .member import Member
from .member_names import cleaned, decoded, tricked
from .spool import Spool
from .zip_directory import ending
from .zip_remains import remains

# What makes a ZIP archive a document: Office (ECMA-376), OFD (GB/T 33190), EPUB 3, OpenDocument 1.2.
_DOCUMENT_MEMBERS = frozenset({"[Content_Types].xml", "OFD.xml", "META-INF/container.xml", "mimetype"})
_DOCUMENTS = frozenset(
    {".docx", ".docm", ".xlsx", ".xlsm", ".pptx", ".ofd", ".epub", ".odt", ".ods", ".odp", ".wps", ".et"}
)
_SPLIT = b"PK\x07\x08"
_HEADS = (b"PK\x03\x04", b"PK\x05\x06", _SPLIT)
# Methods that zipfile does not know, by their numbers (APPNOTE 4.4.5).
_METHODS = {
    1: "Shrink", 6: "Implode", 9: "Deflate64", 10: "PKWARE DCL", 16: "CMPSC", 18: "TERSE", 19: "LZ77",
    20: "Zstandard", 93: "Zstandard", 94: "MP3", 95: "XZ", 96: "JPEG", 97: "WavPack", 98: "PPMd", 99: "AES",
}  # fmt: skip
_AES = 99
_ENCRYPTED, _UTF8 = 0x1, 0x800
_UNICODE_PATH = 0x7075
_LOCAL_HEADER = 30
_CHUNK = 64 * 1024
# zipfile unpacks a whole read of LZMA at once, up to 7,000 bytes for each: read little.
_SMALL_CHUNK = 2048
# A damaged directory may place a few members wrongly.
_OVERLAPS = 100
_DAMAGES = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, struct.error)


class ZipContainer:
    """Takes ZIP archives apart; documents that are ZIP files inside (docx, ofd, epub …) are none."""

    name = "zip"
    suffixes = frozenset({".zip"})

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether this is a ZIP that is no document."""
        if not head.startswith(_HEADS) or path.suffix.lower() in _DOCUMENTS:
            return False
        length = int.from_bytes(head[26:28], "little")
        first = head[_LOCAL_HEADER : _LOCAL_HEADER + length].decode("ascii", "replace")
        return first not in _DOCUMENT_MEMBERS and not _DOCUMENT_MEMBERS & _names(path)

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Its members in the order of the directory; see `Container.unpack`."""
        end = ending(path)
        if (end and end.split) or _begins_split(path):
            raise UnknownFormat(
                f"{name}: this is one part of a ZIP archive in several. Join them (zip -s 0 {path.name} "
                "--out whole.zip) and give the whole."
            )
        if end:
            spool.count(name, end.entries)
        try:
            archive = zipfile.ZipFile(path)
        except (*_DAMAGES, NotImplementedError) as error:
            yield from remains(path, name, spool)
            raise BrokenFile(f"{name}: the ZIP archive is damaged ({error}). Fetch it again.") from None
        with archive:
            overlapping = _overlapping(archive)
            if len(overlapping) > _OVERLAPS:
                raise BrokenFile(
                    f"{name}: {len(overlapping):,} of its members share their data, as in archives made to "
                    "fill a disk. Check where it comes from."
                )
            for entry in archive.infolist():
                member = _member(archive, entry, name, spool, id(entry) in overlapping)
                if member:
                    yield member


def _names(path: Path) -> frozenset[str]:
    """Names in the directory; none where it cannot be read, or where it is too long for a document's."""
    end = ending(path)
    if end is None or end.split or end.entries > _DOCUMENT_ENTRIES:
        return frozenset()
    try:
        with zipfile.ZipFile(path) as archive:
            return frozenset(archive.namelist())
    except (*_DAMAGES, NotImplementedError):
        return frozenset()


# Office files with a picture on every page hold a few hundred members.
_DOCUMENT_ENTRIES = 20_000


def _begins_split(path: Path) -> bool:
    with path.open("rb") as stream:
        return stream.read(4) == _SPLIT


def _overlapping(archive: zipfile.ZipFile) -> frozenset[int]:
    """Identities of entries that reach into the next: one piece of data quoted by many is a bomb."""
    entries = sorted(archive.infolist(), key=lambda entry: entry.header_offset)
    ends = [*(entry.header_offset for entry in entries), archive.start_dir][1:]
    return frozenset(
        id(entry)
        for entry, end in zip(entries, ends, strict=True)
        if entry.header_offset + _LOCAL_HEADER + entry.compress_size > end
    )


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, container: str, spool: Spool, overlaps: bool
) -> Member | None:
    """The member of an entry; None for folders and what is left out."""
    full = _name(entry)
    shown = cleaned(full)
    if full.endswith(("/", "\\")) or is_left_out(PurePosixPath(shown)):
        return None
    error = tricked(container, full) or _refusal(entry, f"{container}!/{shown}", overlaps)
    if error:
        return spool.refuse(shown, error)
    return spool.add(container, shown, _chunks(archive, entry, f"{container}!/{shown}"))


def _name(entry: zipfile.ZipInfo) -> str:
    """The whole name: from the Unicode path field, as flagged UTF-8, or by its raw bytes."""
    if entry.flag_bits & _UTF8:
        return entry.orig_filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.orig_filename
    return _unicode_path(entry.extra, raw) or decoded(raw)


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in Info-ZIP's Unicode path field, where it belongs to this name (APPNOTE 4.6.9)."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        value, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and value[:1] == b"\x01":
            if value[1:5] != zlib.crc32(raw).to_bytes(4, "little"):
                return None
            return value[5:].decode("utf-8", "replace")
    return None


def _refusal(entry: zipfile.ZipInfo, shown: str, overlaps: bool) -> InputError | None:
    """Why an entry is not read at all."""
    mode = entry.external_attr >> 16
    if entry.flag_bits & _ENCRYPTED or entry.compress_type == _AES:
        return EncryptedFile(f"{shown}: it needs a password. Unpack it yourself and give the file.")
    if mode & 0o170000 == 0o120000:
        return UnreadableFile(f"{shown}: it is a link, no file. Give the file that it leads to.")
    if entry.compress_type in _METHODS:
        method = _METHODS[entry.compress_type]
        return UnknownFormat(f"{shown}: it is packed by {method}, which is not read. Pack it by Deflate.")
    if overlaps:
        return BrokenFile(f"{shown}: its data reach into another member's. Fetch the archive again.")
    return None


def _chunks(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, shown: str) -> Iterator[bytes]:
    size = _SMALL_CHUNK if entry.compress_type == zipfile.ZIP_LZMA else _CHUNK
    try:
        if entry.compress_type == zipfile.ZIP_BZIP2:
            yield from _bunzipped(archive, entry)
            return
        with archive.open(entry) as stream:
            while chunk := stream.read(size):
                yield chunk
    except NotImplementedError as error:
        raise UnknownFormat(f"{shown}: it is packed in a way that is not read ({error}).") from None
    except RuntimeError:
        raise EncryptedFile(f"{shown}: it needs a password. Unpack it yourself and give it.") from None
    except _DAMAGES as error:
        raise BrokenFile(f"{shown}: it is damaged in the archive ({error}). Fetch it again.") from None


def _bunzipped(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """A member packed by bzip2, of which zipfile would unpack a GB at once from a few KB."""
    unpacker, crc, left = bz2.BZ2Decompressor(), 0, entry.compress_size
    with Path(str(archive.filename)).open("rb") as stream:
        stream.seek(entry.header_offset)
        header = stream.read(_LOCAL_HEADER)
        stream.seek(sum(struct.unpack_from("<HH", header, 26)), 1)
        while not unpacker.eof:
            piece = stream.read(min(_CHUNK, left)) if unpacker.needs_input else b""
            if unpacker.needs_input and not piece:
                raise EOFError("it ends too early")
            left -= len(piece)
            chunk = unpacker.decompress(piece, _CHUNK)
            crc = zlib.crc32(chunk, crc)
            yield chunk
    if crc != entry.CRC:
        raise zipfile.BadZipFile(f"Bad CRC-32 for file {entry.filename!r}")
