"""What a cell of an official table says: its number, unit, remark and state."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..data.folding import fold
from ..data.records import CellState

_UNIT = r"亿元|万元|千元|元|万件|件次|件|万项|项|万条|条|个|次|篇|人次|人|份|部|宗|起|例"
_NUMBER = r"\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,6})?|\d{1,15}(?:\.\d{1,6})?"
_SIGN = r"[+-]|增加?|减少?|新增"
_REMARK = r"[(〔][^()〔〕]{0,80}[)〕]"
_VALUE = re.compile(rf"({_SIGN})?({_NUMBER})({_UNIT})?({_REMARK})?")
_PAIR = re.compile(rf"(?:增加?|新增)?({_NUMBER})({_UNIT})?[/,、]?(?:减少?|/)({_NUMBER})({_UNIT})?")
_FALL = re.compile(r"-|减")
_NIL = re.compile(r"[-—/\\_*×~]{1,8}|无|没有|空|(?i:n/a|nil)")
# Blanks that a page sets inside a number or a remark.
_BLANKS = re.compile(r"[\s\u200b-\u200d\ufeff]+")
# Two numbers with a blank between are two cells that ran together, never one number.
_TORN = re.compile(r"\d\s+[\d.,]")
_ZERO_WORDS = {"零": "0", "〇": "0"}

# What ends a cell's text in running text; used to find the cells of a line.
CELL = (
    rf"(?:(?:{_SIGN})?(?:{_NUMBER})(?:(?:{_UNIT})(?![\u4e00-\u9fff]))?(?:{_REMARK})?(?:[/减](?:{_NUMBER})(?:{_UNIT})?)?"
    r"|[-—]{1,4}|/(?!\d)|无(?![\u4e00-\u9fff])|零(?![\u4e00-\u9fff]))"
)


class Content(NamedTuple):
    """What a cell says: `value` is its number, None where `state` is `blank` or `nil`."""

    state: CellState
    value: int | float | None = None
    unit: str | None = None
    note: str | None = None


# A table says the same few numbers over and over.
@lru_cache(maxsize=4096)
def cell_content(raw: str, signed: bool = False) -> Content | None:
    """What stands in a cell, or None where it is no single number, blank or nil mark.

    `signed` cells may give a rise and a fall (`增3减1`, `0/0`); their value is the rise less the fall.
    """
    folded = fold(raw).strip()
    if _TORN.search(folded):
        return None
    text = _BLANKS.sub("", folded)
    text = _ZERO_WORDS.get(text, text)
    if not text:
        return Content("blank")
    if _NIL.fullmatch(text):
        return Content("nil")
    if matched := _VALUE.fullmatch(text):
        return _content(*matched.groups())
    if signed and (pair := _PAIR.fullmatch(text)):
        value = _number(pair[1]) - _number(pair[3])
        return Content("value" if value else "zero", value, pair[2] or pair[4], text)
    return None


def _content(sign: str | None, number: str, unit: str | None, remark: str | None) -> Content:
    value = _number(number)
    if sign and _FALL.match(sign):
        value = -value
    return Content("value" if value else "zero", value or 0, unit, remark[1:-1] if remark else None)


def _number(text: str) -> int | float:
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)
