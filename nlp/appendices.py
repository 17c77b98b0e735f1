"""What follows a report on the same page: appendices with their titles, glossaries, a web page's foot."""

import re
from bisect import bisect_right

from .reading import Reading

_APPENDIX = re.compile(
    r"附(?<![^\n]附)(?:件|录|表)(?:\d{1,2}|[一二三四五六七八九十]{1,2})?:?\n(?P<title>[^\n。,;:]{4,40})$",
    re.MULTILINE,
)
_GLOSSARY = re.compile(
    r"^(?:附(?:件|录)?\d{0,2}:?)?(?:[^\n。,;:]{0,24}(?:名词|术语|词语|用语|词汇|内容)(?:解释|注释|释义|说明)|注释:?(?=\n[\[〔(]?1[\]〕).、]))$",
    re.MULTILINE,
)
_FOOT = re.compile(
    r"(?:打印|关闭)(?:本页|窗口|页面|此页)?|相关(?:报道|链接|附件|文档|新闻|阅读|信息|稿件|解读)[:>]{0,4}.{0,40}|责任编辑:?.{0,12}"
    r"|扫一扫.{0,30}|分享到?.{0,8}|》》.{0,30}《《|(?:上|下)一[篇条]:?.{0,60}"
)
# The foot of a page is made of short lines; links are the longest of them.
_LONGEST_LINK = 80
_LONGEST_FOOT = 1000


def find_appendices(view: str) -> list[tuple[int, int, int]]:
    """Start, start of the title, and end of each appendix's heading (附件1 and the line below it)."""
    return [(match.start(), match.start("title"), match.end()) for match in _APPENDIX.finditer(view)]


def without_statements(reading: Reading) -> list[tuple[int, int]]:
    """Spans of the view, in order, that explain words or link to other pages, not the report's own."""
    view = reading.view
    ends = [start for start, _, _ in find_appendices(view)]
    spans = []
    for match in _GLOSSARY.finditer(view):
        index = bisect_right(ends, match.start())
        spans.append((match.start(), ends[index] if index < len(ends) else len(view)))
    foot = _foot(reading)
    return spans + ([(foot, len(view))] if foot < len(view) else [])


def _foot(reading: Reading) -> int:
    """Where the links below the text begin, in its latter half; the view's length where there are none."""
    found = length = len(reading.view)
    for start, end in reversed(reading.lines):
        if end - start > _LONGEST_LINK or length - start > _LONGEST_FOOT:
            break
        if _FOOT.fullmatch(reading.view, start, end):
            found = start
    return found if 2 * found > length else length
