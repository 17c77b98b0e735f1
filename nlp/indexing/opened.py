"""Archives that are being read: a run counts their members down, and then notes that they are done."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .outcomes import MemberFound, Unpacked


@dataclass
class _Open:
    answer: Unpacked
    left: int


class Opened:
    """The archives of a run whose members are not all read."""

    def __init__(self) -> None:
        self._open: dict[str, _Open] = {}

    def add(self, answer: Unpacked) -> Iterator[Unpacked]:
        """Take note of an archive; gives those that are done by it: itself, if it is empty."""
        self._open[answer.source.path] = _Open(
            answer, sum(member.file is not None for member in answer.members)
        )
        if not self._open[answer.source.path].left:
            yield from self._closed(answer.source.path)

    def member_done(self, container: str | None) -> Iterator[Unpacked]:
        """Count a member of `container` as read; gives the archives that are done by it, innermost first."""
        if container is None or container not in self._open:
            return
        self._open[container].left -= 1
        if not self._open[container].left:
            yield from self._closed(container)

    def _closed(self, path: str) -> Iterator[Unpacked]:
        answer = self._open.pop(path).answer
        for folder in {Path(member.file).parent for member in answer.members if member.file}:
            shutil.rmtree(folder, ignore_errors=True)
        yield answer
        yield from self.member_done(answer.source.container)


def held_paths(answer: Unpacked) -> list[str]:
    """Paths of an archive's members."""
    return [member.path for member in answer.members]


def unread(answer: Unpacked) -> list[MemberFound]:
    """Members that could not be taken out."""
    return [member for member in answer.members if member.file is None]
