"""Generated reports into a database, by the writing path that `nianbao index` takes."""

import multiprocessing
import queue
import sys
import time

from nianbao.data.store import Store

from .records import records

# As `nianbao index` writes them.
_BATCH = 50
# Reports made ahead of the writing.
_AHEAD = 8


def _produce(pipe, number, seed, start):
    batch = []
    for each in records(number, seed, start):
        batch.append(each)
        if len(batch) == _BATCH:
            pipe.put(batch)
            batch = []
    pipe.put(batch)
    pipe.put(None)


def _batches(pipe, worker):
    while True:
        try:
            batch = pipe.get(timeout=5)
        except queue.Empty:
            if not worker.is_alive():
                raise
            continue
        if batch is None:
            return
        yield batch


def build(path, number, seed):
    """Write so many reports, or what a stopped run left; another process makes them meanwhile."""
    pipe = multiprocessing.Queue(maxsize=_AHEAD)
    began, cpu, characters = time.perf_counter(), time.process_time(), 0
    with Store.open(path, create=True) as store:
        written = store.stats().reports
        worker = multiprocessing.Process(target=_produce, args=(pipe, number, seed, written), daemon=True)
        worker.start()
        for batch in _batches(pipe, worker):
            with store.batch():
                for source, report, indexed in batch:
                    store.add(source, report, "scale", indexed=indexed)
            written += len(batch)
            characters += sum(len(report.text) for _, report, _ in batch)
            if written % 1000 == 0 or written == number:
                seconds, spent = time.perf_counter() - began, time.process_time() - cpu
                print(
                    f"{written:,} reports, {characters / 1e6:.1f} million characters, {seconds:.0f} s, "
                    f"writing {spent:.0f} s of CPU time",
                    file=sys.stderr,
                    flush=True,
                )
    worker.join()
