"""How long searches take, in one warm process, and how large the index is."""

import sqlite3
import time
from collections import Counter
from random import Random

from nianbao.data.store import Store
from nianbao.data.store.indexed import SEPARATOR, view_key

# Reports in which words are counted to find common ones.
_SAMPLE = 400
_TABLES = ("report_bigrams", "statement_bigrams", "report_words")
# What one search is: words put into a query, options of `Store.search`, whether facets are counted too.
FORMS = {
    "1 character": (1, "{}", {}, False),
    "2 characters": (2, "{}", {}, False),
    "2, all facets": (2, "{}", {}, True),
    "3 characters": (3, "{}", {}, False),
    "4 characters": (4, "{}", {}, False),
    "5 or 6 characters": (5, "{}", {}, False),
    "rare words": (0, "{}", {}, False),
    "rare, all facets": (0, "{}", {}, True),
    "two words": (2, "{} {}", {}, False),
    "two words, all facets": (2, "{} {}", {}, True),
    "OR": (2, "{} OR {}", {}, False),
    "NOT": (2, "{} -{}", {}, False),
    "NEAR/10": (2, "{} NEAR/10 {}", {}, False),
    "year:2019..2023": (2, "{} year:2019..2023", {}, False),
    "region:浙江": (2, "{} region:浙江", {}, False),
    "label:problem": (2, "label:problem {}", {}, False),
    "in statements": (2, "{}", {"in_": "statements"}, False),
    "rows 1001 to 1010": (2, "{}", {"offset": 1000}, False),
    "by -year": (2, "{}", {"sort": "-year"}, False),
}


def common_words(path, number):
    """The words that most reports have, by length (0: words that few have), of the sample."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    last = connection.execute("select max(number) from reports").fetchone()[0]
    numbers = sorted(Random(0).sample(range(1, last + 1), min(_SAMPLE, last)))
    marks = ", ".join("?" * len(numbers))
    sql = f"select words from readings join reports on id = report_id where number in ({marks})"
    holding, texts = Counter(), []
    for (words,) in connection.execute(sql, numbers):
        texts.append(view_key(words))
        holding.update({word for word in words.split(SEPARATOR) if _is_chinese(word)})
    connection.close()
    ranked = [word for word, _ in sorted(holding.items(), key=lambda pair: (-pair[1], pair[0]))]
    found = {size: [word for word in ranked if len(word) == size][:number] for size in (1, 2, 3, 4)}
    found[5] = [word for word in ranked if len(word) in (5, 6)][:number]
    found[0] = [word for word in ranked if holding[word] <= 3 and len(word) == 2][:number]
    return found


def _is_chinese(word):
    return all("\u4e00" <= sign <= "\u9fff" for sign in word)


def _timed(store, query, options, with_facets):
    wall, cpu = time.perf_counter(), time.process_time()
    store.search(query, limit=10, **options)
    if with_facets:
        store.facets(query)
    return (time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000


def spread(times):
    ordered = sorted(times)
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]


def latencies(path, number, only=None):
    """Median and 95th percentile, wall and CPU milliseconds, of each form of search."""
    words, found = common_words(path, number), {}
    with Store.open(path, read_only=True) as store:
        for name, (size, form, options, with_facets) in FORMS.items():
            if only and only not in name:
                continue
            chosen = words[size]
            others = chosen[1:] + chosen[:1]
            queries = [form.format(one, other) for one, other in zip(chosen, others, strict=True)]
            for query in queries[:3]:
                _timed(store, query, options, with_facets)
            times = [_timed(store, query, options, with_facets) for query in queries]
            wall, cpu = zip(*times, strict=True)
            found[name] = {"wall": spread(wall), "cpu": spread(cpu)}
    return found


def size(path):
    """Reports, characters, megabytes of their text in UTF-8, of the file, and of each index."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    reports, characters = connection.execute("select count(*), sum(length) from reports").fetchone()
    sizes = {
        table: sum(
            connection.execute(
                "select coalesce(sum(pgsize), 0) from dbstat where name = ?", (f"{table}_{part}",)
            ).fetchone()[0]
            for part in ("data", "idx", "docsize", "config")
        )
        for table in _TABLES
    }
    sample = connection.execute(
        "select sum(length(cast(text as blob))) * 1.0 / sum(length) from "
        "(select text, length from reports order by number limit 1000)"
    ).fetchone()[0]
    connection.close()
    return {"reports": reports, "characters": characters, "text": characters * sample, "index": sizes}
