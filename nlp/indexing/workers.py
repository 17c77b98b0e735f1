"""Processes that do one task at a time, each bounded in time and memory, and are replaced when they die.

Why not a pool of the standard library or of Pebble: the first is broken for good by one worker that dies and
bounds no task's time; the second counts the time that a laptop sleeps, gives up when an idle worker dies, and
lets all workers share one pipe whose lock dies with its holder. Here each worker has a pipe of its own.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from importlib import import_module
from math import inf
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, NamedTuple

from ...data.errors import ResourceError

# Tasks that a worker has: the one it does, and one it can begin while its answer is being looked at.
_AHEAD = 2
# A worker that is to end gets this long before it is killed (seconds).
_ENDING = 2.0
# A worker may be killed while it starts; so many in a row that do not start show that none will.
_STARTS = 3
# One thread each: the workers themselves use all cores.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Job(NamedTuple):
    """A task for a worker: what to call it, its bytes, and the seconds it may take."""

    key: int
    task: bytes
    seconds: float


class Done(NamedTuple):
    """What became of a job: its answer, or `lost` ("time", "memory", or how its worker died)."""

    key: int
    answer: bytes | None = None
    lost: str | None = None


class Workers:
    """`count` processes that call the function named `work` (`module:function`) with a job's bytes.

    A context manager; leaving it ends the processes at once, whatever they do.
    """

    def __init__(self, work: str, count: int, memory_mb: int) -> None:
        self._work = work
        self._memory_mb = memory_mb
        self._context = _context(work.partition(":")[0])
        self._waiting: deque[Job] = deque()
        self._failed_starts = 0
        self._workers = [_Worker(self._start) for _ in range(count)]

    def __enter__(self) -> "Workers":
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.end()

    @property
    def room(self) -> int:
        """Jobs that can be submitted before any would have to wait for a worker."""
        taken = len(self._waiting) + sum(len(worker.jobs) for worker in self._workers)
        return max(0, _AHEAD * len(self._workers) - taken)

    @property
    def busy(self) -> bool:
        """Whether any job is not done."""
        return bool(self._waiting) or any(worker.jobs for worker in self._workers)

    def submit(self, job: Job) -> None:
        """Let a worker do the job as soon as one is free."""
        self._waiting.append(job)
        self._hand_out()

    def done(self, seconds: float) -> Iterator[Done]:
        """What was done within so many seconds; returns as soon as there is something."""
        working = {worker.pipe: worker for worker in self._workers if worker.jobs}
        if not working:
            return
        until = min(worker.deadline for worker in working.values()) - time.monotonic()
        ready = wait(list(working), timeout=max(0.0, min(seconds, until)))
        for pipe in ready:
            done = self._received(working[pipe])  # type: ignore[index]
            if done is not None:
                yield done
        for pipe, worker in working.items():
            if pipe not in ready and time.monotonic() > worker.deadline:
                yield self._replaced(worker, "time")
        self._hand_out()

    def _hand_out(self) -> None:
        for ahead in range(_AHEAD):
            for worker in self._workers:
                while self._waiting and len(worker.jobs) <= ahead:
                    if not worker.give(self._waiting.popleft()):
                        self._replaced(worker, None)

    def _received(self, worker: "_Worker") -> Done | None:
        try:
            answer = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            how = worker.how_it_died()
            if worker.ready:
                return self._replaced(worker, how)
            self._failed_starts += 1
            if self._failed_starts >= _STARTS:
                raise _no_start(how) from None
            return self._replaced(worker, None)
        if not worker.ready:
            if answer != _READY:
                raise _no_start(answer.decode())
            worker.begin()
            self._failed_starts = 0
            return None
        # One that ran out of memory may have little left: a fresh one goes on.
        return self._replaced(worker, "memory") if answer == _MEMORY else worker.finished(answer)

    def _replaced(self, worker: "_Worker", lost: str | None) -> Done:
        """Put a fresh process in the worker's place; its job is lost, those it had not begun are not."""
        jobs = worker.jobs
        worker.replace()
        culprit = jobs.popleft() if lost else None
        self._waiting.extendleft(reversed(jobs))
        return Done(culprit.key if culprit else -1, lost=lost)

    def _start(self) -> tuple[Any, Connection]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(theirs, self._work, self._memory_mb), daemon=True
        )
        with _one_thread_each():
            process.start()
        theirs.close()
        return process, ours


class _Worker:
    """A process, our end of its pipe, and the jobs it has, the one it does first."""

    def __init__(self, start: Callable[[], tuple[Any, Connection]]) -> None:
        self._start = start
        self.jobs: deque[Job] = deque()
        self.deadline = inf
        # Whether it has said that it is there; its first job's time counts from then.
        self.ready = False
        self.process, self.pipe = start()

    def give(self, job: Job) -> bool:
        """Give it a job more; False where it is dead."""
        self.jobs.append(job)
        if len(self.jobs) == 1 and self.ready:
            self.deadline = time.monotonic() + job.seconds
        try:
            self.pipe.send_bytes(job.task)
        except OSError:
            return False
        return True

    def begin(self) -> None:
        """It has started."""
        self.ready = True
        if self.jobs:
            self.deadline = time.monotonic() + self.jobs[0].seconds

    def finished(self, answer: bytes) -> Done:
        """Its first job is done."""
        job = self.jobs.popleft()
        if self.jobs:
            self.deadline = time.monotonic() + self.jobs[0].seconds
        return Done(job.key, answer)

    def how_it_died(self) -> str:
        self.process.join(_ENDING)
        code = self.process.exitcode
        if code is not None and code < 0:
            with contextlib.suppress(ValueError):
                return signal.Signals(-code).name
        return f"exit code {code}"

    def replace(self) -> None:
        self.end()
        self.jobs = deque()
        self.deadline, self.ready = inf, False
        self.process, self.pipe = self._start()

    def end(self) -> None:
        """Kill it: it holds nothing that is not read again."""
        self.pipe.close()
        self.process.kill()
        self.process.join(_ENDING)


# What stands for an answer where memory ran out; no answer is empty.
_MEMORY = b""
_READY = b"ready"


def _no_start(why: str) -> ResourceError:
    return ResourceError(f"The process that reads files does not start ({why}). Install nianbao anew.")


def _serve(pipe: Connection, work: str, memory_mb: int) -> None:
    """What a worker does until its pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    module, _, name = work.partition(":")
    try:
        function: Callable[[bytes], bytes] = getattr(import_module(module), name)
    except Exception as error:  # Whatever it is, no file is to blame.
        pipe.send_bytes(f"{type(error).__name__}: {error}".encode())
        return
    bound_memory(memory_mb)
    # What is loaded by now stays: no collection of garbage need look at it again.
    gc.freeze()
    pipe.send_bytes(_READY)
    with contextlib.suppress(EOFError, OSError):
        while True:
            task = pipe.recv_bytes()
            try:
                answer = function(task)
            except MemoryError:
                answer = _MEMORY
            pipe.send_bytes(answer)


def bound_memory(megabytes: int) -> None:
    """Let this process take so much more memory than it has; where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    most = _taken() + megabytes * 2**20
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _taken() -> int:
    """Bytes of address space this process has; a guess where the system does not say."""
    try:
        pages = Path("/proc/self/statm").read_text("ascii").split()[0]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 2**31


def _context(module: str) -> BaseContext:
    """Processes forked from a server that has loaded `module` once; new ones where there is none."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([module])
    return context


@contextlib.contextmanager
def _one_thread_each() -> Iterator[None]:
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
