"""Accuracy and speed of nianbao beside existing extractors, over the same passages marked by hand.

    python benchmarks/accuracy.py [GOLD.jsonl ...] [--json] [--rounds 3] [--draws 0]

Prints the figures that `nianbao evaluate` gives, for every system that is installed; a dash where a system
does not look for a kind of fact. Speed is a multiple of `jieba.lcut` on the same passages in the same run.
"""

import contextlib
import logging
import statistics
import sys
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from peers import FAULTS, PEERS, Facts, Peer, Read, report
from rich.console import Console
from rich.table import Table

from nianbao.cli.output import use_utf8, write_json
from nianbao.data.gold import Passage, read_gold
from nianbao.models.evaluation import Interval, evaluate

GOLD = Path(__file__).parents[1] / "tests" / "gold" / "passages.jsonl"
BASELINE = "jieba.lcut"
# Seconds that a measurement lasts at least: quick systems go over the passages several times.
SHORTEST = 0.3
# Characters that the table needs; a narrower terminal wraps it.
WIDTH = 110
SHOWN = {
    "dates\nvalue": "dates.value.f1",
    "dates\nexact": "dates.exact.f1",
    "dates\noverlap": "dates.overlap.f1",
    "counts\nvalue": "counts.value.f1",
    "counts\nfull": "counts.full.f1",
    "counts\nitem": "counts.item_char_f1",
    "\nzeros": "zeros.overlap.f1",
    "citations\ntitle": "citations.title.f1",
    "citations\nnumber": "citations.number.f1",
}


class System(msgspec.Struct, kw_only=True):
    """Figures by name, the passages that failed, and the speed as a multiple of the baseline's."""

    name: str
    version: str | None
    figures: dict[str, Interval]
    faults: list[str]
    speed: float | None = None


class Comparison(msgspec.Struct, kw_only=True):
    """All systems over the same passages; `missing` says what those lack that are not installed."""

    passages: int
    reports: int
    characters: int
    baseline: str
    systems: list[System]
    missing: dict[str, str]


def compare(
    passages: Sequence[Passage], peers: Iterable[Peer] = PEERS, rounds: int = 3, draws: int = 0
) -> Comparison:
    """Figures and speeds of the peers that are installed; no speeds where `rounds` is 0."""
    systems: dict[str, System] = {}
    readers: dict[str, Read] = {}
    missing: dict[str, str] = {}
    for peer in peers:
        try:
            readers[peer.name] = peer.reader()
        except ImportError as error:
            missing[peer.name] = f"{error}: pip install {peer.install}"
            continue
        systems[peer.name] = score(peer, readers[peer.name], passages, draws)
    for name, speed in speeds(readers, passages, rounds).items():
        systems[name].speed = speed
    return Comparison(
        passages=len(passages),
        reports=len({passage.report for passage in passages}),
        characters=sum(len(passage.text) for passage in passages),
        baseline=f"{BASELINE} {metadata.version('jieba')}",
        systems=list(systems.values()),
        missing=missing,
    )


def score(peer: Peer, read: Read, passages: Sequence[Passage], draws: int = 0) -> System:
    """The figures of one peer, of the kinds that it gives."""
    faults: list[str] = []
    found = [report(passage, _facts(read, passage, faults)) for passage in passages]
    figures = evaluate(passages, found, draws).figures
    given = {name: figure for name, figure in figures.items() if name.startswith(peer.gives)}
    return System(name=peer.name, version=peer.version, figures=given, faults=faults)


def _facts(read: Read, passage: Passage, faults: list[str]) -> Facts:
    try:
        return read(passage)
    except FAULTS as error:
        faults.append(f"{passage.id}: {error!r}")
        return {}


def speeds(readers: dict[str, Read], passages: Sequence[Passage], rounds: int) -> dict[str, float]:
    """Each reader's speed as a multiple of the baseline's, measured next to it: the median of some rounds."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    ratios: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(rounds):
        for name, read in readers.items():
            baseline = _seconds(lambda passage: jieba.lcut(passage.text), passages)
            ratios[name].append(baseline / _seconds(read, passages))
    return {name: statistics.median(some) for name, some in ratios.items() if some}


def _seconds(read: Callable[[Passage], object], passages: Sequence[Passage]) -> float:
    """Mean seconds of going once over the passages."""
    passes, began = 0, time.perf_counter()
    while not passes or time.perf_counter() - began < SHORTEST:
        for passage in passages:
            with contextlib.suppress(*FAULTS):
                read(passage)
        passes += 1
    return (time.perf_counter() - began) / passes


def table(comparison: Comparison) -> Table:
    """One row a system."""
    rows = Table("", *SHOWN, "\nspeed", box=None, pad_edge=False)
    rows.columns[0].no_wrap = True
    for column in rows.columns[1:]:
        column.justify = "right"
    for system in comparison.systems:
        speed = "–" if system.speed is None else f"{system.speed:.2g}×"
        rows.add_row(system.name, *(_shown(system.figures.get(name)) for name in SHOWN.values()), speed)
    return rows


def _shown(figure: Interval | None) -> str:
    return "–" if figure is None or figure.value is None else f"{figure.value:.3f}"


def print_comparison(comparison: Comparison) -> None:
    console = Console(highlight=False)
    console.width = max(WIDTH, console.width)
    console.print(table(comparison))
    print(
        f"F1 over {comparison.passages} passages of {comparison.reports} reports, {comparison.characters:,} "
        f"characters. Speed 1.0 is {comparison.baseline} on the same text in the same run."
    )
    versions = {system.version for system in comparison.systems if system.version}
    print(f"Versions: {', '.join(sorted(versions))}.")
    for system in comparison.systems:
        if system.faults:
            print(f"{system.name} failed on {len(system.faults)} of them, first on {system.faults[0]}")
    for name, remedy in comparison.missing.items():
        print(f"{name} is not installed: {remedy}")


def main(
    gold: Annotated[list[Path] | None, typer.Argument(help="Files of marked passages, JSON Lines.")] = None,
    rounds: Annotated[int, typer.Option(min=0, help="Timed rounds; 0 leaves speed out.")] = 3,
    draws: Annotated[int, typer.Option(min=0, help="Draws of the bootstrap intervals in --json.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="All figures as JSON.")] = False,
) -> None:
    """Score and time nianbao and the extractors that are installed."""
    use_utf8()
    passages = read_gold(gold or [GOLD])
    with _quiet():
        comparison = compare(passages, rounds=rounds, draws=draws)
    if as_json:
        write_json(comparison)
    else:
        print_comparison(comparison)


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Packages announce themselves on stdout and log what they cannot read, which would cost them speed."""
    logging.disable(logging.CRITICAL)
    with contextlib.redirect_stdout(sys.stderr), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        finally:
            logging.disable(logging.NOTSET)


if __name__ == "__main__":
    typer.run(main)
