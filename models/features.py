"""Turn a statement into named features: its own characters and words, its cues, its place.

Two blocks: `text` features say what stands there and share one unit of length, `frame` features say where it stands and
what shape it has, and count fully.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..data.cues import read_cues
from ..data.words import cut
from .context import Context, contexts
from .pieces import Piece

_NUMBER = re.compile(r"\d[\d,.]*")
_ENUMERATOR = re.compile(
    r"[(]?(?:[一二三四五六七八九十](?:是|要|方面[,是]?|、|[)])|其[一二三四五六][,、是]?|第[一二三四五六][,、]|\d{1,2}(?:[)]|[.、](?!\d)))"
)
_STOPS = "。;,:!?"
# Lengths at which statements change their nature: headings in bold, sentences, long paragraphs.
_LENGTHS = (8, 14, 24, 40, 80)


class Features(NamedTuple):
    """The names of a piece's features, in two blocks."""

    text: list[str]
    frame: list[str]


def featurize(pieces: Sequence[Piece]) -> list[Features]:
    """Features of every piece of a passage or report, in order."""
    around = contexts(pieces)
    return [_features(piece, context) for piece, context in zip(pieces, around, strict=True)]


def _features(piece: Piece, context: Context) -> Features:
    bare = _ENUMERATOR.sub("", piece.text, count=1) if context.ordinal else piece.text
    plain = _NUMBER.sub("0", bare)
    words = cut(plain)
    pairs = [plain[at : at + 2] for at in range(len(plain) - 1)]
    text = list(dict.fromkeys(pairs))
    text += ["w" + word for word in dict.fromkeys(words) if len(word) != 2]
    if piece.genre == "work":
        text += ["W" + word for word in dict.fromkeys(words)]
    frame = _shape(plain, words)
    frame += _cues(plain, set(pairs))
    frame += _place(piece, context)
    return Features(text, frame)


def _shape(plain: str, words: list[str]) -> list[str]:
    kept = [word for word in words if word not in _STOPS]
    core = plain.rstrip(_STOPS)
    return [
        f"length:{sum(len(plain) > edge for edge in _LENGTHS)}",
        f"end:{plain[-1:] if plain[-1:] in _STOPS else ''}",
        f"last:{core[-2:]}",
        f"first:{kept[0] if kept else ''}",
        f"second:{''.join(kept[:2])}",
        f"numbers:{min(plain.count('0'), 3)}",
    ]


def _cues(plain: str, pairs: set[str]) -> list[str]:
    found: dict[str, int] = {}
    for name in ("label", "category"):
        for group in read_cues(name).groups(plain, pairs):
            found[f"{name}:{group}"] = found.get(f"{name}:{group}", 0) + 1
    return [f"{group}>{floor}" for group, count in found.items() for floor in range(min(count, 3))]


def _place(piece: Piece, context: Context) -> list[str]:
    place = [
        f"section:{piece.section}",
        f"zone:{context.zone}",
        f"stretch:{piece.section}:{context.zone}:{context.restart}",
        f"ordinal:{min(context.ordinal, 2)}",
        f"genre:{piece.genre}:{piece.section}:{context.zone}",
    ]
    place += [f"flag:{name}" for name in ("restart", "lead", "later") if getattr(context, name)]
    place += ["heading:" + word for word in set(cut(piece.heading)) if len(word) > 1]
    if context.head and not context.ordinal:
        place += ["head:" + word for word in set(cut(context.head[:30])) if len(word) > 1]
    return place
