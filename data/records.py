"""Frozen values of everything found in a report.

A fact is a value with `[start, end)` in the unchanged text, counted in characters, end exclusive:
`text[start:end]` is its quotation, always. Values know neither rows nor keys; those belong to the store.
The kinds follow the marking guide of the project; dates follow ISO 8601 and EDTF (Library of Congress,
level 0-1), tables the official forms of the State Council office.
"""

from typing import Any, Literal

import msgspec

DateKind = Literal["date", "range", "duration"]
Bound = Literal["exact", "more", "less", "about"]
Label = Literal["initiative", "problem", "plan", "other"]
Genre = Literal["disclosure", "work"]
SectionKind = Literal["overview", "proactive", "requests", "reviews", "problems", "other", "unknown"]
Level = Literal["nation", "province", "city", "county", "town"]
CellState = Literal["value", "zero", "blank", "nil", "absent"]
CheckState = Literal["holds", "fails", "not_assessable"]
Severity = Literal["error", "warning", "info"]
Outcome = Literal["kept", "problem", "repeated", "silent", "vague"]


class Fact(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A quotation and its place: `text` stands at `[start, end)` of the report's text."""

    text: str
    start: int
    end: int


class Date(Fact, frozen=True, kw_only=True, gc=False):
    """A date, range or duration.

    `iso_start` and `iso_end` are the first and last day covered (`YYYY-MM-DD`); both are None for a
    duration, whose ISO 8601 length stands in `value` (`P20D`, `PT24H`). `edtf` is the same period as
    EDTF (`2020-05`, `2020-01-01/2020-12-31`); None for a duration.
    """

    kind: DateKind
    iso_start: str | None = None
    iso_end: str | None = None
    value: str | None = None
    edtf: str | None = None


class Count(Fact, frozen=True, kw_only=True, gc=False):
    """A counted quantity: plain number, measure word (`%`, `元`, …), bound, and what is counted."""

    value: int | float
    unit: str | None = None
    bound: Bound = "exact"
    item: str | None = None


class Zero(Fact, frozen=True, kw_only=True, gc=False):
    """A clause stating that nothing was counted, with what was not."""

    item: str | None = None


class Citation(Fact, frozen=True, kw_only=True, gc=False):
    """A document cited by title in 《》, by number, or by both."""

    title: str | None = None
    number: str | None = None


class Statement(Fact, frozen=True, kw_only=True, gc=False):
    """A piece of text that makes one point.

    `label` says what it does, `category` which field of work it touches (None for `other`),
    `confidence` in [0, 1] how sure the classifier is of the label, `uncertain` whether that is so little
    that a person should look, `answers` the index among the report's statements of the problem that a
    plan answers.
    """

    label: Label
    category: str | None = None
    confidence: float = 1.0
    answers: int | None = None
    uncertain: bool = False


class Section(Fact, frozen=True, kw_only=True, gc=False):
    """A section of the official outline.

    `text` at `[start, end)` is its heading as it stands (empty, `start == end`, where the heading was
    lost); the section's content is `[end, content_end)`. `depth` 1 is 一、, 2 is （一）, 3 is 1.
    """

    kind: SectionKind
    depth: int
    content_end: int


class Organisation(Fact, frozen=True, kw_only=True, gc=False):
    """A body named in the text."""


class Person(Fact, frozen=True, kw_only=True, gc=False):
    """A person named with a title: `text` covers both, `name` and `title` are parts of it."""

    name: str
    title: str


class Cell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One cell of an official table.

    `raw` is what stands there, `value` its number. `state` keeps apart a value, an explicit zero, a
    blank, a nil mark (`/`, `—`, 无) and absent (the form has the cell, the text does not show it).
    `start` and `end` are None where the cell has no place in the text.
    """

    raw: str | None = None
    value: int | float | None = None
    unit: str | None = None
    note: str | None = None
    state: CellState
    start: int | None = None
    end: int | None = None


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """An official table: `cells` maps `row_code.column_code` of the form to its cell.

    Cells that the text does not show are not listed; `notes` says what it shows but cannot be told to
    belong to a cell, and why.
    """

    table: str
    form: str | None
    cells: dict[str, Cell]
    start: int | None = None
    end: int | None = None
    notes: tuple[str, ...] = ()


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """An identity or comparison put to the test: both sides, their difference, the cells they name.

    `kind` is `identity`, `soft`, `value`, `context`, `prose` or `series`; `rule` the identity of the form
    (`2021.req.balance.total`) or the comparison (`prose.received`); `difference` is left less right.
    `message` says in Chinese what was compared and found; `severity` how a failure is to be taken;
    `places` are the `[start, end)` of the quotations and cells that a failure rests on.
    """

    kind: str
    state: CheckState
    left: float | None = None
    right: float | None = None
    difference: float | None = None
    cells: tuple[str, ...] = ()
    message: str = ""
    rule: str = ""
    severity: Severity = "error"
    places: tuple[tuple[int, int], ...] = ()


class Region(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Where a body is seated: GB/T 2260 `code` (six digits) and the names along the way."""

    code: str | None = None
    province: str | None = None
    city: str | None = None
    county: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A whole report with everything found in it.

    `id` is the first 16 hexadecimal digits of the SHA-256 of the text; `year` the year reported on;
    `published` an ISO day; `period` the stated range of the data; `form` the official form of its
    tables (`2021`, `2019`, `2014`, None where it has none).
    """

    id: str
    text: str
    genre: Genre = "disclosure"
    title: str | None = None
    org: str | None = None
    level: Level | None = None
    region: Region | None = None
    year: int | None = None
    published: str | None = None
    period: Date | None = None
    index_number: str | None = None
    document_number: str | None = None
    form: str | None = None
    sections: tuple[Section, ...] = ()
    statements: tuple[Statement, ...] = ()
    dates: tuple[Date, ...] = ()
    counts: tuple[Count, ...] = ()
    zeros: tuple[Zero, ...] = ()
    citations: tuple[Citation, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    tables: tuple[Table, ...] = ()
    checks: tuple[Check, ...] = ()


class ReportTables(msgspec.Struct, frozen=True, kw_only=True):
    """What comparisons across an archive need of a report: who, when and its tables."""

    id: str
    org: str | None = None
    level: Level | None = None
    region: Region | None = None
    year: int | None = None
    form: str | None = None
    tables: tuple[Table, ...] = ()


class GridCell(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One cell of a grid as the file has it: its text, and its place in the source text where it has one."""

    text: str
    start: int | None = None
    end: int | None = None
    rowspan: int = 1
    colspan: int = 1

    def moved(self, by: int) -> "GridCell":
        """The same cell `by` characters further on."""
        if self.start is None or self.end is None:
            return self
        return msgspec.structs.replace(self, start=self.start + by, end=self.end + by)


class Grid(msgspec.Struct, frozen=True, kw_only=True):
    """A table as the file has it: rows of cells, before anything is known about its form.

    A cell that spans rows or columns stands once, at its upper left; `[start, end)` covers the grid's text.
    """

    rows: tuple[tuple[GridCell, ...], ...]
    start: int
    end: int

    def moved(self, by: int) -> "Grid":
        """The same grid, with all its places `by` characters further on."""
        rows = tuple(tuple(cell.moved(by) for cell in row) for row in self.rows)
        return Grid(rows=rows, start=self.start + by, end=self.end + by)


# Fields in which readers of pictures say what they recognised, and what they could not.
_REMARKS = ("识别", "未识别")


class SourceText(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader makes of a file: text, grids and the fields that the file itself names.

    `format` is the reader's name (`text`, `html`, `pdf`, `image` …); `encoding` that of the file's
    characters, None where that has no meaning; `title` the page's own title; `fields` metadata by their
    Chinese labels (`索引号`, `发布机构`, `成文日期`, `文号` …) as the page gives them.
    """

    text: str
    format: str
    grids: tuple[Grid, ...] = ()
    title: str | None = None
    encoding: str | None = None
    fields: dict[str, str] = {}

    @property
    def remark(self) -> str | None:
        """What a reader of its figures has to know: which of the text was recognised from pictures."""
        said = (f"{label}：{self.fields[label]}" for label in _REMARKS if label in self.fields)
        return "；".join(said) or None


class Figure(Fact, frozen=True, kw_only=True, gc=False):
    """A key figure: `text` is the number as it stands, `indicator` its Chinese name."""

    indicator: str
    value: int | float
    unit: str | None = None
    bound: Bound = "exact"


class Point(Fact, frozen=True, kw_only=True, gc=False):
    """A statement taken into a summary."""

    category: str | None = None


class Shortcoming(Point, frozen=True, kw_only=True):
    """A stated problem with the plans that answer it."""

    plans: tuple[Point, ...] = ()


class Undertaking(msgspec.Struct, frozen=True, kw_only=True):
    """Initiatives (or plans) of one kind: how many there are, and those chosen to stand for them."""

    category: str
    total: int
    points: tuple[Point, ...]


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """What a busy reader wants of a report, every line with its place in the text."""

    id: str
    genre: Genre
    title: str | None
    org: str | None
    year: int | None
    published: str | None
    figures: tuple[Figure, ...]
    zeros: tuple[Zero, ...]
    initiatives: tuple[Undertaking, ...]
    problems: tuple[Shortcoming, ...]
    plans: Undertaking


def json_schema(record: type[Any] = Report) -> dict[str, Any]:
    """JSON Schema (2020-12) of a record type, made from the types themselves."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **msgspec.json.schema(record)}
