"""Words beside a number, and what the lexicon says each does: verb, head noun, adverb, outcome."""

import re
from functools import cache, lru_cache

from ..data.count_words import item_heads, item_names, item_words, outcomes
from ..data.word_lists import any_of
from ..data.words import cut, is_verb

Span = tuple[int, int]


@cache
def role(name: str) -> frozenset[str]:
    """The words of a role."""
    return frozenset(word for word, roles in item_words().items() if name in roles)


@cache
def role_alone(name: str, *others: str) -> frozenset[str]:
    """The words of a role that have none of the others."""
    return role(name).difference(*map(role, others))


@cache
def _outcome() -> re.Pattern[str]:
    joined = any_of(outcomes())
    return re.compile(rf"{joined}(?:(?:及|和|或|、){joined})*\Z")


@cache
def _outcome_start() -> re.Pattern[str]:
    return re.compile(any_of(outcomes()))


@cache
def _fixed() -> re.Pattern[str]:
    heads = "".join(sorted({name[0] for name in item_names()} - set("]^\\-")))
    return re.compile(
        rf"(?=[《“(按及限如当一{heads}])(?:《[^《》\n]{{1,60}}》|“[^“”\n]{{1,30}}”|(?:按时|按期|及时|限时|如期|当场|一次)[^\W\d]{{2,3}}率"
        rf"|\([市县区州镇乡村居站所旗盟社、]{{1,6}}\)|{any_of(item_names())})"
    )


def is_outcome(view: str, item: Span | None) -> bool:
    """Whether an item names an outcome only."""
    return item is not None and _outcome().fullmatch(view, *item) is not None


def ends_in_outcome(view: str, start: int, end: int) -> Span | None:
    """The outcome, or joined outcomes, right before `end`."""
    found = _outcome().search(view, start, end)
    return found.span() if found else None


def outcome_behind(view: str, at: int) -> Span | None:
    """The outcome of a breakdown that puts the number first (1件维持原判, 2件结转下年度)."""
    found = _outcome_start().match(view, at)
    return found.span() if found else None


def words_of(view: str, start: int, end: int) -> list[str]:
    """Words of a stretch; fixed names stay whole, verbs come apart from their objects."""
    return list(_words(view[start:end]))


@lru_cache(maxsize=1 << 12)
def _words(text: str) -> tuple[str, ...]:
    words: list[str] = []
    at = 0
    for name in _fixed().finditer(text):
        words += _merged(cut(text[at : name.start()]))
        words.append(name.group())
        at = name.end()
    return (*words, *_merged(cut(text[at:])))


def _merged(words: list[str]) -> list[str]:
    known, merged = item_words(), list[str]()
    for word in words:
        if len(word) == 4 and _is_compound(word):
            merged += word[:2], word[2:]
        elif merged and merged[-1] + word in known:
            merged[-1] += word
        else:
            merged.append(word)
    return merged


@lru_cache(maxsize=1 << 14)
def _is_compound(word: str) -> bool:
    """Whether the dictionary's word is a verb with what it governs or grows: 开展调查, 价格上涨."""
    if word in item_words():
        return False
    if word[2:] in role("tail") and word[2:] in role("left"):
        return True
    return word[:2] in _strict() or (word[:2] in role("adverb") and word[2:] in _strict())


def _strict() -> frozenset[str]:
    """Verbs that are never part of a name."""
    return role_alone("left", "head", "weak", "strip")


@lru_cache(maxsize=1 << 14)
def is_tagged_verb(word: str) -> bool:
    """Whether a word that the lexicon lacks is a verb by the dictionary's tag."""
    return len(word) == 2 and word not in item_words() and word not in item_heads() and is_verb(word)


@lru_cache(maxsize=1 << 14)
def acts(word: str) -> bool:
    """Whether a word can be a verb."""
    return word in role("weak") or word in role("lead") or word in role("left") or is_tagged_verb(word)
