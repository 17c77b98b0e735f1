"""Counted quantities in the view: number, measure word and bound, before it is known what is counted.

One pass of one pattern. Its first branches take what looks like a count and is none: titles, quoted names,
ordinals, addresses, web addresses, words with a fixed numeral.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from ..data.count_words import fixed_numerals, measure_words
from ..data.records import Bound
from ..data.word_lists import any_of, begun
from .numerals import ARABIC, HANZI, parse_number


class Quantity(NamedTuple):
    """A quantity at `[start, end)` of the view; `unit_span` is where its measure word stands."""

    start: int
    end: int
    value: int | float
    unit: str | None
    bound: Bound
    unit_span: tuple[int, int] | None = None


_BEFORE: dict[str, Bound] = {
    **dict.fromkeys(("超过了", "超过", "超出", "超", "逾", "突破了", "突破", "破"), "more"),
    **dict.fromkeys(("不低于", "不少于", "不小于", "至少", "高于", "大于", "多于", "上", "过"), "more"),
    **dict.fromkeys(("不足", "不到", "未到", "不满", "将近", "接近", "近"), "less"),
    **dict.fromkeys(("不超过", "不高于", "不多于", "不大于", "至多", "最多", "低于", "少于", "小于"), "less"),
    **dict.fromkeys(("大约", "约占", "约为", "约有", "约达", "约合", "约计", "约", "大概"), "about"),
}
_AFTER: dict[str, Bound] = {
    **dict.fromkeys(("及以上", "以上", "有余", "余", "多"), "more"),
    **dict.fromkeys(("及以下", "以下", "以内", "之内"), "less"),
    **dict.fromkeys(("左右", "上下"), "about"),
}
_TENS = "一二三四五六七八九十两"
# 成 that is a verb or part of a word, not a tenth.
_NO_TENTH = "员果立功本绩都长效熟形就品型人年套片规交千因分语"
# A measure word before these is one of time, grade or name: 个月, 吨级, 分钟.
_NO_UNIT = (
    r"(?!级|个?月(?!报|度|刊|均)|工作日|自然日|小时|季度|学期|星期|昼夜|年头|钟|周年|年级"
    r"|全会|全体会议|党代会|性(?!别))"
)
_AGE = r"岁(?!(?:及)?以[上下内]|[至到~-]|儿童|婴|老|孩|幼|前|后|的|入|即)"
_SCALE = (
    r"(?:[百千]?万亿|[百千]?[万亿](?:\d{1,4}(?:\.\d{1,4})?[千百]?万)?"
    r"|千(?![米克瓦伏卡帕赫兆人])|百(?![分强佳日年货姓米]))"
)

_ENDED = re.compile(r"[,。;:、!?)\n]|\Z|和|及|与|并|以及")
_CLOSED = re.compile(r"[,。;)\n]|\Z")
_SESSION = re.compile(r"(?:届|人大|政协|委员会|党代会)\Z")
_TIME = re.compile(r"[年月日天时秒周号]|小时|分钟|学时|(?:[吨元]|千瓦|人次?)级")
_PLACED = re.compile(r"[十百千万亿〇零]")
_RATIO = re.compile(r"[:∶]\d")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_RANK = re.compile(r"(?:前|居|列|排在|排名|全国|全省|全市|升至|名次|位次)第?$")
_FLOOR = re.compile(r"[楼号座幢栋厦院区]\Z")
# 9乡3镇: places that are their own measure word.
_PLACES = re.compile(r"(?:乡|镇|街道|社区|村|县|区|市)(?=\d|[,。;:、)\n和及与共各]|\Z)")
_NAMED = re.compile(r"(?:[数量额率次]|总[数计]|[为达至到共计增有])$")
_CODE = re.compile(r"(?:编号|编码|邮编|电话|传真|热线|号码|代码|账号|邮箱|QQ|微信号?|编为)[:为是]?$")
# 统一个, 每一个, 这一次: the 一 belongs to the word before.
_NO_ONE = "无统同唯单逐之任某每这那上下新初归合首历各再专第"
# 没有一件, 任何一次: nothing is counted.
_NO_ONE_OF = re.compile(r"(?:没有?|无|未有?|任何|哪怕|不少|白跑|少跑|交出了?|答好|谱写)\Z")
# Behind these even a loose 一 counts: 只组织了一次培训, 各开展一次评议, 每季度召开一次例会.
_REAL_ONE = re.compile(
    r"(?:[只仅各共均]|至少|每(?:年|月|周|季度?|半年|学期|日|天|两?个月)度?)[^,。;:、\d\n]{0,6}\Z"
    r"|(?:开展|组织|召开|举办|举行|进行|安排|编发|编印|开办|通报|调度|更新|报送)了?\Z"
)
_LOOSE_EVENT = frozenset("次期场")
# A measure word that counts only with digits counts here too: 由五层压缩为三层.
_CHANGES = r"(?:压缩|精简|减少?|缩减|缩短|合并|归并|整合|调整|优化|增加?|扩大|提高)(?:至|为|到|成)"
_CHANGED = re.compile(rf"{_CHANGES}\Z")
_CHANGING = re.compile(_CHANGES)
# Letters that a scanner read for digits: l3家, 1O件.
_MISREAD = str.maketrans("lIO", "110")
# With 一 these count only at the end of a clause: 打造一个平台 is any platform.
_LOOSE_ONE = frozenset("个条项张次支幅")


def _heads(words: Iterable[str], place: int = 0) -> str:
    """The characters at a place of the words, to be looked for in one look."""
    return "".join(sorted({word[place] for word in words if len(word) > place}))


def _refused() -> str:
    """What looks like a count and is none, taken whole so that nothing inside is matched."""
    return (
        r"《[^《》\n]{1,120}》|“[^“”\n]{1,60}”|‘[^‘’\n]{1,40}’"
        rf"|第[{HANZI}\d]{{1,8}}(?:[、和至到及~-]第?[{HANZI}\d]{{1,4}})*"
        r"|〔[^〔〕\n]{1,20}〕\d{0,6}"
        rf"|(?=[A-Za-z])(?!{_misread()})[A-Za-z0-9.:/_@?=&%-]{{1,201}}"
        rf"|[{_TENS}][^\W\dA-Za-z_{HANZI}][{_TENS}][^\W\dA-Za-z_{HANZI}]"
        rf"|一[^\W\dA-Za-z_{HANZI}成倍][多双][^\W\dA-Za-z_{HANZI}]"
        r"|(?<=[抓干办说成改建做管查创定谋盯])一[件项个批片事](?=[、,]?[抓干办说成改建做管查创定谋盯])"
        r"|(?<=[抓干办说成改建做管查创定谋盯]一[件项个批片事][、,][抓干办说成改建做管查创定谋盯])一[件项个批片事]"
        r"|(?<=[抓干办说成改建做管查创定谋盯]一[件项个批片事][抓干办说成改建做管查创定谋盯])一[件项个批片事]"
        r"|(?<!\d)1[^\W\dA-Za-z_]1[^\W\dA-Za-z_]"
        rf"|(?=[{_heads(fixed_numerals())}]){any_of(fixed_numerals())}"
    )


def _measured(more: str = "") -> str:
    """Lookahead for a measure word, told by its first character."""
    return rf"(?=[{''.join(sorted({word[0] for word in measure_words() if word[0] > '~'}))}余多{more}])"


def _misread() -> str:
    return rf"(?=\d{{0,4}}[lIO])(?=[lIO]{{0,4}}\d)[\dlIO]{{2,6}}(?![\dA-Za-z]){_measured('万')}"


def _spaced() -> str:
    """Thousands set apart by spaces: 4 375条, 2 036.4万元."""
    return rf"(?<!\d )[1-9]\d{{0,2}}(?: \d{{3}}){{1,4}}(?:\.\d{{1,8}})?(?![\d ]){_measured('万亿%')}"


def _number() -> str:
    words = set(measure_words()) - {"岁"}
    latin = {word for word in words if word.isascii() and word.isalpha()}
    unit = (
        rf"(?P<unit>{any_of(tuple(words - latin))}{_NO_UNIT}|{any_of(tuple(latin))}(?![A-Za-z])|{_AGE})"
        r"(?:\([^\W\d]{1,2}\))?"
    )
    arabic = (
        rf"(?<![\d.A-Za-z/#])(?<!\d,)(?P<arabic>{_spaced()}|{_misread()}|{ARABIC})"
        rf"(?P<some>[余多来几])?(?P<scale>{_SCALE})?(?P<more>[余多来几])?"
    )
    hanzi = (
        rf"(?<![{HANZI}数几])(?P<hanzi>[{HANZI}]{{1,20}}(?:点[{HANZI}]{{1,6}})?)"
        r"(?P<few>[余多来几])?(?P<lot>万亿|[百千万亿])?"
    )
    tenths = rf"(?P<tenths>[{_TENS}\d]成(?:[{_TENS}半](?![^\W\d_]))?)(?P<over>[多余])?(?![{_NO_TENTH}])"
    hundredths = rf"(?P<hundredths>百分之(?:[{HANZI}点]{{1,10}}|\d{{1,5}}(?:\.\d{{1,6}})?))"
    counted = unit.replace("<unit>", "<measure>")
    return rf"(?:{hundredths}|{tenths}|{arabic}(?:{unit})?|{hanzi}(?:{counted})?)"


@cache
def _pattern() -> re.Pattern[str]:
    climbed = r"(?<![迈登以之网线路海会])上|(?<![通经跨越])过"
    plain = any_of(tuple(set(_BEFORE) - {"上", "过", "约"}))
    before = (
        rf"(?P<before>{plain}|(?<![签节预违履解])约|(?:{climbed})(?=[{_TENS}]?[百千万亿]))"
        rf"(?=[\d{HANZI}])(?!{any_of(fixed_numerals())})"
    )
    behind = any_of(tuple(set(_AFTER) - {"余", "多"}))
    after = rf"(?P<after>{behind}|[余多](?![^\W_]))(?![游联衔级班车水楼贯])"
    return re.compile(rf"(?:(?P<refused>{_refused()})|(?:{before})?{_number()}(?:{after})?)")


@cache
def _beginnings() -> re.Pattern[str]:
    """Where a quantity, or what looks like one, may begin: the first two characters tell."""
    words = (*_BEFORE, *fixed_numerals())
    sure = rf"A-Za-z《“‘第〔{HANZI}"
    # Within a number of digits nothing begins but tenths.
    digit = r"(?<=\d)(?:(?<!\d\d)|(?=成))"
    second = rf"(?<!\d)(?=[\d{HANZI}{_heads(words, 1)}])"
    return re.compile(rf"[{sure}\d{_heads(words)}](?:(?<=[{sure}])|{digit}|{second})")


def find_quantities(view: str, masked: Sequence[tuple[int, int]] = ()) -> Iterator[Quantity]:
    """Quantities of a view in order; `masked` are spans (dates, titles, tables) that no count may touch."""
    spans = sorted(masked)
    ends = list(accumulate((end for _, end in spans), max))
    starts = [start for start, _ in spans]
    for match in begun(_beginnings(), _pattern(), view):
        if match["refused"] is not None:
            continue
        # A quantity begins where its match does: most numbers are those of dates, and need not be read.
        at = bisect_right(starts, match.start()) - 1
        if (at >= 0 and ends[at] > match.start()) or (found := _read(view, match)) is None:
            continue
        at = bisect_right(starts, found.end - 1) - 1
        if at < 0 or ends[at] <= found.start:
            yield found


def _read(view: str, match: re.Match[str]) -> Quantity | None:
    if match["arabic"]:
        return _arabic(view, match)
    if match["hanzi"]:
        return _hanzi(view, match)
    kind = "hundredths" if match["hundredths"] else "tenths"
    return _quantity(match, match.span(kind), match[kind], "%", match["over"])


def _arabic(view: str, match: re.Match[str]) -> Quantity | None:
    word = match["unit"]
    accepted = _ranked(view, match, word) if word else _stands_bare(view, match)
    if not accepted:
        return None
    some = match["some"] or match["more"]
    span = match.start("arabic"), max(match.end("arabic"), match.end("scale"))
    number = match["arabic"].replace(" ", "").translate(_MISREAD)
    return _quantity(match, span, number + (match["scale"] or ""), _unit(word), some)


def _hanzi(view: str, match: re.Match[str]) -> Quantity | None:
    number, word, few = match["hanzi"], match["measure"], match["few"]
    if number[0] in "百千万亿" and not match["before"] and not few:
        return None
    if number in "零〇" or (len(number) > 1 and not _PLACED.search(number)):
        return None
    if word is None:
        if not (match["before"] and number[0] in "百千万亿" and _ENDED.match(view, match.end())):
            return None
    elif not _counts_in_hanzi(view, match, number, word):
        return None
    span = match.start("hanzi"), max(match.end("hanzi"), match.end("lot"))
    return _quantity(match, span, number + (match["lot"] or ""), _unit(word), few)


_ENDINGS = ("unit", "measure", "hundredths", "over", "after", "more", "some", "few", "lot")


def _quantity(
    match: re.Match[str], span: tuple[int, int], number: str, unit: str | None, some: str | None
) -> Quantity | None:
    value = parse_number(number)
    if value is None:
        return None
    before, after = match["before"], match["after"]
    bound: Bound = "exact"
    if before:
        bound = _BEFORE[before]
    elif some:
        bound = "about" if some == "来" else "more"
    elif after:
        bound = _AFTER[after]
    end = match.end()
    if match.string[end - 1] == ")":
        # Behind a measure word only: 条(个).
        end = max(span[1], *map(match.end, _ENDINGS))
    start = match.start("before") if before else span[0]
    written = match.span("unit" if match["unit"] else "measure")
    return Quantity(start, end, value, unit, bound, written if written[0] >= 0 else None)


def _unit(word: str | None) -> str | None:
    if word is None:
        return None
    return measure_words()[word].unit if word in measure_words() else word


def _ranked(view: str, match: re.Match[str], word: str) -> bool:
    """Whether an Arabic number with a measure word counts: a rank (居第3位, 前10名) does not."""
    if word == "版" and (_YEAR.match(match["arabic"]) or "." in match["arabic"]):
        return False
    if word == "层" and _FLOOR.search(view, max(0, match.start() - 2), match.start()):
        return False
    return not (word in ("位", "名") and _RANK.search(view, max(0, match.start() - 4), match.start()))


def _stands_bare(view: str, match: re.Match[str]) -> bool:
    """Whether a number without a measure word is a count: scaled, or named before and closing its clause."""
    start, end = match.start(), match.end()
    if _RATIO.match(view, end) or view[start - 1 : start] in (":", "∶"):
        return False
    if match["scale"]:
        return not _TIME.match(view, end)
    if view.startswith("、", end) and len(match["arabic"]) < 3:
        return False
    if _PLACES.match(view, end):
        return len(match["arabic"]) < 4
    ended = _ENDED.match(view, end) is not None
    named = _NAMED.search(view, max(0, start - 8), start)
    return bool(ended and (named or match["before"] or match["after"] or match["more"])) and not _CODE.search(
        view, max(0, start - 8), start
    )


def _counts_in_hanzi(view: str, match: re.Match[str], number: str, word: str) -> bool:
    """Whether Chinese numeral and measure word count: 两件, 三个 do; 二期, 同一个, 一批 do not."""
    measure = measure_words().get(word)
    ended = _ENDED.match(view, match.end()) is not None
    manner = measure.manner if measure else "arabic"
    if number == "二" or (manner == "arabic" and not _changes(view, match)):
        return False
    if number == "一":
        return _counts_as_one(view, match, word, shy=manner == "shy")
    if word == "元" and not set(number) & set("十百千万亿"):
        return False
    if word == "期" and len(number) == 1 and number != "两" and not _CLOSED.match(view, match.end()):
        return False
    if word == "次" and _SESSION.search(view, max(0, match.start() - 4), match.start("hanzi")):
        return False
    if word in ("位", "名") and _RANK.search(view, max(0, match.start() - 4), match.start()):
        return False
    return not (manner == "shy" and not ended and len(number) == 1 and number not in "两三四五六七八九十")


def _counts_as_one(view: str, match: re.Match[str], word: str, *, shy: bool) -> bool:
    """Whether 一 with a measure word is a number: 办结一件 and 只开一次会 are, 一批 and 没有一件 are not."""
    at = match.start("hanzi")
    if view[at - 1 : at] in _NO_ONE or _NO_ONE_OF.search(view, max(0, at - 4), at):
        return False
    if word in _LOOSE_EVENT and _REAL_ONE.search(view, max(0, at - 10), at):
        return not view.startswith("性", match.end())
    if word == "期" and not _CLOSED.match(view, match.end()):
        return False
    return _ENDED.match(view, match.end()) is not None or not (shy or word in _LOOSE_ONE)


def _changes(view: str, match: re.Match[str]) -> bool:
    at = match.start("hanzi")
    return bool(_CHANGED.search(view, max(0, at - 4), at) or _CHANGING.match(view, match.end()))
