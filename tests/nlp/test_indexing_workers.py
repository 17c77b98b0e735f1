"""Workers: jobs done, bounded in time and memory, and nobody harmed by one that dies."""

import os
import signal
import zlib

import pytest

from nianbao.data.errors import ResourceError
from nianbao.nlp.indexing.workers import Done, Job, Workers

WORK = """
import os, signal, time

def work(task):
    order, _, rest = task.partition(b":")
    if order == b"sleep":
        time.sleep(float(rest))
    if order == b"die":
        os.kill(os.getpid(), signal.SIGKILL)
    if order == b"leave":
        os._exit(3)
    if order == b"grow":
        return bytes(int(rest) * 2**20)
    return b"%d %s" % (os.getpid(), task)
"""


@pytest.fixture
def workers(tmp_path, monkeypatch):
    (tmp_path / "odd_jobs.py").write_text(WORK)
    monkeypatch.syspath_prepend(tmp_path)
    return lambda count=2, memory_mb=400: Workers("odd_jobs:work", count, memory_mb)


def all_done(pool, jobs):
    waiting = [Job(key, task, seconds) for key, (task, seconds) in enumerate(jobs)]
    found: dict[int, Done] = {}
    while waiting or pool.busy:
        while waiting and pool.room:
            pool.submit(waiting.pop(0))
        found |= {done.key: done for done in pool.done(5)}
    return found


def test_every_job_is_answered_once(workers):
    with workers() as pool:
        done = all_done(pool, [(b"job:%d" % n, 30) for n in range(40)])
    assert sorted(done) == list(range(40))
    assert all(one.answer.endswith(b"job:%d" % key) for key, one in done.items())
    assert len({one.answer.split()[0] for one in done.values()}) == 2


def test_a_large_answer_comes_whole(workers):
    with workers(1) as pool:
        done = all_done(pool, [(b"grow:8", 30), (b"x", 30)])
    assert zlib.crc32(done[0].answer) == zlib.crc32(bytes(8 * 2**20))


def test_too_long_a_job_is_lost_and_the_others_are_done(workers):
    with workers() as pool:
        done = all_done(pool, [(b"sleep:60", 0.3), *[(b"job", 30)] * 6])
    assert done[0].lost == "time"
    assert [done[key].lost for key in range(1, 7)] == [None] * 6


@pytest.mark.parametrize(("order", "how"), [(b"die", "SIGKILL"), (b"leave", "exit code 3")])
def test_a_worker_that_dies_loses_only_its_job(workers, order, how):
    with workers() as pool:
        done = all_done(pool, [(b"job", 30), (order, 30), *[(b"job", 30)] * 6])
    assert done[1].lost == how
    assert [done[key].lost for key in (0, *range(2, 8))] == [None] * 7


def test_too_much_memory_loses_the_job(workers):
    with workers(1) as pool:
        done = all_done(pool, [(b"grow:2000", 30), (b"job", 30)])
    assert done[0].lost == "memory"
    assert done[1].lost is None


def test_a_worker_that_died_idle_is_replaced(workers):
    with workers(1) as pool:
        [first] = all_done(pool, [(b"job", 30)]).values()
        os.kill(int(first.answer.split()[0]), signal.SIGKILL)
        pool._workers[0].process.join(5)
        [second] = all_done(pool, [(b"job", 30)]).values()
    assert second.answer.split()[0] != first.answer.split()[0]


def test_room_bounds_what_waits(workers):
    with workers() as pool:
        assert pool.room == 4
        pool.submit(Job(0, b"job", 30))
        assert pool.room == 3
        assert pool.busy


@pytest.mark.parametrize(
    ("code", "why"), [("import no_such_module", "no_such_module"), ("import os; os._exit(7)", "exit code 7")]
)
def test_workers_that_do_not_start_end_the_run(tmp_path, monkeypatch, code, why):
    (tmp_path / "broken_jobs.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    with Workers("broken_jobs:work", 2, 400) as pool, pytest.raises(ResourceError, match=why):
        all_done(pool, [(b"job", 30)] * 5)
