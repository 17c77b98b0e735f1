"""An archive read by the workers of a Dask scheduler: partitions out to them, a data set and a database back.

Workers see the files and the folder of the data set under the same paths as the program that asks them. One
that dies, a task that is done twice and a run that is repeated give the same partitions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...data.errors import NianbaoError, SchedulerError
from ...data.exports.libraries import library
from ...data.exports.partitions import DataSet, FileState, Partition
from ...data.store import Store
from ..version import VERSION
from .merging import Merging
from .outcome import Outcome, Progress, Settings, Watcher
from .partitions import Part, file_states, parted, read_partition, shown, stands
from .plan import Plan
from .spool import spool_folder

if TYPE_CHECKING:
    from distributed import Client

# So often is a partition tried again whose task failed; Dask itself gives one that kills workers to others.
_RETRIES = 2


class _Read(NamedTuple):
    """A partition of the data set, and whether this run has read it."""

    partition: Partition
    fresh: bool


def index_scheduled(
    client: "Client",
    store: Store,
    files: Sequence[Path],
    settings: Settings,
    watch: Watcher = lambda _: None,
    root: Path | None = None,
) -> Outcome:
    """Bring the store up to date with the files, as `index_files` does, through a data set beside it.

    `root` is the folder that messages name files from. Raises SchedulerError where the workers cannot do what
    they are asked, DataSetError where the folder beside the database cannot be written.
    """
    check_workers(client)
    plan, outcome = Plan(store, VERSION, settings), Outcome()
    to_read: list[Path] = []
    for file in files:
        known = plan.settled(str(file))
        if known is None:
            to_read.append(file)
        else:
            outcome.unchanged += known.unchanged
            outcome.failed |= known.failed
    tried: set[Path] = set()
    while to_read:
        tried.update(to_read)
        with spool_folder(store.path) as folder, Merging(store, DataSet(folder), watch, outcome) as merging:
            for read in _partitions(client, DataSet(folder), to_read, settings, root):
                merging.add(read.partition, len(to_read))
        # Another file may now be the one whose facts a text has.
        to_read = [path for path in map(Path, store.stale()) if path not in tried]
    return outcome


def write_data_set(
    client: "Client",
    folder: Path,
    files: Sequence[Path],
    settings: Settings,
    watch: Watcher = lambda _: None,
    root: Path | None = None,
) -> Outcome:
    """Bring the data set in `folder` up to date with the files: it holds what they say and nothing else.

    Of the partitions that are there, those stay whose files are the same. Raises as `index_scheduled`.
    """
    check_workers(client)
    data_set, outcome, done = DataSet(folder), Outcome(), 0
    for read in _partitions(client, data_set, files, settings, root):
        partition = read.partition
        (outcome.added if read.fresh else outcome.unchanged).extend(partition.added)
        outcome.failed |= partition.failed
        done += len(partition.files)
        name = partition.files[-1].path.rpartition("/")[2]
        watch(Progress(done=done, known=len(files), name=name))
    _leave_out_doubles(data_set)
    data_set.finish()
    return outcome


def check_workers(client: "Client") -> None:
    """Raise SchedulerError where there are no workers, or they have another nianbao."""
    found: dict[str, object] = client.run(pipeline_version, on_error="return")
    if not found:
        raise SchedulerError("The scheduler has no workers. Start some: dask worker ADDRESS")
    for worker, version in found.items():
        if version != VERSION:
            said = version if isinstance(version, str) else f"none ({version})"
            raise SchedulerError(
                f"{worker}: its nianbao has pipeline {said}, this one {VERSION}. Install the same on all."
            )


def pipeline_version() -> str:
    """What a worker says when it is asked for its version."""
    return VERSION


def _partitions(
    client: "Client", data_set: DataSet, files: Sequence[Path], settings: Settings, root: Path | None
) -> Iterator[_Read]:
    """The partitions of the files: those that stand, then the others as they are done."""
    data_set.begin()
    states = file_states(map(str, files))
    kept = [] if settings.force else _standing(list(data_set.partitions()), states, settings)
    numbers = {each.number for each in kept}
    for each in list(data_set.partitions()):
        if each.number not in numbers:
            data_set.remove(each.number)
    for each in kept:
        yield _Read(each, fresh=False)
    held = {file.path for each in kept for file in each.files}
    missing = [file for file in files if str(file) not in held]
    first = max(numbers, default=-1) + 1
    parts = parted(missing, settings, root or Path.cwd(), first)
    for partition in _read(client, data_set.folder.absolute(), list(parts)):
        yield _Read(partition, fresh=True)


def _standing(
    partitions: list[Partition], states: dict[str, FileState], settings: Settings
) -> list[Partition]:
    """The partitions that need not be read again."""
    kept = [each for each in partitions if stands(each, states, settings)]
    while True:
        least = _least(kept)
        # What was left out for another partition's sake is missing when that goes.
        whole = [each for each in kept if all(least[one] < each.reports[one] for one in each.left_out)]
        if len(whole) == len(kept):
            return kept
        kept = whole


def _least(partitions: Iterable[Partition]) -> dict[str, str]:
    """The least path of each report's text in all partitions."""
    paths: dict[str, list[str]] = defaultdict(list)
    for partition in partitions:
        for report, path in partition.reports.items():
            paths[report].append(path)
    return {report: min(found) for report, found in paths.items()}


def _leave_out_doubles(data_set: DataSet) -> None:
    """Let each report's rows stand in one partition: that with the least path that has its text."""
    partitions = list(data_set.partitions())
    least = _least(partitions)
    for partition in partitions:
        doubles = {report for report, path in partition.reports.items() if least[report] < path}
        if doubles - set(partition.left_out):
            data_set.leave_out(partition, frozenset(doubles))


def _read(client: "Client", folder: Path, parts: list[Part]) -> Iterator[Partition]:
    """What the workers make of the parts, as they are done."""
    as_completed = library("distributed", extra="cluster").as_completed
    sent = {
        client.submit(
            read_partition, part, folder, retries=_RETRIES, pure=False, key=_key(folder, part)
        ): part
        for part in parts
    }
    try:
        for future in as_completed(sent, loop=client.loop):
            if future.status != "finished":
                raise _lost(future.exception(), sent[future])
            yield future.result()
            future.release()
    finally:
        client.cancel(list(sent))  # type: ignore[no-untyped-call]


def _key(folder: Path, part: Part) -> str:
    return f"nianbao {folder.name} {part.number}"


def _lost(error: object, part: Part) -> NianbaoError:
    """Why a partition could not be read."""
    if isinstance(error, NianbaoError):
        return error
    first, last = (shown(part.files[at], part.root) for at in (0, -1))
    return SchedulerError(
        f"{len(part.files)} files ({first} … {last}): the workers failed {_RETRIES + 1} times "
        f"({type(error).__name__}: {error}). What is done stays; mend it and run again."
    )
