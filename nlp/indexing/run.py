"""A run over an archive: which files are read, by which process, and how their reports get into the store."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

from msgspec.structs import replace

from ...data.store import SourceFile, Store
from ..version import VERSION
from .file_state import file_state
from .opened import Opened, unread
from .outcome import Outcome, Progress, Settings, Watcher
from .outcomes import ANSWERS, Answer, FileTask, PartRead, Refused, StoredTask, Task, Unpacked, encode
from .pages import page_groups
from .plan import Plan
from .spool import spool_folder
from .workers import Done, Job, Workers
from .writer import Writer

# What a worker calls; named, not imported: only workers need the pipeline.
_WORK = f"{__package__}.answers:answer"
# Seconds between looks at what has been done.
_LOOK = 0.5
# Bytes that a file may have for each `Limits.seconds` it gets: only archives are larger.
_SHARE = 64 * 2**20


def index_files(
    store: Store,
    files: Iterable[Path],
    settings: Settings | None = None,
    watch: Watcher = lambda _: None,
    names: Callable[[str], str] = str,
    keep: Callable[[Answer], None] = lambda _: None,
) -> Outcome:
    """Bring the store up to date with the files, given by absolute paths.

    `watch` hears how far it is, `keep` what is going to be written; `names` says how a path is called in
    messages. Whatever ends the run, what was read so far is written.
    """
    settings = settings or Settings()
    run = _Run(store, settings, watch, names, keep)
    return run.over(run.file_tasks(files))


def reindex(store: Store, settings: Settings | None = None, watch: Watcher = lambda _: None) -> Outcome:
    """Read again, from what is stored of them, the reports that another version of the pipeline read.

    With `settings.force` all of them. Can be stopped at any time and goes on where it was.
    """
    settings = settings or Settings()
    run = _Run(store, settings, watch, str)
    version = "" if settings.force else VERSION
    return run.over(run.stored_tasks(store.outdated(version)))


class _Run:
    """One run: tasks go out to the workers, answers come back to the writer."""

    def __init__(
        self,
        store: Store,
        settings: Settings,
        watch: Watcher,
        names: Callable[[str], str],
        keep: Callable[[Answer], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._settings = settings
        self._watch = watch
        self._names = names
        self._plan = Plan(store, VERSION, settings)
        self._writer = Writer(store, VERSION, self._plan, keep)
        self._opened = Opened()
        self._members: deque[Task] = deque()
        self._out: dict[int, Task] = {}
        self._keys = count()
        self._again: set[str] = set()
        self._done = self._known = 0
        # First pages that were not read: they have to be where a following page has changed.
        self._stood: dict[str, dict[str, str]] = {}
        # Bytes taken out of the archives inside each file.
        self._unpacked: Counter[str] = Counter()
        self._restored: set[str] = set()
        self._workers: Workers | None = None
        self._spool = Path()

    def over(self, tasks: Iterator[Task | None]) -> Outcome:
        """Do all the tasks; a file that need not be read is a None among them."""
        number = self._store.begin_run(VERSION)
        try:
            with ExitStack() as stack:
                self._go(tasks, stack)
                # Another file may now be the one whose facts a text has.
                while stale := [path for path in self._stale() if path not in self._restored]:
                    self._restored.update(stale)
                    self._go(self.file_tasks(map(Path, stale)), stack)
        finally:
            self._finish(number)
        return self._writer.outcome

    def file_tasks(self, files: Iterable[Path]) -> Iterator[Task | None]:
        """A task for each file that has to be read."""
        paths = [str(file) for file in files]
        self._known += len(paths)
        groups = page_groups((path, path) for path in paths)
        for path in paths:
            settled = self._plan.settled(path)
            if settled is None:
                yield replace(self._file_task(path, path), beside=groups.get(path, {}))
                continue
            if path in groups:
                self._stood[path] = groups[path]
            self._writer.settle(settled)
            self._finished(path)
            yield None

    def stored_tasks(self, report_ids: list[str]) -> Iterator[Task | None]:
        """A task for each report."""
        self._known += len(report_ids)
        for report_id in report_ids:
            path, made = self._store.original(report_id)
            yield StoredTask(report_id=report_id, path=path, made=made)

    def _go(self, tasks: Iterator[Task | None], stack: ExitStack) -> None:
        while True:
            workers = self._workers
            task = self._next(tasks) if workers is None or workers.room else None
            if task is not None:
                self._workers = workers or self._start(stack)
                self._submit(self._workers, task)
            elif workers is None or not workers.busy:
                return
            elif not workers.room or not self._members:
                for done in workers.done(_LOOK):
                    self._received(done)
            self._writer.write_some()

    def _stale(self) -> list[str]:
        self._writer.write_all()
        return self._store.stale()

    def _next(self, tasks: Iterator[Task | None]) -> Task | None:
        if self._members:
            return self._members.popleft()
        return next((task for task in tasks if task is not None), None)

    def _start(self, stack: ExitStack) -> Workers:
        self._spool = stack.enter_context(spool_folder(self._store.path))
        limits = self._settings.limits
        return stack.enter_context(Workers(_WORK, self._settings.jobs, limits.memory_mb))

    def _submit(self, workers: Workers, task: Task) -> None:
        key = next(self._keys)
        self._out[key] = task
        seconds = self._settings.limits.seconds
        if isinstance(task, FileTask):
            unpacked = self._unpacked[_outermost(task.path)] if task.nested else 0
            task = replace(task, spool=str(self._spool), unpacked=unpacked)
            size, _ = file_state(Path(task.file)) or (0, 0)
            seconds *= 1 + size // _SHARE
        workers.submit(Job(key, encode(task), seconds))

    def _file_task(self, path: str, file: str, inside: Unpacked | None = None, nested: int = 0) -> FileTask:
        return FileTask(
            path=path,
            name=self._names(path),
            file=file,
            spool="",
            container=inside.source.path if inside else None,
            known=self._plan.known(path),
            nested=nested,
            text_column=self._settings.text_column,
            limits=self._settings.limits,
        )

    def _received(self, done: Done) -> None:
        task = self._out.pop(done.key, None)
        if task is None:
            return
        if done.answer is not None:
            answers: tuple[Answer, ...] = ANSWERS.decode(done.answer)
        elif done.lost != "time" and _path(task) not in self._again:
            # Another process, or one with all its memory free, may well read it.
            self._again.add(_path(task))
            self._members.appendleft(task)
            return
        else:
            answers = (self._lost(task, str(done.lost)),)
        self._take(task, answers)

    def _take(self, task: Task, answers: tuple[Answer, ...]) -> None:
        for answer in answers:
            if isinstance(answer, Unpacked):
                assert isinstance(task, FileTask)
                self._open(task, answer)
                return
            self._writer.take(answer)
            if isinstance(answer, PartRead):
                self._read_whole(str(answer.source.container))
        if isinstance(task, FileTask):
            if task.container is not None and not task.beside:
                Path(task.file).unlink(missing_ok=True)
            self._close(self._opened.member_done(task.container))
        self._finished(_path(task))

    def _read_whole(self, path: str) -> None:
        """Read the page again of which one that continues it has changed."""
        beside = self._stood.pop(path, None)
        if beside is not None:
            self._known += 1
            self._members.append(replace(self._file_task(path, path), known=None, beside=beside))

    def _open(self, task: FileTask, answer: Unpacked) -> None:
        container = answer.source.path
        self._unpacked[_outermost(container)] += answer.size
        for member in unread(answer):
            source = SourceFile(path=member.path, container=container)
            self._writer.take(Refused(source=source, reason=str(member.reason), kind=str(member.kind)))
        inside = self._member_tasks(task, answer)
        self._known += len(inside)
        self._members.extendleft(reversed(inside))
        self._close(self._opened.add(answer))
        self._finished(container)

    def _member_tasks(self, task: FileTask, answer: Unpacked) -> list[FileTask]:
        members = {member.path: member for member in answer.members if member.file is not None}
        files = [(path, str(member.file)) for path, member in members.items()]
        groups = page_groups(files)
        tasks = []
        for path, file in files:
            found = self._file_task(path, file, answer, task.nested + 1)
            if path in groups:
                # What a following page says is not in the sum of the first: both are read.
                found = replace(found, beside=groups[path], known=None)
            tasks.append(replace(found, fields=members[path].fields))
        return tasks

    def _close(self, done: Iterable[Unpacked]) -> None:
        for answer in done:
            self._writer.take(answer)

    def _lost(self, task: Task, how: str) -> Refused:
        """Why a task was given up."""
        limits, path = self._settings.limits, _path(task)
        name = self._names(path)
        size, mtime_ns = file_state(Path(path)) or (None, None)
        source = SourceFile(path=path, size=size, mtime_ns=mtime_ns)
        if isinstance(task, FileTask):
            source = replace(source, container=task.container)
        if how == "time":
            reason = f"{name}: it takes more than {limits.seconds} seconds (--max-seconds)"
        elif how == "memory":
            reason = f"{name}: it takes more than {limits.memory_mb} MB of memory (--max-memory-mb)"
        else:
            reason = f"{name}: the process that reads it dies ({how}), twice. Report this with the file."
            return Refused(source=source, reason=reason, kind="lost_worker")
        return Refused(source=source, reason=f"{reason}. Split it, or allow more.", kind="limit_exceeded")

    def _finished(self, path: str) -> None:
        self._done += 1
        self._watch(Progress(done=self._done, known=self._known, name=Path(path).name))

    def _finish(self, number: int) -> None:
        self._writer.write_all()
        outcome = self._writer.outcome
        self._store.end_run(
            number,
            added=len(outcome.added) + len(outcome.updated),
            unchanged=len(outcome.unchanged),
            failed=len(outcome.failed),
        )


def _outermost(path: str) -> str:
    return path.partition("!/")[0]


def _path(task: Task) -> str:
    return task.path if isinstance(task, FileTask) else task.path or task.report_id
