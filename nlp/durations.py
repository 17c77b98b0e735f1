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
_HALVES = {"年": "P6M", "月": "P15D", "天": "PT12H", "小时": "PT30M", "工作日": "PT12H"}
_HALVED_AFTER = ("年", "天", "周")
# A name such as 15分钟社区生活圈 ends within so many characters.
_NAME = 7


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
    ones = "[一二三四五六七八九]"
    return re.compile(
        # The first character stands before the look behind it, so that the search skips to digits at once.
        r"(?P<number>[\d一二两三四五六七八九十半](?<![\d.A-Za-z_一二三四五六七八九十百千].)"
        rf"(?:(?<=\d)\d{{0,3}}(?:\.\d{{1,2}})?|(?<=[一二两三四五六七八九])(?:十{ones}?)?|(?<=十){ones}?|(?<=半)))"
        rf"[余多]?(?:(?P<mid>个半)|(?=个|{units}))(?P<unit>{units}|(?<=个半)(?:月|小时|星期))(?P<half>半)?"
    )


@cache
def _words() -> dict[str, tuple[str, ...]]:
    return lexicon.word_lists("date_words")


def durations(view: str) -> Iterator[Length]:
    """Durations of a view in order; ordinals, recurrences and names of programmes left out."""
    for match in _pattern().finditer(view):
        if match["number"] == "半":
            if not _other_half(view, match):
                yield Length(match.start(), match.end(), _HALVES[match["unit"].removeprefix("个")])
        elif not view.endswith(_words()["duration_refused_before"], 0, match.start()) and _measures(
            view, match
        ):
            yield _counted(match)


def _other_half(view: str, match: re.Match[str]) -> bool:
    """Whether 半 belongs to another word (上半年, 半年报) or to a unit that is not halved."""
    words = _words()
    return (
        match["unit"].removeprefix("个") not in _HALVES
        or view.endswith(words["half_refused_before"], 0, match.start())
        or view.startswith((*words["half_refused_after"], *words["years_refused_after"]), match.end())
    )


def _counted(match: re.Match[str]) -> Length:
    unit, end = match["unit"], match.end()
    amount = _amount(match["number"])
    if match["mid"]:
        amount, unit = amount + 0.5, "个" + unit
    elif match["half"] and unit in _HALVED_AFTER:
        amount += 0.5
    elif match["half"]:
        end = match.start("half")
    designator, factor = duration_units()[unit]
    number = f"{amount * factor:.2f}".rstrip("0").rstrip(".")
    return Length(match.start(), end, f"P{designator[:-1]}{number}{designator[-1]}")


def _measures(view: str, match: re.Match[str]) -> bool:
    """Whether number and unit measure a length here, and are no name, look-back or day of the month."""
    words, start, end, unit = _words(), match.start(), match.end(), match["unit"]
    if unit == "年":
        return _measures_years(view, match)
    if view.startswith(words["clock_refused_after"], end) or words["circle"][0] in view[end : end + _NAME]:
        return False
    if unit == "周" and view.startswith(words["weeks_refused_after"], end):
        return False
    if unit == "日":
        return _cued(view, start, end, "day")
    return match["number"] != "一" or unit.startswith("个") or _cued(view, start, end, "single")


def _measures_years(view: str, match: re.Match[str]) -> bool:
    words, start, end = _words(), match.start(), match.end()
    if match["number"].isdigit() and len(match["number"]) == 4:
        return False
    looks_back = view.endswith(words["look_back_before"], 0, start)
    if view.startswith(("来", "以来"), end):
        return looks_back
    if view.startswith(words["years_refused_after"], end) or (
        view.endswith("的", 0, start) and not looks_back
    ):
        return looks_back and not view.startswith(words["programme_after"], end)
    return match["number"] != "一" or _cued(view, start, end, "single")


def _cued(view: str, start: int, end: int, kind: str) -> bool:
    """Whether a word beside a number tells that it measures."""
    words = _words()
    return view.startswith(words[f"{kind}_cue_after"], end) or view.endswith(
        words[f"{kind}_cue_before"], 0, start
    )


def _amount(written: str) -> float:
    if written[0].isdigit():
        return float(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return float(written.translate(_DIGITS))
    return 10.0 * int(tens.translate(_DIGITS) or 1) + int(ones.translate(_DIGITS) or 0)
