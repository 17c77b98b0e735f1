"""Answers into the store: several in one transaction, each whole or not at all."""

import time
from collections.abc import Callable

from ...data.store import Refusal, SourceFile, Store
from .opened import held_paths
from .outcome import Outcome
from .outcomes import Answer, Compiled, PartRead, Refused, ReportRead, Unchanged, Unpacked
from .plan import Known, Plan

# A transaction costs as much as writing five reports; so many reports are what a killed run reads again.
_BATCH = 50
# Seconds after which what there is gets written, so that searches see it.
_PATIENCE = 2.0


class Writer:
    """Collects answers, writes them in batches, and counts what became of the files.

    `keep` hears each answer as it comes.
    """

    def __init__(
        self, store: Store, version: str, plan: Plan, keep: Callable[[Answer], None] = lambda _: None
    ) -> None:
        self.outcome = Outcome()
        self._store = store
        self._version = version
        self._plan = plan
        self._keep = keep
        self._waiting: list[Answer] = []
        self._written = time.monotonic()

    def take(self, answer: Answer) -> None:
        """Keep an answer, to be written with others."""
        self._keep(answer)
        self._waiting.append(answer)

    def settle(self, known: Known) -> None:
        """Count files that need not be read."""
        self.outcome.unchanged += known.unchanged
        self.outcome.failed |= known.failed

    def write_some(self) -> None:
        """Write what waits if it is much or has waited long."""
        if len(self._waiting) >= _BATCH or time.monotonic() - self._written > _PATIENCE:
            self.write_all()

    def write_all(self) -> None:
        """Write what waits, in one transaction."""
        self._written = time.monotonic()
        if self._waiting:
            with self._store.batch():
                for answer in self._waiting:
                    self._write(answer)
            self._waiting.clear()

    def _write(self, answer: Answer) -> None:
        match answer:
            case ReportRead():
                self._add(answer)
            case Refused(source=source):
                self._store.fail(source, self._refusal(answer.reason, answer.kind), self._version)
                self.outcome.failed[source.path] = answer.reason
            case Unpacked(source=source):
                refusal = self._refusal(answer.reason, answer.kind) if answer.reason else None
                self._close(source, held_paths(answer), refusal)
            case Compiled(source=source):
                self._close(source, list(answer.paths))
            case PartRead(source=source):
                self._store.add_part(source, self._version)
            case Unchanged(source=source):
                self._unchanged(source)

    def _add(self, answer: ReportRead) -> None:
        source = answer.source
        if source.sha256 is None:
            self._store.rewrite(answer.report, self._version, indexed=answer.indexed, made=answer.made)
            self.outcome.updated.append(source.path)
            return
        known = self._store.source(source.path)
        self._store.add(source, answer.report, self._version, indexed=answer.indexed, made=answer.made)
        is_new = known is None or known.report_id is None
        (self.outcome.added if is_new else self.outcome.updated).append(source.path)

    def _close(self, source: SourceFile, members: list[str], refusal: Refusal | None = None) -> None:
        self._store.add_container(source, self._version, members, refusal)
        if refusal is not None:
            self.outcome.failed[source.path] = str(refusal.reason)

    def _refusal(self, reason: str, kind: str | None) -> Refusal:
        return Refusal(reason, kind, self._plan.limits if kind == "limit_exceeded" else None)

    def _unchanged(self, source: SourceFile) -> None:
        self._store.seen(source)
        row = self._store.source(source.path)
        known = self._plan.stands(row) if row else None
        if known is not None:
            self.settle(known)
