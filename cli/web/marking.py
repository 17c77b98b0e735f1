"""The text of a report in pieces, each with the facts that cover it, to be marked in place.

Facts overlap (a count inside a statement, a date inside a title), HTML elements must not: so each line is cut
wherever a fact begins or ends, and each piece bears all that cover it. Nothing is left out: the pieces of the
lines with the line ends between them are the text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from ...data.records import Fact, Report, Section
from .languages import Language
from .told import cell_told, fact_told, statement_told

# Kinds of small facts in the order of the legend; statements are of a kind by their label.
KINDS = ("dates", "counts", "zeros", "citations", "organisations", "people")
LABELS = ("initiative", "problem", "plan", "other")
CELLS = "table_cells"
# Quotations and cells that a failed check rests on.
WRONG = "wrong"


class Mark(NamedTuple):
    """A fact as it is marked: where, its kind or label, and what is said of it."""

    start: int
    end: int
    kind: str
    told: str

    @property
    def is_statement(self) -> bool:
        """Whether it is a statement, marked as a whole."""
        return self.kind in LABELS


class Piece(NamedTuple):
    """Characters of one line that the same facts cover: a statement perhaps, and small facts.

    `anchor` is the name of the place where a fact begins here, `begins` the statement that does.
    """

    text: str
    statement: Mark | None
    marks: tuple[Mark, ...]
    anchor: str | None
    begins: Mark | None

    @property
    def kinds(self) -> str:
        """The kinds of its small facts, as classes."""
        return " ".join(dict.fromkeys(mark.kind for mark in self.marks))

    @property
    def told(self) -> str:
        """What is said of its small facts, a line each."""
        return "\n".join(dict.fromkeys(mark.told for mark in self.marks))


class Line(NamedTuple):
    """A line of the text: the heading of a section perhaps, and what follows it."""

    section: Section | None
    heading: tuple[Piece, ...]
    pieces: tuple[Piece, ...]


def anchor_of(start: int) -> str:
    """The name of a place in a page: `f120`, by the first character of the quotation."""
    return f"f{start}"


def marked_lines(report: Report, language: Language) -> list[Line]:
    """The lines of a report's text, cut into pieces."""
    cuts = _Cuts(report, language)
    headings = {section.start: section for section in report.sections if section.text.strip()}
    lines, at = [], 0
    for line in report.text.split("\n"):
        end = at + len(line)
        section = headings.get(end - len(line.lstrip()))
        below = min(section.end, end) if section else at
        lines.append(Line(section, tuple(cuts.pieces(at, below)), tuple(cuts.pieces(below, end))))
        at = end + 1
    return lines


class _Cuts:
    """Walks a text from its beginning to its end, with the facts that cover the place it is at."""

    def __init__(self, report: Report, language: Language) -> None:
        self._text = report.text
        marks = sorted(_marks(report, language), key=lambda mark: (mark.start, -mark.end))
        self._coming = marks[::-1]
        self._open: list[Mark] = []
        self._borders = sorted({at for mark in marks for at in (mark.start, mark.end)})
        self._anchored: set[int] = set()

    def pieces(self, start: int, end: int) -> Iterator[Piece]:
        """The pieces of the characters `[start, end)`, which follow those asked for before."""
        if start == end:
            return
        inside = self._borders[bisect_right(self._borders, start) : bisect_left(self._borders, end)]
        for a, b in pairwise([start, *inside, end]):
            yield self._piece(a, b)

    def _piece(self, start: int, end: int) -> Piece:
        self._open = [mark for mark in self._open if mark.end > start]
        while self._coming and self._coming[-1].start <= start:
            mark = self._coming.pop()
            self._open += [mark] if mark.end > start else []
        statement = next((mark for mark in self._open if mark.is_statement), None)
        small = tuple(mark for mark in self._open if not mark.is_statement)
        news = [mark for mark in self._open if mark.start not in self._anchored]
        self._anchored |= {mark.start for mark in news}
        return Piece(
            text=self._text[start:end],
            statement=statement,
            marks=small,
            anchor=anchor_of(news[0].start) if news else None,
            begins=statement if statement in news else None,
        )


def _marks(report: Report, language: Language) -> Iterator[Mark]:
    for statement in report.statements:
        told = statement_told(statement, language)
        yield Mark(statement.start, statement.end, statement.label, told)
    for kind in KINDS:
        found: tuple[Fact, ...] = getattr(report, kind)
        for fact in found:
            yield Mark(fact.start, fact.end, kind, fact_told(fact, language))
    for table in report.tables:
        for code, cell in table.cells.items():
            if cell.start is not None and cell.end is not None:
                yield Mark(cell.start, cell.end, CELLS, cell_told(table.table, code, cell, language))
    for check in report.checks:
        if check.state == "fails":
            for start, end in check.places:
                yield Mark(start, end, WRONG, f"✗ {check.message}")
