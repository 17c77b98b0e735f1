"""The systems that are compared, and how each one's answers become records of nianbao.

A peer's module offers `load()`, which imports the package and gives a function from a marked passage to its
facts. Every peer is told the year of the report; nianbao is told the body, genre and section too.
"""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from importlib import import_module, metadata
from typing import NamedTuple

from nianbao.data.gold import Passage
from nianbao.data.records import Date, Fact, Report

Facts = dict[str, list]
Read = Callable[[Passage], Facts]

# What a package raises on a text it was not made for; such a passage counts as one without facts.
FAULTS = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
_CONNECTED = re.compile(r"[至到~～—–-]")


class Peer(NamedTuple):
    """A system: the distribution to ask for its version, pip's words to install it, and what it can find.

    `gives` holds the first parts of the names of its figures (`dates`, `counts.value`); `load` names the
    module and function that load it.
    """

    name: str
    load: str
    gives: tuple[str, ...]
    package: str | None = None
    install: str = ""

    def reader(self) -> Read:
        """The loaded system. Raises ImportError where its package is not installed."""
        module, _, function = self.load.partition(":")
        return getattr(import_module(module), function)()

    @property
    def version(self) -> str | None:
        """The package with its version, None where there is no package."""
        return f"{self.package} {metadata.version(self.package)}" if self.package else None


_ALL = ("dates", "counts", "zeros", "citations")
_NUMBERS = ("counts.exact", "counts.overlap", "counts.value", "counts.full")
_RECOGNIZERS = ("recognizers-text-suite", 'recognizers-text-suite "emoji<2"')

PEERS = (
    Peer("nianbao", "peers:load_nianbao", (*_ALL, "statements"), "nianbao"),
    Peer("JioNLP", "peer_jionlp:load", ("dates", *_NUMBERS), "jionlp", "jionlp"),
    Peer("JioNLP + rules", "peer_jionlp:load_with_rules", ("dates",), "jionlp", "jionlp"),
    Peer("Recognizers-Text", "peer_recognizers:load", ("dates", *_NUMBERS), *_RECOGNIZERS),
    Peer("Recognizers + measures", "peer_recognizers:load_with_measures", _NUMBERS, *_RECOGNIZERS),
    Peer("dateparser", "peer_dateparser:load", ("dates",), "dateparser", "dateparser"),
    Peer("plain regexes", "peer_regexes:load", _ALL),
)


def load_nianbao() -> Read:
    from nianbao.cli.evaluate import read_passage

    def read(passage: Passage) -> Facts:
        report = read_passage(passage)
        return {kind: getattr(report, kind) for kind in (*_ALL, "statements")}

    return read


def report(passage: Passage, facts: Facts) -> Report:
    """Found facts as the report that is scored, in order of appearance."""
    ordered = {kind: tuple(sorted(found, key=_place)) for kind, found in facts.items()}
    return Report(id=passage.id, text=passage.text, **ordered)


def _place(fact: Fact) -> tuple[int, int]:
    return fact.start, fact.end


def reference_day(passage: Passage) -> date:
    """December 31 of the report year; of the year most named where the passage has none."""
    named = Counter(re.findall(r"20[0-3]\d", passage.text))
    year = passage.year or (int(named.most_common(1)[0][0]) if named else 2020)
    return date(year, 12, 31)


def dated(text: str, start: int, end: int, first: str | None, last: str | None) -> Date:
    """A date, or a range where the words join two ends."""
    words = text[start:end]
    joined = first != last and _CONNECTED.search(words) and not re.fullmatch(r"[\d.-]+", words)
    kind = "range" if joined else "date"
    return Date(text=words, start=start, end=end, kind=kind, iso_start=first, iso_end=last)


def lasting(text: str, start: int, end: int, value: str) -> Date:
    """A duration; `value` is its ISO 8601 length."""
    return Date(text=text[start:end], start=start, end=end, kind="duration", value=value)


def overlapping(start: int, end: int, facts: list) -> bool:
    """Whether a place overlaps one of some facts."""
    return any(fact.start < end and start < fact.end for fact in facts)
