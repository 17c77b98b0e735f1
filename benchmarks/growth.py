"""How the time of the extraction grows with hostile texts.

    python benchmarks/growth.py [--length 100000] [--pairs 50] [--seed 0] [--only WORD] [--dress DRESS …]

Every hostile text is read at an eighth of a length and at that length, stage by stage: as it is, in eight
lines, and below a table and a list. A stage that takes more than `SLOW` microseconds a character, or whose
time a character grows by more than `GROWTH`, is printed; so is an exception. CPU time of one process.
"""

import argparse
import signal
import sys
import time
from itertools import islice

from fuzzing.hostile import dressed, hostile_texts, pairs, repeated, shapes

from nianbao.nlp.given import Given
from nianbao.nlp.pipeline import load, make_doc, report_of

# Microseconds a character in one stage: a million of them in half a minute. Reports take 2 to 3 in all.
SLOW = 30.0
# Of the time a character at an eighth of the length, where it takes long enough to tell (seconds).
GROWTH = 2.2
TELLING = 0.3
# Seconds after which a text is given up.
PATIENCE = 60


class TooLong(Exception):
    """The patience is at an end."""


def give_up(*_):
    raise TooLong


def stage_seconds(text):
    """CPU seconds of each stage; the last one is infinite where the patience ended."""
    spent = {}
    nlp = load()
    stages = [("tokens", lambda _: make_doc(nlp, text, Given())), *nlp.pipeline, ("records", report_of)]
    doc, name = None, ""
    signal.alarm(PATIENCE)
    try:
        for name, work in stages:
            started = time.process_time()
            done = work(doc)
            spent[name] = time.process_time() - started
            doc = done if name != "records" else doc
    except TooLong:
        spent[name] = float("inf")
    finally:
        signal.alarm(0)
    return spent


def faults(make, length):
    """Microseconds a character of the whole, and the stages that are slow or grow too fast."""
    nlp = load()
    with nlp.memory_zone():
        short = stage_seconds(make(length // 8))
    with nlp.memory_zone():
        long = stage_seconds(make(length))
    found = []
    for name, seconds in long.items():
        each = seconds / length * 1e6
        growth = seconds / max(8 * short.get(name, seconds), 1e-3)
        if each > SLOW or (growth > GROWTH and seconds > TELLING):
            found.append((name, each, growth))
    return sum(long.values()) / length * 1e6, found


def cases(options):
    for dress in options.dress:
        for name, unit in [*hostile_texts().items(), *islice(pairs(options.seed), options.pairs)]:
            if options.only in name:
                yield (
                    f"{name} {dress}",
                    lambda length, unit=unit, dress=dress: dressed(repeated(unit, length), dress),
                )
        for name in shapes(100):
            if options.only in name:
                yield (
                    f"{name} {dress}",
                    lambda length, name=name, dress=dress: dressed(shapes(length)[name], dress),
                )


def main(options):
    signal.signal(signal.SIGALRM, give_up)
    stage_seconds("预热2020年1件。")
    worst, bad = [], 0
    for name, make in cases(options):
        try:
            each, found = faults(make, options.length)
        except Exception as error:
            print(f"{name}: {type(error).__name__}: {error}", flush=True)
            bad += 1
            continue
        worst.append((each, name))
        bad += bool(found)
        for stage, micros, growth in found:
            print(f"{name}: {stage} {micros:.1f} µs a character, × {growth:.1f}", flush=True)
    print(f"{len(worst)} texts, {bad} with a stage that is too slow, grows too fast or fails")
    for each, name in sorted(worst, reverse=True)[:10]:
        print(f"  {each:6.1f} µs a character: {name}")
    return 1 if bad else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--length", type=int, default=100_000)
    parser.add_argument("--pairs", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    parser.add_argument("--dress", nargs="+", default=["as it is", "in lines", "below a table"])
    sys.exit(main(parser.parse_args()))
