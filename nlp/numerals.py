"""Numbers as Chinese documents write them: read, and written back.

Arabic with separators and decimals (1,234.5), Chinese (一千零五, 两百), mixed with scales (1.5万, 3亿5千万,
5.67万亿), shares (三成, 百分之九十). The text is taken folded (`data.folding.fold`).
"""

import re
from decimal import Decimal
from functools import lru_cache

# Nothing that a document counts is as large; it is also the most that 64 bits hold.
_TOO_LARGE = 10**18
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_PLACES = "千百十"

# 18 digits hold every sum of money a report names; longer runs are codes.
ARABIC = r"(?:\d{1,3}(?:,\d{3}){1,5}(?!\d)|\d{1,18})(?:\.\d{1,8}(?!\d))?"
HANZI = "〇零一二两三四五六七八九十百千万亿"

_PLAIN = re.compile(rf"{ARABIC}\Z")
_POSITIONAL = re.compile(r"[〇零一二三四五六七八九]{2,18}\Z")
_SECTION = re.compile(
    r"(?:(?P<千>[一二两三四五六七八九]?)千)?(?P<zero>零?)"
    r"(?:(?P<百>[一二两三四五六七八九]?)百)?零?"
    r"(?:(?P<十>[一二三四五六七八九]?)十)?零?"
    r"(?P<unit>[一二两三四五六七八九]?)\Z"
)
_ARABIC_SECTION = re.compile(rf"(?P<number>{ARABIC})(?P<places>[千百]?)\Z")
_SHORT_TAIL = re.compile(r"[万千百][一二三四五六七八九]\Z")
_PER_CENT = re.compile(r"百分之(?P<number>.{1,24})\Z")
_TENTHS = re.compile(rf"(?P<tens>{ARABIC}|[一二两三四五六七八九])成(?P<half>[一二三四五六七八九半]?)\Z")
_POINT = re.compile(r"(?P<whole>.{1,20})点(?P<decimals>[〇零一二三四五六七八九]{1,8})\Z")


@lru_cache(maxsize=1 << 14)
def parse_number(text: str) -> int | float | None:
    """The number that `text` writes: int where whole, else float; None where it is no number below 10^18.

    Shares come as per cent (三成 → 30, 百分之九十 → 90). Bounds (二十余) are no part of a number.
    """
    value = _share(text)
    if value is None:
        value = _value(text)
    if value is None or value >= _TOO_LARGE:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def write_number(number: int) -> str:
    """A whole number from 0 to 10^16 - 1 in Chinese numerals (1005 → 一千零五); else raises ValueError."""
    if not 0 <= number < 10**16:
        raise ValueError(f"{number} is outside 0 … 10^16 - 1.")
    written = _write(number)
    return written[1:] if written.startswith("一十") else written or "零"


def _write(number: int) -> str:
    for scale, sign in ((10**8, "亿"), (10**4, "万")):
        if number >= scale:
            head, tail = divmod(number, scale)
            gap = "零" if 0 < tail < scale // 10 else ""
            return _write(head) + sign + gap + _write(tail)
    return _write_section(number)


def _write_section(number: int) -> str:
    written, pending = "", False
    for place, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            written += ("零" if pending and written else "") + "零一二三四五六七八九"[digit] + sign
            pending = False
        else:
            pending = bool(written)
    return written


def _share(text: str) -> Decimal | None:
    if match := _PER_CENT.match(text):
        return _value(match["number"])
    if match := _TENTHS.match(text):
        tens = _value(match["tens"])
        half = 5 if match["half"] == "半" else _DIGITS.get(match["half"], 0)
        return None if tens is None else tens * 10 + half
    return None


def _value(text: str) -> Decimal | None:
    if text == "半":
        return Decimal("0.5")
    if _PLAIN.match(text):
        return Decimal(text.replace(",", ""))
    if _POSITIONAL.match(text):
        return Decimal("".join(str(_DIGITS[digit]) for digit in text))
    if match := _POINT.match(text):
        whole = _value(match["whole"])
        decimals = "".join(str(_DIGITS[digit]) for digit in match["decimals"])
        return None if whole is None else whole + Decimal(f"0.{decimals}")
    return _scaled(text)


def _scaled(text: str) -> Decimal | None:
    """Head and tail around the last 亿, else the last 万, else one section below 10,000."""
    for sign, scale in (("亿", 10**8), ("万", 10**4)):
        head, found, tail = text.rpartition(sign)
        if found:
            return _joined(text, head, tail, Decimal(scale))
    return _section(text)


def _joined(text: str, head: str, tail: str, scale: Decimal) -> Decimal | None:
    above = _scaled(head) if head else Decimal(1)
    below = _scaled(tail.removeprefix("零")) if tail else Decimal(0)
    if above is None or below is None or below >= scale:
        return None
    if _SHORT_TAIL.search(text) and len(tail) == 1:
        below *= scale / 10
    return above * scale + below


def _section(text: str) -> Decimal | None:
    if match := _ARABIC_SECTION.match(text):
        number = Decimal(match["number"].replace(",", ""))
        return number * {"": 1, "千": 1000, "百": 100}[match["places"]]
    match = _SECTION.match(text)
    if not text or not match or text == "零" * len(text):
        return Decimal(0) if text in ("零", "〇") else None
    total = sum(
        (_DIGITS[match[place]] if match[place] else 1) * 10 ** (3 - rank)
        for rank, place in enumerate(_PLACES)
        if match[place] is not None
    )
    unit = _DIGITS[match["unit"]] if match["unit"] else 0
    if _SHORT_TAIL.search(text):
        unit *= {"千": 100, "百": 10}[text[-2]]
    return Decimal(total + unit)
