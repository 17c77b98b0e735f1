"""How findings of a comparison are said, on the terminal and in Markdown."""

from collections.abc import Iterator

from ..data.records import Label, Statement
from ..data.terms import term
from ..nlp.compare import Comparison, Held, IndicatorChange, Passage, Side, StatementPair
from ..nlp.reading import Reading
from ..nlp.summaries.amounts import amount
from .labels import with_unit

LABELS: tuple[Label, ...] = ("problem", "plan", "initiative")
SAMENESS = {"word_for_word": "原样", "figures": "只改数字", "alike": "略有改动", "reworded": "换了说法"}
PASSAGES = {"same": "相同", "figures": "只改数字", "changed": "改动", "removed": "删去", "added": "新增"}
# Shown even where nothing changed.
KEY_COLUMNS = frozenset(("new_requests", "total_handled", "granted", "reconsideration", "litigation"))
_ABSENT = "·"
# From 1 to 3 is two more, not 200 %: below ten the percentage says more than there is.
_BASE_MIN = 10
# From here on numbers are written in 万 and 亿.
_LONG = 10_000_000
# From ten times on, people read times more easily than per cent.
_TIMES_FROM = 9


def side_name(side: Side) -> str:
    """Body and year, or what else tells the report."""
    return f"{side.org or side.title or side.id}{side.year or ''}"


def short_names(found: Comparison) -> tuple[str, str]:
    """Heads of columns: years of one body, else the bodies with their years."""
    if found.same_body and found.left.year and found.right.year and found.left.year != found.right.year:
        return f"{found.left.year}年", f"{found.right.year}年"
    if found.left.year == found.right.year and found.left.org != found.right.org:
        return found.left.org or side_name(found.left), found.right.org or side_name(found.right)
    return side_name(found.left), side_name(found.right)


def group_names(found: Comparison) -> tuple[str, str, str]:
    """What statements of both, of the left and of the right only are called."""
    if found.same_body:
        return "重复出现", "不再提", "新出现"
    left, right = short_names(found)
    return "两份都有", f"只有{left}", f"只有{right}"


def remarks(found: Comparison) -> Iterator[str]:
    """What a reader has to know first."""
    alike = f"全文相同度{found.likeness:.0%}（不计数字）"
    counts = (found.of("problem", which) for which in ("both", "left", "right"))
    both, gone, new = (len(some) for some in counts)
    names = group_names(found)
    yield f"{alike}；存在问题：{names[0]} {both}条，{names[1]} {gone}条，{names[2]} {new}条。"
    yield from found.remarks
    for side in (found.left, found.right):
        if side.failing:
            yield f"{side_name(side)}有{side.failing}项校验不符，其数字须先核对：nianbao tables {side.id}"


def shown_indicators(found: Comparison, every: bool) -> list[IndicatorChange]:
    """Those that changed, and the key ones."""
    return [one for one in found.indicators if every or one.changed or one.column in KEY_COLUMNS]


def shown_passages(found: Comparison, every: bool) -> list[Passage]:
    """Those that are not the same."""
    return [passage for passage in found.passages if every or passage.kind != "same"]


def indicator_name(change: IndicatorChange) -> str:
    """Its label with its unit; figures of the prose are told from those of the tables."""
    return with_unit(change.chinese, change.unit) + ("〔正文〕" if change.source == "prose" else "")


def held(one: Held, share: float | None) -> str:
    """A figure with its share; 空 for a blank, the mark for a nil mark, · for what is not shown."""
    if one.value is None:
        return {"blank": "空", "nil": one.raw or "/"}.get(one.state, _ABSENT)
    if one.bound != "exact" or abs(one.value) >= _LONG:
        return amount(one.value, None, one.bound)
    part = f"（{share:.0%}）" if share and one.value else ""
    return f"{one.value:,}{part}"


def difference(change: IndicatorChange) -> str:
    """The change, with its ratio where there is one."""
    if change.difference is None:
        return _ABSENT
    if not change.difference:
        return "不变"
    number = f"{change.difference:+,.2f}".removesuffix("0").removesuffix("0").removesuffix(".")
    if abs(change.difference) >= _LONG:
        number = f"{'+' if change.difference > 0 else ''}{amount(change.difference, None, 'exact')}"
    if change.unit == "%":
        return f"{number}个百分点"
    if change.ratio is None or abs(change.left.value or 0) < _BASE_MIN:
        return number
    times = f"×{change.ratio + 1:,.1f}" if change.ratio >= _TIMES_FROM else f"{change.ratio:+.0%}"
    return f"{number}（{times}）"


def quoted(statement: Statement) -> str:
    """Its text on one line, without the page's blanks, line ends and page marks."""
    reading = Reading(statement.text)
    return reading.clean(0, len(reading.view)).replace("\n", "")


def described(pair: StatementPair) -> str:
    """What a pair's category is, how sure its label, how the two texts differ."""
    one = pair.right or pair.left
    parts = [term("category", one.category)] if one and one.category else []
    if pair.sameness:
        alike = f"{pair.likeness:.0%}" if pair.sameness in ("alike", "reworded") and pair.likeness else ""
        parts.append(SAMENESS[pair.sameness] + alike)
    if one and one.uncertain:
        parts.append(f"把握{one.confidence:.0%}")
    return "·".join(parts)
