"""How a run is to be done, and what became of its files."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field

import msgspec

from ...data.limits import DEFAULT_LIMITS, Limits


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """How files are read: by `jobs` processes, unchanged ones too with `force`, within `limits`.

    `text_column` names the column of tables (CSV, Excel, JSON Lines) that holds the reports.
    """

    jobs: int = os.cpu_count() or 1
    force: bool = False
    limits: Limits = DEFAULT_LIMITS
    text_column: str | None = None


@dataclass
class Outcome:
    """What became of the files of a run: paths by outcome, reasons by failed path.

    Members of archives and reports of a compilation count as files, what holds them does not unless it
    failed.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Files seen."""
        return len(self.added) + len(self.updated) + len(self.unchanged) + len(self.failed)


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far a run is: files done, files known of (it grows as archives are opened), the last one done."""

    done: int
    known: int
    name: str


Watcher = Callable[[Progress], None]
