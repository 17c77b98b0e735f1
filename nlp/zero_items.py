"""What a zero statement says there was none of: the shortest words of its object that name it."""

import re
from functools import cache

from ..data.word_lists import any_of, word_lists

# Nobody left after these: what stands on both sides of the cut names something.
_SHORTEST = 2


def object_item(view: str, negated: tuple[int, int], verb: str, stop: int) -> tuple[int, int]:
    """The item of a negated clause: `negated` is the negation with its verb, the object runs to `stop`.

    A preposition or a verb that modifies its noun (因…引发, 依申请公开的信息) belongs to the item; who might
    have asked, how, and empty words (任何, 相关, …的情况) do not.
    """
    lists = word_lists("zero_words")
    after = negated[1]
    if verb == "收" and view.startswith("费", after) and not view.startswith("费用", after):
        return after - 1, stop
    joins = verb in lists["item_verb"] or (verb in lists["item_modifier"] and "的" in view[after:stop])
    start = after - len(verb) if joins else after
    return trimmed_item(view, start, stop)


def trimmed_item(view: str, start: int, end: int) -> tuple[int, int]:
    """A phrase without the empty words at its head and tail."""
    lead, tail = _patterns()
    while (found := lead.match(view, start, end)) and found.end() <= end - _SHORTEST + 1 and found[0]:
        start = found.end()
    while (found := tail.search(view, start, end)) and found.start() >= start + _SHORTEST:
        end = found.start()
    return start, end


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = word_lists("zero_words")
    who = any_of(lists["item_who"])
    other = "(?:任何|有关|其他|其它|一个|一名|一位)?"
    whoever = rf"{other}{who}(?:(?:、|和|或者|或|及|与|以及){other}{who}){{0,4}}"
    way = r"(?:(?:以|通过|采用|采取|利用)[^的,]{1,16}?(?:形式|方式|渠道|途径|手段))"
    asked = (
        rf"(?:提出|提交|递交|发来|提起|寄来|送达|送来)(?:过|来)?(?!{any_of(('公开', '行政'))}(?:.{{0,8}})的)"
    )
    lead = re.compile(
        rf"{any_of(lists['item_lead'])}"
        rf"|{whoever}{way}?(?:[向对][^,的]{{1,14}}?)?(?:{asked}的?|的)"
        rf"|{whoever}{way}?(?:(?:[向对][^,的]{{1,14}}?)(?=申请|投诉|举报|反映)|(?=申请(?:公开|获取|查阅|政府|信息)))"
        rf"|{way}(?:{asked})?的|[^,的、]{{2,10}}?(?:形式|方式|渠道|途径)(?:{asked})?的"
        rf"|[^,的]{{2,30}}?等(?:任何|各种|各类|其他)?(?:形式|方式|渠道|途径)(?:{asked})?的"
        rf"|任何|{asked}的|人(?:{asked}|(?=申请|投诉|举报|反映|上访|起诉))"
        r"|[^,的]{2,10}?方面的?|因[^,]{1,16}而|[向对][^,]{1,10}?(?=收(?:取|费))|从事[^,]{1,20}的|(?:收取|收(?![费入到]))(?=[^,]{0,12}费)|一(?=败诉|投诉|上访)"
    )
    tail = re.compile(
        r"(?:(?<!报告)(?<!说明)(?<!汇报)的(?:情况|情形|现象|问题|行为)|(?<![的息理])(?:情况|情形|现象|问题|行为)"
        r"|(?<=追究)(?:结果|事项)|(?<=[复诉密罚分责])事项|发生|产生|出现|收取|提起)$"
    )
    return lead, tail
