"""Lengths of time in a reading: 20个工作日, 24小时, 半年, 连续五年."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..data import word_lists as lexicon
from ..data.errors import ResourceError

_FILE = Path(lexicon.__file__).with_name("lexicon") / "duration_units.tsv"
_DIGITS = str.maketrans("〇零一二两三四五六七八九", "001223456789")
# What a unit name ends in tells which words may follow it.
_YEARS, _DAYS = ("年", "年头", "年时间"), ("日",)


class Length(NamedTuple):
    """A duration in the view and its ISO 8601 value."""

    start: int
    end: int
    value: str


@cache
def duration_units() -> dict[str, tuple[str, int]]:
    """Unit words and their ISO 8601 designator (TH for hours) with the number of it that one unit is."""
    units: dict[str, tuple[str, int]] = {}
    for number, (word, designator, factor) in lexicon.read_rows(_FILE, 3):
        if designator not in ("Y", "M", "W", "D", "TH", "TM", "TS") or not factor.isdigit():
            raise ResourceError(f"{_FILE.name}:{number}: {designator!r} {factor!r} is no ISO 8601 unit.")
        units[word] = (designator, int(factor))
    return units


@cache
def _pattern() -> re.Pattern[str]:
    units = lexicon.any_of(tuple(duration_units()))
    return re.compile(
        r"(?<![\d.一二三四五六七八九十百千])(?:"
        r"(?P<number>\d{1,4}(?:\.\d{1,2})?|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
        rf"[余多]?(?:(?P<mid>个半)|(?=个|{units}))(?P<unit>{units}|(?<=个半)(?:月|小时|星期))(?P<half>半)?"
        r"|(?P<only>半)个?(?P<only_unit>年|月|天|小时|工作日)"
        r")"
    )


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return lexicon.word_lists("date_words")


def durations(view: str) -> Iterator[Length]:
    """Durations of a view in order; ordinals, recurrences and names of programmes left out."""
    for match in _pattern().finditer(view):
        found = _half(view, match) if match["only"] else _counted(view, match)
        if found:
            yield found


def _half(view: str, match: re.Match[str]) -> Length | None:
    unit, start, end = match["only_unit"], match.start(), match.end()
    refused = ("上", "下", "每", "前", "后", "大", "各", "多", "一", "个")
    if view.endswith(refused, 0, start) or view.startswith(("报", "度", "会", "生活圈", "通勤圈"), end):
        return None
    value = {"年": "P6M", "月": "P15D", "天": "PT12H", "小时": "PT30M", "工作日": "PT12H"}[unit]
    return Length(start, end, value)


def _counted(view: str, match: re.Match[str]) -> Length | None:
    words, start, end = _words(), match.start(), match.end()
    unit = match["unit"]
    if view.endswith(words["duration_refused_before"], 0, start) or not _measures(view, match):
        return None
    if match["half"] and unit not in ("年", "天", "周"):
        end = match.start("half")
    amount = _amount(match["number"]) + (0.5 if match["mid"] or (match["half"] and end == match.end()) else 0)
    designator, factor = duration_units()[unit if unit in duration_units() else f"个{unit}"]
    number = f"{amount * factor:.2f}".rstrip("0").rstrip(".")
    return Length(
        start, end, f"PT{number}{designator[1]}" if designator[0] == "T" else f"P{number}{designator}"
    )


def _measures(view: str, match: re.Match[str]) -> bool:
    """Whether number and unit measure a length here, and are no name, look-back or day of the month."""
    words, start, end, unit = _words(), match.start(), match.end(), match["unit"]
    if unit in _YEARS:
        if match["number"].isdigit() and len(match["number"]) == 4:
            return False
        if view.startswith(("来", "以来"), end):
            return view.endswith(words["look_back_before"], 0, start)
        if view.startswith(words["years_refused_after"], end):
            return False
        if view.endswith("的", 0, start) and not view.endswith(("过去的", "未来的", "今后的"), 0, start):
            return False
    elif view.startswith(words["clock_refused_after"], end) or words["circle"][0] in view[end : end + 7]:
        return False
    if unit in _DAYS:
        return view.startswith(words["day_cue_after"], end) or view.endswith(
            words["day_cue_before"], 0, start
        )
    if match["number"] == "一" and unit[0] != "个":
        return view.startswith(words["single_cue_after"], end) or view.endswith(
            words["single_cue_before"], 0, start
        )
    return True


def _amount(written: str) -> float:
    if written[0].isdigit():
        return float(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return float(written.translate(_DIGITS))
    return 10.0 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)
