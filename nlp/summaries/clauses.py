"""Quotations cut short at the end of a clause."""

import re
from typing import TypeVar

import msgspec

from ...data.records import Fact

# Characters of a cut quotation at least: shorter ones name no matter (tried 8, 10 and 12 on the outlines).
LEAST = 8
_CLAUSE_END = re.compile(r"[，,；;。！？!?]")
# Clauses that only make way for what follows: a concession, an exception, a reason, a yardstick.
_LEADING = re.compile(r"虽|尽管|除[^，]{1,20}外|与[^，]{1,20}相比|由于|因为|随着|对照|按照|根据|针对|围绕|为了?")
_LEAD_IN = 6

FactT = TypeVar("FactT", bound=Fact)


def cut(fact: FactT, most: int) -> FactT:
    """The fact up to the last clause that ends within `most` characters, else up to its first telling one.

    What ends sooner comes back as it is; a cut text ends before its mark, and is still a quotation.
    """
    if len(fact.text) <= most:
        return fact
    ends = [found.start() for found in _CLAUSE_END.finditer(fact.text) if found.start() >= LEAST]
    if _LEADING.search(fact.text, 0, _LEAD_IN + 20) and _leads(fact.text):
        ends = ends[1:]
    within = [end for end in ends if end <= most]
    end = within[-1] if within else next(iter(ends), len(fact.text))
    return msgspec.structs.replace(fact, text=fact.text[:end], end=fact.start + end)


def _leads(text: str) -> bool:
    found = _LEADING.search(text)
    return found is not None and found.start() < _LEAD_IN
