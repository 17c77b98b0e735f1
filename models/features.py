"""Turn statements into numbered features: their characters, their cues, their shape, their place.

`text` features (characters and pairs of them) say what stands there and share one unit of length; `frame`
features say what shape it has and where it stands, and each counts by itself.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from operator import add
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..data.cues import read_cues
from ..data.grams import Codes, GramTable, code_points
from .context import JOINT, ZONES, Context, bare_heading, contexts
from .pieces import Piece

_NUMBER = re.compile(r"\d[\d,.]*")
_ENUMERATOR = re.compile(
    r"[(]?(?:[一二三四五六七八九十](?:是|要|方面[,是]?|、|[)])|其[一二三四五六][,、是]?|第[一二三四五六][,、]"
    r"|\d{1,2}(?:[)]|[.、](?!\d)))"
)
_STOPS = "。;,:!?"
# Lengths at which statements change their nature: headings in bold, sentences, long paragraphs.
_LENGTHS = (8, 14, 24, 40, 80)
# A head of a list item says its point in its first characters.
_HEAD = 24
# From this many cues of a group on, more of them say nothing new.
_MOST_CUES = 3
_FLAGS = ("restart", "lead", "later")
_MOST_NUMBERS = 3
_ZONES = ("", *ZONES)

Indices = NDArray[np.intp]
_Part = tuple[NDArray[np.integer], NDArray[np.integer]]


class Vocabulary(dict[str, int]):
    """The rows of features by their names; -1 for a name that it has not."""

    def __missing__(self, _name: str) -> int:
        return -1

    def rows(self, prefix: str, ends: Iterable[str]) -> list[int]:
        """The rows of the names that begin with `prefix` and end so."""
        return [self.get(prefix + end, -1) for end in ends]


class OpenVocabulary(Vocabulary):
    """A vocabulary that gives each new name the next row; characters and pairs are those of `texts`."""

    def __init__(self, texts: Iterable[str]) -> None:
        grams = sorted({gram for text in texts for gram in (*text, *map(add, text, text[1:]))})
        super().__init__((name, row) for row, name in enumerate(grams + [f"clause:{gram}" for gram in grams]))

    def __missing__(self, name: str) -> int:
        self[name] = len(self)
        return self[name]

    def rows(self, prefix: str, ends: Iterable[str]) -> list[int]:
        """The rows of such names, new ones too."""
        return [self[prefix + end] for end in ends]


class Rows(NamedTuple):
    """The features of piece `i` are `indices[ends[i] : ends[i + 1]]`, each once."""

    indices: NDArray[np.int32]
    ends: NDArray[np.int32]


class Features(NamedTuple):
    """The features of pieces, in two blocks."""

    text: Rows
    frame: Rows


class _Text:
    """The texts of pieces end to end, and where each and each of its clauses begins and ends."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.codes: Codes = code_points("".join(texts))
        lengths = np.fromiter(map(len, texts), np.intp, len(texts))
        self.count = len(texts)
        self.owners = np.repeat(np.arange(len(texts), dtype=np.min_scalar_type(len(texts))), lengths)
        self.ends = np.repeat(np.cumsum(lengths), lengths)
        self.paired = self.owners[:-1] == self.owners[1:]
        said = np.ones(len(self.codes), bool)
        for stop in _STOPS:
            said &= self.codes != ord(stop)
        joined = self.paired & said[:-1] & said[1:]
        begins, finishes = said.copy(), said
        begins[1:] &= ~joined
        finishes[:-1] &= ~joined
        self.begins, self.finishes = np.flatnonzero(begins), np.flatnonzero(finishes) + 1


def plain_texts(pieces: Sequence[Piece], around: Sequence[Context]) -> list[str]:
    """The texts of pieces as features are taken from them: enumerators left out, every number 0."""
    return [_plain(piece.text, context.ordinal) for piece, context in zip(pieces, around, strict=True)]


def _plain(text: str, ordinal: int) -> str:
    bare = _ENUMERATOR.sub("", text, count=1) if ordinal else text
    return _NUMBER.sub("0", bare.lstrip("—-"))


class Featurizer:
    """Finds the features that a vocabulary has, all pieces of a report at once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._rows = vocabulary
        self._grams = GramTable(vocabulary)
        self._clauses = GramTable(
            {
                name.removeprefix("clause:"): row
                for name, row in vocabulary.items()
                if name.startswith("clause:")
            }
        )
        self._cues = read_cues("label", "category")
        self._verbs = read_cues("verb")
        groups = self._cues.groups
        self._counts = self._table([f"{group}>{floor}" for group in groups for floor in range(_MOST_CUES)])
        self._final, self._heading_fields = (
            self._table([f"{prefix}:{group}" if group.startswith("category:") else "" for group in groups])
            for prefix in ("final", "heading")
        )
        self._opens = self._table(["opens:False", "opens:True"])
        self._opens_in = self._table([f"opens:{opens}:{zone}" for zone in _ZONES for opens in (False, True)])
        self._acts = self._table([f"acts:{acts}" for acts in (*range(_MOST_CUES + 1), False, True)])
        self._lengths = self._table([f"length:{edges}" for edges in range(len(_LENGTHS) + 1)])
        self._numbers = self._table([f"numbers:{several}" for several in range(_MOST_NUMBERS + 1)])
        self._frame = lru_cache(maxsize=4096)(self._read_frame)
        self._named = lru_cache(maxsize=4096)(self._read_named)

    def featurize(self, pieces: Sequence[Piece]) -> Features:
        """Features of every piece of a passage or report, in order."""
        around = contexts(pieces)
        plains = plain_texts(pieces, around)
        headings = list(dict.fromkeys(piece.heading for piece in pieces))
        text = _Text([*plains, *map(_innermost, headings)])
        places, cues = self._cues.find(text.codes, text.ends, np.arange(len(text.codes)))
        owners = text.owners[places].astype(np.intp)
        own = owners < len(pieces)
        above = self._heading_fields[self._cues.group[cues[~own]]]
        fields: dict[str, list[int]] = {}
        for owner, row in zip(owners[~own].tolist(), above.tolist(), strict=True):
            fields.setdefault(headings[owner - len(pieces)], []).append(row)
        clauses = _Clauses(text, len(pieces))
        frame = [
            self._shape(plains),
            self._counted(owners[own], cues[own]),
            *self._clausal(text, clauses, [_ZONES.index(context.zone) for context in around]),
            self._ending(clauses, owners[own], places[own], cues[own]),
            _listed(map(self._place, pieces, around)),
            _listed(fields.get(piece.heading, ()) for piece in pieces),
        ]
        return Features(self._text(text, len(pieces)), _gathered(frame, len(pieces)))

    def _table(self, names: Sequence[str]) -> Indices:
        """The rows of names, -1 for an empty one."""
        return np.array([self._rows[name] if name else -1 for name in names], np.intp)

    def _text(self, text: _Text, count: int) -> Rows:
        codes, owners = text.codes, text.owners
        pairs = self._grams.neighbours(codes)
        pairs[~text.paired] = -1
        return _gathered([(owners[:-1], pairs), (owners, self._grams.singles(codes))], count)

    def _shape(self, plains: Sequence[str]) -> _Part:
        """How long each piece is, how it opens and ends, how many numbers it has."""
        rows, cores = self._rows, [plain.rstrip(_STOPS) for plain in plains]
        ends = [plain[len(core) : len(core) + 1] for plain, core in zip(plains, cores, strict=True)]
        numbers = np.array([plain.count("0") for plain in plains], np.intp)
        found = (
            self._lengths[np.searchsorted(_LENGTHS, np.fromiter(map(len, plains), np.intp, len(plains)))],
            rows.rows("end:", ends),
            rows.rows("last:", [core[-2:] for core in cores]),
            rows.rows("first:", [plain[:2] for plain in plains]),
            rows.rows("opening:", [plain[:4] for plain in plains]),
            self._numbers[np.minimum(numbers, _MOST_NUMBERS)],
        )
        return np.repeat(np.arange(len(plains)), len(found)), np.column_stack(found).ravel()

    def _counted(self, owners: Indices, cues: Indices) -> _Part:
        """How many cues of each group a piece has."""
        width = len(self._cues.groups)
        found = np.sort(owners * len(self._cues.group) + cues)
        found = found[np.flatnonzero(np.diff(found, prepend=-1))]
        owners, cues = np.divmod(found, len(self._cues.group))
        several = np.bincount(owners * width + self._cues.group[cues])
        places = np.flatnonzero(several)
        several = np.minimum(several[places], _MOST_CUES)
        owners, groups = np.divmod(np.repeat(places, several), width)
        floors = np.arange(len(groups)) - np.repeat(np.cumsum(several) - several, several)
        return owners, self._counts[groups * _MOST_CUES + floors]

    def _clausal(self, text: _Text, clauses: "_Clauses", zones: list[int]) -> Iterator[_Part]:
        """How each clause opens, and whether with a verb, as where the body itself is its subject."""
        begins, codes = clauses.begins, text.codes
        long = clauses.finishes - begins > 1
        pairs = self._clauses.pairs(codes[begins], codes[np.minimum(begins + 1, len(codes) - 1)])
        yield clauses.owners, np.where(long, pairs, self._clauses.singles(codes[begins]))
        opened, _ = self._verbs.find(codes, text.ends, begins)
        acting = np.zeros(len(codes), bool)
        acting[opened] = True
        opens = acting[begins]
        firsts = opens[clauses.firsts].astype(np.intp)
        owners = clauses.owners[clauses.firsts]
        acts = np.bincount(clauses.owners, opens, len(zones)).astype(np.intp)[owners]
        yield owners, self._opens[firsts]
        yield owners, self._opens_in[2 * np.array(zones, np.intp)[owners] + firsts]
        yield owners, self._acts[np.minimum(acts, _MOST_CUES)]
        yield owners, self._acts[_MOST_CUES + 1 + (acts == clauses.several)]

    def _ending(self, clauses: "_Clauses", owners: Indices, places: Indices, cues: Indices) -> _Part:
        """The fields that the last clause of several touches, which tells what came of it."""
        last = places >= clauses.last[owners]
        return owners[last], self._final[self._cues.group[cues[last]]]

    def _place(self, piece: Piece, context: Context) -> Sequence[int]:
        zone, chain, ordinal, restart, lead, later, head = context
        several = ordinal if ordinal < 2 else 2
        place = self._frame(piece.section, piece.heading, zone, chain, several, restart, lead, later)
        return place + self._named("head", head[:_HEAD]) if head and not ordinal else place

    def _read_frame(
        self, section: str, heading: str, zone: str, above: str, ordinal: int, *flags: bool
    ) -> tuple[int, ...]:
        outer, _, inner = heading.rpartition(JOINT)
        names = (
            f"section:{section}",
            f"zone:{zone}",
            f"chain:{above}",
            f"stretch:{section}:{zone}:{flags[0]}",
            f"ordinal:{ordinal}",
            *(f"flag:{flag}" for flag, holds in zip(_FLAGS, flags, strict=True) if holds),
        )
        rows = tuple(self._rows[name] for name in names)
        return rows + self._named("heading", bare_heading(inner)) + self._named("above", outer[-_HEAD:])

    def _read_named(self, prefix: str, text: str) -> tuple[int, ...]:
        return tuple(self._rows[f"{prefix}:{pair}"] for pair in dict.fromkeys(map(add, text, text[1:])))


class _Clauses:
    """The clauses of the first `count` texts: whose each is, and where it begins and finishes.

    `firsts` are the first clauses of those texts that have any, `several` how many each of these has, `last`
    where the last of several clauses of a text begins, beyond its end where it has none or one.
    """

    def __init__(self, text: _Text, count: int) -> None:
        owners = text.owners[text.begins].astype(np.intp)
        own = int(np.searchsorted(owners, count))
        self.owners, self.begins, self.finishes = owners[:own], text.begins[:own], text.finishes[:own]
        _, self.firsts, self.several = np.unique(self.owners, return_index=True, return_counts=True)
        self.last = np.full(count, len(text.codes), np.intp)
        lasts = (self.firsts + self.several - 1)[self.several > 1]
        self.last[self.owners[lasts]] = self.begins[lasts]


def _innermost(heading: str) -> str:
    return bare_heading(heading.rpartition(JOINT)[2])


def _listed(rows: Iterable[Sequence[int]]) -> _Part:
    listed = list(rows)
    lengths = np.fromiter(map(len, listed), np.intp, len(listed))
    found = np.fromiter(chain.from_iterable(listed), np.intp, int(lengths.sum()))
    return np.repeat(np.arange(len(listed)), lengths), found


def _gathered(parts: Sequence[_Part], count: int) -> Rows:
    """The rows of each piece in the order of the parts, each once; `parts` go by pieces and share no row."""
    owners = np.concatenate([owners for owners, _ in parts])
    rows = np.concatenate([rows for _, rows in parts])
    mine = np.flatnonzero((rows >= 0) & (owners < count))
    # Numbers of 16 bits are sorted by their digits, many times faster than longer ones.
    owners = owners.take(mine).astype(np.min_scalar_type(count))
    rows = rows.take(mine)
    rows = rows.astype(np.min_scalar_type(int(rows.max(initial=0))))
    order = np.argsort(rows, kind="stable")
    alike, beside = rows.take(order), owners.take(order)
    again = (alike[1:] == alike[:-1]) & (beside[1:] == beside[:-1])
    first = np.ones(len(rows), bool)
    first[order[1:][again]] = False
    kept = np.flatnonzero(first)
    owners, rows = owners.take(kept), rows.take(kept)
    rows = rows.take(np.argsort(owners, kind="stable"))
    ends = np.append(0, np.cumsum(np.bincount(owners, minlength=count)))
    return Rows(rows.astype(np.int32), ends.astype(np.int32))
