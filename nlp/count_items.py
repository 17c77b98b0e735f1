"""What is counted: the name that a quantity in the view belongs to.

A name follows its number (24个部门), precedes it (公开信息24条), stands before a verb that governs several
numbers (A、B分别增长1%、2%), or was named by an earlier number (收到申请5件, 其中网上3件).
"""

import re
from collections.abc import Sequence

from .name_phrases import RATES, leads_clause, name_before, name_behind
from .name_words import Span, is_outcome, outcome_behind
from .part_names import breakdown_part, ends_in_part, part_told
from .quantities import Quantity

# A clause ends at punctuation, at a bracket that holds more than a variant (县(市)), behind a date.
# The first character stands before the look behind it, so that the search skips to it at once.
_CLAUSE = re.compile(
    r"[,。;:!?\n()\d近一二三四五六七八九十两](?:(?<=[,。;:!?\n])"
    r"|(?<=\()(?![市县区州镇乡村居站所旗盟、社]{1,6}\))|(?<=\))(?<![市县区州镇乡村居站所旗盟社].)"
    r"|(?<=\d)(?<![\d较比从由续近到至为达于].)\d{0,3}(?:年(?!均)[度末底初中内]?|月(?:[份底末初]|[上中下]旬)?|日)"
    r"|(?<=[一二三四五六七八九十两])(?<![下上每前后续近].)年(?!均)"
    r"|(?<=[,。;:\n]近)[一二三四五六七八九十两\d]{1,2}年来?|(?<=[。;:\n][一二三四五六七八九十])[一二三四五六七八九十]?是)"
)
_JOINT = re.compile(r"[、,]?(?:和|及|与|以及)|[、,]|[—~-]{1,2}|至|到")
_APART = re.compile(r"[、和与及]|以及")
_LIST = re.compile(
    r"(?:[,。;:\n在]|集中于)([^,。;:\n在\d]{4,60}?)等?(?:[几\d一二三四五六七八九]{0,2}个?(?:方面|领域|类别|类))?,\Z"
)
_ASIDE = re.compile(
    r"(?<=[\u4e00-\u9fff])(?:\d{4}年(?:\d{1,2}月)?[度末底初中内]?|\d{1,2}年[来间]?|\([^()\n]{1,12}\))\Z"
)
# The lower end of a range that follows: 和5—8家.
_LOWER = re.compile(r"[、和与及]?\d[\d.]{0,12}[万亿]?(?:[—~-]{1,2}|至|到)\Z")
_LEVEL = re.compile(r"[^\W\d]{1,3}级")
_ORDINAL = re.compile(r"第[一二三四五]")
_DIGIT = re.compile(r"\d")
# A second measure word: 超100条(个).
_DOUBLE = re.compile(r"\([^\W\d]{1,2}\)(?=[^\W\d])")
_CLASSES = frozenset({"大类", "中类", "小类", "大项", "中项", "小项", "子项"})
# Characters looked at on either side; 99% of the names in reports stand within 60.
_CONTEXT = 80
# Numbers one 分别 governs, numbers and characters an item is carried over: more is seen in no report.
_GROUP = 12
_REMEMBERED = 40
_REACH = 4000


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
    if here.unit in RATES and not view.startswith("的", here.end):
        own = _before(view, quantities, index, items) or _after(view, quantities, index)
    else:
        own = _beside(view, quantities, index, items)
    own = own or _inherited(view, quantities, index, items)
    return own or _clause_before(view, quantities, index)


def _beside(view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]) -> Span | None:
    """The name behind the number, unless a verb stands there and the name in front (脱贫户21户增收)."""
    here = quantities[index]
    behind = _after(view, quantities, index)
    bare = view[here.end - 2] not in "以之"
    if behind and bare and leads_clause(view, behind, here.unit):
        return _before(view, quantities, index, items) or behind
    return (
        behind
        or _part(view, quantities, index)
        or _before(view, quantities, index, items)
        or outcome_behind(view, here.end)
        or part_told(view, here.end, here.unit)
    )


def _part(view: str, quantities: Sequence[Quantity], index: int) -> Span | None:
    """The part that a verb alone names where the sentence counted the whole before: 新建项目9个, 竣工4个."""
    here = quantities[index]
    part = breakdown_part(view, _clause_start(view, quantities, index), here.start)
    if part is None:
        return None
    sentence = _sentence_start(view, here.start)
    for at in range(index - 1, max(-1, index - 1 - _REMEMBERED), -1):
        whole = quantities[at]
        if whole.start < sentence:
            break
        if whole.unit == here.unit and whole.value >= here.value and not ends_in_part(view, whole.start):
            return part
    return None


def _sentence_start(view: str, at: int) -> int:
    return max(view.rfind(stop, max(0, at - _REACH), at) for stop in "。\n")


def _after(view: str, quantities: Sequence[Quantity], index: int, reach: int = _GROUP) -> Span | None:
    """The noun phrase right behind the number; that of the next number where the two touch."""
    if not reach:
        return None
    start = quantities[index].end
    if double := _DOUBLE.match(view, start):
        start = double.end()
    if index + 1 < len(quantities) and quantities[index + 1].start == start:
        return _after(view, quantities, index + 1, reach - 1)
    end = min(len(view), start + _CONTEXT)
    if stop := _CLAUSE.search(view, start, end):
        end = stop.start()
    following = quantities[index + 1] if index + 1 < len(quantities) else None
    if following and following.start <= end:
        end = following.start
        if lower := _LOWER.search(view, start, end):
            end = lower.start()
        if end == start:
            return _after(view, quantities, index + 1, reach - 1)
        if following.unit is None and following.bound != "exact":
            return None
        if quantities[index].unit in _CLASSES and view[start:end] == "、":
            return _after(view, quantities, index + 1, reach - 1)
    phrase = name_behind(view, start, end, quantities[index].unit)
    if phrase and following and following.start == phrase[1] + 1 and view.startswith("级、", phrase[1] - 1):
        return _without_level(view, _after(view, quantities, index + 1, reach - 1)) or phrase
    return phrase


def _without_level(view: str, phrase: Span | None) -> Span | None:
    """The name that numbers of several levels share: 2个省级、5个市级园区."""
    level = _LEVEL.match(view, *phrase) if phrase else None
    return (level.end(), phrase[1]) if phrase and level and level.end() < phrase[1] else phrase


def _before(view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]) -> Span | None:
    """The name in front of the number, within its clause and behind the number before with its name."""
    start, end = _clause_start(view, quantities, index), quantities[index].start
    last = items[index - 1] if index else None
    if last and last[0] == quantities[index - 1].end == start:
        start = min(last[1], end)
    unit = quantities[index].unit
    return name_before(view, start, end, unit) or _before_aside(view, start, unit)


def _before_aside(view: str, start: int, unit: str | None) -> Span | None:
    """The name before a date or bracket that opens a stretch: 生产能力2030年达到90万吨."""
    aside = _ASIDE.search(view, max(0, start - 16), start)
    if aside is None or not aside.start():
        return None
    floor = begin = max(0, aside.start() - _CONTEXT)
    for stop in _CLAUSE.finditer(view, floor, aside.start()):
        begin = stop.end()
    return name_before(view, begin, aside.start(), unit)


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
    name = name_before(view, start, end, quantities[index].unit)
    return name if name and not _DIGIT.search(view, *name) else None


def _distributed(
    view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]
) -> Span | None:
    """One of several names before 分别, where this number is one of as many."""
    first, last = index, index
    group = max(0, quantities[max(0, index - _GROUP)].start - _CONTEXT)
    if view.find("分别", group, quantities[index].start) < 0:
        return None
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
    subject = name_before(view, start, at, quantities[first].unit) or _listed(view, start, size)
    own = name_before(view, at + 2, end, quantities[first].unit) if size == 1 else None
    if size == 1 and (subject is None or (own and not _DIGIT.search(view, *own))):
        return None
    if subject is None:
        return items[first - size + rank] if first >= size else None
    return _share(view, subject, size, rank)


def _listed(view: str, end: int, size: int) -> Span | None:
    """As many names in a list as there are numbers: 在A、B、C等方面, 分别占1%、2%和3%."""
    found = _LIST.search(view, max(0, end - _CONTEXT), end)
    return found.span(1) if found and len(_APART.split(found[1])) == size else None


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
            start, end = edges[2 * rank], edges[2 * rank + 1]
            return subject if _ORDINAL.fullmatch(view, start, end) else (start, end)
    return subject


def _inherited(
    view: str, quantities: Sequence[Quantity], index: int, items: list[Span | None]
) -> Span | None:
    """The item of an earlier number of the paragraph.

    Of the one before for a share or where the two are joined; else of the last of the same unit that names
    more than an outcome, or of the last in the sentence.
    """
    here = quantities[index]
    floor = view.rfind("\n", max(0, here.start - _REACH), here.start) + 1
    near = range(index - 1, max(-1, index - 1 - _REMEMBERED), -1)
    earlier = [at for at in near if quantities[at].start >= floor and items[at]]
    if not earlier:
        return None
    last = earlier[0]
    joined = last == index - 1 and quantities[last].unit is not None and _joined(view, quantities, index)
    if here.unit not in RATES and not joined:
        things = [at for at in earlier if not is_outcome(view, items[at])]
        named = [at for at in things if quantities[at].unit == here.unit]
        sentence = _sentence_start(view, here.start)
        earlier = named or [at for at in things if quantities[at].start > sentence]
    return items[earlier[0]] if earlier else None
