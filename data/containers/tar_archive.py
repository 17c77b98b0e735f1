"""TAR archives, packed by gzip, bzip2, xz, Zstandard or not at all, and single packed files."""

import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO, cast

from ..errors import BrokenFile, InputError, UnreadableFile
from ..left_out import is_left_out
from .member import Member
from .member_names import cleaned, decoded, tricked
from .packed_stream import PackedStream, packing
from .spool import Spool

_BLOCK = 512
_CHUNK = 64 * 1024
_DAMAGES = (tarfile.TarError, ValueError, OSError, EOFError, RecursionError, KeyError, OverflowError)


class TarContainer:
    """Takes TAR archives apart, however they are packed."""

    name = "tar"
    suffixes = frozenset(
        {".tar", ".tgz", ".tbz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"}
    )

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether the first block, unpacked, is a header: it says so, or its sum is right."""
        kind = packing(head)
        if kind is None:
            return _is_header(head[:_BLOCK])
        try:
            with PackedStream(path, kind, path.name) as stream:
                return _is_header(stream.read(_BLOCK))
        except InputError:
            return False

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """Its members in order; see `Container.unpack`."""
        with path.open("rb") as file:
            kind = packing(file.read(8))
        with PackedStream(path, kind, name, spool) as stream:
            try:
                yield from _members(stream, name, spool)
            except _DAMAGES as error:
                raise BrokenFile(f"{name}: the TAR archive is damaged ({error}). Fetch it again.") from None


class PackedFile:
    """Unpacks a single file packed by gzip, bzip2, xz or Zstandard."""

    name = "packed"
    suffixes = frozenset({".gz", ".bz2", ".xz", ".zst"})

    def accepts(self, path: Path, head: bytes) -> bool:
        """Whether it begins as one of them does."""
        return packing(head) is not None

    def unpack(self, path: Path, name: str, spool: Spool) -> Iterator[Member]:
        """The one file, named without the suffix; what is whole of it is lost where the rest is damaged."""
        with path.open("rb") as file:
            kind = packing(file.read(8))
        spool.count(name)
        with PackedStream(path, kind, name, spool) as stream:
            yield spool.add(name, cleaned(_inner_name(name)), iter(lambda: stream.read(_CHUNK), b""))


def _inner_name(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/").rpartition("!/")[2])
    return path.stem if path.suffix.lower() in PackedFile.suffixes else path.name


def _is_header(block: bytes) -> bool:
    if block[257:262] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (tarfile.HeaderError, ValueError):
        return False
    return True


def _members(stream: PackedStream, container: str, spool: Spool) -> Iterator[Member]:
    opened = cast(IO[bytes], stream)
    with tarfile.open(fileobj=opened, mode="r:", encoding="utf-8", errors="surrogateescape") as archive:
        while (entry := archive.next()) is not None:
            # The archive would remember every entry, for ways to read it that are not used here.
            archive.members = []  # type: ignore[attr-defined]
            spool.count(container)
            member = _member(archive, entry, container, spool)
            if member:
                yield member
    if stream.last.strip(b"\0"):
        raise BrokenFile(f"{container}: the TAR archive is damaged half-way. Fetch it again.")


def _member(archive: tarfile.TarFile, entry: tarfile.TarInfo, container: str, spool: Spool) -> Member | None:
    """The member of an entry; None for folders and what is left out."""
    full = decoded(entry.name.encode("utf-8", "surrogateescape"))
    shown = cleaned(full)
    if entry.isdir() or is_left_out(PurePosixPath(shown)):
        return None
    error = tricked(container, full) or _refusal(entry, f"{container}!/{shown}")
    if error:
        return spool.refuse(shown, error)
    return spool.add(container, shown, _chunks(archive, entry, f"{container}!/{shown}"))


def _refusal(entry: tarfile.TarInfo, shown: str) -> InputError | None:
    if entry.issym() or entry.islnk():
        return UnreadableFile(f"{shown}: it is a link, no file. Give the file that it leads to.")
    if not entry.isfile():
        return UnreadableFile(f"{shown}: it is a device or pipe, no file. Leave it out.")
    return None


def _chunks(archive: tarfile.TarFile, entry: tarfile.TarInfo, shown: str) -> Iterator[bytes]:
    try:
        stream = archive.extractfile(entry)
        while stream and (chunk := stream.read(_CHUNK)):
            yield chunk
    except _DAMAGES as error:
        raise BrokenFile(f"{shown}: it is damaged in the archive ({error}). Fetch it again.") from None
