"""Which files have to be read, judged by what the database knows of them."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from ...data.store import SourceRow, Store
from .file_state import file_state
from .outcome import Settings

# Failures that another try may mend though the file is the same: a tool was installed, a worker died.
_RETRIED = frozenset({"tool_missing", "unknown_format", "changed_file", "lost_worker", "unreadable_file"})


class Known(NamedTuple):
    """What is known of a file that need not be read: which of it stands, and what failed, with reasons."""

    unchanged: list[str]
    failed: dict[str, str]


class Plan:
    """What the database knows, asked for each file; `limits` are the run's as JSON, to know them again."""

    def __init__(self, store: Store, version: str, settings: Settings) -> None:
        self._store = store
        self._version = version
        self._settings = settings
        self.limits = msgspec.json.encode(settings.limits).decode()

    def settled(self, path: str) -> Known | None:
        """What stands of a file that is the same by size and time; None where it has to be read."""
        row = self._current(path)
        if row is None or file_state(Path(path)) != (row.size, row.mtime_ns):
            return None
        return self.stands(row)

    def known(self, path: str) -> str | None:
        """The SHA-256 of a file's content that need not be read again."""
        row = self._current(path)
        return row.sha256 if row and self.stands(row) else None

    def stands(self, row: SourceRow) -> Known | None:
        """What stands of a file whose content is the same; None where it is worth another try."""
        members = self._store.members(row.path) if row.status in ("container", "failed") else []
        rows = [row, *members]
        if any(self._to_retry(one) for one in rows):
            return None
        failed = {one.path: one.error or "" for one in rows if one.status in ("failed", "kept")}
        return Known([one.path for one in rows if one.status == "ok"], failed)

    def _to_retry(self, row: SourceRow) -> bool:
        if row.pipeline != self._version:
            return True
        if row.stands:
            return False
        if row.error_kind is None:
            return True
        return row.error_kind in _RETRIED or row.limits not in (None, self.limits)

    def _current(self, path: str) -> SourceRow | None:
        return None if self._settings.force else self._store.source(path)
