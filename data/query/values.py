"""What is written behind a field, as a value: bounds of numbers and days, quantities, cells."""

import calendar
import re
from collections.abc import Callable
from typing import NamedTuple

from .tree import Between, CellIs, Quantity

# SQLite's integers have 64 bits; a larger bound is taken as the nearest real number.
_INTEGER_MAX = 2**63 - 1
_MULTIPLES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_STATES = {
    **dict.fromkeys(("blank", "空", "空白", "未填"), "blank"),
    **dict.fromkeys(("nil", "/", "—", "-", "无"), "nil"),
}
_SIGNS = {"≥": ">=", "≧": ">=", "≤": "<=", "≦": "<=", "=>": ">=", "=<": "<=", "==": "="}

_SIGN = r">=|<=|=>|=<|==|[>＞]=|[<＜]=|[><=≥≤≧≦]"
_RANGE = r"\.\.|…+|~"
_NUMBER = r"-?\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?[百千万亿]{0,2}"
_QUANTITY = re.compile(
    rf"(?P<item>[^\d><=≥≤≧≦~…]*?)(?P<sign>{_SIGN})?"
    rf"(?:(?P<low>{_NUMBER})?(?:(?P<dots>{_RANGE})(?P<high>{_NUMBER})?)?)(?P<unit>[^\d><=.]*)"
)
_CELL = re.compile(rf"(?P<name>[^><=≥≤≧≦]+)(?P<rest>(?:{_SIGN}).*)?", re.S)
_DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?|年)?")


class BadValue(ValueError):
    """A value that is none of its kind; the message says what is expected."""


class _Bound(NamedTuple):
    low: int | float | str
    high: int | float | str


def read_number(written: str) -> Between:
    """Bounds of a plain number: `2019`, `>=2019`, `2019..2023`, `2019年`."""
    read = read_quantity(written)
    if read.item or read.bounds is None or read.unit not in (None, "年", "字"):
        raise BadValue("expected a number, >number or number..number")
    return read.bounds


def read_quantity(written: str) -> Quantity:
    """`>500条`, `100..200件`, `申请>100`, `申请`, `1.5万`: a number's bounds, unit and item."""
    found = _QUANTITY.fullmatch(written)
    if not found or not (found["item"] or found["unit"] or found["low"] or found["high"]):
        raise BadValue("expected a number with its unit, such as >500条 or 100..200件")
    if not (found["low"] or found["high"]):
        if found["sign"] or found["dots"]:
            raise BadValue("expected a number")
        return Quantity(item=found["item"] + found["unit"])
    bounds = _bounds(found["sign"], found["low"], found["dots"], found["high"], _numbers)
    return Quantity(bounds=bounds, unit=found["unit"] or None, item=found["item"] or None)


def read_days(written: str) -> Between:
    """`2023-05`, `>=2023-05-04`, `2022..2023年5月`: first and last day, ISO."""
    parts = re.fullmatch(rf"({_SIGN})?(.*?)(?:({_RANGE})(.*))?", written, re.S)
    if not parts:
        raise BadValue("expected a day, month or year")
    return _bounds(parts[1], parts[2] or None, parts[3], parts[4] or None, _days)


def read_cell(written: str) -> CellIs:
    """`新收申请>100`, `requests/new_requests.total=0`, `结转下年度=空`, `新收申请`."""
    found = _CELL.fullmatch(written)
    if not found:
        raise BadValue("expected an indicator's name or code, then perhaps >number")
    name, rest = found["name"].strip(), found["rest"]
    if ".." in name or not name:
        raise BadValue("expected a sign before the number, such as =10..20")
    if rest is None:
        return CellIs(name=name)
    if rest.lstrip("=").lower() in _STATES and rest.startswith("="):
        return CellIs(name=name, state=_STATES[rest.lstrip("=").lower()])
    read = read_quantity(rest)
    if read.bounds is None:
        raise BadValue("expected a number")
    return CellIs(name=name, bounds=read.bounds)


def _bounds(
    sign: str | None, low: str | None, dots: str | None, high: str | None, read: Callable[[str], _Bound]
) -> Between:
    if dots:
        if sign not in (None, "=", "==") or not (low or high):
            raise BadValue("expected a first or last value beside .. and no sign before it")
        first, last = (read(low).low if low else None), (read(high).high if high else None)
        if first is not None and last is not None and first > last:  # type: ignore[operator]
            raise BadValue("the first value lies above the last")
        return Between(low=first, high=last)
    if low is None:
        raise BadValue("expected a value behind the sign")
    bound = read(low)
    match _SIGNS.get(sign or "=", sign or "=").replace("＞", ">").replace("＜", "<"):
        case ">":
            return Between(low=bound.high, low_open=True)
        case ">=":
            return Between(low=bound.low)
        case "<":
            return Between(high=bound.low, high_open=True)
        case "<=":
            return Between(high=bound.high)
    return Between(low=bound.low, high=bound.high)


def _numbers(written: str) -> _Bound:
    digits = written.rstrip("".join(_MULTIPLES)).replace(",", "")
    number: int | float = float(digits)
    if digits.lstrip("-").isdigit() and abs(number) < _INTEGER_MAX:
        number = int(digits)
    for sign in written[len(written.rstrip("".join(_MULTIPLES))) :]:
        number *= _MULTIPLES[sign]
    if abs(number) == float("inf"):
        raise BadValue("this number is too large; expected one up to 1e308")
    if isinstance(number, float) and number.is_integer() and abs(number) < _INTEGER_MAX:
        number = int(number)
    if isinstance(number, int) and abs(number) > _INTEGER_MAX:
        number = float(number)
    return _Bound(number, number)


def _days(written: str) -> _Bound:
    found = _DAY.fullmatch(written)
    if not found:
        raise BadValue("expected a day, month or year, such as 2023-05 or 2023年5月4日")
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    last_month = month or 12
    if not (year >= 1 and month <= 12 and (found[2] is None or month)):
        raise BadValue("there is no such month")
    last_day = calendar.monthrange(year, last_month)[1]
    if day > last_day or (found[3] is not None and not day):
        raise BadValue("there is no such day")
    return _Bound(
        f"{year:04}-{month or 1:02}-{day or 1:02}", f"{year:04}-{last_month:02}-{day or last_day:02}"
    )
