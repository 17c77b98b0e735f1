"""What is counted: the name that a quantity in the view belongs to.

A name follows its number (24个部门), precedes it (公开信息24条), stands before a verb that governs several
numbers (A、B分别增长1%、2%), or was named by an earlier number (收到申请5件, 其中网上3件).
"""

import re
from collections.abc import Sequence
from functools import cache

from ..data.count_words import item_names, item_words, outcomes
from ..data.words import cut
from .quantities import Quantity

Span = tuple[int, int]

# A clause ends at punctuation, at a bracket that holds more than a variant (县(市)), behind a date.
_CLAUSE = re.compile(
    r"[,。;:!?\n]|\((?![市县区州镇乡村居站所旗盟、社]{1,6}\))|(?<![市县区州镇乡村居站所旗盟社])\)"
    r"|\d(?:年(?!均)度?|月份?|日)"
)
_JOINT = re.compile(r"[、,和及与]|以及|[、,]?(?:和|及|以及)")
_APART = re.compile(r"[、和与及]|以及")
_COMPARED = re.compile(r"(?:较|比|同比|环比|占)(?!例|赛|重|率|特)")
_TAIL_VERB = re.compile(r"(?:(?<![到发传表转直抵])达|(?<![行作人认])为|(?<![国所拥])有|(?<![以不])超|降|增)\Z")
_NUMBERED = re.compile(r"(?:总数|总量|数量|(?<![人户件次起种个家项条])数)\Z")
_ACTED = re.compile(r"(?:访问|浏览|点击|阅读|关注|下载|播放|查询)(?:总数|总量|数量|数)\Z")
# A verb before these is part of a name: 办结率, 投诉类.
_SUFFIXES = frozenset("率量数额类者费点班员度群")
_NOMINAL = frozenset({"工程", "项目", "行动", "试点", "中心", "方案", "机制", "基地", "计划"})
# Names of these stand for all that follows them: 8个领域公共企事业单位.
_CLOSED = re.compile(r"(?:领域|方面|部分|环节|县区|县市|事项|单位)\Z")
# A body or channel counts nothing itself: 其中民政局1件, 网站发布3条.
_BODY = re.compile(
    r"(?:局|委|厅|办|镇|乡|县|市|区|街道|中心|公司|部门|网站|平台|网|微博|微信|公众号|热线|信箱|板|机关|单位|政府)\Z"
)
# What a report on disclosure need not say of its reviews and fees.
_PLAIN = re.compile(r"(?:信息|政务)公开.{0,6}?(?=行政复议|行政诉讼|信息处理费)")
_EVENTS = frozenset({"次", "人次", "条次", "件次", "场次", "人"})
_RATES = frozenset({"%", "个百分点", "‰"})
_CONTEXT = 80
# A name of this length needs no phrase with 的 before it.
_FULL_NAME = 3


@cache
def _role(role: str) -> frozenset[str]:
    return frozenset(word for word, roles in item_words().items() if role in roles)


@cache
def _outcome() -> re.Pattern[str]:
    joined = "|".join(map(re.escape, sorted(outcomes(), key=len, reverse=True)))
    return re.compile(rf"(?:{joined})(?:(?:及|和|或|、)(?:{joined}))*\Z")


@cache
def _fixed() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(item_names(), key=len, reverse=True))))


def name_items(view: str, quantities: Sequence[Quantity]) -> list[Span | None]:
    """The span of the view that names each quantity's item; None where nothing does."""
    items: list[Span | None] = []
    for index in range(len(quantities)):
        items.append(_name(view, quantities, index, items))
    return items


def _name(view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]) -> Span | None:
    shared = _distributed(view, quantities, index, items)
    if shared is not None:
        return shared
    after = _after(view, quantities, index)
    before = _before(view, quantities, index)
    own = before or after if quantities[index].unit in _RATES else after or before
    return own or _inherited(view, quantities, index, items)


def _after(view: str, quantities: Sequence[Quantity], index: int) -> Span | None:
    """The noun phrase right behind the number; that of the next number where the two touch."""
    start = quantities[index].end
    end = min(len(view), start + _CONTEXT)
    if stop := _CLAUSE.search(view, start, end):
        end = stop.start()
    following = quantities[index + 1] if index + 1 < len(quantities) else None
    if following and following.start <= end:
        end = following.start
        if end == start:
            return _after(view, quantities, index + 1)
        if following.unit is None and following.bound != "exact":
            return None
    phrase = _right_phrase(view, start, end, quantities[index].unit)
    graded = phrase and view[phrase[1] - 1] == "级" and view.startswith("、", phrase[1])
    if graded and following and following.start == phrase[1] + 1:
        return _after(view, quantities, index + 1) or phrase
    return phrase


def _right_phrase(view: str, start: int, end: int, unit: str | None) -> Span | None:
    words = _words(view, start, end)
    if words and unit == "次" and words[0] in _role("left") and words[0] not in _role("head"):
        start += len(words.pop(0))
    at = last = start
    for rank, word in enumerate(words):
        if _ends_name(words, rank):
            break
        at += len(word)
        if word != "以及" and word not in "、和及与":
            last = at
        if _CLOSED.search(word) and not _APART.match(view, at) and words[rank + 1 : rank + 2] != ["部门"]:
            break
    return (start, last) if last > start else None


def _ends_name(words: list[str], rank: int) -> bool:
    word, following = words[rank], words[rank + 1] if rank + 1 < len(words) else ""
    if rank == 0 and not word[0].isalnum() and word[0] not in "“《":
        return True
    if word not in _role("right") and word not in _role("left"):
        return False
    if following in _NOMINAL or following in _SUFFIXES:
        return False
    return not (rank == 0 and word in _role("head") and (following in _role("right") or word != "公开"))


def _words(view: str, start: int, end: int) -> list[str]:
    """Words of a stretch; fixed names stay whole, and so do verbs that the dictionary splits."""
    words: list[str] = []
    at = start
    for name in _fixed().finditer(view, start, end):
        words += _merged(cut(view[at : name.start()]))
        words.append(name.group())
        at = name.end()
    return words + _merged(cut(view[at:end]))


def _merged(words: list[str]) -> list[str]:
    known, merged = item_words(), list[str]()
    for word in words:
        if merged and merged[-1] + word in known:
            merged[-1] += word
        else:
            merged.append(word)
    return merged


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
    end = _trim_number_word(view, start, end, unit)
    if named := _outcome().search(view, start, end):
        return named.span()
    words = _words(view, start, end)
    begin = _left_edge(words, end)
    if begin == end:
        return _topic(view, words, end, unit)
    begin = _trim_head(view, begin, end)
    if plain := _PLAIN.search(view, begin, end):
        begin = plain.end()
    body = unit in ("件", "条") and _BODY.search(view[begin:end])
    return None if begin >= end or body else (begin, end)


def _left_edge(words: list[str], end: int) -> int:
    """Where the name that ends at `end` begins: behind the last word that cannot be part of it."""
    stops, weak = _role("left"), _role("weak")
    begin = end
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        if word == "的" and end - begin >= _FULL_NAME:
            break
        if word in stops and not _belongs(words, at):
            break
        if word in weak and begin < end and at and words[at - 1] in _role("tail"):
            break
        begin -= len(word)
    return begin


def _belongs(words: list[str], at: int) -> bool:
    """Whether a verb at `at` is part of a name all the same: its last word, before a suffix or 的."""
    if at + 1 == len(words):
        return words[at] in _role("head") and (at > 0 or words[at] != "公开")
    following = words[at + 1]
    if following == "的" or following in _SUFFIXES:
        return True
    if words[at] == "主动":
        return following == "公开" and at > 0 and words[at - 1] in _role("left")
    return words[at] == "公开" and at > 1 and words[at - 1] == "主动" and words[at - 2] in _role("left")


def _topic(view: str, words: list[str], end: int, unit: str | None) -> Span | None:
    """The name before a closing verb (政策解读发布3条), the verb itself where an act is counted (调用3次)."""
    if not words:
        return None
    verb = words[-1]
    start = end - len(verb)
    topic = _left_edge(words[:-1], start)
    topic = _trim_head(view, topic, start)
    if verb not in _role("tail") and topic < start and not _BODY.search(view[topic:start]):
        return topic, start
    return (start, end) if unit in _EVENTS else None


def _trim_tail(view: str, start: int, end: int) -> int:
    tails = _role("tail")
    words = _words(view, start, end)
    while words and words[-1] in tails:
        end -= len(words.pop())
    if words and len(words[-1]) > 1 and _TAIL_VERB.search(view, start, end):
        return _trim_tail(view, start, end - 1)
    return end


def _trim_head(view: str, start: int, end: int) -> int:
    heads = _role("strip")
    for word in _words(view, start, end):
        if word not in heads:
            break
        start += len(word)
    return start


def _trim_number_word(view: str, start: int, end: int, unit: str | None) -> int:
    """Leaves out a closing word for the number (信息总数 → 信息), kept where it is the measure itself."""
    found = _NUMBERED.search(view, start, end)
    if not found or found.start() == start or unit in _RATES or _ACTED.search(view, start, end):
        return end
    return found.start() if unit or found.group() != "数" else end


def _distributed(
    view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]
) -> Span | None:
    """One of several names before 分别, where this number is one of as many."""
    first, last = index, index
    while first and _JOINT.fullmatch(view, quantities[first - 1].end, quantities[first].start):
        first -= 1
    start = _clause_start(view, quantities, first)
    at = view.find("分别", start, quantities[first].start)
    if at < 0:
        return None
    while last + 1 < len(quantities) and _JOINT.fullmatch(
        view, quantities[last].end, quantities[last + 1].start
    ):
        last += 1
    size, rank = last - first + 1, index - first
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
    if here.unit not in _RATES:
        alike = [at for at in earlier if quantities[at].unit == here.unit]
        earlier = alike or earlier
    return items[earlier[0]] if earlier else None
