"""An archive in partitions: which files are read together, on whatever machine, and what is read of them."""

import multiprocessing
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import msgspec
from msgspec.structs import replace

from ...data.exports.partitions import Answered, DataSet, FileState, Partition
from ...data.store import SourceFile, Store
from ..version import VERSION
from .file_state import file_state
from .outcome import Settings
from .outcomes import Answer, encode
from .pages import page_groups
from .run import index_files

# So many files take a worker some ten seconds: long against starting one, short against losing one.
_FILES_MAX = 256
_BYTES_MAX = 256 * 2**20


class Part(msgspec.Struct, frozen=True):
    """Files to be read as one partition; `root` is the folder that messages name them from."""

    number: int
    files: tuple[str, ...]
    settings: Settings
    root: str


def parted(files: Iterable[Path], settings: Settings, root: Path, first: int = 0) -> Iterator[Part]:
    """The files in parts, numbered from `first`, those that continue one another together."""
    number = first
    part: list[str] = []
    size = 0
    for group in _groups([str(file) for file in files]):
        weight = sum((file_state(Path(path)) or (0, 0))[0] for path in group)
        if part and (len(part) + len(group) > _FILES_MAX or size + weight > _BYTES_MAX):
            yield Part(number, tuple(part), settings, str(root))
            number, part, size = number + 1, [], 0
        part += group
        size += weight
    if part:
        yield Part(number, tuple(part), settings, str(root))


def _groups(paths: list[str]) -> Iterator[list[str]]:
    beside = page_groups((path, path) for path in paths)
    groups: dict[str, list[str]] = defaultdict(list)
    for path in paths:
        groups[min(beside[path].values()) if path in beside else path].append(path)
    yield from groups.values()


def read_partition(part: Part, folder: Path) -> Partition:
    """Read the part's files and write what they hold into the data set `folder`, unless it stands there.

    The same files give the same partition, wherever and however often it is read. Raises OSError where the
    folder cannot be written, DataSetError.
    """
    data_set = DataSet(folder)
    states = file_states(part.files)
    for known in data_set.partitions():
        if known.number == part.number and stands(known, states, part.settings):
            return known
    # Workers of Dask are daemons, which may have no children; ours end with the pipe to their parent.
    multiprocessing.current_process().daemon = False
    answers: list[Answered] = []
    with ExitStack() as stack:
        room = stack.enter_context(tempfile.TemporaryDirectory(prefix="nianbao-"))
        store = stack.enter_context(Store.open(Path(room) / "partition.db", create=True))
        outcome = index_files(
            store,
            map(Path, part.files),
            replace(part.settings, jobs=1),
            names=lambda path: shown(path, part.root),
            keep=lambda answer: answers.append(_answered(answer)),
        )
        partition = Partition(
            number=part.number,
            version=VERSION,
            settings=settings_text(part.settings),
            files=tuple(states.values()),
            added=tuple(sorted(outcome.added)),
            failed=outcome.failed,
            reports=store.least_paths(),
        )
        data_set.write(store, partition, answers)
    return partition


def file_states(paths: Iterable[str]) -> dict[str, FileState]:
    """The files as they are now, by path."""
    found = ((path, file_state(Path(path)) or (0, 0)) for path in paths)
    return {path: FileState(path, *state) for path, state in found}


def stands(partition: Partition, states: dict[str, FileState], settings: Settings) -> bool:
    """Whether a partition is what reading its files now would give; `states` may be of more files."""
    return (
        partition.version == VERSION
        and partition.settings == settings_text(settings)
        and all(states.get(file.path) == file for file in partition.files)
    )


def settings_text(settings: Settings) -> str:
    """What of the settings decides what is read, to be compared."""
    return msgspec.json.encode((settings.limits, settings.text_column)).decode()


def shown(path: str, root: str) -> str:
    """A path as messages name it: from `root` where it lies in it."""
    try:
        return str(Path(path).relative_to(root))
    except ValueError:
        return path


def _answered(answer: Answer) -> Answered:
    source: SourceFile = answer.source
    return Answered(source.path, source.sha256, encode(answer))
