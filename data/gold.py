"""Hand-marked passages: read, located in their text, and checked before anything is scored against them.

One JSON object a line: `id` (`<body>-<report year>-<nn>`), `text`, `year`, `org`, `section`, `genre`, and a
list for each kind of fact that was marked. An annotation quotes its `text`; it is looked for in order of
appearance, or stands at the offset `at`.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from .errors import ResourceError
from .records import Citation, Count, Date, Fact, Genre, SectionKind, Statement, Zero

_UNMARKED = re.compile(r"《[^《》]*》|[〔﹝\[]\s*(?:19|20)\d\d\s*[〕﹞\]]")
_REPORT = re.compile(r"(.+-(?:\d{4}|unknown))-\d+")
# Lists that may overlap are searched from one character on, the others from the end of the last.
_APART = ("dates", "counts", "statements")


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A marked passage; a kind of fact that was not marked at all is missing from `marked`."""

    id: str
    text: str
    year: int | None = None
    org: str | None = None
    section: SectionKind | None = None
    genre: Genre | None = None
    marked: frozenset[str] = frozenset()
    dates: tuple[Date, ...] = ()
    counts: tuple[Count, ...] = ()
    zeros: tuple[Zero, ...] = ()
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def report(self) -> str:
        """The report that the passage is from; passages of one report are not independent."""
        found = _REPORT.fullmatch(self.id)
        return found[1] if found else self.id


_KINDS: dict[str, type[Fact]] = {
    "dates": Date,
    "counts": Count,
    "zeros": Zero,
    "statements": Statement,
    "citations": Citation,
}


def read_gold(paths: Iterable[Path]) -> list[Passage]:
    """The passages of some files in order.

    Raises ResourceError naming file and line: no JSON, an annotation that is not in the text, an id twice.
    """
    passages: dict[str, Passage] = {}
    for path in paths:
        for number, line in enumerate(path.read_bytes().splitlines(), 1):
            if not line.strip():
                continue
            try:
                passage = _passage(msgspec.json.decode(line))
            except (msgspec.MsgspecError, KeyError, TypeError, ValueError) as error:
                raise ResourceError(f"{path}:{number}: not a marked passage: {error}") from None
            if passage.id in passages:
                raise ResourceError(f"{path}:{number}: the id {passage.id} stands twice.")
            passages[passage.id] = passage
    return list(passages.values())


def _passage(record: dict[str, Any]) -> Passage:
    facts = {kind: _located(record, kind) for kind in _KINDS if kind in record}
    head = {name: record.get(name) for name in ("year", "org", "section", "genre")}
    return msgspec.convert(
        {"id": record["id"], "text": record["text"], "marked": list(facts), **head, **facts}, Passage
    )


def _located(record: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    """The annotations of a kind as fields of its record, each with its place."""
    text: str = record["text"]
    titles = [found.span() for found in _UNMARKED.finditer(text)] if kind in ("dates", "counts") else []
    facts, at = [], 0
    for annotation in record[kind] or []:
        piece: str = annotation["text"]
        start = annotation.get("at")
        if start is None or not text.startswith(piece, start):
            start = _find(text, piece, at, titles, whole=kind in ("dates", "counts"))
        if start < 0:
            raise ValueError(f"{kind}: {piece!r} is not found in order")
        end = start + len(piece)
        at = end if kind in _APART else start + 1
        facts.append({**_fields(annotation, kind), "text": piece, "start": start, "end": end})
    return facts


def _fields(annotation: dict[str, Any], kind: str) -> dict[str, Any]:
    if kind == "dates":
        iso = {"iso_start": annotation.get("start"), "iso_end": annotation.get("end")}
        return {"kind": annotation.get("kind"), "value": annotation.get("value"), **iso}
    known = set(_KINDS[kind].__struct_fields__)
    return {name: value for name, value in annotation.items() if name in known}


def _find(text: str, piece: str, at: int, titles: list[tuple[int, int]], *, whole: bool) -> int:
    """Where a quotation stands, from a place on; -1 where it does not.

    Of several places the first that is not inside a title and no tail of a longer number is taken.
    """
    first = start = text.find(piece, at) if piece else -1
    if not whole:
        return first
    while start >= 0:
        end = start + len(piece)
        torn = (piece[0].isdigit() and re.search(r"[\d.]$", text[:start])) or (
            piece[-1].isdigit() and text[end : end + 1].isdigit()
        )
        if not torn and not any(first <= start and end <= last for first, last in titles):
            return start
        start = text.find(piece, start + 1)
    return first
