"""Where members of containers are written to, and what holds them to the limits."""

import re
from collections.abc import Generator, Iterable, Mapping
from pathlib import Path, PurePosixPath

from ..errors import InputError, LimitExceeded, UnreadableFile
from ..limits import Limits
from .member import Member

_MB = 2**20
# Small files may well be packed tighter than any limit: a blank form, a short list.
_RATIO_FROM = _MB
_HARMLESS_SUFFIX = re.compile(r"\.[a-z0-9]{1,8}")


class Spool:
    """Writes members into `folder` under numbers, so that no member's path can lead out of it.

    `packed_bytes` is the size of the container, for `Limits.ratio`. One spool serves one container: it
    counts its members and bytes, and gives names that occur twice a number.
    """

    def __init__(self, folder: Path, limits: Limits, packed_bytes: int) -> None:
        self.folder = folder
        self.limits = limits
        self.packed_bytes = packed_bytes
        self._entries = 0
        self._written = 0
        self._files = 0
        self._names: dict[str, int] = {}
        # The error that ends the container, once there is one.
        self._end: InputError | None = None

    def count(self, container: str, entries: int = 1) -> None:
        """Take note of entries, be they read or not; raises LimitExceeded beyond `Limits.members`."""
        self._entries += entries
        if self._entries > self.limits.members:
            raise self._ended(
                LimitExceeded(
                    f"{container}: it holds more than {self.limits.members:,} members (--max-members). "
                    "Split it, or allow more."
                )
            )

    def check(self, container: str, unpacked: int) -> None:
        """Raise LimitExceeded where so many bytes are more than `container` may hold in all."""
        if unpacked > self.limits.unpacked_mb * _MB:
            reason = (
                f"unpacked it has more than {self.limits.unpacked_mb:,} MB (--max-unpacked-mb). "
                "Split it, or allow more."
            )
            raise self._ended(LimitExceeded(f"{container}: {reason}"))
        if unpacked > max(_RATIO_FROM, self.limits.ratio * self.packed_bytes):
            reason = (
                f"it unpacks to more than {self.limits.ratio} times its size (--max-ratio), as archives "
                "made to fill a disk do. Allow more if it is sound."
            )
            raise self._ended(LimitExceeded(f"{container}: {reason}"))

    def add(
        self,
        container: str,
        name: str,
        chunks: Iterable[bytes],
        *,
        fields: Mapping[str, str] | None = None,
        suffix: str | None = None,
    ) -> Member:
        """Write what `chunks` gives, and name it `name`; an InputError that they raise becomes the member's.

        The copy keeps the name's suffix, or `suffix`. Raises LimitExceeded where all members together are
        too large, UnreadableFile where the folder takes no more.
        """
        copy = self.begin(container, name, fields=fields, suffix=suffix)
        try:
            for chunk in chunks:
                copy.write(chunk)
                if copy.error:
                    break
        except InputError as error:
            member = copy.finish(error)
            if error is self._end:
                raise
            return member
        finally:
            # A generator that is left half-way would keep its archive open.
            if isinstance(chunks, Generator):
                chunks.close()
        return copy.finish()

    def begin(
        self,
        container: str,
        name: str,
        *,
        fields: Mapping[str, str] | None = None,
        suffix: str | None = None,
    ) -> "Copy":
        """The same for a library that hands data over itself: write to what comes back, then `finish` it."""
        suffix = PurePosixPath(name).suffix.lower() if suffix is None else suffix
        return Copy(self, container, self._unique(name), self._next_path(suffix), dict(fields or {}))

    def refuse(self, name: str, error: InputError, fields: Mapping[str, str] | None = None) -> Member:
        """A member that is not read, because of `error`."""
        return Member(name=self._unique(name), error=error, fields=dict(fields or {}))

    def take(self, container: str, size: int) -> None:
        """Take note of bytes that are going to be written; raises as `check` does."""
        self._written += size
        self.check(container, self._written)

    def unwritable(self, container: str, error: OSError) -> InputError:
        """The error of a folder that takes no more; it ends the container."""
        return self._ended(
            UnreadableFile(
                f"{container}: it cannot be unpacked to {self.folder} ({error.strerror or error}). "
                "Make room there."
            )
        )

    def _ended(self, error: InputError) -> InputError:
        self._end = error
        return error

    def _next_path(self, suffix: str) -> Path:
        self._files += 1
        harmless = suffix if _HARMLESS_SUFFIX.fullmatch(suffix) else ""
        return self.folder / f"{self._files:06}{harmless}"

    def _unique(self, name: str) -> str:
        """`name`, with a number before its suffix where another member has it already."""
        before = self._names.get(name, 0)
        self._names[name] = before + 1
        if not before:
            return name
        path = PurePosixPath(name)
        return self._unique(str(path.with_name(f"{path.stem} ({before + 1}){path.suffix}")))


class Copy:
    """A member on its way to the disk; `error` is set once it is too large, and the rest is not written."""

    def __init__(self, spool: Spool, container: str, name: str, path: Path, fields: dict[str, str]) -> None:
        self.error: InputError | None = None
        self._spool, self._container, self._name = spool, container, name
        self._path, self._fields = path, fields
        self._size = 0
        try:
            self._stream = path.open("xb")
        except OSError as error:
            raise spool.unwritable(container, error) from None

    def write(self, chunk: bytes | bytearray | memoryview) -> None:
        """Write a chunk; raises what ends the whole container."""
        self._spool.take(self._container, len(chunk))
        self._size += len(chunk)
        most = self._spool.limits.file_mb
        if self._size > most * _MB:
            self.error = self.error or LimitExceeded(
                f"{self._container}!/{self._name}: it has more than the {most} MB that are read "
                "(--max-file-mb). Split it, or allow more."
            )
            return
        try:
            self._stream.write(chunk)
        except OSError as error:
            raise self._spool.unwritable(self._container, error) from None

    def finish(self, error: InputError | None = None) -> Member:
        """The member; without a file where `error` or its own says why it is not whole."""
        self._stream.close()
        error = error or self.error
        if error:
            self._path.unlink(missing_ok=True)
            return Member(name=self._name, error=error, fields=self._fields)
        return Member(name=self._name, path=self._path, fields=self._fields)
