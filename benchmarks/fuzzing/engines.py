"""Engines that feed a target: seeded random inputs, or those that atheris finds by coverage."""

import faulthandler
import hashlib
import signal
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .pieces import Dice
from .targets import TARGETS, Target

# CPU seconds that one input may take.
PATIENCE = 1.0
# Seconds after which a hang that no signal ends stops the run with its place.
_DEADLINE = 300
_BATCH = 1000


class Hang(BaseException):
    """An input takes too long."""


def _stop(*_: object) -> None:
    raise Hang


class Tally:
    """What a target was given and what came of it."""

    def __init__(self, name: str, findings: Path) -> None:
        self.name, self.findings = name, findings
        self.inputs = self.crashes = self.hangs = 0
        self.slowest = 0.0
        self.started = self.ended = time.perf_counter()
        self.seen: set[str] = set()

    def feed(self, target: Target, made: Any) -> None:
        """Run the target over an input under the watchdog; whatever it raises is a finding."""
        started = time.process_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
        try:
            target.run(made)
        except Hang:
            self.hangs += 1
            self._keep(made, "hang")
        except Exception:
            self.crashes += 1
            self._keep(made, traceback.format_exc())
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        self.ended = time.perf_counter()
        spent = time.process_time() - started
        if spent > self.slowest:
            self.slowest = spent
            if spent > PATIENCE / 4:
                self._keep(made, f"{spent:.2f} seconds")
        self.inputs += 1

    def _keep(self, made: Any, said: str) -> None:
        """Write an input down with what it did, once for each place that raised."""
        place = "\n".join(line for line in said.splitlines() if "line " in line)[-400:] or said
        if place in self.seen:
            return
        self.seen.add(place)
        self.findings.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(repr(made).encode("utf-8", "surrogatepass")).hexdigest()[:12]
        path = self.findings / f"{self.name}-{name}.py"
        written = f"# {said.strip().splitlines()[-1]}\nMADE = {made!a}\n"
        path.write_text(written + "".join(f"# {line}\n" for line in said.splitlines()), encoding="utf-8")
        print(f"{self.name}: {said.strip().splitlines()[-1][:200]}: {path}", flush=True)

    def row(self) -> tuple[str, ...]:
        """Target, inputs, crashes, hangs, slowest input in ms, inputs a second."""
        speed = self.inputs / max(self.ended - self.started, 1e-9)
        return (
            self.name,
            f"{self.inputs:,}",
            str(self.crashes),
            str(self.hangs),
            f"{self.slowest * 1e3:.0f}",
            f"{speed:,.0f}",
        )


def run_random(name: str, runs: int, seed: int, findings: Path) -> Tally:
    """Feed a target with the inputs of a seed; the same seed gives the same inputs."""
    before = signal.signal(signal.SIGVTALRM, _stop)
    tally, target = Tally(name, findings), TARGETS[name]
    for number in range(runs):
        if number % _BATCH == 0:
            faulthandler.dump_traceback_later(_DEADLINE, exit=True)
        tally.feed(target, target.make(Dice((name, seed, number))))
    faulthandler.cancel_dump_traceback_later()
    signal.signal(signal.SIGVTALRM, before)
    return tally


class Bytes:
    """Choices made by the bytes of a fuzzer; 0 where they are at an end."""

    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def below(self, limit: int) -> int:
        width = 1 if limit <= 256 else 2 if limit <= 65536 else 4
        drawn = int.from_bytes(self._data[self._at : self._at + width], "big")
        self._at += width
        return drawn % max(1, limit)


def run_guided(name: str, runs: int, seed: int, findings: Path) -> Tally:
    """Let atheris vary the bytes that make a target's inputs; ends the process when it is through.

    The modules of the package are instrumented when they are imported, so that they must not be yet.
    """
    import atheris

    signal.signal(signal.SIGVTALRM, _stop)
    tally, target = Tally(name, findings), TARGETS[name]

    def once(data: bytes) -> None:
        tally.feed(target, target.make(Bytes(data)))
        if tally.inputs == runs:
            print("\t".join(tally.row()), flush=True)

    options = [
        f"-runs={runs}",
        f"-seed={seed + 1}",
        "-max_len=2048",
        "-len_control=0",
        "-verbosity=0",
        "-timeout=600",
    ]
    corpus = Path(findings) / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for at, piece in enumerate(_seeds(name)):
        (corpus / f"seed-{at}").write_bytes(piece)
    atheris.Setup([sys.argv[0], *options, str(corpus)], once)
    atheris.Fuzz()
    return tally


def _seeds(name: str) -> Iterator[bytes]:
    """Bytes that make texts of many pieces."""
    for number in range(200):
        dice = Dice(("seeds", name, number))
        yield bytes(dice.below(256) for _ in range(64 + dice.below(1024)))
