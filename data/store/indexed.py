"""How a report's text reads and what of it stands in the index, kept beside the report.

Search needs the view to show hits at their place in the unchanged text, and the index needs exactly what
was put in to take it out again, whatever lexicon or dictionary is installed by then. Words stand in plain
columns, from which SQLite itself can make the full-text tables again (`index_rows`).
"""

import re
import zlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from operator import sub

import msgspec

from ..errors import DatabaseError
from ..folding import fold
from ..words import cut
from .bigrams import lower_ascii

# Level 1 packs a report to about a third at 60 MB/s; higher levels save a tenth at a quarter of the speed.
_LEVEL = 1
# Stands between words; with NUL, the one character that no view may hold.
SEPARATOR = "\x1f"
_UNFIT = re.compile("[\x00\x1f]")


class Indexed(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """A text's view as words, the steps between its characters' places, the words of title, body, headings.

    `parted` is the view with a separator (U+001F) between its words. `steps[i]` leads from the place of
    `view[i - 1]` in the text to that of `view[i]`: 1 where nothing is left out between them.
    """

    parted: str
    steps: list[int]
    title_words: str
    org_words: str
    heading_words: str

    @cached_property
    def view(self) -> str:
        """The text as it reads."""
        return self.parted.replace(SEPARATOR, "")

    @cached_property
    def places(self) -> list[int]:
        """Where `view[i]` stands in the text."""
        return list(accumulate(self.steps))

    @cached_property
    def key(self) -> str:
        """The view as it is searched: ASCII letters in lower case."""
        return lower_ascii(self.view)


def make_indexed(
    view: str, places: Sequence[int], title: str | None, org: str | None, headings: Iterable[str] = ()
) -> Indexed:
    """What is to be indexed of a text with this view, `view[i]` standing at `places[i]`.

    Raises DatabaseError where the view holds half a surrogate pair, which no database can keep.
    """
    view = _UNFIT.sub("\ufdd0", view)
    try:
        lengths = list(map(len, cut(lower_ascii(view))))
    except UnicodeEncodeError as error:
        raise DatabaseError(f"{error.object!r:.60}: half a surrogate pair cannot be kept.") from error
    ends = list(accumulate(lengths))
    return Indexed(
        parted=SEPARATOR.join(map(view.__getitem__, map(slice, [0, *ends[:-1]], ends))),
        steps=list(map(sub, places, [0, *places[:-1]])),
        title_words=_joined(title),
        org_words=_joined(org),
        heading_words=" ".join(filter(None, map(_joined, headings))),
    )


def pack_steps(indexed: Indexed) -> bytes:
    """The steps as a BLOB (zlib over MessagePack)."""
    return zlib.compress(msgspec.msgpack.encode(indexed.steps), _LEVEL)


def unpack_steps(body: bytes) -> list[int]:
    """The reverse of `pack_steps`."""
    return msgspec.msgpack.decode(zlib.decompress(body), type=list[int])


def view_key(parted: str) -> str:
    """The view of a reading's words as it is searched."""
    return lower_ascii(parted.replace(SEPARATOR, ""))


def query_words(terms: Iterable[str]) -> list[str]:
    """The words that rank a query's hits, each once, in order; punctuation and controls rank nothing."""
    words = (word for term in terms for word in cut(term))
    found = (word for word in words if word.isprintable() and any(map(str.isalnum, word)))
    return list(dict.fromkeys(found))


def _joined(text: str | None) -> str:
    return " ".join(cut(lower_ascii(fold(text)).replace(" ", ""))) if text else ""
