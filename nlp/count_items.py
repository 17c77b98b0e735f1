"""What is counted: the name that a quantity in the view belongs to.

A name follows its number (24个部门), precedes it (公开信息24条), stands before a verb that governs several
numbers (A、B分别增长1%、2%), or was named by an earlier number (收到申请5件, 其中网上3件).
"""

import re
from collections.abc import Sequence
from functools import cache

from ..data.count_words import item_words, outcomes
from ..data.words import cut
from .quantities import Quantity

Span = tuple[int, int]

_CLAUSE = re.compile(r"[,。;:!?\n()]")
_JOINT = re.compile(r"[、,和及与]|以及|[、,]?(?:和|及|以及)")
_APART = re.compile(r"[、和与及]|以及")
_COMPARED = re.compile(r"(?:较|比|同比|环比|占)(?!例|赛)")
# 公开 after these is part of a name (信息公开申请), elsewhere a verb (公开信息).
_DISCLOSED = re.compile(r"(?:信息|[政事党村财校院警检]务|决算|申请|财政)\Z")
# Names of these stand for all that follows them: 8个领域公共企事业单位.
_CLOSED = re.compile(r"(?:领域|方面|部分|环节|县区|县市|市州|区县|事项|乡镇|街道|地市)\Z")
# A body in a breakdown counts nothing itself: 其中民政局1件.
_BODY = re.compile(r"(?:局|委|厅|办|处|镇|乡|街道|中心|公司)\Z")
_EVENTS = frozenset({"次", "人次", "条次", "件次", "场次", "人"})
_NUMBERED = re.compile(r"(?:总数|总量|数量|数)\Z")
_ACTED = re.compile(r"(?:访问|浏览|点击|阅读|关注|下载|播放|查询)(?:总数|总量|数量|数)\Z")
_CONTEXT = 80


@cache
def _role(role: str) -> frozenset[str]:
    return frozenset(word for word, roles in item_words().items() if role in roles)


@cache
def _outcome() -> re.Pattern[str]:
    words = sorted(outcomes(), key=lambda word: -len(word))
    joined = "|".join(map(re.escape, words))
    return re.compile(rf"(?:{joined})(?:(?:及|和|或|、)(?:{joined}))*\Z")


def name_items(view: str, quantities: Sequence[Quantity]) -> list[Span | None]:
    """The span of the view that names each quantity's item; None where nothing does."""
    items: list[Span | None] = []
    for index in range(len(quantities)):
        items.append(_name(view, quantities, index, items))
    return items


def _name(view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]) -> Span | None:
    here = quantities[index]
    shared = _distributed(view, quantities, index, items)
    if shared is not None:
        return shared
    after = _after(view, quantities, index)
    before = _before(view, quantities, index)
    if here.unit == "%" or here.unit == "个百分点":
        return before or after or _inherited(view, quantities, index, items)
    return after or before or _inherited(view, quantities, index, items)


def _after(view: str, quantities: Sequence[Quantity], index: int) -> Span | None:
    """The noun phrase right behind the number; that of the next number where the two touch."""
    start = quantities[index].end
    end = min(len(view), start + _CONTEXT)
    if stop := _CLAUSE.search(view, start, end):
        end = stop.start()
    if index + 1 < len(quantities) and quantities[index + 1].start <= end:
        end = quantities[index + 1].start
        if end == start:
            return _after(view, quantities, index + 1)
    return _right_phrase(view, start, end)


def _right_phrase(view: str, start: int, end: int) -> Span | None:
    stops, at, last = _role("right"), start, start
    for word in cut(view[start:end]):
        if word in stops or (at == start and not word[0].isalnum() and word[0] not in "“《"):
            break
        at += len(word)
        if word not in "、和及与" and word != "以及":
            last = at
        if _CLOSED.match(word) and not _APART.match(view, at):
            break
    return (start, last) if last > start else None


def _before(view: str, quantities: Sequence[Quantity], index: int) -> Span | None:
    """The name in front of the number, within its clause and behind the number before."""
    end = quantities[index].start
    return _left_phrase(view, _clause_start(view, quantities, index), end, quantities[index].unit)


def _clause_start(view: str, quantities: Sequence[Quantity], index: int) -> int:
    end = quantities[index].start
    start = max(0, end - _CONTEXT, quantities[index - 1].end if index else 0)
    for stop in _CLAUSE.finditer(view, start, end):
        start = stop.end()
    return start


def _left_phrase(view: str, start: int, end: int, unit: str | None) -> Span | None:
    end = _trim_tail(view, start, end)
    if compared := _COMPARED.search(view, start, end):
        end = _trim_tail(view, start, compared.start())
    if named := _outcome().search(view, start, end):
        return named.span()
    words = cut(view[start:end])
    begin = _left_edge(words, end)
    if begin == end:
        return (end - len(words[-1]), end) if words and unit in _EVENTS else None
    begin = _trim_head(view, begin, end)
    return _without_number_word(view, begin, end, unit) if begin < end else None


def _left_edge(words: list[str], end: int) -> int:
    """Where the name that ends at `end` begins: behind the last word that cannot be part of it."""
    stops = _role("left")
    begin = end
    for at in range(len(words) - 1, -1, -1):
        if words[at] in stops and not _belongs(words, at):
            break
        begin -= len(words[at])
    return begin


def _belongs(words: list[str], at: int) -> bool:
    """Whether a verb at `at` is part of a name all the same: its last word, 信息公开…, or before 的."""
    if at + 1 == len(words):
        return words[at] in _role("head") and at > 0
    if words[at + 1] == "的":
        return True
    return at > 0 and words[at] == "公开" and _DISCLOSED.search(words[at - 1]) is not None


def _trim_tail(view: str, start: int, end: int) -> int:
    tails = _role("tail")
    words = cut(view[start:end])
    while words and words[-1] in tails:
        end -= len(words.pop())
    return end


def _trim_head(view: str, start: int, end: int) -> int:
    heads = _role("strip")
    for word in cut(view[start:end]):
        if word not in heads:
            break
        start += len(word)
    return start


def _without_number_word(view: str, start: int, end: int, unit: str | None) -> Span | None:
    """The name less a closing word for its number (信息总数 → 信息), kept where it is the measure itself."""
    name = view[start:end]
    if _BODY.search(name) and unit in ("件", "条"):
        return None
    found = _NUMBERED.search(name)
    if found and found.start() and not _ACTED.search(name) and (unit or found.group() != "数"):
        end = start + found.start()
    return start, end


def _distributed(
    view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]
) -> Span | None:
    """One of several names before 分别, where this number is one of as many."""
    first = index
    while first and _JOINT.fullmatch(view, quantities[first - 1].end, quantities[first].start):
        first -= 1
    start = _clause_start(view, quantities, first)
    at = view.find("分别", start, quantities[first].start)
    if at < 0:
        return None
    size = 1
    while first + size < len(quantities) and _JOINT.fullmatch(
        view, quantities[first + size - 1].end, quantities[first + size].start
    ):
        size += 1
    rank = index - first
    subject = _left_phrase(view, start, at, quantities[first].unit)
    if subject is None:
        return items[first - size + rank] if first >= size else None
    return _share(view, subject, size, rank)


def _share(view: str, subject: Span, size: int, rank: int) -> Span:
    """The `rank`-th of `size` names joined in `subject`; all of it where it holds another number of names."""
    for pattern in (_APART, re.compile("、"), re.compile("[和与及]")):
        edges = [subject[0]]
        for joint in pattern.finditer(view, *subject):
            edges += joint.span()
        edges.append(subject[1])
        if len(edges) == 2 * size:
            return edges[2 * rank], edges[2 * rank + 1]
    return subject


def _inherited(
    view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]
) -> Span | None:
    """The item of an earlier number of the paragraph: the one before for a share, else of the same unit."""
    here = quantities[index]
    floor = view.rfind("\n", 0, here.start) + 1
    earlier = [at for at in range(index - 1, -1, -1) if quantities[at].start >= floor and items[at]]
    if here.unit not in ("%", "个百分点"):
        alike = [at for at in earlier if quantities[at].unit == here.unit]
        earlier = alike or earlier
    return items[earlier[0]] if earlier else None
