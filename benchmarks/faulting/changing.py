"""Files that change while they are read."""

import shutil
import threading
import time
from pathlib import Path
from random import Random

from .command import IndexRun
from .lab import ENDED_WELL, Lab, Trial

_PIECE = 2000


def try_changing(lab: Lab, kind: str) -> Trial:
    """Rewrite files of an archive of its own while it is indexed; then compare with what they became."""
    number = lab.next_number()
    folder = lab.folder / f"{kind}{number}"
    archive, db = folder / "archive", folder / "db" / "r.db"
    shutil.copytree(lab.archive, archive, symlinks=True, ignore=shutil.ignore_patterns("*管道*"))
    db.parent.mkdir()
    trial = Trial(kind, "")
    rng = Random(f"{lab.seed}-{kind}-{number}")
    over = threading.Event()
    writer = threading.Thread(target=_rewrite, args=(archive, rng, over))
    run = IndexRun(archive, db)
    writer.start()
    code = run.wait()
    over.set()
    writer.join()
    trial.done = f"rewritten during the run, code {code}"
    if code not in ENDED_WELL:
        trial.faults.append(f"ends with {code} while files change: {run.said[-600:]}")
    reference = lab.undisturbed(f"{kind}{number}/reference", archive)
    lab.finish(trial, archive, db, reference)
    if trial.sound:
        shutil.rmtree(folder)
    return trial


def _rewrite(archive: Path, rng: Random, over: threading.Event) -> None:
    """Swap contents and lengthen files, at once or piece by piece, until the run is over."""
    files = [
        path for path in sorted(archive.rglob("*.txt")) if path.is_file() and path.stat().st_size < 10**6
    ]
    texts = [path.read_bytes() for path in files]
    while not over.is_set():
        path, text = rng.choice(files), rng.choice(texts)
        text += f"补充：全年新增事项{rng.randrange(10, 99)}项。\n".encode()
        (_at_once if rng.random() < 0.5 else _in_pieces)(path, text, rng)
        time.sleep(rng.uniform(0, 0.03))


def _at_once(path: Path, text: bytes, rng: Random) -> None:
    beside = path.with_name("." + path.name)
    beside.write_bytes(text)
    beside.replace(path)


def _in_pieces(path: Path, text: bytes, rng: Random) -> None:
    with path.open("wb") as file:
        for at in range(0, len(text), _PIECE):
            file.write(text[at : at + _PIECE])
            file.flush()
            time.sleep(rng.uniform(0, 0.01))
