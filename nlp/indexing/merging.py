"""A data set of partitions into a database: what many workers read, written by one, as in any other run."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from ...data.errors import DataSetError
from ...data.exports.partitions import DataSet, Partition
from ...data.limits import Limits
from ...data.store import Store
from ..version import VERSION
from .outcome import Outcome, Progress, Settings, Watcher
from .outcomes import Answer
from .plan import Plan
from .writer import Writer

_ANSWER: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def merge(store: Store, data_set: DataSet, watch: Watcher = lambda _: None) -> Outcome:
    """Bring the store up to date with a data set; can be stopped at any time and goes on where it was.

    Raises DataSetError where there is none, it is not whole, or another version of the pipeline read it.
    """
    partitions = data_set.whole()
    files = sum(len(each.files) for each in partitions)
    outcome, seen = Outcome(), set[str]()
    while True:
        with Merging(store, data_set, watch, outcome) as merging:
            for partition in partitions:
                merging.add(partition, files)
        # Another file may now be the one whose facts a text has; an earlier partition may have it.
        stale = set(store.stale())
        partitions = [each for each in partitions if stale & {file.path for file in each.files}]
        if not partitions or stale <= seen:
            return outcome
        seen = stale


class Merging:
    """Partitions into a store, one after the other, as one run; `outcome` says what became of the files."""

    def __init__(self, store: Store, data_set: DataSet, watch: Watcher, outcome: Outcome) -> None:
        self._store, self._data_set, self._watch, self._outcome = store, data_set, watch, outcome
        self._done = 0
        self._run = store.begin_run(VERSION)

    def __enter__(self) -> "Merging":
        return self

    def __exit__(self, *_: object) -> None:
        outcome = self._outcome
        added = len(outcome.added) + len(outcome.updated)
        self._store.end_run(
            self._run, added=added, unchanged=len(outcome.unchanged), failed=len(outcome.failed)
        )

    def add(self, partition: Partition, known: int) -> None:
        """Write what a partition holds and the store does not; `known` is the number of files in all.

        Raises DataSetError.
        """
        if partition.version != VERSION:
            raise DataSetError(
                f"{self._data_set.folder}: read by pipeline {partition.version}, this is {VERSION}. "
                "Index again with this version, or merge with that."
            )
        limits, text_column = msgspec.json.decode(partition.settings, type=tuple[Limits, str | None])
        plan = Plan(self._store, VERSION, Settings(limits=limits, text_column=text_column))
        writer = Writer(self._store, VERSION, plan)
        try:
            for answer in self._new(partition, plan, writer):
                writer.take(answer)
                writer.write_some()
        finally:
            writer.write_all()
            self._count(writer.outcome)
        self._done += len(partition.files)
        name = partition.files[-1].path.rpartition("/")[2]
        self._watch(Progress(done=self._done, known=known, name=name))

    def _new(self, partition: Partition, plan: Plan, writer: Writer) -> Iterator[Answer]:
        """What the partition says of files that the store has otherwise or not at all."""
        for path, sha256, answer in self._data_set.answered(partition.number):
            row = self._store.source(path) if sha256 else None
            known = plan.stands(row) if row and row.sha256 == sha256 else None
            if known is None:
                yield _decoded(answer)
            elif row and row.status != "container":
                writer.settle(known)

    def _count(self, outcome: Outcome) -> None:
        self._outcome.added += outcome.added
        self._outcome.updated += outcome.updated
        self._outcome.unchanged += outcome.unchanged
        self._outcome.failed |= outcome.failed


def _decoded(answer: Callable[[], Any]) -> Answer:
    return _ANSWER.decode(answer())
