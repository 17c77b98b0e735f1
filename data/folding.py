"""Fold a text to one form, character by character: equal length, so every offset stays true.

Width (full to half), Kangxi and supplement radicals, traditional characters and look-alike punctuation
become one. Search folds both sides with it; the extractors match on it and quote the unchanged text.
"""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ResourceError
from .lines import data_lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_LEXICON = Path(__file__).with_name("lexicon")

# From so many characters on one look-up for all is quicker than one for each (6 against 60 ns a character).
_LONG = 100

# One sign for the many that documents use. Chinese 。、《》“” stay: they have no half-width twin in use.
_PUNCTUATION = {
    **dict(zip("﹝﹞［］[]", "〔〕〔〕〔〕", strict=True)),
    **dict(zip("「」『』＂｢｣", '“”“”"“”', strict=True)),
    **dict(zip("－–−‐‑﹣", "------", strict=True)),
    **dict(zip("～∼〜", "~~~", strict=True)),
    **dict(zip("﹐﹔﹕﹖﹗﹙﹚", ",;:?!()", strict=True)),
    **dict(zip("〈〉＜＞", "《》《》", strict=True)),
    **dict(zip("•・‧∙", "····", strict=True)),
    "｡": "。",
    "､": "、",
    "○": "〇",
    "◯": "〇",
    "\u00a0": " ",
    "\u3000": " ",
    "\t": " ",
}


def read_pairs(path: Path) -> dict[str, str]:
    """Character pairs of a tab-separated file; raises ResourceError naming the line that is no pair."""
    pairs: dict[str, str] = {}
    for number, line in data_lines(path):
        left, _, right = line.partition("\t")
        if len(left) != 1 or len(right) != 1 or left in pairs:
            raise ResourceError(f"{path.name}:{number}: {line!r} is not a new pair of single characters.")
        pairs[left] = right
    return pairs


@cache
def _table() -> dict[int, str]:
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    for name in ("traditional.tsv", "radicals.tsv"):
        table.update({ord(left): right for left, right in read_pairs(_LEXICON / name).items()})
    table.update({ord(left): right for left, right in _PUNCTUATION.items()})
    # A radical may stand for a traditional character, which is folded in its turn.
    return {code: right.translate(table) for code, right in table.items()}


@cache
def _codes() -> "NDArray[np.uint32]":
    """What each code point is folded to."""
    import numpy as np

    codes = np.arange(sys.maxunicode + 1, dtype="<u4")
    table = _table()
    codes[list(table)] = [ord(right) for right in table.values()]
    return codes


def fold(text: str) -> str:
    """`text` folded; `len(fold(text)) == len(text)`."""
    if len(text) < _LONG:
        return text.translate(_table())
    import numpy as np

    # Half surrogate pairs pass, and two of them stay two.
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: bytes = _codes()[codes].tobytes()
    return folded.decode("utf-32-le", "surrogatepass")
