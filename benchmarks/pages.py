"""How long the pages of the web view take, and how heavy the first one is.

    python benchmarks/pages.py DATABASE … [--queries 50] [--page 1]

serves each database as `nianbao serve` does, asks for the archive page (first of all, then warm; bytes with
every script and style it names as they come over the wire) and for the search pages of the commonest
two-character words, each word once, and the facets that follow pages of many hits; prints milliseconds
from request to last byte.
"""

import argparse
import re
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx
from rich.console import Console
from rich.table import Table
from scaling.measure import common_words, spread

_ASSET = re.compile(r"""(?:src|href)="(/[^"]+\.(?:js|css))\"""")
_WARM = 5


@contextmanager
def served(database):
    """A client of a running `nianbao serve`, which has answered nothing yet."""
    command = [sys.executable, "-m", "nianbao.cli", "serve", str(database), "--no-open", "--port", "0"]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        address = re.search(r"http://[\d.:]+", process.stderr.readline()).group()
        with httpx.Client(base_url=address, timeout=300, headers={"accept-language": "zh-CN"}) as client:
            yield client
    finally:
        process.terminate()
        process.wait()


def timed(client, path, **parameters):
    """Milliseconds to the last byte, and the answer."""
    started = time.perf_counter()
    answer = client.get(path, params=parameters or None)
    elapsed = (time.perf_counter() - started) * 1000
    answer.raise_for_status()
    return elapsed, answer


def weight(client, answer):
    """Kilobytes of a page and of the scripts and styles it names."""
    named = dict.fromkeys(_ASSET.findall(answer.text))
    return sum(each.num_bytes_downloaded for each in (answer, *(client.get(path) for path in named))) / 1000


def measure(database, number, page):
    """Figures of one database by name."""
    words = common_words(database, number)[2]
    with served(database) as client:
        cold, first = timed(client, "/")
        warm = min(timed(client, "/")[0] for _ in range(_WARM))
        kilobytes = weight(client, first)
        timed(client, "/-/search", q="年报")
        pages = [timed(client, "/-/search", q=word, page=page)[0] for word in words]
        facets = [timed(client, "/-/search/facets", q=word)[0] for word in words]
        again = [timed(client, "/-/search", q=word, page=page)[0] for word in words]
    return {
        "archive page, first": f"{cold:,.0f} ms",
        "archive page, warm": f"{warm:,.0f} ms",
        "archive page, bytes": f"{kilobytes:,.0f} kB",
        "search page p50/p95/max": "{:.0f} / {:.0f} / {:.0f} ms".format(*spread(pages), max(pages)),
        "facets, coming after it": "{:.0f} / {:.0f} / {:.0f} ms".format(*spread(facets), max(facets)),
        "search page again": "{:.0f} / {:.0f} / {:.0f} ms".format(*spread(again), max(again)),
    }


def main():
    """Read the arguments, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("databases", type=Path, nargs="+")
    parser.add_argument("--queries", type=int, default=50)
    parser.add_argument("--page", type=int, default=1)
    given = parser.parse_args()
    figures = {path.name: measure(path, given.queries, given.page) for path in given.databases}
    table = Table("", *figures, box=None)
    for row in next(iter(figures.values())):
        table.add_row(row, *(each[row] for each in figures.values()))
    Console().print(table)


if __name__ == "__main__":
    main()
