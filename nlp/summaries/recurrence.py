"""Whether a problem stated in one year is that of another: the same matter in other words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache, cached_property

from ...data.records import Statement
from ...data.store.alike import are_alike
from ...data.word_lists import any_of, word_lists
from ...data.words import cut
from .clauses import is_enumerated
from .pieces import said_by

# Words that two problems of one category must share to be the same matter, and as a share of the shorter's:
# found on the invented series of `data/samples` and of the tests.
_WORDS = 2
_SHARE = 0.3
# Blanks and a wrapped line between two sentences of one point.
_GAP = 3
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


@cache
def _common() -> frozenset[str]:
    return frozenset(word_lists("summary_words")["common"])


@cache
def _settled() -> re.Pattern[str]:
    return re.compile(any_of(word_lists("summary_words")["settled"]))


def stated_problems(statements: Sequence[Statement]) -> Iterator[list[int]]:
    """The problems of a report as the places of their statements: the one that names it, then those that
    tell more of it (一是更新慢。有的栏目两个月没有新内容。). One that is said to be settled is none.
    """
    point: list[int] = []
    for place, one in enumerate(statements):
        if one.label != "problem" or _settled().search(one.text):
            continue
        if point and _tells_more(statements[point[0]], statements[point[-1]], one):
            point.append(place)
            continue
        if point:
            yield point
        point = [place]
    if point:
        yield point


def _tells_more(head: Statement, last: Statement, one: Statement) -> bool:
    """Whether a problem goes on with the point before: that is enumerated and whole, this follows at once."""
    if not is_enumerated(head.text) or is_enumerated(one.text):
        return False
    return head.text.endswith("。") and one.start - last.end <= _GAP


class Matter:
    """What a problem is about: the statement that names it, and those that tell more of it."""

    def __init__(self, statements: Sequence[Statement]) -> None:
        self.head = statements[0]
        self._text = "".join(one.text for one in statements)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """What its head is made of, figures aside."""
        return said_by(self.head.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that tell its matter."""
        return frozenset(word for word in cut(self._text) if _WORD.fullmatch(word)) - _common()

    def says(self, other: "Matter") -> bool:
        """Whether both say nearly the same, figures aside."""
        return are_alike(self.pieces, other.pieces)

    def same(self, other: "Matter") -> bool:
        """Whether both say nearly the same, or share words of one category that not all problems have."""
        if self.says(other):
            return True
        if self.head.category != other.head.category:
            return False
        shared = self.words & other.words
        return len(shared) >= _WORDS and len(shared) >= _SHARE * min(len(self.words), len(other.words))
