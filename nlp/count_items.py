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
    r"|(?<![\d较比从由续近])\d{1,4}(?:年(?!均)度?|月份?|日)|(?<![下上每前后续近])[一二三四五六七八九十两]年(?!均)|(?<=[。;:\n])[一二三四五六七八九十]{1,2}是"
)
_JOINT = re.compile(r"[、,]?(?:和|及|与|以及)|[、,]|[—~-]{1,2}|至|到")
_APART = re.compile(r"[、和与及]|以及")
_COMPARED = re.compile(r"(?:较|比|同比|环比|占)(?!例|赛|重|率|特)")
_TAIL_VERB = re.compile(
    r"(?:(?:连续|近)[\d一二三四五六七八九十两]{1,2}年|(?<![到发传表转直抵])达|(?<![行作人认])为"
    r"|(?<![国所拥])有|(?<![以不])超|(?<![平人年月日户])均|降|增)\Z"
)
_INSIDE = re.compile(r"[中里内](?=有|,|的)")
_NUMBERED = re.compile(r"(?:总数|总量|数量|(?<![人户次起种个家项条])(?<!(?<!文)件)数)\Z")
_ACTED = re.compile(r"(?:访问|浏览|点击|阅读|关注|下载|播放|查询)(?:总数|总量|数量|数)\Z")
# A verb before these is part of a name: 办结率, 投诉类.
_SUFFIXES = frozenset("率量数额类者费点班员度群") | {"人数", "里程", "金额", "面积", "规模", "总额"}
_NOMINAL = frozenset({"工程", "项目", "行动", "试点", "中心", "方案", "机制", "基地", "计划"})
# Names of these stand for all that follows them: 8个领域公共企事业单位.
_CLOSED = re.compile(r"(?:领域|方面|部分|环节|县区|县市|事项|单位)\Z")
# A body or channel counts nothing itself: 其中民政局1件, 网站发布3条.
_BODY = re.compile(
    r"(?:局|委|厅|办|镇|乡|县|市|区|街道|中心|公司|部门|网站|平台|网|微博|微信|公众号|热线|信箱|板|机关"
    r"|单位|政府|网络|信函|邮件|电话|现场|窗口|当面)\Z"
)
# What a report on disclosure need not say of its reviews and fees.
_PLAIN = re.compile(r"(?:信息|政务)公开.{0,6}?(?=行政复议|行政诉讼|信息处理费)")
_ADVERBS = frozenset({"累计", "共", "共计", "合计", "总计", "已", "分别", "全年", "年内", "先后", "陆续"})
_EVENTS = frozenset({"次", "人次", "条次", "件次", "场次", "人"})
# Verbs that take another verb: 清理整治河湖问题, 推动改造老旧小区.
_DRIVING = frozenset({"清理", "新建", "启动", "推动", "推进", "完成"})
_CLASSES = frozenset({"大类", "中类", "小类", "大项", "中项", "小项", "子项"})
_RATES = frozenset({"%", "个百分点", "‰"})
# Characters looked at on either side; 99% of the names in reports stand within 60.
_CONTEXT = 80
# Numbers one 分别 governs, numbers and characters an item is carried over: more is seen in no report.
_GROUP = 12
_REMEMBERED = 40
_REACH = 4000
# A name of this length needs no phrase with 的 before it.
_FULL_NAME = 3
# A verb that opens the clause governs names of this length; before shorter ones it is part of the name.
_LED_NAME = 4


@cache
def _role(role: str) -> frozenset[str]:
    return frozenset(word for word, roles in item_words().items() if role in roles)


@cache
def _verbs() -> frozenset[str]:
    """Verbs that are never the name itself."""
    return _role("left") - _role("head")


@cache
def _outcome() -> re.Pattern[str]:
    joined = "|".join(map(re.escape, sorted(outcomes(), key=len, reverse=True)))
    return re.compile(rf"(?:{joined})(?:(?:及|和|或|、)(?:{joined}))*\Z")


@cache
def _outcome_start() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(outcomes(), key=len, reverse=True))))


@cache
def _fixed() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(item_names(), key=len, reverse=True)))
    return re.compile(rf"《[^《》\n]{{1,60}}》|“[^“”\n]{{1,30}}”|{names}")


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
    here = quantities[index]
    if here.unit in _RATES and not view.startswith("的", here.end):
        own = _before(view, quantities, index) or _after(view, quantities, index)
    else:
        own = _after(view, quantities, index) or _before(view, quantities, index)
        own = own or _outcome_behind(view, here.end)
    own = own or _inherited(view, quantities, index, items)
    return own or _clause_before(view, quantities, index)


def _outcome_behind(view: str, at: int) -> Span | None:
    """The outcome of a breakdown that puts the number first (1件维持原判, 2件结转下年度)."""
    found = _outcome_start().match(view, at)
    return found.span() if found else None


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
        if quantities[index].unit in _CLASSES and view[start:end] == "、":
            return _after(view, quantities, index + 1)
    phrase = _right_phrase(view, start, end, quantities[index].unit)
    if phrase and following and following.start == phrase[1] + 1 and view.startswith("级、", phrase[1] - 1):
        return _after(view, quantities, index + 1) or phrase
    return phrase


def _right_phrase(view: str, start: int, end: int, unit: str | None) -> Span | None:
    start += view.startswith("的", start) and unit in _RATES
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
    if last - start > 1 and _INSIDE.match(view, last - 1):
        last -= 1
    return (start, last) if last > start else None


def _ends_name(words: list[str], rank: int) -> bool:
    word, following = words[rank], words[rank + 1] if rank + 1 < len(words) else ""
    if rank == 0 and not word[0].isalnum() and word[0] not in "“《":
        return True
    if word not in _role("right") and (
        word not in _role("left") - _role("head") or following in _role("weak")
    ):
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


def _clause_before(view: str, quantities: Sequence[Quantity], index: int) -> Span | None:
    """What the clause before names last (开办说法节目, 每周播出两期), where the sentence goes on from it."""
    end = _clause_start(view, quantities, index) - 1
    if end < 0 or view[end] not in ",:":
        return None
    start = max(0, end - _CONTEXT)
    for stop in _CLAUSE.finditer(view, start, end):
        start = stop.end()
    return _left_phrase(view, start, end, quantities[index].unit)


def _left_phrase(view: str, start: int, end: int, unit: str | None) -> Span | None:
    end = _trim_tail(view, start, end)
    if compared := _COMPARED.search(view, start, end):
        end = _trim_tail(view, start, compared.start())
    end = _trim_number_word(view, start, end, unit)
    if named := _outcome().search(view, start, end):
        return named.span()
    words = _words(view, start, end)
    kept = _kept(words)
    if not kept:
        return _topic(view, words, end, unit)
    behind_verb = kept < len(words) and words[-kept - 1] not in _role("strip")
    begin = _trim_head(view, end - sum(map(len, words[-kept:])), end)
    if plain := _PLAIN.search(view, begin, end):
        begin = plain.end()
    body = not behind_verb and unit in ("件", "条") and _BODY.search(view[begin:end])
    return None if begin >= end or body else (begin, end)


def _kept(words: list[str]) -> int:
    """How many of the last words make the name: all behind the last one that cannot be part of it."""
    stops, weak = _role("left"), _role("weak")
    length = 0
    for at in range(len(words) - 1, -1, -1):
        word = words[at]
        bound = word in stops and not _belongs(words, at)
        bound = bound or (word == "的" and length >= _FULL_NAME)
        bound = bound or (word == "等" and at > 0 and words[at - 1][-1] in "》”")
        led = word in weak and at > 0 and words[at - 1] in _ADVERBS
        if bound or (led and length and words[at + 1] not in _SUFFIXES):
            opens = word in _DRIVING and _opens(words[at + 1 :])
            return len(words) - 1 - at - opens
        length += len(word)
    return len(words) - _opens(words)


def _opens(words: list[str]) -> bool:
    """Whether the first word is a verb that governs the rest, a full name."""
    return len(words) > 1 and words[0] in _role("lead") and sum(map(len, words[1:])) >= _LED_NAME


def _belongs(words: list[str], at: int) -> bool:
    """Whether a verb at `at` is part of a name all the same: its last word, before a suffix or 的."""
    if at + 1 == len(words):
        alone = at == 0 or _BODY.search(words[at - 1]) is not None
        return words[at] in _role("head") and not (alone and words[at] == "公开")
    following = words[at + 1]
    if following == "的" or following in _SUFFIXES:
        return True
    return words[at] == "公开" and at > 1 and words[at - 1] == "主动" and words[at - 2] in _role("left")


def _topic(view: str, words: list[str], end: int, unit: str | None) -> Span | None:
    """The name before a closing verb (政策解读发布3条), the verb itself where an act is counted (调用3次)."""
    if not words:
        return None
    verb = words[-1]
    start = end - len(verb)
    kept = _kept(words[:-1])
    topic = _trim_head(view, start - sum(map(len, words[-kept - 1 : -1])), start) if kept else start
    if verb not in _role("tail") and topic < start and not _BODY.search(view[topic:start]):
        return topic, start
    return (start, end) if unit in _EVENTS else None


def _trim_tail(view: str, start: int, end: int) -> int:
    tails = _role("tail")
    words = _words(view, start, end)
    while words and words[-1] in tails:
        end -= len(words.pop())
    found = _TAIL_VERB.search(view, start, end) if words and len(words[-1]) > 1 else None
    return _trim_tail(view, start, found.start()) if found else end


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
    if found and found.start() == start:
        return start
    if not found or unit in _RATES or _ACTED.search(view, start, end):
        return end
    return found.start() if unit or found.group() != "数" else end


def _distributed(
    view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]
) -> Span | None:
    """One of several names before 分别, where this number is one of as many."""
    first, last = index, index
    while first > max(0, index - _GROUP) and _joined(view, quantities, first):
        first -= 1
    end = quantities[first].start
    if view.find("分别", max(0, end - _CONTEXT), end) < 0:
        return None
    start = _clause_start(view, quantities, first)
    at = view.find("分别", start, end)
    if at < 0:
        return None
    while last + 1 < min(len(quantities), first + _GROUP) and _joined(view, quantities, last + 1):
        last += 1
    size, rank = last - first + 1, index - first
    subject = _left_phrase(view, start, at, quantities[first].unit)
    if subject is None:
        return items[first - size + rank] if first >= size else None
    return _share(view, subject, size, rank)


def _joined(view: str, quantities: Sequence[Quantity], index: int) -> bool:
    """Whether nothing but a comma or 和 stands between a quantity and the one before it."""
    before, here = quantities[index - 1].end, quantities[index].start
    return before == here or _JOINT.fullmatch(view, before, here) is not None


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
    """The item of an earlier number of the paragraph.

    Of the one before for a share or where the two are joined; else of the last of the same unit that names
    more than an outcome.
    """
    here = quantities[index]
    floor = view.rfind("\n", max(0, here.start - _REACH), here.start) + 1
    near = range(index - 1, max(-1, index - 1 - _REMEMBERED), -1)
    earlier = [at for at in near if quantities[at].start >= floor and items[at]]
    if not earlier:
        return None
    last = earlier[0]
    joined = last == index - 1 and quantities[last].unit is not None and _joined(view, quantities, index)
    if here.unit not in _RATES and not joined:
        alike = [at for at in earlier if quantities[at].unit == here.unit]
        named = [at for at in alike if not _is_outcome(view, items[at])]
        earlier = named or alike or earlier
    return items[earlier[0]]


def _is_outcome(view: str, item: Span | None) -> bool:
    return item is not None and _outcome().fullmatch(view, *item) is not None
