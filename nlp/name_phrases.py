"""Where the name of what is counted begins and ends, beside its number.

Before a number the name stands behind the verb that governs it (改造老旧小区12个), behind a number before the
verb that follows it (12个小区完成改造). Words are told by the lexicon; a word it lacks is a verb where the
dictionary's tag says so.
"""

import re
from functools import cache

from ..data.count_words import item_heads, item_names
from .name_words import Span, acts, ends_in_outcome, is_tagged_verb, role, role_alone, words_of

# Rates have what grew or is shared for their item, the others the thing.
RATES = frozenset({"%", "个百分点", "‰"})
_EVENTS = frozenset({"次", "人次", "件次", "场次", "人", "批", "批次"})
# Of these an act done to things names the things: 农房改造3万户.
_THINGS = frozenset("户亩栋幢座所家台辆列艘套间棵株头只口眼盏处部个") | {"公里", "平方米", "平方公里", "公顷"}
# Of these a total is the measure itself: 经济总量.
_MEASURES = frozenset({"元", "美元", "吨", "吨标准煤", "千瓦时", "立方米", "千瓦", "亩", "平方米", "公里"})
_NUMBER = r"[\d一二三四五六七八九十两半几]"
_TURN = (
    r"(?:回升|回落|提高|提升|增加|增长|降低|下降|减少|压缩|压减|缩短|缩减|扩大|扩展|上升|上涨|下调|上调"
    r"|下跌|攀升|跃升|精简|调整|延长|延伸|稳定|保持|维持|控制|达|增|减|降|升|提|缩|压|扩|涨|跌|调)"
)
# What may stand between a name and its number: 由, 提高到, 每人每月, 2010年的, 近五年.
_TURNED = re.compile(rf"{_TURN}(?:到|至|为|成)")
_TAIL = re.compile(
    rf"(?:{_TURN}(?:到|至|为|在|了)"
    rf"|(?:每(?:个|名|位|家|户|人|月|年|亩|吨|天|日|周|季度?|学期|半年|生|村|套|平方米|立方米|公里|次|张|份|盒"
    rf"|台|辆|{_NUMBER}{{1,3}}[个万千百]?[人户月年天])[均次]?)+"
    rf"|(?:\d{{4}}|[去上当今前])年(?:度|末|底|初)?的?|[年月季](?:初|末|底|中)的?|(?:连续|近|过去)?(?<![下上每前后另]){_NUMBER}{{1,2}}年(?:来|间)?"
    r"|(?<![自理来原事经])由|(?<![无服])从|(?<![到发传表转直抵送下])达|(?<![行作人认])为|(?<![国所拥])有"
    r"|(?<![以不])超|(?<![平人年月日户])均|(?<!下)降|(?<!新)增|[中里内]有|[一二三四]季度|[上下]半年|\d[\d.,]{0,12}[万亿]?(?:至|到|[—~-]{1,2}))\Z"
)
# The last character of every one of them.
_TAIL_ENDS = frozenset(
    "到至为在了成由从达有超均降增的年度末底初中来间次个名位家户人月吨亩天日周季期半生村套米里张份盒台辆-—~"
)
# From here on a stretch compares: 比上年, 高于全市, 占总数, 为预算的.
_COMPARED = re.compile(
    r"(?:较|(?<![对可占])比|同比|环比|占|高于|低于|快于|慢于|优于|好于|高出|低出|多于|少于|大于|小于|超出|领先|落后)"
    r"(?!例|赛|重|率|特|比|地(?!区|方)|用|有|道|武|拼|选|对)|(?<![作认行人])为(?=[^,]{1,12}的\Z)"
)
_INSIDE = re.compile(r"[中里内](?=有|,|的)")
_NUMBERED = re.compile(r"(?:总数|(?<!经济)总量|数量|(?<![人户次起种个家项条])(?<!(?<!文)件)数)\Z")
_ACTED = re.compile(r"(?:访问|浏览|点击|阅读|关注|下载|播放|查询)(?:总数|总量|数量|数)\Z")
# These are the verb's object where no noun stands before it: 农机购置补贴, 发放补贴.
_PAID = frozenset({"补贴", "费用", "补助"})
# A measure takes its verb along: 回访满意率, 注册用户数.
_MEASURED = re.compile(r"(?:率|数|比例|占比|比重|强度|量)\Z")
# What follows a verb only.
_DIRECTED = frozenset("到给为至成在于了过")
_APART = re.compile(r"[、和与及]|以及")
# Names of these stand for all that follows them: 8个领域公共企事业单位.
_CLOSED = re.compile(r"(?:领域|方面|部分|环节|县区|县市|事项|单位|形式|方式|渠道|途径|载体|类别|门类)\Z")
# A body or channel counts nothing itself: 其中民政局1件, 网站发布3条.
_BODY = re.compile(
    r"(?:局|委|厅|办|镇|乡|县|市|区|街道|中心|公司|部门|网站|平台|网|微博|微信|公众号|热线|信箱|板|机关"
    r"|单位|政府|网络|信函|邮件|电话|现场|窗口|当面|方式|渠道|途径)\Z"
)
# Pages are named by their medium all the same.
# Nor does who was there: 县长到场3次.
# A meeting is named without what it was about: 召开会议研究公开工作3次.
_HELD = re.compile(
    r"(?:(?<=会议)|(?<=[谈讲调进度论讨报培例]会)|(?<=讲座))(?:专题|集体|专门)?(?:研究|学习|听取|传达|审议|讨论|部署|分析|解读)(?!会|班|室|员)"
)
# What a total has passed is no name of it: 连跨两个千亿元台阶.
_MARK = re.compile(r"[十百千万亿]{0,3}[元斤吨级]?(?:台阶|大关|关口)")
_MEETINGS = frozenset("场次期批")
_PERSON = re.compile(r"(?:[省市州县区乡镇局厅委]长|书记|主任|领导|负责人|负责同志)\Z")
_MEDIA = frozenset({"网站", "微博", "微信"})
_PLACE = re.compile(r"(?:局|委|厅|办|镇|乡|县|市|区|街道|村|社区)\Z")
# What a report on disclosure need not say of its reviews and fees.
_PLAIN = re.compile(r"(?:信息|政务)公开.{0,6}?(?=行政复议|行政诉讼|信息处理费)")
_LED = frozenset({"户", "人", "名", "位", "元", "美元"})
# Suffixes of this length name papers, which verbs hand out: 下发督办单.
_PAPER = 3
# A name of this length needs no phrase with 的 before it.
_FULL_NAME = 3
# A verb that opens the clause governs names of this length.
_LED_NAME = 2


def name_behind(view: str, start: int, end: int, unit: str | None) -> Span | None:
    """The noun phrase right behind a number, within `[start, end)`; None where a verb follows."""
    start += view.startswith("的", start) and (unit in RATES or unit in ("个", "家", "名", "户"))
    if _MARK.match(view, start, end):
        return None
    words = words_of(view, start, end)
    told = bool(words) and unit == "次" and words[0] in role("left") and words[0] not in role("head")
    if told:
        start += len(words.pop(0))
    kept: list[str] = []
    for rank, word in enumerate(words):
        if _ends_name(words, rank, unit) or (told and rank and acts(word)):
            break
        kept.append(word)
        at = start + sum(map(len, kept))
        if _CLOSED.search(word) and not _APART.match(view, at) and words[rank + 1 : rank + 2] != ["部门"]:
            break
    return _without_ends(view, start, kept, words[len(kept) :], unit)


def _without_ends(view: str, start: int, kept: list[str], rest: list[str], unit: str | None) -> Span | None:
    """The name without closing adverbs, joints, and what was done to the things: 社区年检(结果)."""
    if (
        rest
        and rest[0] in role("owned")
        and unit in _THINGS
        and len(kept) > 1
        and (acts(kept[-1]) or kept[-1] in role("deed"))
    ):
        kept.pop()
    while kept and (kept[-1] == "以及" or kept[-1] in "、和及与"):
        kept.pop()
    while len(kept) > 1 and (kept[-1] in role("adverb") or (unit in _THINGS and kept[-1] in role("event"))):
        kept.pop()
    last = start + sum(map(len, kept))
    if last - start > 1 and _INSIDE.match(view, last - 1):
        last -= 1
    return (start, last) if last > start else None


def _ends_name(words: list[str], rank: int, unit: str | None) -> bool:
    word, following = words[rank], words[rank + 1] if rank + 1 < len(words) else ""
    if rank == 0 and (
        (not word[0].isalnum() and word[0] not in "“《") or (word[0] in "未没" and word not in item_names())
    ):
        return True
    if rank == 0 and word in item_heads() and (not following or following in role("right")):
        return False
    if _TURNED.fullmatch(word) or (rank and unit in _THINGS and word in role("owned")):
        return True
    if rank and len(word) > 1 and word[0] in "未不没" and word not in item_names():
        return True
    if rank == 0 and word in role("weak") and following[:1].isalnum() and following not in role("left"):
        return False
    if not _stops(words, rank):
        return False
    if _modifies(word, following, rank):
        return False
    return not (rank == 0 and word in role("head") and (following in role("right") or word != "公开"))


def _modifies(word: str, following: str, rank: int) -> bool:
    """Whether a verb behind the number only describes the noun after it: 收购企业, 办结率."""
    if following in _PAID or (following in role("suffix") and (rank == 0 or len(following) < _PAPER)):
        return True
    if len(word) == 1 or word in role("adverb") or following not in item_heads():
        return False
    return rank == 0 or word not in role("left") or following not in role("matter")


def _stops(words: list[str], rank: int) -> bool:
    """Whether a word behind the number is no part of a name, but for what follows it."""
    word, following = words[rank], words[rank + 1] if rank + 1 < len(words) else ""
    if word in role("right"):
        return True
    if word in role_alone("left", "head"):
        return rank > 0 or following not in role("weak")
    if acts(word) and following in _DIRECTED:
        return True
    governs = rank > 0 and bool(following) and following not in "、和及与等"
    return governs and (word in role("lead") or is_tagged_verb(word)) and following not in role("weak")


def leads_clause(view: str, behind: Span, unit: str | None) -> bool:
    """Whether what stands behind a number of people or money is a verb with its object, no noun."""
    words = words_of(view, *behind) if unit in _LED else []
    if not words or words[0] in role("head") or words[0] in role("matter"):
        return False
    if len(words) == 1:
        return acts(words[0]) or words[0] in role("deed")
    if words[0] in role_alone("left", "weak"):
        return True
    governs = acts(words[0]) and (unit == "元" or words[0] not in role("weak"))
    return governs and not _modifies(words[0], words[1], 0)


def name_before(view: str, start: int, end: int, unit: str | None) -> Span | None:
    """The noun phrase that ends before a number, within `[start, end)`; None where nothing is named."""
    if _MARK.match(view, start, end):
        return None
    if compared := _COMPARED.search(view, start, end):
        end = compared.start()
    end = _trim_tail(view, start, end, unit)
    end = _trim_number_word(view, start, end, unit)
    if named := ends_in_outcome(view, start, end):
        return named
    if unit in _MEETINGS and (held := _HELD.search(view, start, end)):
        end = held.start()
    words = words_of(view, start, end)
    first = _first_kept(words)
    if first == len(words) or _bare_verb(words, first):
        return _topic(view, words, end, unit)
    behind_verb = first > 0 and words[first - 1] not in role("strip")
    begin = _trim_head(view, end - sum(map(len, words[first:])), end)
    if plain := _PLAIN.search(view, begin, end):
        begin = plain.end()
    name = view[begin:end]
    if not behind_verb and unit in ("件", "条") and _BODY.search(name) and name not in _MEDIA:
        return None
    if words[0] == "其中" and _PLACE.search(name):
        return None
    return (begin, end) if begin < end else None


def _names_channel(name: str, unit: str) -> bool:
    """Whether a name in a breakdown is that of a body or channel only; pages are named by their medium."""
    return _BODY.search(name) is not None and not (unit == "条" and name in ("网站", "微博", "微信"))


def _bare_verb(words: list[str], first: int) -> bool:
    """Whether all that is left is a verb behind its adverb: 全年公示, 累计推送."""
    if not 0 < first == len(words) - 1 or words[first - 1] not in role("adverb"):
        return False
    word = words[first]
    nominal = word in role("head") or word in role("weak")
    bare = (word in role("lead") or word in role("right")) and not nominal
    return bare or word in ("公示", "通报")


def _first_kept(words: list[str]) -> int:
    """Which word the name begins with: behind the last one that cannot be part of it, and behind its verb."""
    first, length, bounding = 0, 0, _bounding()
    for at in range(len(words) - 1, -1, -1):
        if words[at] in bounding and _bounds(words, at, length):
            first = at + 1
            break
        length += len(words[at])
    if first and words[first - 1] not in role("drive") and words[first - 1] not in role("adverb"):
        return first
    at = first
    while at < len(words) and (words[at] in role("strip") or (first and words[at] in "、和及与")):
        at += 1
    return _first_kept_behind(words, at) if _opens(words[at:]) else first


def _first_kept_behind(words: list[str], at: int) -> int:
    """Which word the name begins with behind the verb at `at` and those joined to it."""
    at += 1
    while _opens(words[at:]):
        at += 1
    return at


@cache
def _bounding() -> frozenset[str]:
    """The words that a name may begin behind."""
    return role("left") | role("weak") | {"的", "等"}


def _bounds(words: list[str], at: int, length: int) -> bool:
    word = words[at]
    if word in role("left"):
        return not _belongs(words, at)
    if word == "的":
        return length >= _FULL_NAME
    if word == "等":
        return at > 0 and words[at - 1][-1] in "》”"
    led = word in role("weak") and at > 0 and words[at - 1] in role("adverb")
    return led and length > 0 and words[at + 1] not in role("suffix")


def _opens(words: list[str]) -> bool:
    """Whether the first word is a verb that governs the rest."""
    if len(words) < 2 or not (words[0] in role("lead") or is_tagged_verb(words[0])):
        return False
    rest = words[1:]
    if rest[0] in role("suffix") or rest[0] in role("strip") or sum(map(len, rest)) < _LED_NAME:
        return False
    if rest[0][0] in "、和与及等的" or _MEASURED.search(rest[-1]):
        return False
    if words[0] not in role("lead") and (rest[0] in role("weak") or rest[0] in role("lead")):
        return False
    if rest[0] not in item_heads() or rest[0] in role("object"):
        return True
    return len(rest) > 1 and rest[1] not in item_heads() and rest[1] not in role("suffix")


def _belongs(words: list[str], at: int) -> bool:
    """Whether a verb at `at` is part of a name all the same: its last word, before a suffix or 的."""
    if at + 1 == len(words):
        alone = at == 0 or words[at - 1] in role("adverb") or bool(_BODY.search(words[at - 1]))
        return words[at] in role("head") and not (alone and words[at] in ("公开", "投入"))
    following = words[at + 1]
    if following == "的" or following in role("suffix"):
        return True
    if following in _PAID and at + 2 == len(words):
        return at > 0 and not acts(words[at - 1]) and words[at - 1] not in role("adverb")
    return words[at] == "公开" and at > 1 and words[at - 1] == "主动" and words[at - 2] in role("left")


def _topic(view: str, words: list[str], end: int, unit: str | None) -> Span | None:
    """The name before a closing verb (政策解读发布3条), the verb itself where an act is counted (调用3次)."""
    if not words:
        return None
    verb = words[-1]
    at = start = end - len(verb)
    subject = words[:-1]
    while subject and (subject[-1] in role("adverb") or subject[-1] in role("tail")):
        at -= len(subject.pop())
    first = _first_kept(subject)
    topic = _trim_head(view, at - sum(map(len, subject[first:])), at)
    channel = first > 0 and words[first - 1] in role("channel")
    person = unit in _MEETINGS and _PERSON.search(view, topic, at) is not None
    if (
        verb not in role("tail")
        and topic < at
        and not channel
        and not person
        and not _BODY.search(view[topic:at])
    ):
        return topic, at
    return (start, end) if unit in _EVENTS and not channel else None


def _trim_tail(view: str, start: int, end: int, unit: str | None) -> int:
    tailed = end > start and view[end - 1] in _TAIL_ENDS
    if tailed and (found := _TAIL.search(view, max(start, end - 16), end)):
        return _trim_tail(view, start, found.start(), unit)
    tails, whole = role("tail"), end
    words = words_of(view, start, end)
    while words and words[-1] in tails:
        end -= len(words.pop())
    if unit in _THINGS:
        while len(words) > 1 and words[-1] in role("event") and words[-2] not in role("left"):
            end -= len(words.pop())
    return end if end == whole else _trim_tail(view, start, end, unit)


def _trim_head(view: str, start: int, end: int) -> int:
    heads = role("strip")
    for word in words_of(view, start, end):
        if word not in heads:
            break
        start += len(word)
    return start


def _trim_number_word(view: str, start: int, end: int, unit: str | None) -> int:
    """Leaves out a closing word for the number (信息总数 → 信息), kept where it is the measure itself."""
    found = _NUMBERED.search(view, start, end)
    if found and found.start() == start:
        return start
    if not found or unit in RATES or unit in _MEASURES or _ACTED.search(view, start, end):
        return end
    return found.start() if unit or found.group() != "数" else end
