"""Turn a statement into named features: its characters, its cues, its shape, its place.

`text` features (characters and pairs of them) say what stands there and share one unit of length; `frame`
features say what shape it has and where it stands, and each counts by itself.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from operator import add
from typing import NamedTuple

from ..data.cues import read_cues
from .context import JOINT, Context, bare_heading, contexts
from .pieces import Piece

_NUMBER = re.compile(r"\d[\d,.]*")
_ENUMERATOR = re.compile(
    r"[(]?(?:[一二三四五六七八九十](?:是|要|方面[,是]?|、|[)])|其[一二三四五六][,、是]?|第[一二三四五六][,、]"
    r"|\d{1,2}(?:[)]|[.、](?!\d)))"
)
_STOPS = "。;,:!?"
_CLAUSE_END = re.compile(f"[{_STOPS}]")
# Lengths at which statements change their nature: headings in bold, sentences, long paragraphs.
_LENGTHS = (8, 14, 24, 40, 80)
# A head of a list item says its point in its first characters.
_HEAD = 24
# From this many cues of a group on, more of them say nothing new.
_MOST_CUES = 3


class Features(NamedTuple):
    """The names of a piece's features, in two blocks."""

    text: list[str]
    frame: list[str]


def featurize(pieces: Sequence[Piece]) -> list[Features]:
    """Features of every piece of a passage or report, in order."""
    return [_features(piece, context) for piece, context in zip(pieces, contexts(pieces), strict=True)]


def _features(piece: Piece, context: Context) -> Features:
    bare = _ENUMERATOR.sub("", piece.text, count=1) if context.ordinal else piece.text
    plain = _NUMBER.sub("0", bare.lstrip("—-"))
    pairs = dict.fromkeys(map(add, plain, plain[1:]))
    frame = _shape(plain) + _cues(plain, pairs) + _clauses(plain, context.zone) + _place(piece, context)
    return Features([*pairs, *dict.fromkeys(plain)], frame)


def _shape(plain: str) -> list[str]:
    core = plain.rstrip(_STOPS)
    return [
        f"length:{sum(len(plain) > edge for edge in _LENGTHS)}",
        f"end:{plain[len(core) :][:1]}",
        f"last:{core[-2:]}",
        f"first:{plain[:2]}",
        f"opening:{plain[:4]}",
        f"numbers:{min(plain.count('0'), 3)}",
    ]


def _cues(plain: str, pairs: dict[str, None]) -> list[str]:
    counts = read_cues("label", "category").count(plain, pairs.keys())
    return [f"{group}>{floor}" for group, count in counts.items() for floor in range(min(count, _MOST_CUES))]


def _clauses(plain: str, zone: str) -> list[str]:
    """How each clause opens, whether with a verb of doing, as those do whose subject is the body itself, and
    the fields that the last one touches, which tells what came of it.
    """
    clauses = [clause for clause in _CLAUSE_END.split(plain) if clause]
    if not clauses:
        return []
    opens = list(map(read_cues("verb").opens, clauses))
    first, acts = opens[0], sum(opens)
    return [
        *dict.fromkeys([f"clause:{clause[:2]}" for clause in clauses]),
        f"opens:{first}",
        f"opens:{first}:{zone}",
        f"acts:{min(acts, _MOST_CUES)}",
        f"acts:{acts == len(clauses)}",
        *(_fields("final", clauses[-1]) if len(clauses) > 1 else ()),
    ]


def _place(piece: Piece, context: Context) -> list[str]:
    place = [
        f"section:{piece.section}",
        f"zone:{context.zone}",
        f"chain:{context.chain}",
        f"stretch:{piece.section}:{context.zone}:{context.restart}",
        f"ordinal:{min(context.ordinal, 2)}",
        *_headings(piece.heading),
    ]
    for flag in ("restart", "lead", "later"):
        if getattr(context, flag):
            place.append(f"flag:{flag}")
    if context.head and not context.ordinal:
        place += _named("head", context.head[:_HEAD])
    return place


@lru_cache(maxsize=4096)
def _headings(chain: str) -> Iterable[str]:
    """What the chain of headings says: the innermost in its words and its fields, the outer ones in words."""
    outer, _, inner = chain.rpartition(JOINT)
    inner = bare_heading(inner)
    return (*_named("heading", inner), *_named("above", outer[-_HEAD:]), *_fields("heading", inner))


def _fields(prefix: str, text: str) -> list[str]:
    fields = read_cues("category").count(text, set(map(add, text, text[1:])))
    return [f"{prefix}:{field}" for field in fields]


@lru_cache(maxsize=4096)
def _named(prefix: str, text: str) -> Iterable[str]:
    return tuple(f"{prefix}:{pair}" for pair in dict.fromkeys(map(add, text, text[1:])))
