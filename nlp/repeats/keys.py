"""What of a statement is compared: its characters without signs, then without figures and own names."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

# What counts an item off says nothing of it, and changes with its place in the list.
_ENUMERATOR = re.compile(
    r"(?:其|第)?[一二三四五六七八九十]{1,3}(?:是|[,、.:])|\([一二三四五六七八九十\d]{1,3}\)[、,.]?|\d{1,2}[、)](?!\d)|\d{1,2}\.(?!\d)"
)
# Points stay within numbers only: 5.2 is not 52.
_SIGNS = re.compile(r"(?<!\d)[.%]+|\.(?!\d)|[^\w.%]+|_+")
_FIGURE = re.compile(r"[\d〇零一二三四五六七八九十百千万亿两.%]+")
_FIGURE_MARK, _NAME_MARK = "0", "某"
_MARKS = re.compile(f"[{_FIGURE_MARK}{_NAME_MARK}]")
_AREA = re.compile(r"(?<=..)(?:省|市|区|县|旗|自治州|自治县|自治区|特别行政区|街道|[镇乡])$")

# A key with fewer letters is alike by custom: 无, 无其他事项, 现报告如下.
LETTERS_MIN = 8


class Key(NamedTuple):
    """A statement as it is compared: `plain` is what "word for word" means, `masked` has 0 for every figure
    and 某 for every name of its own body and region.
    """

    plain: str
    masked: str


def make_key(view: str, names: re.Pattern[str] | None) -> Key | None:
    """The key of a statement's view; None where too little of it is left to tell it from others."""
    counted = _ENUMERATOR.match(view)
    plain = _SIGNS.sub("", view[counted.end() :] if counted else view)
    masked = names.sub(_NAME_MARK, plain) if names else plain
    masked = _FIGURE.sub(_FIGURE_MARK, masked)
    if len(masked) < LETTERS_MIN or len(_MARKS.sub("", masked)) < LETTERS_MIN:
        return None
    return Key(plain, masked)


@lru_cache(maxsize=1024)
def names_pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """What finds these names, the long ones first, each also without its kind of area (云南 for 云南省)."""
    every = {part for name in names for part in _forms_of(name)}
    if not every:
        return None
    return re.compile("|".join(map(re.escape, sorted(every, key=lambda name: (-len(name), name)))))


def _forms_of(name: str) -> Iterable[str]:
    plain = _SIGNS.sub("", name)
    if len(plain) > 1:
        yield plain
    short = _AREA.sub("", plain)
    if len(short) > 1:
        yield short
