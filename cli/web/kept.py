"""What was slow to find out, kept until the database changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import TypeVar

from .pages import Asked

T = TypeVar("T")

# Charts of one page take some 200 kB; a hundred pages' then 20 MB.
_KEPT_MAX = 500


class Kept:
    """Answers by question; the least recently asked for go first. Who asks the same waits for one answer."""

    def __init__(self, size: int = _KEPT_MAX) -> None:
        self._size = size
        self._found: OrderedDict[Hashable, object] = OrderedDict()
        self._asking: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def get(self, key: Hashable, find: Callable[[], T]) -> T:
        """What `find` answered when this was asked first; nothing is kept of one that raises."""
        with self._lock:
            turn = self._asking.setdefault(key, Lock())
        with turn:
            try:
                return self._kept(key, find)
            finally:
                with self._lock:
                    self._asking.pop(key, None)

    def _kept(self, key: Hashable, find: Callable[[], T]) -> T:
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
                return self._found[key]  # type: ignore[return-value]
        found = find()
        with self._lock:
            self._found[key] = found
            while len(self._found) > self._size:
                self._found.popitem(last=False)
        return found


_kept = Kept()


def kept(asked: Asked, key: Hashable, find: Callable[[], T]) -> T:
    """What `find` answers of an archive: found once for each state of its file and each `key`."""
    path = asked.archive.path
    return _kept.get((str(path), _state(path), key), find)


def _state(path: Path) -> tuple[tuple[int, int], ...]:
    """The times and sizes of the database and of its write-ahead log, where what was written last is."""
    return tuple(_written(each) for each in (path, path.with_name(f"{path.name}-wal")))


def _written(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return state.st_mtime_ns, state.st_size
