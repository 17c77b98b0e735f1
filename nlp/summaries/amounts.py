"""Numbers as people write them."""

import re

from ...data.records import Bound, Figure

_SCALES = ((10**12, "万亿", 10**12), (10**8, "亿", 10**8), (10**5, "万", 10**4))
_BOUNDS = {"about": ("约", ""), "more": ("", "以上"), "less": ("不足", ""), "exact": ("", "")}


def amount(value: float, unit: str | None, bound: Bound) -> str:
    """A number as people write it: 1.2亿元, 554条以上, 约300人次."""
    number, scale = value, ""
    for least, name, factor in _SCALES:
        if abs(value) >= least and unit != "%":
            number, scale = value / factor, name
            break
    written = f"{round(number, 4):,.4f}".rstrip("0").rstrip(".")
    before, after = _BOUNDS[bound]
    return f"{before}{written}{scale}{unit or ''}{after}"


_CHANGE = re.compile(r"[^\d\W]+(?=\d)")


def figure_amount(figure: Figure) -> str:
    """A figure's number as people write it, after the word for what it grew or fell by: 下降3.3%."""
    change = _CHANGE.match(figure.text) if figure.unit == "%" and figure.bound == "exact" else None
    if change is None:
        return amount(figure.value, figure.unit, figure.bound)
    return change[0] + amount(abs(figure.value), figure.unit, figure.bound)
