"""A flame graph of the extraction: where its time goes, function by function.

    pip install py-spy
    python benchmarks/flame.py [--texts FOLDER] [--rounds 10] [--rate 400] [--output docs/images/flame.svg]

py-spy looks at a process that reads generated and real reports; what it saw is drawn as one SVG without
scripts: width is time, a bar stands on the one that called it, its name shows when it is pointed at.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from speeding.drawing import drawn

ROOT = Path(__file__).parents[1]
IMAGE = ROOT / "docs" / "images" / "flame.svg"
# Frames below this one are how Python got there.
_TOP = "extract_many"


def work(rounds, texts):
    """What is looked at: reports that were not read before, so that nothing is remembered of them."""
    from archives.reports import report_texts
    from speeding.extraction import genre_files

    from nianbao.data.readers import read
    from nianbao.data.records import SourceText
    from nianbao.nlp.given import Given
    from nianbao.nlp.pipeline import extract_many

    made = [SourceText(text=one.text, format="text") for one in report_texts(20 * rounds, seed=3)]
    real = [read(file) for files in genre_files(texts).values() for file in files]
    for at, source in enumerate([*made, *real]):
        list(extract_many([(source, Given(path=f"{at}.txt"))]))


def stacks(collapsed):
    """Samples by their frames, outermost first, from the first frame of the extraction on."""
    found = Counter()
    for line in collapsed.splitlines():
        frames, _, number = line.rpartition(" ")
        names = [_short(frame) for frame in frames.split(";")]
        at = next((i for i, name in enumerate(names) if name.startswith(_TOP)), None)
        if at is not None:
            found[tuple(names[at:])] += int(number)
    return found


def _short(frame):
    """`counts (nianbao/nlp/counts.py)` without the folders that say nothing, and without lines."""
    name, _, file = frame.removesuffix(")").partition(" (")
    file = file.partition(":")[0].replace("\\", "/")
    for around in (f"{ROOT}/".replace("\\", "/"), ".dev/nianbao/", "nianbao/"):
        file = file.removeprefix(around)
    return f"{name} ({file.rpartition('site-packages/')[2]})" if file else name


def record(rounds, rate, texts):
    """What py-spy saw, a line for each stack. Raises SystemExit where it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        seen = Path(folder) / "stacks.txt"
        command = ["py-spy", "record", "--format", "raw", "--rate", rate, "--output", seen, "--"]
        command += [
            sys.executable,
            __file__,
            "--work",
            "--rounds",
            rounds,
            *(["--texts", texts] if texts else []),
        ]
        spy = Path(sys.executable).with_name("py-spy")
        command[0] = spy if spy.exists() else "py-spy"
        try:
            subprocess.run(list(map(str, command)), check=True, stdout=sys.stderr)
        except FileNotFoundError:
            raise SystemExit("py-spy is not installed: pip install py-spy") from None
        return seen.read_text("utf-8")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--rate", type=int, default=400)
    parser.add_argument("--output", type=Path, default=IMAGE)
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(options.rounds, options.texts)
        return
    seen = stacks(record(options.rounds, options.rate, options.texts))
    options.output.write_text(drawn(seen), encoding="utf-8")
    print(f"{options.output}: {sum(seen.values()):,} samples, {options.output.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
