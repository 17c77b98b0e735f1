"""The passage of a text that shows a hit best, and where in it the words stand."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from .indexed import Indexed

# A line of a terminal holds about this many Chinese characters; a statement up to twice that is shown whole.
_WINDOW = 80
_STATEMENT_MAX = 160
# Occurrences of one word that are looked at to find where the words stand closest.
_OCCURRENCES_MAX = 400
_STOP = re.compile(r"[。!?;\n]")
_LINE_ENDS = str.maketrans("\n\r\t\f\v", "     ")

Span = tuple[int, int]


class Snippet(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of a report.

    `[start, end)` is its place in the report's text, `text` how it reads (the text's own characters without
    the blanks and line ends inside), `hits` the spans of the words in the report's text and `marks` the same
    spans in `text`.
    """

    start: int
    end: int
    text: str
    hits: tuple[Span, ...]
    marks: tuple[Span, ...]


def in_view(indexed: Indexed, start: int, end: int) -> Span:
    """`[start, end)` of the text as a span of its view."""
    return bisect_left(indexed.places, start), bisect_left(indexed.places, end)


def best_window(key: str, words: Sequence[str], within: Span) -> Span:
    """Where in `within` most of the words stand together: a span of the view that covers them."""
    found = sorted(_occurrences(key, words, within))
    if not found:
        return within[0], min(within[1], within[0] + _WINDOW)
    best, most = found[0][:2], (0, 0)
    first = 0
    for last, (_, end, _) in enumerate(found):
        while end - found[first][0] > _WINDOW and first < last:
            first += 1
        inside = found[first : last + 1]
        worth = (len({word for _, _, word in inside}), len(inside))
        if worth > most:
            most, best = worth, (found[first][0], max(span[1] for span in inside))
    return best


def widen(key: str, window: Span, within: Span) -> Span:
    """`window` with its surroundings, `_WINDOW` characters at most, from a sentence's beginning if near."""
    spare = max(0, _WINDOW - (window[1] - window[0]))
    left = max(within[0], window[0] - spare // 2)
    stops = [stop.end() for stop in _STOP.finditer(key, left, window[0])]
    start = stops[-1] if stops else left
    end = min(within[1], max(window[1], start + _WINDOW))
    paragraph = key.find("\n", window[1], end)
    return start, (end if paragraph < 0 else paragraph)


def cut_snippet(
    text: str, indexed: Indexed, words: Sequence[str], passage: Span, fact: Span | None = None
) -> Snippet:
    """The passage `[start, end)` of the view as a snippet with the words, and the fact, in it."""
    start, end = passage
    places = indexed.places
    spans = [(a, b) for a, b, _ in _occurrences(indexed.key, words, passage)]
    marks = _merged([*spans, fact] if fact and start <= fact[0] < fact[1] <= end else spans)
    shown = "".join(map(text.__getitem__, places[start:end])).translate(_LINE_ENDS)
    return Snippet(
        start=places[start] if start < end else 0,
        end=places[end - 1] + 1 if start < end else 0,
        text=shown,
        hits=tuple((places[a], places[b - 1] + 1) for a, b in marks),
        marks=tuple((a - start, b - start) for a, b in marks),
    )


def fits(span: Span) -> bool:
    """Whether a statement is short enough to be shown whole."""
    return span[1] - span[0] <= _STATEMENT_MAX


def _occurrences(key: str, words: Sequence[str], within: Span) -> Iterable[tuple[int, int, int]]:
    """(start, end, number of the word), the first few hundred of each word."""
    for number, word in enumerate(words):
        at, seen = key.find(word, *within), 0
        while at >= 0 and seen < _OCCURRENCES_MAX:
            yield at, at + len(word), number
            at, seen = key.find(word, at + 1, within[1]), seen + 1


def _merged(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged
