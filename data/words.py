"""Cut Chinese text into words with jieba's dictionary and algorithm.

`rjieba` (the same algorithm in Rust) is the engine, jieba itself the reference that a test holds it to
and the fallback where `rjieba` has no wheel. The dictionary loads on the first call.
"""

from collections.abc import Callable
from functools import cache


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
    return _engine()(text)


def cut_reference(text: str) -> list[str]:
    """The same by jieba itself: slow, for comparison."""
    return _reference()(text)
