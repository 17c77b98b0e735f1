"""Other systems on the same texts, from an environment of their own."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from .figures import Figure

_SCRIPT = Path(__file__).with_name("read_others.py")
PART = "other systems, by the speed of jieba.lcut"


def others(python: Path, texts: dict[str, Sequence[str]], seconds: float) -> Iterator[Figure]:
    """Ratios of each system's speed to that of `jieba.lcut` in the same process, texts taking turns.

    A system reads whole reports until so many seconds are spent.
    """
    for genre, some in texts.items():
        asked = json.dumps({"texts": some, "seconds": seconds})
        done = subprocess.run(
            [python, _SCRIPT],
            input=asked.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=True,
        )
        for name, found in json.loads(done.stdout).items():
            yield figure(name, genre, found)


def figure(name: str, genre: str, found: dict) -> Figure:
    if "missing" in found:
        return Figure(PART, name, genre, None, note=f"not installed: {found['missing']}")
    return Figure(PART, f"{name} ({found['version']})", genre, found["jieba"] / max(found["seconds"], 1e-9))


def against(own: Sequence[Figure], other: Sequence[Figure]) -> Iterator[Figure]:
    """How much faster the whole extraction is than each other system: both by the same baseline."""
    ours = {figure.texts: figure.value for figure in own if figure.name == "nianbao, all facts"}
    for figure in other:
        if figure.value and ours.get(figure.texts):
            name = figure.name.partition(" (")[0]
            yield Figure(
                "nianbao, all facts, by the speed of", name, figure.texts, ours[figure.texts] / figure.value
            )


def python_of_peers(given: Path | None) -> Path:
    """The Python asked for, that of the environment `peers` in this folder, or this one."""
    here = Path("peers", "bin", "python")
    return given or (here if here.exists() else Path(sys.executable))
