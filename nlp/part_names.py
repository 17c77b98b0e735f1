"""The part of a whole that a breakdown names without a noun: 新建项目9个, 开工4个; 其余3件为通知."""

import re
from functools import cache

from .name_phrases import name_behind
from .name_words import Span, role, words_of

_ALREADY = frozenset({"已", "已经", "现已", "均", "成功", "当年", "当场", "年内", "实际", "宣布"})
_NOT_YET = frozenset({"未", "尚未", "暂未"})
# Measure words of papers and cases, of which a clause says what part is about.
_PAPERS = frozenset("件条宗份封项起")
_TOLD = re.compile(r"(?:[多均则都]|主要)?(为|是|属于|属|系|涉及)([^,。;:!?、()\d\n]{2,16})(?=[,。;、)\n]|\Z)")


def breakdown_part(view: str, start: int, end: int) -> Span | None:
    """The verb that stands alone in a clause before a number and names a part of a whole: 其中已开工4个."""
    words = words_of(view, start, end)
    first = 0
    while first < len(words) and _passes(words[first]):
        first += 1
    kept = words[first:]
    verbs = kept[1:] if kept and kept[0] in _NOT_YET else kept
    alone = bool(verbs) and all(word in role("part") or word in "、和及与" for word in verbs)
    return (end - sum(map(len, kept)), end) if alone else None


def ends_in_part(view: str, end: int) -> bool:
    """Whether a verb that names parts stands right before `end`."""
    return view.endswith(_parts(), max(0, end - 8), end)


@cache
def _parts() -> tuple[str, ...]:
    return tuple(role("part"))


def _passes(word: str) -> bool:
    return word not in role("part") and (word in role("strip") or word in role("adverb") or word in _ALREADY)


def part_told(view: str, at: int, unit: str | None) -> Span | None:
    """What a part is said to be or to concern behind its number: 其余18条为通知, 4件涉及征地."""
    told = _TOLD.match(view, at) if unit in _PAPERS else None
    if told is None:
        return None
    name = name_behind(view, *told.span(2), unit)
    return told.span(2) if name and (told[1] == "涉及" or name == told.span(2)) else None
