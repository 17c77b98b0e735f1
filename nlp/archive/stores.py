"""Open stores of one database file for whichever thread or process needs one."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from weakref import finalize

from ...data.errors import DatabaseError
from ...data.store import Store

# Stores that stay open when nobody uses them; more are opened where more threads read at once.
_IDLE_MAX = 8

# What a fork inherits must be neither used nor closed (SQLite, "How To Corrupt", 2.6): it is kept here.
_INHERITED: list[Store] = []


class Stores:
    """Stores opened to be read, each used by one thread at a time; a forked process opens its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._closed = False
        self._begin()

    @contextmanager
    def borrowed(self) -> Iterator[Store]:
        """A store for as long as the block lasts; raises DatabaseError where the archive is closed."""
        store = self._take()
        process = os.getpid()
        try:
            yield store
        finally:
            self._give(store, process)

    def close(self) -> None:
        """Close what is open; a store that is in use is closed when it is given back."""
        self._closed = True
        self._leave_inherited()
        with self._lock:
            _close_all(self._free)

    def _take(self) -> Store:
        if self._closed:
            raise DatabaseError(f"{self.path}: this archive was closed; open it again with nianbao.open.")
        self._leave_inherited()
        with self._lock:
            if self._free:
                return self._free.pop()
        return Store.open(self.path, read_only=True, any_thread=True)

    def _give(self, store: Store, process: int) -> None:
        if process != os.getpid():
            _INHERITED.append(store)
            return
        with self._lock:
            kept = not self._closed and len(self._free) < _IDLE_MAX
            if kept:
                self._free.append(store)
        if not kept:
            store.close()

    def _begin(self) -> None:
        self._free: list[Store] = []
        self._lock = Lock()
        self._process = os.getpid()
        # Whoever forgets to close: the stores go with the last listing that could have asked them.
        self._finish = finalize(self, _close_all, self._free)

    def _leave_inherited(self) -> None:
        if self._process == os.getpid():
            return
        self._finish.detach()
        _INHERITED.extend(self._free)
        # The lock, too, may have been held by a thread that is not here.
        self._begin()


def _close_all(stores: list[Store]) -> None:
    while stores:
        stores.pop().close()
