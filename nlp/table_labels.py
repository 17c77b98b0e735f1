"""The printed labels of every official form, and where they stand in a text."""

import re
from difflib import SequenceMatcher
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from ..data.forms import Form, FormTable, load_forms
from ..data.vocabulary import alternation
from .table_text import PlainText, normal

LabelKind = Literal["row", "group", "head", "column", "title", "end"]

_ENUMERATOR = re.compile(
    r"(?:其中:?)?(?:[一二三四五六七八九十]{1,2}[,.]|\([一二三四五六七八九十\d]{1,2}\)|\d[.,])?"
)
_BEFORE = re.compile(
    r"(?:(?:其中:?)?(?:[一二三四五六七八九十]{1,2}[,.]|\([一二三四五六七八九十\d]{1,2}\)|\d[.,]|(?<![\d.])\d)|其中:?)$"
)
# 其中:(十二) is the longest.
_BEFORE_MAX = 8
_REMARK = re.compile(r"\([^()]*\)?$")
_BARE_NUMBER = re.compile(r"\d{1,2}$")
# Shorter labels (其他, 总计) are rows only with their number before them; without it they are column heads.
_CORE_MIN = 3
# A misprint of a label shares this much with it (其他法律行政止公开 has .86; two labels of one form have .6).
_ALIKE_MIN = 0.8
_ALIKE_LENGTH = 6


class Meaning(NamedTuple):
    """What a label is in one table of one form; `code` is that of the row, empty for anything else."""

    form: str
    table: str
    kind: LabelKind
    code: str = ""


class Hit(NamedTuple):
    """A label at `[start, end)` of `PlainText.plain`; `core` is the label without enumerator."""

    start: int
    end: int
    core: str


# Cells of every report say the same few hundred things.
@lru_cache(maxsize=4096)
def core_of(label: str) -> str:
    """A label's normal form without enumerator; a short one keeps its number (`3.其他`, `七.总计`)."""
    text = normal(label)
    start = 0
    while enumerator := _ENUMERATOR.match(text, start):
        if not enumerator.group():
            break
        start = enumerator.end()
    return _core(text[:start], text[start:])


def _core(enumerator: str, bare: str) -> str:
    number = enumerator.removeprefix("其中").strip(":(),.")
    return f"{number}.{bare}" if number and len(bare) < _CORE_MIN else bare


@cache
def meanings() -> dict[str, tuple[Meaning, ...]]:
    """Every label of every form in its core form, with what it may mean, newest form first."""
    found: dict[str, dict[Meaning, None]] = {}

    def enter(label: str, meaning: Meaning) -> None:
        found.setdefault(core_of(label), {})[meaning] = None

    for form in load_forms().values():
        for table in form.tables:
            for label, kind, code in _labels(table):
                enter(label, Meaning(form.id, table.table, kind, code))
        for section in form.sections:
            if section.content == "text":
                for label in section.labels:
                    enter(label, Meaning(form.id, "", "end"))
    return {core: tuple(each) for core, each in found.items()}


def _labels(table: FormTable) -> list[tuple[str, LabelKind, str]]:
    entries: list[tuple[str, LabelKind, str]] = [
        (title, "title", "") for title in (table.title, *table.variants)
    ]
    if table.caption:
        entries.append((table.caption, "head", ""))
    for group in table.column_groups:
        entries += [(label, "head", "") for label in group.labels]
    for block in table.blocks:
        entries += [(label, "head", "") for label in (*block.labels, block.corner) if label]
        for column in block.columns:
            entries += [(label, "column", column.code) for label in column.labels]
        for row in block.rows:
            kind: LabelKind = "row" if row.kind == "value" or row.totals_children else "group"
            entries += [(label, kind, row.code) for label in row.labels]
    return entries


@cache
def _pattern() -> re.Pattern[str]:
    words = tuple(core for core in meanings() if "." not in core)
    bare = tuple(core.partition(".")[2] for core in meanings() if "." in core)
    return re.compile(alternation(words + bare))


def find_labels(text: PlainText) -> list[Hit]:
    """Every label in the text, in order and apart."""
    hits: list[Hit] = []
    known = meanings()
    for match in _pattern().finditer(text.plain):
        bare, word = match.start(), match.group()
        start = _numbered(text, max(hits[-1].end if hits else 0, bare - _BEFORE_MAX), bare, word)
        core = _core(text.plain[start:bare], word)
        core = core if core in known else word
        if core not in known:
            continue
        if any(each.kind in ("title", "end") for each in known[core]):
            start = _line_number(text, start)
        hits.append(Hit(start, match.end(), core))
    return hits


@cache
def _all_labels() -> str:
    return "\n".join(meanings())


def is_fragment(plain: str) -> bool:
    """Whether some words are a part of a label, as a page's lines tear it."""
    return core_of(plain) in _all_labels()


def _line_number(text: PlainText, start: int) -> int:
    """Where a title begins, with the bare number that a line may begin with before it (`3 收到和处理…`)."""
    number = _BARE_NUMBER.search(text.plain[max(0, start - 2) : start])
    if not number:
        return start
    first = start - len(number.group())
    heads_line = not first or text.line(first - 1) != text.line(first)
    return first if heads_line and text.line(first) == text.line(start) else start


@cache
def _printed_numbers() -> frozenset[str]:
    """Labels without blanks and stops, as `3其他`: the number that a form prints and the words after it."""
    labels = (
        label
        for form in load_forms().values()
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        for label in row.labels
    )
    return frozenset(re.sub(r"^(?:其中:)?(\d)[.,]", r"\1", normal(label)) for label in labels)


def _numbered(text: PlainText, earliest: int, bare: int, word: str) -> int:
    """Where a label begins with its enumerator; a digit alone must be the one printed, in the same piece."""
    before = _BEFORE.search(text.plain[earliest:bare])
    if not before:
        return bare
    start = earliest + before.start()
    if not text.plain[start].isdigit():
        return start
    apart = text.place(start + 1) != text.place(start) + 1
    bare_digit = bare - start == 1 and text.plain[start] + word not in _printed_numbers()
    return bare if apart or bare_digit else start


@cache
def _cell_labels(form: str, table: str) -> dict[str, tuple[LabelKind, str]]:
    """What a cell's whole text may be in a table, by core form; rows go before heads of the same wording."""
    known: dict[str, tuple[LabelKind, str]] = {}
    for label, kind, code in sorted(
        _labels(load_forms()[form].table(table)), key=lambda each: each[1] != "row"
    ):
        known.setdefault(core_of(label), (kind, code))
    return known


@lru_cache(maxsize=4096)
def _named(text: str, form: str, table: str) -> tuple[LabelKind, str] | None:
    known = _cell_labels(form, table)
    plain = normal(text)
    for candidate in (core_of(plain), core_of(_REMARK.sub("", plain))):
        if candidate in known:
            return known[candidate]
    return _closest(core_of(plain), known) if len(plain) >= _ALIKE_LENGTH else None


def cell_label(text: str, form: Form, table: FormTable) -> tuple[LabelKind, str] | None:
    """What a cell's text names in a table: kind and code; misprints and added remarks are borne with."""
    return _named(text, form.id, table.table)


def _closest(plain: str, known: dict[str, tuple[LabelKind, str]]) -> tuple[LabelKind, str] | None:
    best, closest = _ALIKE_MIN, None
    matcher = SequenceMatcher(None, "", plain, autojunk=False)
    for label, meaning in known.items():
        if abs(len(label) - len(plain)) <= len(plain) // 3:
            matcher.set_seq1(label)
            # The quick ratio is an upper bound and spares nearly all of the comparisons.
            if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
                best, closest = ratio, meaning
    return closest
