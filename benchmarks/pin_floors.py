"""Pin the floors that the tests hold: the scores of today on the gold sets of this repository, less a margin.

    python benchmarks/pin_floors.py            # raise floors, refuse to lower any
    python benchmarks/pin_floors.py --lower    # lower them too: say why in the commit

A floor belongs to the corpus it was taken on; `tests/gold/floors.json` keeps its SHA-256.
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

from nianbao.cli.evaluate import SHOWN, read_passage
from nianbao.data.gold import read_gold
from nianbao.models.evaluation import evaluate

GOLD = Path(__file__).parents[1] / "tests" / "gold"
FLOORS = GOLD / "floors.json"
# One passage more or less right moves the figures of a set of this size by about so much.
MARGIN = 0.01


def scores(path: Path) -> dict[str, float]:
    """Today's figures on a gold set."""
    passages = read_gold([path])
    figures = evaluate(passages, [read_passage(passage) for passage in passages], draws=0).figures
    return {name: value for name in SHOWN if (value := figures[name].value) is not None}


def pinned(path: Path, before: dict[str, float], lower: bool) -> dict[str, float]:
    """New floors of a gold set; exits where one would fall and may not."""
    floors = {name: round(value - MARGIN, 3) for name, value in scores(path).items()}
    fallen = [name for name, floor in before.items() if floors.get(name, 0) < floor]
    if fallen and not lower:
        sys.exit(f"{path.name}: {', '.join(fallen)} would fall; use --lower if that is meant.")
    return floors if lower else {name: max(floor, before.get(name, 0)) for name, floor in floors.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lower", action="store_true")
    options = parser.parse_args()
    known = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    for path in sorted(GOLD.glob("*.jsonl")):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        entry = known.get(path.name, {})
        before = entry.get("floors", {}) if entry.get("sha256") == digest else {}
        known[path.name] = {"sha256": digest, "floors": pinned(path, before, options.lower)}
    FLOORS.write_text(json.dumps(known, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{FLOORS} written.")


if __name__ == "__main__":
    main()
