"""Where a reading is a table and not prose.

Tables come one cell a line, one row a line, with bars, with tabs, or run together in one line; their broken
labels look like headings and their numbers like counts, so that prose extractors leave these regions out.
"""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ..data.outline import section_kind, table_labels
from ..data.vocabulary import alternation
from .reading import Reading

# A table has at least so many cells in lines that can be nothing else; three bare numbers occur in prose.
_CELLS_MIN = 4
# Broken labels, page heads and upright words stand between two rows; no more than this many were met.
_BETWEEN_MAX = 12
# A line of a table is no longer than a row of labels; longer ones are prose.
_LINE_MAX = 120
# Longer lines seldom come twice.
_REPEATED_MAX = 40
# Labels and numbers that follow each other without a word between, in one line.
_TOKENS_MIN = 5
# A title run together with labels stands for one cell of its table.
_WEIGHT_OF_HEAD = 1

_ENUMERATOR = (
    r"(?:(?:其中:)?"
    r"(?:[一二三四五六七八九十]{1,2}[、.]|\([一二三四五六七八九十\d]{1,2}\)|\d{1,2}[.、](?!\d)))?"
)
_NUMBER = r"[\d.,%|/+*\s—-]*+"
_CELL = re.compile(r"(?=[\d|/—-])[\d.,%|/+*() —-]{1,120}|[减增]\d{1,9}|无")
_ROW = re.compile(r"\|[^|]*\|[^|]*\||\d [\d.]+ [\d.]+(?: |$)")
_PROSE = re.compile(r"[。;!?]$|[。;].{8}|^\(?[一二三四五六七八九十]{1,2}\)?是")
_TITLE = re.compile(r"[#\s]*(?:[一二三四五六七八九十]{1,3}|\d)[、.].{2,30}(?:情况|事项|问题|措施)[。:]?")
# Labels that every official table has one of; only lines with one are searched for tables run together.
_TELLTALE = re.compile(r"第二十条第|新收政府信息|上年结转|结果维持|信息内容|指标|申请人情况|申请数")
_CAPTION = "勾稽关系"
_HEADED = re.compile(r"[#\s]*[一二三四五六七八九十\d]{1,2}[、.][^。;,\n]{4,30}?情况(?=[^的和与及、,。]{2})")
_WEIGHT = re.compile(r"[^\s|]+")


@cache
def _label() -> str:
    return alternation(table_labels())


@cache
def _labelled() -> re.Pattern[str]:
    """A line of nothing but labels and numbers."""
    return re.compile(rf"[#|\s]*+(?:{_ENUMERATOR}{_label()}{_NUMBER}){{1,16}}")


@cache
def _one_label() -> re.Pattern[str]:
    return re.compile(_label())


@cache
def _run() -> re.Pattern[str]:
    heads = "".join(sorted({label[0] for label in table_labels()}))
    return re.compile(
        rf"(?=[{heads}其一二三四五六七八九十(\d])(?:{_ENUMERATOR}{_label()}{_NUMBER}){{{_TOKENS_MIN},}}"
    )


def is_table_label(title: str) -> bool:
    """Whether a folded title, enumerator and blanks left out, is a label of an official table."""
    return title.rstrip(":。") in _label_set()


@cache
def _label_set() -> frozenset[str]:
    return frozenset(label for label in table_labels() if not label.endswith("情况")) | {"申请人情况"}


def table_regions(reading: Reading) -> list[tuple[int, int]]:
    """View spans of the tables, in order and apart: whole lines, or the run of cells inside a line."""
    return list(_regions(reading))


# Every extractor of prose asks for the tables of the same reading.
@lru_cache(maxsize=2)
def _regions(reading: Reading) -> tuple[tuple[int, int], ...]:
    regions: list[tuple[int, int]] = []
    block: list[tuple[int, int, int]] = []
    tabbed = "\t" in reading.text
    telltale = _TELLTALE.search(reading.view) is not None
    for start, end in reading.lines:
        line = reading.view[start:end]
        seen = _seen(line) if end - start <= _REPEATED_MAX else _look(line)
        cells = seen.cells
        if cells is None:
            cells = _tabs(reading, start, end, line) if tabbed else 0
        if seen.head:
            regions.extend(_region(block))
            block = [(start + seen.head, end, _WEIGHT_OF_HEAD)]
        elif cells or not seen.closes:
            block.append((start, end, cells))
        else:
            if block:
                regions.extend(_region(block))
                block = []
            if telltale:
                regions.extend((start + a, start + b) for a, b in _runs(line))
    regions.extend(_region(block))
    return tuple(regions)


class _Seen(NamedTuple):
    """What a line shows by itself: the length of its head, its cells, and whether it ends a table.

    `cells` is None where only tabs could tell.
    """

    head: int
    cells: int | None
    closes: bool


def _look(line: str) -> _Seen:
    if head := _head(line):
        return _Seen(head, 0, False)
    cells = _cells(line)
    return _Seen(
        0, cells, not cells and (len(line) > _LINE_MAX or bool(_PROSE.search(line)) or _is_title(line))
    )


# Labels and small numbers come again in every report.
_seen = lru_cache(maxsize=8192)(_look)


def _head(line: str) -> int:
    """Length of a section title that the first labels of its table were drawn into; 0 for none."""
    title = _HEADED.match(line) if len(line) <= _LINE_MAX else None
    if title and (_labelled().fullmatch(line, title.end()) or _CAPTION in line):
        return title.end()
    return 0


def _cells(line: str) -> int | None:
    """How many cells a line holds that can be nothing but a row or cell of a table; 0 for any other line.

    None where only tabs could tell.
    """
    if len(line) > 4 * _LINE_MAX:
        return 0
    if _CELL.fullmatch(line) or (("|" in line or " " in line) and _ROW.search(line)):
        return max(1, len(_WEIGHT.findall(line)))
    if _CAPTION in line:
        return 1
    if _labelled().fullmatch(line):
        return 0 if _is_title(line) else len(_one_label().findall(line))
    return None


def _tabs(reading: Reading, start: int, end: int, line: str) -> int:
    """How many cells tabs part in a line that is no prose."""
    tabs = reading.text.count("\t", *reading.span(start, end))
    return tabs + 1 if tabs and not _PROSE.search(line) else 0


def _is_title(line: str) -> bool:
    """Whether a line heads a section of the outline, which ends a table."""
    if not _TITLE.fullmatch(line):
        return False
    title = re.sub(r"^[#\s]*(?:[一二三四五六七八九十]{1,3}|\d)[、.]", "", line)
    return section_kind(title) != "unknown" and not is_table_label(title)


def _region(block: list[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """The tables in a block of lines of which none is prose."""
    groups: list[list[int]] = []
    for index in (index for index, line in enumerate(block) if line[2]):
        if groups and index - groups[-1][-1] <= _BETWEEN_MAX:
            groups[-1].append(index)
        else:
            groups.append([index])
    kept = [group for group in groups if sum(block[index][2] for index in group) >= _CELLS_MIN]
    return [(block[group[0]][0], block[group[-1]][1]) for group in kept]


def _runs(line: str) -> list[tuple[int, int]]:
    """Tables run together inside a line of prose."""
    return [match.span() for match in _run().finditer(line)] if _TELLTALE.search(line) else []
