"""Cut Chinese text into words with jieba's dictionary and algorithm.

`rjieba` (the same algorithm in Rust) is the engine, jieba itself the reference that a test holds it to
and the fallback where `rjieba` has no wheel. The dictionary loads on the first call.
"""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from itertools import accumulate, pairwise

_HALF_PAIR = re.compile("[\ud800-\udfff]")


@cache
def _engine() -> Callable[[str], list[str]]:
    try:
        import rjieba
    except ImportError:
        return _reference()
    cut: Callable[[str], list[str]] = rjieba.cut
    return cut


@cache
def _reference() -> Callable[[str], list[str]]:
    import logging

    import jieba

    jieba.setLogLevel(logging.WARNING)
    lcut: Callable[[str], list[str]] = jieba.lcut
    return lcut


def cut(text: str) -> list[str]:
    """Words of `text` in order; joined they are `text` again."""
    try:
        return _engine()(text)
    except UnicodeEncodeError:
        places = accumulate(map(len, _engine()(whole_characters(text))), initial=0)
        return [text[start:end] for start, end in pairwise(places)]


@lru_cache(maxsize=1 << 16)
def word_parts(word: str) -> tuple[str, ...]:
    """The shorter words of the dictionary within a word (经费不足: 经费, 不足), as jieba cuts for search."""
    try:
        import rjieba
    except ImportError:
        import jieba

        found = list(jieba.cut_for_search(word))
    else:
        found = rjieba.cut_for_search(whole_characters(word))
    return tuple(part for part in found if part != word)


def whole_characters(text: str) -> str:
    """`text` with U+FFFD for each half of a surrogate pair, which no encoding and no dictionary takes."""
    return _HALF_PAIR.sub("\ufffd", text)


def cut_reference(text: str) -> list[str]:
    """The same by jieba itself: slow, for comparison."""
    return _reference()(text)


@lru_cache(maxsize=1 << 16)
def is_verb(word: str) -> bool:
    """Whether the dictionary has `word` for a verb first of all."""
    return _tags(word) == ["v"]


def _tags(word: str) -> list[str]:
    word = whole_characters(word)
    try:
        import rjieba
    except ImportError:
        from jieba import posseg

        return [str(pair.flag) for pair in posseg.lcut(word)]
    return [tag for _, tag in rjieba.tag(word)]
