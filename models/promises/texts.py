"""What a plan and a statement speak of: their words, the things these name, their clauses."""

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from ...data.folding import fold
from ...data.records import Label
from ...data.vocabulary import alternation, vocabulary
from ...data.word_lists import word_lists
from ...data.words import cut, word_parts

# A term that is no word but a thing called by many names (`data/lexicon/concepts.tsv`).
CONCEPT = "#"

_CLAUSE = re.compile(r"(?:(?<!\d),|,(?!\d)|[;。:!?\n])+")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,}")
_UNSPELT = re.compile(r"[^\u4e00-\u9fffA-Za-z]+")
_LEAD = re.compile(
    r"(?:\([一二三四五六七八九十\d]{1,3}\)|[一二三四五六七八九十]{1,3}是(?:要)?|其[一二三四五]|第?[一二三四五六七八九十]{1,3}[、,]"
    r"|\d{1,2}[.、]|下一步,?|今后,?|\d{4}年,?|继续|我.|将|拟|要|,)+"
)
# A list of so many clauses is a table that was read as a sentence.
_MOST_CLAUSES = 40
_TALLIED = r"\d+ ?余?(?:条|期|篇|册|份|件|封)"
# Terms kept of texts parsed before: a body's plans and statements come twice, as this year's and last year's.
_KEPT = 20_000


class Said(NamedTuple):
    """A statement, folded and without blanks."""

    text: str
    label: Label
    category: str | None = None


class Terms(NamedTuple):
    """What a stretch of text speaks of: words and concepts, and pairs of neighbouring characters."""

    words: frozenset[str]
    pairs: frozenset[str]

    @property
    def concepts(self) -> frozenset[str]:
        """The terms that are concepts."""
        return frozenset(word for word in self.words if word.startswith(CONCEPT))


@lru_cache(_KEPT)
def terms_of(text: str, hidden: frozenset[str] = frozenset()) -> Terms:
    """The terms of a text; words of concepts that are `hidden` count as not known to stand for any."""
    words = _words(text)
    pattern, named = _concepts()
    for found in pattern.finditer(text):
        if found.group() not in hidden:
            words.update(named[found.group()])
    spelt = _UNSPELT.sub(" ", text)
    pairs = {one + other for one, other in pairwise(spelt) if " " not in (one, other)}
    return Terms(frozenset(words), frozenset(pairs))


def concept_words() -> tuple[str, ...]:
    """All words that stand for a concept, in order."""
    return tuple(sorted(_concepts()[1]))


def _words(text: str) -> set[str]:
    """Words of two characters and more, and the shorter words within them."""
    words = {word for word in cut(text) if _WORD.fullmatch(word)}
    words.update(part for word in list(words) if len(word) > 2 for part in word_parts(word) if len(part) > 1)
    return words - _stop_words()


def clauses(text: str) -> list[str]:
    """A statement's clauses; those that only name whose lead is followed are left out."""
    parts = (clause for clause in _CLAUSE.split(text) if len(clause) > 1)
    return [clause for clause in parts if not _creed().search(clause)][:_MOST_CLAUSES]


def windows(text: str) -> list[str]:
    """What a statement says at once: each two neighbouring clauses, so that a long one is no catch-all."""
    parts = clauses(text)
    return [f"{one},{other}" for one, other in pairwise(parts)] or parts or [""]


def undertakings(plan: str) -> list[str]:
    """The clauses of a plan that say what is to be done, without its ground and its purpose."""
    lead = _LEAD.match(plan)
    parts = clauses(plan[lead.end() :] if lead else plan)
    ground, purpose = _openings()
    kept: list[str] = []
    for at, clause in enumerate(parts):
        if at == 0 and len(parts) > 1 and ground.match(clause):
            continue
        if kept and purpose.match(clause):
            continue
        kept.append(clause)
    return kept or parts or [""]


def is_vague(plan: str) -> bool:
    """Whether a plan names nothing but the work as a whole."""
    general = _general()
    return all(terms_of(unit).words <= general for unit in undertakings(plan))


def is_undone(text: str) -> bool:
    """Whether a statement says that nothing was done."""
    return _undone().search(text) is not None


def is_done(text: str) -> bool:
    """Whether a plan's statement tells of what was done already."""
    done, ahead = _done()
    return done.search(text) is not None and ahead.search(text) is None


def is_tally(text: str) -> bool:
    """Whether a statement only counts recurring business: what was handled or published, and how much."""
    return all(_tally().search(clause) for clause in clauses(text))


@cache
def _stop_words() -> frozenset[str]:
    return frozenset(vocabulary("stop_words")) | frozenset(word_lists("promise_words")["slogan"])


@cache
def _general() -> frozenset[str]:
    return frozenset(word_lists("promise_words")["general"])


@cache
def _concepts() -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
    """A pattern of all words of concepts, and the concepts that each stands for."""
    named: dict[str, tuple[str, ...]] = {}
    for concept, words in word_lists("concepts").items():
        for word in map(fold, words):
            named[word] = (*named.get(word, ()), CONCEPT + concept)
    return re.compile(alternation(tuple(named))), named


@cache
def _openings() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = word_lists("promise_words")
    adverb, purpose = alternation(lists["adverb"]), alternation(lists["purpose"])
    return re.compile(alternation(lists["ground"])), re.compile(
        f"(?:{adverb}){{0,3}}{purpose}|(?:{adverb}).{{0,4}}推动"
    )


@cache
def _creed() -> re.Pattern[str]:
    return re.compile(alternation(word_lists("promise_words")["creed"]))


@cache
def _undone() -> re.Pattern[str]:
    return re.compile(alternation(word_lists("promise_words")["undone"]))


@cache
def _done() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What tells that something was done, and what tells that it is still ahead."""
    lists = word_lists("promise_words")
    verb = alternation(lists["verb"])
    done = rf"{alternation(lists['done'])}|{verb}[^,;。]{{0,10}}\d+(?:次|场|期|人次)"
    return re.compile(done), re.compile(alternation(lists["ahead"]))


@cache
def _tally() -> re.Pattern[str]:
    lists = word_lists("promise_words")
    handled, counted = alternation(lists["handled"]), alternation(lists["counted"])
    return re.compile(
        rf"(?:受理|收到|接到|办理|办结|答复|处理|结转)[^,;。]{{0,12}}(?:{handled}|{_TALLIED})"
        rf"|(?:公开|发布|公布)[^,;。]{{0,6}}{counted}[^,;。]{{0,6}}{_TALLIED}|^[^,;。]{{0,4}}{counted}[^,;。]{{0,4}}{_TALLIED}"
        rf"|(?:法定|规定)(?:期限|时限|时间)"
    )
