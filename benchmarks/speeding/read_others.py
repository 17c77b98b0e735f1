"""Times other systems beside `jieba.lcut`; run by the Python that has them, with nothing of nianbao.

Reads `{"texts": […], "seconds": …}` on standard input; writes for each system the characters it read, its
CPU seconds, those of `jieba.lcut` on the same texts and how many texts it failed on, or `missing`.
"""

import contextlib
import json
import logging
import sys
import warnings
from datetime import datetime
from importlib import metadata
from time import process_time

BASE = {"year": 2020, "month": 12, "day": 31, "hour": 0, "minute": 0, "second": 0}
# What a package raises on a text it was not made for.
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)


def load_jionlp():
    import jionlp

    return lambda text: jionlp.ner.extract_time(text, time_base=BASE, with_parsing=True)


def load_recognizers():
    from recognizers_date_time import recognize_datetime

    return lambda text: recognize_datetime(text, "zh-cn", reference=datetime(2020, 12, 31))


def load_recognizer_numbers():
    from recognizers_number import recognize_number

    return lambda text: recognize_number(text, "zh-cn")


SYSTEMS = {
    "JioNLP, times": (load_jionlp, "jionlp", "jionlp"),
    "Recognizers-Text, times": (
        load_recognizers,
        "recognizers-text-suite",
        'recognizers-text-suite "emoji<2"',
    ),
    "Recognizers-Text, numbers": (
        load_recognizer_numbers,
        "recognizers-text-suite",
        'recognizers-text-suite "emoji<2"',
    ),
}


def timed(read, text):
    started = process_time()
    failed = False
    try:
        read(text)
    except FAULTS:
        failed = True
    return process_time() - started, failed


def measure(read, lcut, texts, seconds):
    """Both in turn over the texts, until the time is spent."""
    found = {"characters": 0, "seconds": 0.0, "jieba": 0.0, "failed": 0}
    read("2020年词1件。")
    for text in texts:
        if found["seconds"] > seconds:
            break
        found["jieba"] += timed(lcut, text)[0]
        spent, failed = timed(read, text)
        found["seconds"] += spent
        found["failed"] += failed
        found["characters"] += len(text)
    return found


def measured(texts, seconds):
    try:
        import jieba
    except ImportError:
        return {name: {"missing": f"pip install jieba {install}"} for name, (*_, install) in SYSTEMS.items()}
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    found = {}
    for name, (load, package, install) in SYSTEMS.items():
        try:
            read = load()
        except ImportError:
            found[name] = {"missing": f"pip install {install}"}
            continue
        found[name] = measure(read, jieba.lcut, texts, seconds) | {"version": metadata.version(package)}
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    with contextlib.redirect_stdout(sys.stderr):
        answer = measured(asked["texts"], asked["seconds"])
    json.dump(answer, sys.stdout)
