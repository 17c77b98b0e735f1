"""Whether search finds what a scan finds, how fast it is, and how large its index.

    python benchmarks/search.py DATABASE [--queries 500] [--seed 0] [--reports 2000] [--json]

Words are cut at random out of the texts of a database: so many of each length. Each is searched for, and
looked for in every text by a scan (of so many reports at most, the first ones; hits beyond them are not
judged). Recall and precision are over all pairs of word and report. Latency is that of the first ten hits
with total and passages, in one process, warm. The index is measured by SQLite's count of pages (`dbstat`),
where it was built with it.
"""

import argparse
import json
import random
import sqlite3
import statistics
import time
from collections import defaultdict

from nianbao.data.query import read_query, search_key
from nianbao.data.store import Store
from nianbao.data.store.indexed import view_key
from nianbao.data.store.plan import make_plan

LENGTHS = {"1": (1, 1), "2": (2, 2), "3": (3, 3), "4": (4, 4), "5-8": (5, 8), "9-20": (9, 20)}
# Queries of several parts, made of words cut out of the texts.
COMPOUND = {
    "two words": "{} {}",
    "OR": "{} OR {}",
    "NOT": "{} -{}",
    "NEAR/10": "{} NEAR/10 {}",
    "year": "{} year:2019..2023",
    "label:problem": "{} label:problem",
    "in statements": "{}",
}
INDEX = ("report_bigrams", "statement_bigrams", "report_words")


def texts_of(path, most):
    """Texts as they are searched, by report."""
    connection = sqlite3.connect(path)
    rows = connection.execute("select report_id, words from readings order by report_id limit ?", (most,))
    texts = {report: view_key(words) for report, words in rows}
    connection.close()
    return texts


def cut_words(texts, length, number, rnd):
    """Words that stand in the texts, some characters of each letters, digits or Chinese."""
    keys, words = list(texts.values()), []
    while len(words) < number:
        key = rnd.choice(keys)
        size = rnd.randint(*length)
        at = rnd.randrange(max(1, len(key) - size))
        word = key[at : at + size]
        if len(word) == size and "\n" not in word and any(map(str.isalnum, word)) and word == word.strip():
            words.append(word)
    return words


def quoted(word):
    return '"{}"'.format(word.replace('"', '""'))


def measure(store, query, scope="reports"):
    """Milliseconds of the first ten hits."""
    began = time.perf_counter()
    store.search(query, in_=scope, limit=10)
    return (time.perf_counter() - began) * 1000


def judge(store, texts, words):
    """True positives, found, and there, over all words."""
    right = found = there = 0
    for word in words:
        hits = {hit for hit in all_ids(store, quoted(word)) if hit in texts}
        expected = {report for report, text in texts.items() if search_key(word) in text}
        right, found, there = right + len(hits & expected), found + len(hits), there + len(expected)
    return right, found, there


def all_ids(store, query):
    """The ids of all reports found, without their passages."""
    plan = make_plan(store._db, query, read_query(query), "reports")
    return [row["report_id"] for row in plan.rows(store._db, plan.newest(store._db))]


def spread(times):
    """Median and 95th percentile."""
    ordered = sorted(times)
    return {"p50": statistics.median(ordered), "p95": ordered[int(len(ordered) * 0.95)]}


def index_size(path):
    """Bytes of each full-text table, and of the texts they index; None without `dbstat`."""
    connection = sqlite3.connect(path)
    characters, text = connection.execute(
        "select sum(length), sum(length(cast(text as blob))) from reports"
    ).fetchone()
    sizes = defaultdict(int)
    try:
        for name, size in connection.execute("select name, sum(pgsize) from dbstat group by name"):
            for table in INDEX:
                sizes[table] += size if name.startswith(f"{table}_") else 0
    except sqlite3.OperationalError:
        return None
    finally:
        connection.close()
    return {"characters": characters, "text": text, **sizes}


def run(path, number, seed, most):
    """All figures of a database."""
    rnd = random.Random(seed)
    texts = texts_of(path, most)
    result = {"lengths": {}, "compound": {}, "index": index_size(path), "scanned": len(texts)}
    with Store.open(path, read_only=True) as store:
        result["reports"] = store.stats().reports
        for name, length in LENGTHS.items():
            words = cut_words(texts, length, number, rnd)
            right, found, there = judge(store, texts, words)
            times = spread([measure(store, quoted(word)) for word in words])
            scores = {"recall": right / there, "precision": right / found, "pairs": there}
            result["lengths"][name] = scores | times
        words = cut_words(texts, (2, 4), 2 * number, rnd)
        for name, form in COMPOUND.items():
            scope = "statements" if name == "in statements" else "reports"
            pairs = zip(words[::2], words[1::2], strict=True)
            queries = [form.format(quoted(one), quoted(other)) for one, other in pairs]
            result["compound"][name] = spread(
                [measure(store, each, scope) for each in queries[: number // 5]]
            )
    return result


def show(result):
    """The figures as two small tables."""
    print(f"{result['reports']:,} reports, {result['scanned']:,} of them scanned")
    print(f"{'characters':>14}  recall  precision      pairs   p50 ms   p95 ms")
    for name, row in result["lengths"].items():
        print(
            f"{name:>14}  {row['recall']:.4f}     {row['precision']:.4f}  {row['pairs']:>9,} "
            f"{row['p50']:>8.1f} {row['p95']:>8.1f}"
        )
    for name, row in result["compound"].items():
        print(f"{name:>14}  {'':33} {row['p50']:>8.1f} {row['p95']:>8.1f}")
    size = result["index"]
    if size:
        total = sum(size[table] for table in INDEX)
        each = ", ".join(f"{table} {size[table] / size['text']:.2f}" for table in INDEX)
        print(f"index: {total / size['text']:.2f} MB a MB of text (UTF-8): {each}")


def main():
    """Read the arguments and print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("database")
    parser.add_argument("--queries", type=int, default=500, help="words of each length")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--reports", type=int, default=2000, help="reports scanned at most")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    result = run(given.database, given.queries, given.seed, given.reports)
    if given.json:
        print(json.dumps(result, ensure_ascii=False, indent=2))
    else:
        show(result)


if __name__ == "__main__":
    main()
