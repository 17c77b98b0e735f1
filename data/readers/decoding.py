"""Characters from bytes whose encoding is unknown, undeclared or wrongly declared."""

import codecs
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..errors import ResourceError
from ..folding import fold

# What Chinese sites and offices write. Every GBK and GB2312 file is GB18030; cp950 is Big5 as on Windows.
# Compared with charset-normalizer 3.5 on cuts of Chinese reports, 200 each, right texts, ours /
# its: 8 characters 1 / .34 (GB18030), .99 / .65 (Big5); 12: 1 / .60, .995 / .62; 200: 1 / .965, 1 / .995;
# 2,000: 1 / 1, 1 / .945; UTF-16 without mark, 200: 1 / .96; ours mostly in half its time or less. It guesses
# among all the world's encodings, these few are tried strictly and judged by the characters that Chinese
# reports are made of. The cuts are those _FAMILIAR_MIN was set on.
_CANDIDATES = ("utf-8", "gb18030", "cp950", "big5hkscs", "utf-16-le", "utf-16-be")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Judging this many characters settles an encoding; the rest of a long file adds nothing.
_SAMPLE = 20_000
# Share of familiar signs among those outside ASCII. In 7,000 cuts of reports the right decoding had 0.33 or
# more from 40 characters on (0.6 from 200), and 99 of 100 wrong ones that decode at all had under 0.25.
_FAMILIAR_MIN = 0.25
# Signs that no text has: above this share of a decoded file it is not text. Crawled pages hold single NULs.
_STRANGE_MAX = 0.02
# Bytes that fit no encoding are forgiven up to this share: crawls tear single characters.
_TORN_MAX = 0.005

_ASCII = re.compile(r"[\t\n\v\f\r -~]+")
_SIGNS = "，。、；：？！“”‘’（）《》〈〉〔〕【】—…·％～　０-９①-⑳Ⅰ-Ⅻ°±×√"
_STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ufffe\uffff\ue000-\uf8ff\U000f0000-\U0010ffff]")


class Decoded(NamedTuple):
    """Characters, and the Python name of the encoding they were in."""

    text: str
    encoding: str


@cache
def _familiar() -> re.Pattern[str]:
    path = Path(__file__).with_name("common_characters.txt")
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    for number, line in enumerate(lines, 2):
        if not line or not all("\u4e00" <= sign <= "\u9fff" for sign in line):
            raise ResourceError(
                f"{path.name}:{number}: {line!r} is not a line of Chinese characters; mend or drop it."
            )
    return re.compile(f"[{''.join(lines)}{_SIGNS}]")


def familiarity(text: str) -> float:
    """Share of signs outside ASCII common in Chinese text, less three times those no text has; at most 1."""
    sample = _ASCII.sub("", text[:_SAMPLE])
    if not sample:
        return 1.0
    known = len(_familiar().findall(fold(sample)))
    return (known - 3 * len(_STRANGE.findall(sample))) / len(sample)


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """`data` as characters, or None where it is no text in any encoding met in China.

    A byte order mark decides if the bytes follow it. Otherwise each encoding is tried strictly, `declared`
    first, and the result that looks most like Chinese wins: UTF-8 that decodes is hardly ever anything else,
    GB18030 and Big5 overlap.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            data = data[len(mark) :]
            marked = _strictly(data, encoding)
            if marked is not None:
                return _unless_binary(Decoded(marked, encoding))
            break
    if data.isascii() and b"\x00" not in data:
        return _unless_binary(Decoded(data.decode("ascii"), "utf-8"))
    names = dict.fromkeys(([_known(declared)] if declared else []) + list(_CANDIDATES))
    return _unless_binary(_likeliest(data, [name for name in names if name]) or _mended(data))


def _known(encoding: str) -> str | None:
    """Python's name of a declared encoding; GB2312 and GBK are read as the GB18030 that contains them."""
    try:
        name = codecs.lookup(encoding.strip()).name
    except (LookupError, ValueError):
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950", "utf-8-sig": "utf-8"}.get(name, name)


def _likeliest(data: bytes, encodings: list[str]) -> Decoded | None:
    best, best_score = None, _FAMILIAR_MIN
    for encoding in encodings:
        text = _strictly(data, encoding)
        if text is None:
            continue
        score = familiarity(text)
        if encoding == "utf-8" and score > -_STRANGE_MAX:
            return Decoded(text, encoding)
        if score > best_score:
            best, best_score = Decoded(text, encoding), score
    return best


def _strictly(data: bytes, encoding: str) -> str | None:
    """`data` without a fault, save that its last character may be cut off."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, final=False)
    except (UnicodeError, LookupError):
        return None


def _mended(data: bytes) -> Decoded | None:
    """`data` with U+FFFD for what is torn, in the encoding that leaves least torn."""
    texts = [
        Decoded(data.decode(encoding, "replace"), encoding) for encoding in ("utf-8", "gb18030", "cp950")
    ]
    best = min(texts, key=lambda decoded: decoded.text.count("\ufffd"))
    torn = best.text.count("\ufffd") / max(1, len(best.text))
    return best if torn <= _TORN_MAX and familiarity(best.text) >= _FAMILIAR_MIN else None


def _unless_binary(decoded: Decoded | None) -> Decoded | None:
    if decoded is None:
        return None
    sample = decoded.text[:_SAMPLE]
    return decoded if len(_STRANGE.findall(sample)) <= _STRANGE_MAX * len(sample) else None


# Line ends and separators of all systems, and a form feed on the border of lines, are one line feed.
_LINE_END = re.compile("\r\n?|[\v\x85\u2028\u2029]|\n?\f\n?")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` with line feeds for all line ends and no other control character but the tab."""
    return _CONTROL.sub("", _LINE_END.sub("\n", text))
