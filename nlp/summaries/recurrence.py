"""Whether a problem stated in one year is that of another: the same matter in other words."""

import re
from functools import cache, cached_property

from ...data.records import Statement
from ...data.store.alike import are_alike, pieces_of
from ...data.word_lists import word_lists
from ...data.words import cut

# Words that two problems of one category must share to be the same matter, and as a share of the shorter's:
# found on the invented series of `data/samples` and of the tests.
_WORDS = 2
_SHARE = 0.3
_WORD = re.compile(r"[\u4e00-\u9fff]{2,}")


@cache
def _common() -> frozenset[str]:
    return frozenset(word_lists("summary_words")["common"])


class Matter:
    """What a problem is about."""

    def __init__(self, statement: Statement) -> None:
        self.statement = statement

    @cached_property
    def pieces(self) -> frozenset[str]:
        """What its text is made of, figures aside."""
        return pieces_of(self.statement.text)

    @cached_property
    def words(self) -> frozenset[str]:
        """The words that tell its matter."""
        return frozenset(word for word in cut(self.statement.text) if _WORD.fullmatch(word)) - _common()

    def says(self, other: "Matter") -> bool:
        """Whether both say nearly the same, figures aside."""
        return are_alike(self.pieces, other.pieces)

    def same(self, other: "Matter") -> bool:
        """Whether both say nearly the same, or share words of one category that not all problems have."""
        if self.says(other):
            return True
        if self.statement.category != other.statement.category:
            return False
        shared = self.words & other.words
        return len(shared) >= _WORDS and len(shared) >= _SHARE * min(len(self.words), len(other.words))
