"""Quotations cut short at the end of a clause."""

import re
from functools import cache
from typing import TypeVar

import msgspec

from ...data.records import Fact
from ...data.word_lists import any_of, word_lists

# Characters of a cut quotation at least: shorter ones name no matter (tried 8, 10 and 12 on the outlines).
LEAST = 8
# A comma within a number ends nothing, nor does a clause that only says when, by what or of which.
_CLAUSE_END = re.compile(
    r"(?<!以来)(?<!期间)(?<!中的)[^后时前的为对从以和与及、](?P<mark>[，；;。！？!?]|(?<!\d),|,(?!\d))"
)
_NUMERAL = "[一二三四五六七八九十]"
# Signs of an enumeration before the sentence itself: 一是, （二）, 3.
ENUMERATOR = rf"(?:{_NUMERAL}是|[第其]{_NUMERAL}[，、]?|[（(]?(?:{_NUMERAL}{{1,3}}|\d{{1,2}})[)）.、]\s?)"
_ENUMERATED = re.compile(rf"\s*{ENUMERATOR}")

FactT = TypeVar("FactT", bound=Fact)


def cut(fact: FactT, most: int) -> FactT:
    """The fact up to the last clause that ends within `most` characters, else up to its first telling one.

    What ends sooner comes back as it is; a cut text ends before its mark, and is still a quotation.
    """
    if len(fact.text) <= most:
        return fact
    clauses = [clause.start("mark") for clause in _CLAUSE_END.finditer(fact.text)]
    ends = [end for end in clauses[1 if _leads(fact.text) else 0 :] if end >= LEAST]
    within = [end for end in ends if end <= most]
    end = within[-1] if within else next(iter(ends), len(fact.text))
    return msgspec.structs.replace(fact, text=fact.text[:end], end=fact.start + end)


def is_enumerated(text: str) -> bool:
    """Whether a sentence bears a sign of enumeration: 一是, 第二, （三）, 4.."""
    return _ENUMERATED.match(text) is not None


def _leads(text: str) -> bool:
    """Whether the first clause only makes way for the next: a concession, a reason, a yardstick."""
    return _leading().match(text) is not None


@cache
def _leading() -> re.Pattern[str]:
    return re.compile(rf"\s*{ENUMERATOR}?" + any_of(word_lists("summary_words")["leading"]))
