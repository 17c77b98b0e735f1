"""How well hits are ranked: nDCG@10 and MRR over judged queries, beside plain BM25.

    python benchmarks/ranking.py [--set judged_heldout] [--draws 2000] [--json]

The archive and the judgements are those of `judged/`, on which the ranker was tuned, or of
`judged_heldout/`, on which nothing is. *bigrams* is BM25 over all pairs of characters of the query, *jieba*
BM25 over its words as jieba cuts them; both ask for any of them, in FTS5 tables of their own with one
column. *ours* is `Store.search` with nothing folded, and with near hits where nothing is found exactly. The
first table compares searches, which find different things; the second orders alone: each system puts what
the query finds exactly in its own order, and the best order of those is 1. The interval is the paired
bootstrap's over queries.
"""

import argparse
import json
import math
import random
import re
import sqlite3
import tempfile
from collections import defaultdict
from hashlib import sha256
from importlib import import_module
from itertools import pairwise
from pathlib import Path

import rjieba

from nianbao.data.folding import fold
from nianbao.data.records import Report, Section, Statement
from nianbao.data.store import SourceFile, Store, make_indexed
from nianbao.nlp.reading import Reading

DEPTH = 10
EVERY = 100_000
SETS = ("judged", "judged_heldout")
LABELS = {"did": "initiative", "passing": "initiative", "problem": "problem", "plan": "plan"}


def as_report(judged):
    """A judged report as a record: its sections, and each sentence a statement."""
    text, at = judged.text, len(judged.title) + 1
    sections, statements = [], []
    for line in judged.lines:
        end = at + len(line.heading or "".join(each.text for each in line.sentences))
        if line.heading:
            place = {"start": at, "end": end, "content_end": len(text)}
            depth = 2 if line.heading.startswith("（") else 1
            sections.append(Section(text=text[at:end], kind=line.section, depth=depth, **place))
        for each in line.sentences:
            label = LABELS.get(each.part, "other")
            statements.append(Statement(text=each.text, start=at, end=at + len(each.text), label=label))
            at += len(each.text)
        at = end + 1
    return Report(
        id=sha256(text.encode()).hexdigest()[:16],
        text=text,
        title=judged.title,
        org=judged.org,
        year=judged.year,
        genre=getattr(judged, "kind", "disclosure"),
        sections=tuple(sections),
        statements=tuple(statements),
    )


class Ours:
    """The archive in a store."""

    name = "ours"

    def __init__(self, folder, archive):
        self._store = Store.open(Path(folder) / "judged.db", create=True)
        self._keys, self._statements = {}, {}
        for judged in archive:
            report, reading = as_report(judged), Reading(judged.text)
            self._keys[report.id] = judged.key
            headings = [section.text for section in report.sections]
            indexed = make_indexed(reading.view, reading.places, report.title, report.org, headings)
            source = SourceFile(
                path=judged.key, size=1, mtime_ns=1, sha256=sha256(judged.text.encode()).hexdigest()
            )
            self._store.add(source, report, "judged", indexed=indexed)
            places = {each.start: f"{judged.key} {number}" for number, each in enumerate(report.statements)}
            self._statements[report.id] = places

    def search(self, query, scope, limit=DEPTH, near=True):
        """The targets of the first hits, of near ones where there is none."""
        hits = self._store.search(query, in_=scope, limit=limit, fold=False, near=near).hits
        if scope == "reports":
            return [self._keys[hit.report_id] for hit in hits]
        return [self._statements[hit.report_id][hit.start] for hit in hits]

    def close(self):
        """Close the store."""
        self._store.close()


class Plain:
    """BM25 over one kind of token, in one column."""

    def __init__(self, name, tokens, archive):
        self.name, self._tokens = name, tokens
        self._db = sqlite3.connect(":memory:")
        self._targets = {"reports": [], "statements": []}
        for scope in self._targets:
            self._db.execute(f"create virtual table {scope} using fts5(tokens, tokenize='ascii')")
        for judged in archive:
            self._add("reports", judged.key, judged.text)
            for number, sentence in enumerate(judged.sentences):
                self._add("statements", f"{judged.key} {number}", sentence.text)

    def _add(self, scope, target, text):
        self._targets[scope].append(target)
        tokens = " ".join(token.encode().hex() for token in self._tokens(fold(text)))
        self._db.execute(
            f"insert into {scope}(rowid, tokens) values (?, ?)", (len(self._targets[scope]), tokens)
        )

    def search(self, query, scope, limit=DEPTH):
        """The targets of the first hits."""
        wanted = " OR ".join(
            dict.fromkeys(f'"{token.encode().hex()}"' for token in self._tokens(fold(query)))
        )
        sql = f"select rowid from {scope} where {scope} match ? order by bm25({scope}), rowid limit {limit}"
        return [self._targets[scope][row[0] - 1] for row in self._db.execute(sql, (wanted,))]

    def close(self):
        """Close the tables."""
        self._db.close()


def pairs(text):
    """Neighbouring characters within runs without blanks and signs."""
    return [a + b for run in re.findall(r"\w+", text) for a, b in pairwise(run)]


def words(text):
    """What jieba cuts, without signs."""
    return [word for word in rjieba.cut(text) if re.search(r"\w", word)]


def ndcg(found, grades):
    """Normalised discounted cumulative gain of the first ten, gain 2^grade - 1."""
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return _gain([grades.get(target, 0) for target in found]) / _gain(best)


def _gain(grades):
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def reciprocal(found, grades):
    """1 / place of the first hit with the best grade there is."""
    top = max(grades.values())
    return next((1 / place for place, target in enumerate(found, 1) if grades.get(target) == top), 0.0)


def judged_queries(name):
    """The queries of a set as they stand in its file."""
    path = Path(__file__).with_name(name) / "queries.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def measure(system, queries):
    """nDCG@10 and MRR of each query."""
    found = [system.search(each["query"], each["in"]) for each in queries]
    return scores(found, [each["targets"] for each in queries])


def measure_order(system, queries, exact):
    """The same of the order in which a system puts the targets that a query finds, where that matters."""
    found, judged = [], []
    for query, targets in zip(queries, exact, strict=True):
        order = [each for each in system.search(query["query"], query["in"], EVERY) if each in targets]
        found.append((order + [each for each in sorted(targets) if each not in order])[:DEPTH])
        judged.append({target: query["targets"].get(target, 0) for target in targets})
    return scores(found, judged)


def scores(found, judged):
    """nDCG@10 and MRR by query."""
    return list(map(ndcg, found, judged)), list(map(reciprocal, found, judged))


def interval(left, right, draws, rnd):
    """2.5 and 97.5 % of the mean difference over queries drawn with replacement."""
    differences = [a - b for a, b in zip(left, right, strict=True)]
    means = sorted(sum(rnd.choices(differences, k=len(differences))) / len(differences) for _ in range(draws))
    return means[int(draws * 0.025)], means[int(draws * 0.975)]


def needs_of(queries):
    """Numbers of the queries by need, and all."""
    groups = defaultdict(list)
    for number, each in enumerate(queries):
        groups[f"{each['in']}: {each['need']}"].append(number)
    return dict(groups) | {"all": list(range(len(queries)))}


def searched_and_ordered(folder, name=SETS[0]):
    """Queries and figures by system, of searches and of orders."""
    queries = judged_queries(name)
    archive = import_module(f"{name}.archive").archive()
    systems = [Plain("bigrams", pairs, archive), Plain("jieba", words, archive), Ours(folder, archive)]
    exact = [set(systems[-1].search(each["query"], each["in"], EVERY, near=False)) for each in queries]
    # Where all that is found has one grade, every order is as good.
    told = [n for n, each in enumerate(queries) if len({each["targets"].get(t, 0) for t in exact[n]}) > 1]
    some, among = [queries[n] for n in told], [exact[n] for n in told]
    searched = {system.name: measure(system, queries) for system in systems}
    ordered = {system.name: measure_order(system, some, among) for system in systems}
    for system in systems:
        system.close()
    return {"search": (queries, searched), "order": (some, ordered)}


def main():
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--set", choices=SETS, default=SETS[0])
    parser.add_argument("--draws", type=int, default=2000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tables = searched_and_ordered(folder, arguments.set)
    if arguments.json:
        print(json.dumps({name: figures for name, (_, figures) in tables.items()}))
        return
    for name, (queries, figures) in tables.items():
        print(f"{name}\n")
        print_table(figures, queries, arguments.draws)
        print()


def print_table(figures, queries, draws):
    """A line for each need, then the differences with their intervals."""
    print(f"{'nDCG@10 (MRR)':26}{'queries':>8}" + "".join(f"{name:>16}" for name in figures))
    for need, numbers in needs_of(queries).items():
        cells = [
            [sum(each[number] for number in numbers) / len(numbers) for each in kinds]
            for kinds in figures.values()
        ]
        print(f"{need:26}{len(numbers):8}" + "".join(f"{gain:9.3f} ({first:.2f})" for gain, first in cells))
    ours = figures["ours"][0]
    for name in ("bigrams", "jieba"):
        low, high = interval(ours, figures[name][0], draws, random.Random(0))
        mean = (sum(ours) - sum(figures[name][0])) / len(ours)
        print(f"ours - {name}: {mean:+.3f} nDCG@10, 95 % {low:+.3f} to {high:+.3f}")


if __name__ == "__main__":
    main()
