"""Clauses that state that nothing was counted: 未收到…申请, 无行政诉讼, 费用一概未收取, 零投诉.

Only what says so by a negation; a figure of 0 is a count. A shortcoming (没有及时更新), a goal
(确保零事故) and words that merely contain a negation (无障碍, 无法) are none.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..data.records import Zero
from ..data.word_lists import any_of, word_lists
from .reading import Reading
from .spans import Spans
from .zero_items import object_item, trimmed_item

# The object runs to the clause's end; a further negation after 、 begins the next one.
_OBJECT = re.compile(
    r"(?:(?![、和及](?:也|亦|均|更)?(?:未|没有|无|零|不存在))(?:[^。;,:!?()\n]|\([^()\n]{1,12}\))){0,70}"
)
# What a bare 无 stands under: a heading's line or a label with its colon, then at most who and when.
_HEADING = re.compile(
    r"(?:^|[\n。;:])(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.])?"
    r"(?P<name>[^\n。;,:]{2,40})(?::\n?|。?\n)"
    r"(?:(?:\d{4}年度?|本年度?|全年|[我本](?:机关|单位|部门|街道|[局委办厅县区市镇乡所])),?){0,3}[暂均尚也都未皆目前]{0,3}$"
)
_LONGEST_HEADING = 70
_NO_OBJECT = ("", "”", "过", "了", "发生", "发生过", "出现", "产生")
_CLAUSE_START = ",。;:!?\n"
# Further words between an event and the clause's end belong to the statement; a longer tail does not.
_LONGEST_TAIL = 4
_LONGEST_SUBJECT = 30


class _Clause(NamedTuple):
    start: int
    end: int
    item: tuple[int, int]


def find_zeros(reading: Reading, *, masked: Sequence[tuple[int, int]] = ()) -> tuple[Zero, ...]:
    """Zero statements in order; `masked` are spans of the view to pass over (tables, titles)."""
    passed_over = Spans(masked)
    zeros = []
    at = 0
    for clause in _clauses(reading.view):
        if clause.start < at or passed_over.touches(clause.start, clause.start + 1):
            continue
        at = clause.end
        start, end = reading.span(clause.start, clause.end)
        item = reading.clean(*clause.item) or None
        zeros.append(Zero(text=reading.text[start:end], start=start, end=end, item=item))
    return tuple(zeros)


@cache
def _negation() -> re.Pattern[str]:
    words = word_lists("zero_words")
    verbs = "|".join(rf"(?P<{kind}>{any_of(words[kind])})" for kind in ("received", "weak", "made"))
    # The first character stands before the look behind it, so that the search skips to it at once.
    return re.compile(
        rf"[未没无不零](?:(?:(?<=未)(?:曾|再|予|能)?|(?<=没)(?:有|(?=收到|接到|发生)))(?:{verbs})"
        r"|(?P<none>(?<=没)有|(?<=不)存在|(?<=无)(?<![从毫了有].)(?:(?=需要(?:报告|说明))"
        rf"|(?!需|{any_of(words['nothing_refused'])})))"
        rf"|(?<=零)[”\"]?(?P<zero>{any_of(words['zero_event'])})"
        r"|(?<=零)(?P<rid>[^,。;:!?()、\n零]{1,8}?(?:家庭|户|村|人员))(?:已|全部|基本|实现|动态|全面){0,3}(?:清零|归零|消零|为零))"
    )


@cache
def _event() -> re.Pattern[str]:
    return re.compile(any_of(word_lists("zero_words")["event"]))


def _clauses(view: str) -> Iterator[_Clause]:
    words = word_lists("zero_words")
    for match in _negation().finditer(view):
        lead = _lead(view, match.start())
        said = lead + match[0]
        if any(word in said for word in words["not_stated"] + words["shortcoming_lead"]):
            continue
        if match["rid"]:
            yield _Clause(match.start(), match.end(), (match.start(), match.end("rid")))
            continue
        clause = _zero_word(view, match) if match["zero"] else _negated(view, match, lead)
        if clause:
            yield clause


def _lead(view: str, at: int) -> str:
    """What stands before a place in its clause."""
    start = max(view.rfind(mark, max(0, at - _LONGEST_SUBJECT), at) for mark in _CLAUSE_START)
    return view[max(start + 1, at - _LONGEST_SUBJECT) : at]


def _zero_word(view: str, match: re.Match[str]) -> _Clause:
    quoted = view[match.start() - 1 : match.start()] in ("“", '"')
    return _Clause(match.start() - quoted, match.end(), match.span("zero"))


def _negated(view: str, match: re.Match[str], lead: str) -> _Clause | None:
    words = word_lists("zero_words")
    ran = _OBJECT.match(view, match.end())
    stop = ran.end() if ran else match.end()
    said = view[match.end() : stop]
    if not said and match["weak"] and _names_event(match["weak"]):
        return _Clause(match.start(), stop, match.span("weak"))
    if said in _NO_OBJECT:
        return _preposed(view, match, lead, stop)
    ruled = said.endswith("的") or any(word in said for word in words["rule"])
    other = words["unchanged" if match["received"] else "lacking"]
    named_by = _verb(match) in words["item_verb"]
    if ruled or (not named_by and view.startswith(other, match.end())):
        return None
    if match["made"]:
        named = said.endswith(words["made_object"])
    elif match["received"]:
        if said.startswith("的"):
            return _left_over(view, match, stop)
        named = _names_event(said) or "的" not in said
    else:
        whole = view[match.start() : stop]
        named = _names_event(whole) and not (view[match.start()] == "不" and lead.endswith(("信息", "内容")))
    if not named:
        return None
    return _Clause(match.start(), stop, object_item(view, match.span(), _verb(match), stop))


def _left_over(view: str, match: re.Match[str], stop: int) -> _Clause | None:
    """没有结转的申请: the verb modifies what there was none of."""
    start = match.start("received")
    has = view[match.start()] != "未" and _names_event(view[start:stop])
    return _Clause(match.start(), stop, trimmed_item(view, start, stop)) if has else None


def _verb(match: re.Match[str]) -> str:
    return match["received"] or match["weak"] or match["made"] or ""


def _names_event(said: str) -> bool:
    """Whether a phrase is about an event: named at its end, or near it and not as a modifier (…的单位)."""
    events = list(_event().finditer(said))
    if not events:
        return False
    tail = said[events[-1].end() :]
    if "的" in tail or any(word in tail for word in word_lists("zero_words")["tail_refused"]):
        return False
    return len(tail) <= _LONGEST_TAIL


def _preposed(view: str, match: re.Match[str], lead: str, stop: int) -> _Clause | None:
    """The clause whose object stands first (费用一概未收取), and 无 alone under a heading."""
    start = match.start() - len(lead)
    bare = lead.rstrip("均也亦都尚暂并一概律全部仍还从“")
    nothing = view[match.start()] == "无"
    if match["weak"] or match["made"]:
        return None
    if _names_event(bare):
        closed = not nothing or view[stop : stop + 1] in ("", "。", "\n", ";", ",")
        return _Clause(start, stop, _named(view, start, start + len(bare))) if closed else None
    return _under_heading(view, match.start(), match.end())


def _named(view: str, start: int, end: int) -> tuple[int, int]:
    """The sum of a list that stands before its negation: 检索费、邮寄费等费用 names 费用."""
    listed = view.rfind("等", start, end) + 1
    return (listed if listed and end - listed > 1 else start), end


def _under_heading(view: str, start: int, end: int) -> _Clause | None:
    """A bare 无 that is all a heading has under it; the heading names what there is none of."""
    if view[end : end + 1] not in ("", "。", "\n", ".", ";"):
        return None
    heading = _HEADING.search(view, max(0, start - _LONGEST_HEADING), start)
    return _Clause(start, end, trimmed_item(view, *heading.span("name"))) if heading else None
