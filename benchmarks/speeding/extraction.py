"""The whole extraction and its stages beside cutting the same text into words."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import process_time

import stages
from archives.reports import report_texts

from nianbao.cli.archive import archive_files
from nianbao.data.readers import read
from nianbao.data.records import SourceText
from nianbao.nlp.given import Given

from .figures import Figure

ROOT = Path(__file__).parents[2]
# Real reports by genre, where a checkout has them beside it; else the samples in the package.
REAL = ROOT.parent / "shared" / "samples"
SAMPLES = ROOT / "data" / "samples"
GENRES = ("disclosure", "work")
# Generated reports read before anything is timed: what a run over an archive does once is done by then.
_WARMING = 40

Seconds = dict[str, float]


def genre_files(folder: Path | None = None) -> dict[str, list[Path]]:
    """Files of each genre: of the folders `disclosure` and `work`, or told by their names."""
    folder = folder or (REAL if REAL.is_dir() else SAMPLES)
    if (folder / "work").is_dir():
        return {genre: archive_files([folder / genre]) for genre in GENRES}
    files = archive_files([folder])
    work = [file for file in files if "政府工作报告" in file.name]
    return {"disclosure": [file for file in files if file not in work], "work": work}


def texts_of(files: Sequence[Path]) -> list[str]:
    """What the readers make of files: characters only."""
    return [read(file).text for file in files]


def one_round(files: Sequence[Path]) -> tuple[Seconds, float, float | None]:
    """CPU seconds by stage, of `jieba.lcut`, and of `rjieba.cut` where it is installed.

    To be called in a fresh process: what the extraction remembers of a text must not make it faster.
    """
    made = [SourceText(text=report.text, format="text") for report in report_texts(_WARMING, seed=7)]
    stages.stage_times([(source, Given(path=f"{at}.txt")) for at, source in enumerate(made)])
    sources = [(read(file), Given(path=str(file))) for file in files]
    spent = stages.stage_times(sources)
    return dict(spent), stages.baseline(sources), _rjieba_seconds([source.text for source, _ in sources])


def _rjieba_seconds(texts: Sequence[str]) -> float | None:
    try:
        import rjieba
    except ImportError:
        return None
    rjieba.cut("词")
    started = process_time()
    for text in texts:
        rjieba.cut(text)
    return process_time() - started


def fresh(function, *given):
    """What a function returns in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(partial(function, *given)).result()


def extraction(rounds: int, files: dict[str, list[Path]], run=fresh) -> Iterator[Figure]:
    """Ratios to `jieba.lcut`, medians of rounds that take turns between the genres."""
    taken = defaultdict(list)
    for _ in range(rounds):
        for genre in files:
            taken[genre].append(run(one_round, files[genre]))
    for genre, some in taken.items():
        yield from _figures(genre, some, sum(map(len, texts_of(files[genre]))))


def _figures(genre: str, rounds: list, characters: int) -> Iterator[Figure]:
    part = "text → facts, one core, by the speed of jieba.lcut"
    whole = [sum(spent.values()) for spent, _, _ in rounds]
    jieba = [seconds for _, seconds, _ in rounds]
    yield Figure(part, "characters", genre, characters, "")
    yield Figure(part, "jieba.lcut", genre, 1)
    yield _rjieba(part, genre, rounds)
    yield Figure(part, "nianbao, all facts", genre, _ratio(jieba, whole))
    yield Figure(part, "nianbao, million characters a second", genre, characters / median(whole) / 1e6, "")
    part = "share of each stage, and its speed by jieba.lcut"
    for stage in sorted(rounds[0][0], key=lambda stage: -rounds[0][0][stage]):
        spent = [seconds[stage] for seconds, _, _ in rounds]
        yield Figure(part, stage, f"{genre}, share", 100 * _ratio(spent, whole), "%")
        yield Figure(part, stage, f"{genre}, speed", _ratio(jieba, spent))


def _rjieba(part: str, genre: str, rounds: list) -> Figure:
    if rounds[0][2] is None:
        return Figure(part, "rjieba", genre, None, note="not installed: pip install rjieba")
    return Figure(part, "rjieba", genre, _ratio([one[1] for one in rounds], [one[2] for one in rounds]))


def _ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """The median of ratios within the rounds."""
    return median(one / max(other, 1e-9) for one, other in zip(above, below, strict=True))
