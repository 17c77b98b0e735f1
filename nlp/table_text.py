"""A text without the blanks, bars and page marks that flattened tables are strewn with."""

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate, pairwise

from ..data.folding import fold

_PAGE_MARK = re.compile(
    r"(?m)^[ \t\f]*(?:[-—·~]{1,2}[ ]*\d{1,3}[ ]*[-—·~]{1,2}"
    r"|第[ ]*\d{1,3}[ ]*页(?:[ ]*[,/]?[ ]*共[ ]*\d{1,3}[ ]*页)?|\d{1,3}[ ]*/[ ]*\d{1,3}[ ]*页)[ \t\f]*$"
)
# One sign after the other: a class with \s in it is looked through for every character.
_BLANKS = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_PIECE = re.compile(rf"[^{_BLANKS}|\u200b-\u200d\ufeff\u00ad\"“”'‘’]+")
_LINE_END = re.compile("\n")


def normal(label: str) -> str:
    """A label as it stands in `PlainText.plain`."""
    return squeezed(fold(label))


def squeezed(folded: str) -> str:
    """The same for a label or text that is folded already."""
    return "".join(_PIECE.findall(_alike(folded)))


def _alike(folded: str) -> str:
    """`folded` with the signs that labels are printed with now one way, now the other, made one."""
    return folded.replace("、", ",").replace("〔", "(").replace("〕", ")")


class PlainText:
    """A text squeezed for the search of labels.

    `folded` has the text's length, with page marks blanked out; `plain` is `folded` without blanks, bars
    and quotation marks; `plain[i]` stands in the text at `place(i)`. Pieces are what blanks or bars part.
    """

    __slots__ = ("_ends", "_lines", "_places", "_starts", "folded", "plain")

    def __init__(self, text: str) -> None:
        # Folding would turn a tab, which parts cells, into a blank.
        folded = "\t".join(map(fold, text.split("\t"))) if "\t" in text else fold(text)
        self.folded = _PAGE_MARK.sub(lambda mark: " " * len(mark.group()), folded)
        pieces = list(_PIECE.finditer(_alike(self.folded)))
        parts = [piece.group() for piece in pieces]
        *starts, at = accumulate(map(len, parts), initial=0)
        self.plain = "".join(parts)
        self._starts = starts
        self._places = [piece.start() for piece in pieces]
        self._ends = at
        self._lines = [match.start() for match in _LINE_END.finditer(self.folded)]

    def place(self, index: int) -> int:
        """Where `plain[index]` stands in the text; the text's length at the end of `plain`."""
        if index >= self._ends:
            return len(self.folded)
        piece = bisect_right(self._starts, index) - 1
        return self._places[piece] + index - self._starts[piece]

    def locate(self, place: int) -> int:
        """Index in `plain` of the first character kept at or after `place` in the text."""
        piece = bisect_right(self._places, place) - 1
        if piece < 0:
            return 0
        end = self._starts[piece + 1] if piece + 1 < len(self._starts) else self._ends
        return min(self._starts[piece] + place - self._places[piece], end)

    def line(self, index: int) -> int:
        """Number of the text's line that `plain[index]` stands in."""
        return bisect_left(self._lines, self.place(index))

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Spans of the pieces in `plain[start:end]`, cut to it."""
        if start >= end:
            return []
        first = bisect_right(self._starts, start) - 1
        last = bisect_left(self._starts, end)
        edges = [max(start, self._starts[piece]) for piece in range(first, last)] + [end]
        return list(pairwise(edges))
