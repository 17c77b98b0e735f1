"""Where members of containers are written to, and what holds them to the limits."""

import re
from collections.abc import Iterable, Mapping
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
        shown = self._unique(name)
        path = self._next_path(PurePosixPath(name).suffix.lower() if suffix is None else suffix)
        try:
            self._write(path, container, shown, chunks)
        except InputError as error:
            path.unlink(missing_ok=True)
            if error is self._end:
                raise
            return Member(name=shown, error=error, fields=dict(fields or {}))
        return Member(name=shown, path=path, fields=dict(fields or {}))

    def refuse(self, name: str, error: InputError, fields: Mapping[str, str] | None = None) -> Member:
        """A member that is not read, because of `error`."""
        return Member(name=self._unique(name), error=error, fields=dict(fields or {}))

    def _write(self, path: Path, container: str, name: str, chunks: Iterable[bytes]) -> None:
        size, pieces = 0, iter(chunks)
        try:
            with path.open("xb") as stream:
                for piece in pieces:
                    size += len(piece)
                    self._written += len(piece)
                    self.check(container, self._written)
                    self._check_member(container, name, size)
                    stream.write(piece)
        except OSError as error:
            raise self._ended(
                UnreadableFile(
                    f"{container}: it cannot be unpacked to {self.folder} ({error.strerror or error}). "
                    "Make room there."
                )
            ) from None

    def _check_member(self, container: str, name: str, size: int) -> None:
        if size > self.limits.file_mb * _MB:
            raise LimitExceeded(
                f"{container}!/{name}: it has more than the {self.limits.file_mb} MB that are read "
                "(--max-file-mb). Split it, or allow more."
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
