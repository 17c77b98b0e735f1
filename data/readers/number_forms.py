"""The signs with which editors number paragraphs: 1, 一, (一), ①, 甲, a, iv."""

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_OLD = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
# Roman numerals and words for numbers are for lists; a counter beyond this is shown in digits.
_LONGEST = 3999


def counted(value: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百") -> str:
    """A number below 1000 in words: 十, 十二, 二十, 一百零五; with each digit by itself beyond."""
    if not 0 < value < 1000:
        return positional(value, digits)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    words = digits[hundreds] + hundred if hundreds else ""
    if tens:
        words += (digits[tens] if tens > 1 or hundreds or digits != _DIGITS else "") + ten
    elif hundreds and ones:
        words += "零"
    return words + (digits[ones] if ones else "")


def positional(value: int, digits: str = _DIGITS) -> str:
    """Each digit by itself: 一〇, 二三."""
    return "".join(digits[int(digit)] for digit in str(abs(value)))


def lettered(value: int) -> str:
    """Letters as Word counts: a … z, aa, bb …, zz."""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1) if 0 < value <= _LONGEST else str(value)


def roman(value: int) -> str:
    """i, ii, iii, iv."""
    if not 0 < value <= _LONGEST:
        return str(value)
    written = ""
    for size, sign in _ROMAN:
        times, value = divmod(value, size)
        written += sign * times
    return written


def _run(first: str, last: int) -> Callable[[int], str]:
    """Signs that follow one another in Unicode, digits where they end."""
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= last else str(value)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda value: signs[(value - 1) % len(signs)] if value > 0 else str(value)


# By the names of WordprocessingML (ECMA-376 part 1, 17.18.59).
_WORD: dict[str, Callable[[int], str]] = {
    "none": lambda value: "",
    "decimalZero": lambda value: f"{value:02d}",
    "decimalFullWidth": lambda value: "".join(chr(ord(digit) + 0xFEE0) for digit in str(abs(value))),
    "decimalEnclosedCircle": _run("①", 20),
    "decimalEnclosedCircleChinese": _run("①", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    "decimalEnclosedParen": _run("⑴", 20),
    "ideographEnclosedCircle": _run("㊀", 10),
    "chineseCounting": counted,
    "chineseCountingThousand": counted,
    "japaneseCounting": counted,
    "taiwaneseCounting": counted,
    "taiwaneseCountingThousand": counted,
    "ideographDigital": positional,
    "japaneseDigitalTenThousand": positional,
    "taiwaneseDigital": positional,
    "chineseLegalSimplified": lambda value: counted(value, _LEGAL, "拾", "佰"),
    "ideographLegalTraditional": lambda value: counted(value, _LEGAL_OLD, "拾", "佰"),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "lowerLetter": lettered,
    "upperLetter": lambda value: lettered(value).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda value: roman(value).upper(),
}
_WORD["decimalFullWidth2"] = _WORD["decimalFullWidth"]

# By the first sign of OpenDocument's `style:num-format` (ODF 1.3, 19.508).
_OPEN: dict[str, str] = {
    "一": "chineseCounting",
    "壹": "chineseLegalSimplified",
    "壱": "ideographLegalTraditional",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "１": "decimalFullWidth",
    "㊀": "ideographEnclosedCircle",
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
}


def numbered(value: int, form: str) -> str:
    """`value` in a number format of WordprocessingML; in digits where the format is not known."""
    return _WORD.get(form, str)(value)


def open_form(sample: str) -> str:
    """WordprocessingML's name of an OpenDocument number format, which is a sample (`一, 二, 三, ...`)."""
    return _OPEN.get(sample[:1], "decimal") if sample else "none"


def with_number(counted: str, text: str) -> str:
    """`text` after its number; a blank parts digits and letters from it, as in print."""
    apart = counted[-1:].isascii() and counted[-1:] not in ("", ")")
    return f"{counted} {text}".rstrip(" ") if apart else counted + text
