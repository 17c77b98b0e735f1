"""Paragraphs of two reports held against each other word by word."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple

import msgspec

from ...data.records import Report
from ...data.words import cut
from ..reading import Reading
from ..repeats.keys import Key, make_key
from .names import own_names
from .statements import match_keys

Operation = Literal["same", "deleted", "inserted"]
PassageKind = Literal["same", "figures", "changed", "removed", "added"]

# Paragraphs of which less stands in the same order in both are two different ones, not one changed: below,
# pairs of real reports share only the genre's phrases.
CHANGED = 0.5
# The same words between two changes are drawn into them where they are so few: 的 and commas hold nothing up.
_ISLAND = 2
# A paragraph of more words than this is shown whole: no report has one, and the time grows with the square.
_WORDS_MAX = 4_000


class Edit(msgspec.Struct, frozen=True, kw_only=True):
    """Words that stand in both (`same`, with their place in the right one), only left or only right.

    `text` is as it stands but for the page's blanks and line ends; `[start, end)` is its place in its report.
    """

    operation: Operation
    text: str
    start: int
    end: int


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph of both reports, or of one.

    `same` word for word but for signs, `figures` but for figures and own names, `changed` with `likeness` in
    [0, 1], `removed` (only left) or `added`. `left` and `right` are its places.
    """

    kind: PassageKind
    left: tuple[int, int] | None = None
    right: tuple[int, int] | None = None
    likeness: float | None = None
    edits: tuple[Edit, ...] = ()


class _Paragraph(NamedTuple):
    start: int
    end: int
    key: Key


def compare_passages(left: Reading, one: Report, right: Reading, other: Report) -> tuple[Passage, ...]:
    """Every paragraph outside the tables, in the order of the right report, removed ones where they stood."""
    sides = [list(_paragraphs(left, one)), list(_paragraphs(right, other))]
    pairs = _matched(sides[0], sides[1])
    partners = {there: (here, *pairs[here, there]) for here, there in pairs}
    places = dict(pairs.keys())
    gone = [n for n in range(len(sides[0])) if n not in places]
    passages = [
        (there, 1, _passage(left, right, sides, partners.get(there), there)) for there in range(len(sides[1]))
    ]
    for here in gone:
        # It goes behind the partner of the paragraph that it followed.
        before = next((places[n] for n in range(here, -1, -1) if n in places), -1)
        passages.append((before, 2, _alone("removed", left, sides[0][here])))
    return tuple(passage for _, _, passage in sorted(passages, key=lambda entry: entry[:2]))


def _paragraphs(reading: Reading, report: Report) -> Iterator[_Paragraph]:
    names = own_names(report)
    first = min((each.start for each in (*report.sections, *report.statements)), default=0)
    last = max((each.end for each in report.statements), default=len(report.text))
    tables = [(table.start, table.end) for table in report.tables if table.start is not None]
    for start, end in reading.lines:
        place = reading.place(start)
        inside = any(a is not None and b is not None and a <= place < b for a, b in tables)
        if first <= place < last and not inside:
            key = make_key(reading.view[start:end], names)
            if key is not None:
                yield _Paragraph(start, end, key)


def _matched(
    left: Sequence[_Paragraph], right: Sequence[_Paragraph]
) -> dict[tuple[int, int], tuple[PassageKind, float]]:
    kinds: dict[str, PassageKind] = dict.fromkeys(("alike", "reworded"), "changed")
    kinds |= {"word_for_word": "same", "figures": "figures"}
    near = match_keys([each.key for each in left], [each.key for each in right], CHANGED)
    return {places: (kinds[sameness], likeness) for places, (sameness, likeness) in near.items()}


def _passage(
    left: Reading,
    right: Reading,
    sides: list[list[_Paragraph]],
    partner: tuple[int, PassageKind, float] | None,
    there: int,
) -> Passage:
    after = sides[1][there]
    if partner is None:
        return _alone("added", right, after)
    here, kind, likeness = partner
    before = sides[0][here]
    edits = () if kind == "same" else tuple(_edits(left, before, right, after))
    return Passage(
        kind=kind,
        left=left.span(before.start, before.end),
        right=right.span(after.start, after.end),
        likeness=likeness,
        edits=edits,
    )


def _alone(kind: PassageKind, reading: Reading, paragraph: _Paragraph) -> Passage:
    operation: Operation = "deleted" if kind == "removed" else "inserted"
    place = reading.span(paragraph.start, paragraph.end)
    edit = _edit(operation, reading, paragraph.start, paragraph.end)
    sides = (place, None) if kind == "removed" else (None, place)
    return Passage(kind=kind, left=sides[0], right=sides[1], edits=(edit,))


def _edit(operation: Operation, reading: Reading, start: int, end: int) -> Edit:
    first, last = reading.span(start, end)
    return Edit(operation=operation, text=reading.clean(start, end), start=first, end=last)


def _edits(left: Reading, one: _Paragraph, right: Reading, other: _Paragraph) -> Iterator[Edit]:
    """Words deleted before those inserted in their place."""
    words = [cut(left.view[one.start : one.end]), cut(right.view[other.start : other.end])]
    ends = [
        list(accumulate(map(len, side), initial=paragraph.start))
        for side, paragraph in zip(words, (one, other), strict=True)
    ]
    if max(map(len, words)) > _WORDS_MAX:
        yield _edit("deleted", left, one.start, one.end)
        yield _edit("inserted", right, other.start, other.end)
        return
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for a, b, c, d, same in _changes(matcher, words[1]):
        if same:
            yield _edit("same", right, ends[1][c], ends[1][d])
            continue
        if a < b:
            yield _edit("deleted", left, ends[0][a], ends[0][b])
        if c < d:
            yield _edit("inserted", right, ends[1][c], ends[1][d])


def _changes(
    matcher: "SequenceMatcher[str]", words: Sequence[str]
) -> Iterator[tuple[int, int, int, int, bool]]:
    """Spans of words left and right in order and whether they are the same, small islands drawn in."""
    codes = matcher.get_opcodes()
    kept = [
        tag == "equal" and not (0 < n < len(codes) - 1 and len("".join(words[c:d])) <= _ISLAND)
        for n, (tag, _, _, c, d) in enumerate(codes)
    ]
    starts = [n for n, same in enumerate(kept) if n == 0 or same or kept[n - 1]]
    for first, following in pairwise([*starts, len(codes)]):
        _, a, _, c, _ = codes[first]
        _, _, b, _, d = codes[following - 1]
        yield a, b, c, d, kept[first]
