"""Where in a text the labels of the official tables stand together."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from .table_labels import Hit, Meaning, find_labels, meanings
from .table_text import PlainText

# Words between two labels of one table, as torn labels and local remarks leave them.
_STRAY_MAX = 80
_WORD = re.compile(r"[\u4e00-\u9fff]")
_REMARK = re.compile(r"\([^()]{0,120}\)")
_SENTENCE = re.compile(r"[。;!?]")
# A number in prose goes on with a comma or 其中; a cell does not.
_PROSE = re.compile(r"\d(?:件|条|项|个|次|人)?,(?!\d)")
# Shorter labels (其他, 规章, 本年新) stand in every table, and in pieces of torn labels.
_TELLING_MIN = 4
_HEAD_LENGTH = 3
# So many different heads of one table do not stand together in prose.
_HEADS_MIN = 4
# Without any head, so many different rows of one table are no chance (予以公开, 部分公开, 其他处理 in prose).
_ROWS_MIN = 4


class Region(NamedTuple):
    """A stretch of plain text with labels of one table; it ends where other labels stand."""

    table: str
    start: int
    end: int
    hits: tuple[Hit, ...]


def find_regions(text: PlainText) -> list[Region]:
    """The stretches of each table, in order; labels in prose are left out."""
    regions: list[Region] = []
    runs = list(_runs(text, find_labels(text)))
    for at, (names, hits) in enumerate(runs):
        end = runs[at + 1][1][0].start if at + 1 < len(runs) else len(text.plain)
        region = Region(min(names, key=len, default=""), hits[0].start, end, tuple(hits))
        if region.table and _is_table(text, region):
            regions.append(region)
    return regions


def _runs(text: PlainText, hits: Sequence[Hit]) -> Iterator[tuple[frozenset[str], list[Hit]]]:
    """Labels that follow each other closely, with the tables they may all belong to."""
    names: frozenset[str] = frozenset()
    run: list[Hit] = []
    for hit in hits:
        own = frozenset(each.table for each in meanings()[hit.core])
        both = names & own
        if run and not both and len(hit.core) < _TELLING_MIN:
            continue
        if run and (not both or _apart(text, run[-1], hit)):
            yield names, run
            run, both = [], own
        elif not run:
            both = own
        names = both
        run.append(hit)
    if run:
        yield names, run


def _apart(text: PlainText, hit: Hit, following: Hit) -> bool:
    between = _REMARK.sub("", text.plain[hit.end : following.start])
    return bool(_SENTENCE.search(between)) or len(_WORD.findall(between)) > _STRAY_MAX


def _is_table(text: PlainText, region: Region) -> bool:
    kinds = {hit.core: _kind(meanings()[hit.core], region.table) for hit in region.hits}
    heads = sum(
        kind == "title" or (kind in ("head", "column") and len(core) >= _HEAD_LENGTH)
        for core, kind in kinds.items()
    )
    rows = sum(kind == "row" for kind in kinds.values())
    if heads >= _HEADS_MIN:
        return True
    if not (heads and rows) and rows < _ROWS_MIN:
        return False
    return not _PROSE.search(text.plain[region.start : region.hits[-1].end])


def _kind(meant: Sequence[Meaning], table: str) -> str:
    return next((each.kind for each in meant if each.table == table), "")
