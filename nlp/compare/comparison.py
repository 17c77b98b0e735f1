"""Two reports side by side, every finding with its places in both."""

from collections.abc import Iterator
from typing import Literal

import msgspec

from ...data.bodies import body_of
from ...data.likeness import likeness, shingles
from ...data.records import Genre, Label, Level, Report
from ..reading import Reading
from .indicators import IndicatorChange, compare_indicators
from .passages import Passage, compare_passages
from .statements import StatementPair, pair_statements

Which = Literal["both", "left", "right"]


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """A report that is compared; `failing` counts its checks that do not add up."""

    id: str
    title: str | None
    org: str | None
    level: Level | None
    year: int | None
    genre: Genre
    form: str | None
    characters: int
    failing: int


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """What two reports have in common and what not.

    `likeness` is the share of runs of eight characters, digits left out, that both texts have. `remarks` say
    in Chinese what a reader has to know before he compares.
    """

    left: Side
    right: Side
    same_body: bool
    likeness: float
    remarks: tuple[str, ...]
    indicators: tuple[IndicatorChange, ...]
    statements: tuple[StatementPair, ...]
    passages: tuple[Passage, ...]

    def of(self, label: Label, which: Which) -> tuple[StatementPair, ...]:
        """The statements of a label that both have (`both`), or only one."""
        return tuple(
            pair
            for pair in self.statements
            if pair.label == label and which == ("both" if pair.left and pair.right else _side(pair))
        )


def compare(left: Report, right: Report) -> Comparison:
    """Compare two reports: of one body the earlier is best given first."""
    readings = Reading(left.text), Reading(right.text)
    texts = [shingles(reading.view, digits=False) for reading in readings]
    return Comparison(
        left=_described(left),
        right=_described(right),
        same_body=_same_body(left, right),
        likeness=round(likeness(*texts), 3),
        remarks=tuple(_remarks(left, right)),
        indicators=compare_indicators(left, right),
        statements=pair_statements(readings[0], left, readings[1], right),
        passages=compare_passages(readings[0], left, readings[1], right),
    )


def _side(pair: StatementPair) -> Which:
    return "left" if pair.left else "right"


def _described(report: Report) -> Side:
    return Side(
        id=report.id,
        title=report.title,
        org=report.org,
        level=report.level,
        year=report.year,
        genre=report.genre,
        form=report.form,
        characters=len(report.text),
        failing=sum(check.state == "fails" and check.severity == "error" for check in report.checks),
    )


def _same_body(left: Report, right: Report) -> bool:
    return bool(left.org and right.org) and body_of(left) == body_of(right)


def _remarks(left: Report, right: Report) -> Iterator[str]:
    if left.genre != right.genre:
        yield "两份报告文种不同，指标和问题不可直接比较。"
    if left.form != right.form and left.form and right.form:
        yield f"表格式样不同（{left.form}年与{right.form}年），数字按含义对应，口径可能有别。"
    same = _same_body(left, right)
    if same and left.year and right.year and abs(right.year - left.year) > 1:
        yield f"两份报告相隔{abs(right.year - left.year)}年，中间年份不在比较之内。"
    if same and left.year and right.year and left.year > right.year:
        yield "前一份的年度晚于后一份，“新出现”与“不再提”因此相反。"
    if not same and left.level != right.level:
        yield "两个机构层级不同，数字的大小不宜直接比较。"
    if not same and left.year != right.year:
        yield f"两份报告的年度不同（{left.year or '不明'}与{right.year or '不明'}）。"
