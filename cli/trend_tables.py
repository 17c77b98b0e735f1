"""Trends for people: a line a category or indicator with its course in small bars, or one of them in full."""

from collections.abc import Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from ..data.terms import term
from ..nlp.trends import (
    FEW,
    CategoryTrends,
    Difference,
    Group,
    IndicatorPoint,
    IndicatorTrends,
)
from ..nlp.trends.indicators import IndicatorChange
from ..nlp.trends.shares import Share
from .output import note, stdout

_BARS = "▁▂▃▄▅▆▇█"
_ABSENT = "·"
_WIDTH = 16
# Categories named for a region, level or body.
_TOP = 4
_HEADS = {"year": "年度", "region": "地区", "level": "层级", "org": "机构"}


def print_categories(trends: CategoryTrends) -> None:
    """Categories by year with their change, or what each group speaks of most; one category in full."""
    said = f"提到每类{term('label', trends.label)}的报告占比"
    stdout.print(_head(said, trends))
    if len(trends.categories) == 1:
        stdout.print(_one_category(trends), soft_wrap=False)
    elif trends.by == "year":
        stdout.print(_by_year(trends), soft_wrap=False)
        stdout.print(_years(trends), soft_wrap=False)
    else:
        stdout.print(_by_group(trends), soft_wrap=False)
    _remarks(trends)
    if any(trends.uncertain):
        share = sum(trends.uncertain) / max(1, sum(trends.statements))
        doubtful = f"{sum(trends.uncertain):,}条陈述（{share:.0%}）"
        note(f"其中{doubtful}的分类把握不大，宜人工核对（statements 表 uncertain 为 1）。")


def print_indicators(trends: IndicatorTrends) -> None:
    """Indicators by year, or one in full, or each group's totals."""
    stdout.print(_head("官方表格的数字（各机构合计；空格不作0）", trends))
    if len(trends.columns) == 1 or trends.by != "year":
        for column in trends.columns:
            stdout.print(_one_indicator(trends, column.column, column.chinese, column.unit), soft_wrap=False)
    else:
        stdout.print(_indicators_by_year(trends), soft_wrap=False)
    _remarks(trends)
    if bare := [
        column.chinese for column in trends.columns if not any(p.number for p in trends.of(column.column))
    ]:
        note(f"没有一份报告有数：{'，'.join(bare)}。")
    if trends.nested:
        note(
            f"其中{trends.nested:,}份报告的机构在另一份政府报告的辖下，合计可能重复；"
            "可用 --query 'level:county' 等只取一级。"
        )


def spark(values: Sequence[float | None], most: float | None = None) -> str:
    """Numbers from 0 to `most` (the greatest) as small bars; · where there is none."""
    top = most or max((value for value in values if value is not None), default=0) or 1
    steps = len(_BARS) - 1
    return "".join(
        _ABSENT if value is None else _BARS[round(max(0.0, min(1.0, value / top)) * steps)]
        for value in values
    )


def _head(said: str, trends: CategoryTrends | IndicatorTrends) -> Text:
    head = Text(said, style="bold")
    head.append(f"  {trends.reports:,}份报告，{trends.bodies:,}个机构", style="cyan")
    if trends.by == "year" and len(trends.groups) > 1:
        head.append(f"，{trends.throughout:,}个机构各年都有", style="cyan")
    return head


def _remarks(trends: CategoryTrends | IndicatorTrends) -> None:
    if any(group.few for group in trends.groups):
        note(f"* 不足{FEW}份报告，只列份数，不足以看出趋势；{_ABSENT} 没有可比的数。")


def _grid(*heads: str, left: int = 1, folded: int = 0) -> Table:
    """A table whose first columns stand to the left; where it is narrow, one of them is folded."""
    shown = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 2, 0, 0))
    for place, head in enumerate(heads):
        shown.add_column(
            head, justify="left" if place < left else "right", overflow="fold", no_wrap=place != folded
        )
    return shown


def _by_year(trends: CategoryTrends) -> Table:
    first, last = trends.groups[0], trends.groups[-1]
    heads = ["类别", f"{first.name}–{last.name}", _starred(first), _starred(last), "变化（百分点）"]
    shown = _grid(*heads, left=2)
    changes = {change.category: change for change in trends.changes}
    for category in trends.categories:
        points = trends.of(category)
        shares = _spread({int(point.group.key): point.reports.value for point in points})
        cells = [_share(point.reports, point.group) for point in (points[0], points[-1])]
        change = changes.get(category)
        said = _change(change.reports if change else None, first, last)
        shown.add_row(term("category", category), spark(shares, 1.0), *cells, said)
    return shown


def _spread(held: Mapping[int, float | None]) -> list[float | None]:
    """A value a year, None for years between that have no reports."""
    return [held.get(year) for year in range(min(held), max(held) + 1)]


def _years(trends: CategoryTrends) -> Table:
    label = term("label", trends.label)
    shown = _grid("年度", "报告", f"未写{label}", f"{label}陈述")
    rows = zip(trends.groups, trends.silent, trends.statements, strict=True)
    for group, silent, statements in rows:
        shown.add_row(_starred(group), f"{group.reports:,}", f"{silent:,}", f"{statements:,}")
    return shown


def _one_category(trends: CategoryTrends) -> Table:
    name = term("category", trends.categories[0])
    shown = _grid(_HEADS[trends.by], name, "提到的报告", "占报告 [95%]", "占陈述 [95%]", left=2, folded=-1)
    for point in trends.points:
        bar = Text("█" * round((point.reports.value or 0) * _WIDTH), style="cyan")
        counted = f"{point.reports.hits:,}/{point.reports.units:,}"
        shares = [_share(share, point.group) for share in (point.reports, point.statements)]
        shown.add_row(_starred(point.group), bar, counted, *shares)
    if trends.changes:
        shown.add_section()
        change, ends = trends.changes[0], (trends.groups[0], trends.groups[-1])
        said = [_change(each, *ends) for each in (change.reports, change.statements)]
        shown.add_row("首末之差（百分点）", "", "", *said)
    return shown


def _by_group(trends: CategoryTrends) -> Table:
    shown = _grid(_HEADS[trends.by], f"最常见的{_TOP}类（占报告）", "报告", "未写", left=2, folded=1)
    for group, silent in zip(trends.groups, trends.silent, strict=True):
        points = [point for point in trends.points if point.group == group and point.reports.hits]
        points.sort(key=lambda point: -point.reports.hits)
        said = "，".join(
            f"{term('category', one.category)} {_share(one.reports, group).partition(' [')[0]}"
            for one in points[:_TOP]
        )
        shown.add_row(_starred(group), said, f"{group.reports:,}", f"{silent:,}")
    return shown


def _indicators_by_year(trends: IndicatorTrends) -> Table:
    first, last = trends.groups[0].name, trends.groups[-1].name
    heads = ("指标", f"{first}–{last}", "首年（机构数）", "末年", "同一批机构的变化", "末年中位数")
    shown = _grid(*heads, left=2)
    changes = {change.column: change for change in trends.changes}
    for column in trends.columns:
        points = trends.of(column.column)
        held = [point for point in points if point.number]
        if held:
            totals = _spread({int(point.group.key): point.total for point in points})
            cells = [_total(held[0], first), _total(held[-1], last)]
            change = _same(changes.get(column.column))
            shown.add_row(column.chinese, spark(totals), *cells, change, _middle(held[-1]))
    return shown


def _one_indicator(trends: IndicatorTrends, column: str, name: str, unit: str | None) -> Table:
    head = f"{name}（{unit}）" if unit else name
    shown = _grid(
        _HEADS[trends.by],
        head,
        "合计",
        "中位数 [四分位]",
        "有/空",
        "同一批（机构）",
        left=2,
        folded=-1,
    )
    points = trends.of(column)
    top = max((point.total or 0 for point in points), default=0) or 1
    for point in points:
        bar = Text("█" * round(max(0, point.total or 0) / top * _WIDTH), style="cyan")
        same = "" if point.same_total is None else f"{_number(point.same_total)}（{point.same_number:,}）"
        total = _ABSENT if point.total is None else _number(point.total)
        cells = [total, _middle(point), f"{point.number:,}/{point.blank:,}", same]
        shown.add_row(_starred(point.group), bar, *cells)
    return shown


def _starred(group: Group) -> str:
    return f"{group.name}*" if group.few else group.name


def _share(share: Share, group: Group) -> str:
    """With its interval; of few reports how many of how many, as a percentage would say too much."""
    if share.value is None or share.low is None or share.high is None:
        return _ABSENT
    if group.few:
        return f"{share.hits:,}/{share.units:,}"
    return f"{share.value:.0%} [{share.low:.0%}–{share.high:.0%}]"


def _change(change: Difference | None, first: Group, last: Group) -> Text:
    if change is None or first.few or last.few:
        return Text(_ABSENT)
    sure = not change.low <= 0 <= change.high
    said = f"{change.value * 100:+.0f} [{change.low * 100:+.0f}, {change.high * 100:+.0f}]"
    return Text(said, style="bold" if sure else "dim")


def _total(point: IndicatorPoint, usual: str) -> str:
    """With the number of bodies, and the year where it is not the usual one."""
    year = "" if point.group.name == usual else f"{point.group.name}年"
    return f"{_number(point.total or 0)}（{year}{point.number:,}）"


def _same(change: IndicatorChange | None) -> str:
    if change is None or not change.same_number:
        return _ABSENT
    return f"{_number(change.same_bodies, signed=True)}（{change.same_number:,}）"


def _middle(point: IndicatorPoint) -> str:
    if point.median is None or point.lower is None or point.upper is None:
        return _ABSENT
    return f"{_number(point.median)} [{_number(point.lower)}–{_number(point.upper)}]"


def _number(value: float, *, signed: bool = False) -> str:
    """With thousands, no more than one decimal."""
    written = f"{value:+,.1f}" if signed else f"{value:,.1f}"
    return written.removesuffix(".0")
