"""The grammar of dates as regular expressions over a reading's view.

Standards: GB/T 7408 (ISO 8601) for dates in digits, GB/T 15835 for numerals in Chinese characters. A date is
found by its first word (`first_word`), then read whole with `MOMENT`, and with `LINK` and `MOMENT` again
where it is a range.
"""

import re
from functools import cache
from itertools import pairwise

from ..data.word_lists import any_of
from .year_anchor import relative_years

# Digits keep a blank where a line was set wide: 20 23年, 1 2月.
# Read from a scan, 0 comes as the letter O and 1 as l or I.
_YEAR = (
    r"(?:(?:1 ?9|2 ?[0oOοΟоО〇]) ?[\dlIoOοΟоО〇] ?[\dlIoOοΟоО〇]"
    r"|(?:一九|二[〇零0oOοΟоО])[〇零0oOοΟоО一二三四五六七八九]{2})"
)
_MONTH = r"(?:1 ?[0-2oO]|[lI](?=\d)[0-2]|0?[1-9]|十[一二]?|[元一二三四五六七八九])"
_DAY = (
    r"(?:3 ?[01lIoO]|[12lI] ?[\doO]|[12] ?[lI]|0?[1-9]|三十一?|二十[一二三四五六七八九]?"
    r"|十[一二三四五六七八九]?|[一二三四五六七八九])"
)
_QUARTER = r"[一二三四1-4]"
_DASH = r"(?:-{1,2}|—{1,2}|─{1,2}|~|至|到)"
_LINK = rf"(?:\(含\))?(?:(?:起|开始|始),?|,(?=至))?(?:{_DASH}|(?<=[日月年])一(?=\d))(?:截?止)?(?:于)?"

# Not inside a number; a list's number may stand before it: 3.2023年.
_FREE = r"(?:(?<![\d.])|(?<=[\n。;:,]\d\.)|(?<=[\n。;:,]\d\d\.)|(?<=^\d\.)|(?<=^\d\d\.))"

_PART_OF_DAY = "(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜间)"
_CLOCK = r"(?:\d{1,2}|[零〇])(?::\d\d|时(?!候|代|段)|点(?=[整半\d前后至-]))(?:整|半|\d{1,2}分)?"
# Neighbours named together: 第一、二季度, 11、12月份; at a line's beginning the first may be its number.
_QUARTERS_ON = "|".join(
    rf"(?<={one})[、和](?=第?{two}季)" for one, two in [*pairwise("一二三四"), *pairwise("1234")]
)
_MONTHS_ON = "|".join(rf"(?<=[^\n。;:,\d]{month})、(?={month + 1}月)" for month in range(1, 12))
# 今明两年: the first and the last year by their distance from this one.
YEARS_TOGETHER = {"去今两年": (-1, 0), "今明两年": (0, 1), "今明后三年": (0, 2), "今明两个年度": (0, 1)}
TOGETHER = re.compile(any_of(tuple(YEARS_TOGETHER)))
# 9月15、16日
_DAYS_ON = rf"(?:、{_DAY}){{1,4}}日"
_TIME = rf"(?:{_PART_OF_DAY}?{_CLOCK}|{_PART_OF_DAY})"

LINK = re.compile(_LINK)
# The day alone that ends a range: 3月19日至20日.
DAY_ONLY = re.compile(rf"(?P<day>{_DAY})[日号](?:{_TIME})?")
# Numbers parted by one sign three times over: 2020.5.12, 2020-05-12, 2020/5/12, 2020-05.
DOTTED = re.compile(
    r"(?P<year>[12](?<![A-Za-z\d_./-].)(?:(?<=1)9|(?<=2)0)\d\d)(?P<sign>[./-])(?P<month>1[0-2]|0?[1-9])(?![\d年])"
    rf"(?:(?P=sign)(?P<day>3[01]|[12]\d|0?[1-9])(?!\d|[./]\d)(?:{_TIME}| \d{{1,2}}:\d\d(?::\d\d)?)?)?"
)
# The end of such a range may drop the year: 2020.1.1-12.31.
DOTTED_END = re.compile(
    r"(?:(?P<year>(?:19|20)\d\d)(?P<sign>[./-]))?(?P<month>1[0-2]|0?[1-9])[./-](?P<day>3[01]|[12]\d|0?[1-9])(?!\d|[./]\d)"
)
# Months so written are known by the second one: 2020.01-2020.12.
DOTTED_MONTHS = re.compile(
    r"(?P<year>[12](?<![A-Za-z\d_./-].)(?:(?<=1)9|(?<=2)0)\d\d)(?P<sign>[./-])(?P<month>0[1-9]|1[0-2])"
    rf"(?!(?P=sign)){_DASH}(?:(?P<year2>(?:19|20)\d\d)(?P=sign))?(?P<month2>0[1-9]|1[0-2])(?![\d./-])"
)
# A further day of the month just named: 5月12日、13日.
LISTED_DAY = re.compile(rf"[、和及与](?P<day>{_DAY})(?:日(?!内)|(?={_DAYS_ON}))")


@cache
def moment() -> re.Pattern[str]:
    """One date from its first word on, every part optional: an empty match is none.

    Groups: `year` (with `since`, the first of 2019-2021年), `short` (21年3月), `relative`, `same` (同年);
    `month`, `day`, `third`, `edge` (月底); `quarter` (with `close`, 季度末), `first` (前三季度), `half`,
    `limit` (年底); `month0`, `day0` and `quarter0` begin a span of numbers with one measure word
    (1-12月, 1月1-15日).
    """
    relative = any_of(tuple(relative_years()))
    head = (
        rf"(?:20(?=20\d\d年))?(?:(?P<since>{_YEAR})年?度?{_LINK})?(?P<year>{_YEAR})"
        rf"(?:年度?|(?=(?:1[0-2]|[1-9])月{_DAY}日)|(?=[两三四五]年)|$)"
        r"|(?P<short>[012]\d)年(?=(?:1[0-2]|0?[1-9])月)"
        rf"|(?P<relative>{relative})|(?P<same>同年|同一年)"
    )
    month = (
        rf"(?:(?P<month0>{_MONTH})(?:{_LINK}|{_MONTHS_ON}))?(?P<month>{_MONTH})月份?"
        rf"(?:(?:(?P<day0>{_DAY}){_LINK})?(?P<day>{_DAY})(?:[日号](?!线)(?:{_TIME})?|(?={_DAYS_ON}))"
        r"|(?P<third>上中|中下|[上中下])旬|(?P<edge>[底末初]))?"
    )
    quarter = (
        rf"(?:第?(?P<quarter0>{_QUARTER})(?:(?:季度)?{_LINK}|{_QUARTERS_ON}))?第?(?P<quarter>{_QUARTER})季度(?P<close>[末初])?"
        r"|(?P<first>前[一二三两123])个?季度"
    )
    limit = r"年?(?P<limit>[底末初]|终(?=前|[,。]))(?!期|级)"
    body = rf"{month}|{quarter}|(?P<half>[上下])半年(?!度|报)|{limit}|全年"
    return re.compile(rf"(?:{head})?(?:{body})?")


@cache
def first_word() -> re.Pattern[str]:
    """Where a date may begin; the match itself says no more than that."""
    relative = any_of(tuple(relative_years()))
    digits = r"(?:1 ?[0-2oO]|[lI](?=\d)[0-2]|0?[1-9])"
    characters = r"(?:十[一二]?|[元一二三四五六七八九])"
    heads = "".join(sorted({word[0] for word in (*relative_years(), *YEARS_TOGETHER)}))
    return re.compile(
        # One look at the first character spares the look behind it and the branches.
        rf"(?=[\dlI十元一二三四五六七八九第前上下年同{heads}])(?:{_FREE}(?:20(?=20\d\d年))?{_YEAR}(?:(?=年|{digits}月)|(?={_LINK}{_YEAR}年|[、和与及](?:{_YEAR}[、和与及])?{_YEAR}年)"
        rf"|(?=(?:[、和与及]{_YEAR}){{0,4}}[两三四五]年))"
        rf"|{TOGETHER.pattern}|(?<![\d.])[012]\d(?=年{digits}月)|{relative}|同一?年(?=\d|[一二三四五六七八九十]+月|[底末初上下])"
        rf"|(?<![\d.]){digits}(?:月份?)?(?:(?:{_LINK}|{_MONTHS_ON}){digits})?(?<=[\doO])月"
        rf"|{characters}(?:月|{_LINK}{characters}月)"
        rf"|第?{_QUARTER}(?:(?:{_LINK}|{_QUARTERS_ON})第?{_QUARTER})?季度|前[一二三两123]个?季度"
        r"|[上下]半年|年[底末初终])"
    )
