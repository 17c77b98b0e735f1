"""What an archive lacks and what in it looks wrong: missing years, doubled reports, suspicious ones."""

from collections.abc import Iterator
from typing import Literal, NamedTuple

import msgspec
from sqlite_utils import Database

from ..folding import fold
from ..likeness import likeness, same_but_blanks, shingles
from ..records import Genre
from ..terms import term
from .holdings import Held, Series, Years, group, read_held, within
from .suspicions import Suspicion, suspect, suspect_copies, suspect_tables

GapKind = Literal["missing", "doubled", "suspicious"]
Figure = int | float | str | None

# Two texts with so many of their runs of eight characters in common are versions of one.
_VERSIONS = 0.9
# Of one body and year no more than so many texts are compared; more of them were put down to a wrong name.
_COMPARED_MAX = 50


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """A report that a finding rests on."""

    id: str
    title: str | None
    path: str | None


class Gap(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the archive lacks or that looks wrong.

    `kind` is `missing`, `doubled` or `suspicious`, `rule` what of it was found (`between`, `versions`,
    `copied` …); `reports` are those it rests on, the one in question first, `figures` the numbers and days
    compared by name; `message` says in Chinese what was found and what to do.
    """

    kind: GapKind
    rule: str
    org: str | None
    genre: Genre
    year: int | None
    reports: tuple[Evidence, ...]
    figures: dict[str, Figure]
    message: str


class GapFilters(NamedTuple):
    """What is looked at: bodies with `org` in their name, a region's code or name, years, one kind.

    `reports` are the ids of those looked at, None for all.
    """

    org: str | None = None
    region: str | None = None
    years: Years | None = None
    kind: GapKind | None = None
    reports: tuple[str, ...] | None = None


def read_gaps(db: Database, filters: GapFilters) -> Iterator[Gap]:
    """Findings by kind, then by body and year.

    With years asked for, a body's years outside those it has are missing too (`outside`), and reports of
    unknown year are left out.
    """
    held = read_held(db, filters.org, filters.region, filters.reports)
    bodies = group(held)
    if filters.kind in (None, "missing"):
        for series in bodies:
            yield from _missing(series, filters.years)
    if filters.kind in (None, "doubled"):
        for series in bodies:
            yield from _doubled(db, series, filters.years)
    if filters.kind in (None, "suspicious"):
        found = _suspicious(db, held, bodies, filters.years)
        yield from sorted(found, key=lambda gap: (gap.org or "", gap.year or 0, gap.rule, gap.reports[0].id))


def _missing(series: Series, years: Years | None) -> Iterator[Gap]:
    """Years without a report: between the first and the last, and, of the years asked for, beyond them."""
    low, high = years or (None, None)
    first = low if low is not None else series.first
    last = high if high is not None else series.last
    for year in range(first, last + 1):
        if year in series.years:
            continue
        before = max((each for each in series.years if each < year), default=None)
        after = min((each for each in series.years if each > year), default=None)
        near = [series.years[each][0] for each in (before, after) if each is not None]
        rule = "between" if before is not None and after is not None else "outside"
        yield Gap(
            kind="missing",
            rule=rule,
            org=series.org,
            genre=series.genre,
            year=year,
            reports=tuple(map(_evidence, near)),
            figures={"before": before, "after": after},
            message=_missing_message(series, year, rule),
        )


def _missing_message(series: Series, year: int, rule: str) -> str:
    what = term("genre", series.genre)
    # A work report is called after the year it was delivered in, the one after that it looks back on.
    said = f"{year}年（{year + 1}年所作）" if series.genre == "work" else f"{year}年"
    if rule == "between":
        return (
            f"{series.org}有{series.first}年至{series.last}年的{what}，缺{said}。"
            "请补收；若已收，请查该份报告的机构或年份是否认错、文件是否读取失败。"
        )
    known = f"最早为{series.first}年" if year < series.first else f"最晚为{series.last}年"
    return f"{series.org}的{what}在档案中{known}，无{said}。请查当年是否设有该机构、是否已发布，再行补收。"


def _doubled(db: Database, series: Series, years: Years | None) -> Iterator[Gap]:
    """Further texts of a body's year, each held against the one that stands for it."""
    for year in sorted(series.years):
        stands, *others = series.years[year]
        if not others or not within(year, years):
            continue
        text = _text(db, stands)
        known = shingles(fold(text))
        for other in others[:_COMPARED_MAX]:
            written = _text(db, other)
            same = same_but_blanks(text, written)
            share = 1.0 if same else likeness(known, shingles(fold(written)))
            rule = "blanks" if same else "versions" if share >= _VERSIONS else "differing"
            yield Gap(
                kind="doubled",
                rule=rule,
                org=series.org,
                genre=series.genre,
                year=year,
                reports=(_evidence(other), _evidence(stands)),
                figures={"share": round(share, 3), "length": other.length, "other_length": stands.length},
                message=_doubled_message(series, year, (rule, share), len(others) + 1),
            )


def _doubled_message(series: Series, year: int, found: tuple[str, float], number: int) -> str:
    rule, share = found
    head = f"{series.org}{year}年有{number}份{term('genre', series.genre)}，"
    if rule == "blanks":
        return f"{head}此份与所用的一份除空白外完全相同。可只留一份。"
    # Never rounded up to the whole: these texts differ.
    said = f"此份与所用的一份有{int(share * 100)}%的文字相同，"
    if rule == "versions":
        return f"{head}{said}似为同一报告的两个版本。请核对哪一份是定稿。"
    return f"{head}{said}内容不同。请查机构或年份是否认错，或其中一份是否为节选、更正。"


def _suspicious(db: Database, held: list[Held], bodies: list[Series], years: Years | None) -> Iterator[Gap]:
    wanted = [one for one in held if within(one.year, years)]
    for one in wanted:
        yield from (_gap(one, found) for found in suspect(one))
    names = {one.id: one for one in wanted}
    for report_id, found in suspect_tables(db, names):
        yield _gap(names[report_id], found)
    for one, before, found in suspect_copies(db, bodies):
        if one.id in names:
            yield _gap(one, found, before)


def _gap(one: Held, found: Suspicion, *others: Held) -> Gap:
    return Gap(
        kind="suspicious",
        rule=found.rule,
        org=one.org,
        genre=one.genre,
        year=one.year,
        reports=tuple(map(_evidence, (one, *others))),
        figures=found.figures,
        message=found.message,
    )


def _evidence(one: Held) -> Evidence:
    return Evidence(id=one.id, title=one.title, path=one.path)


def _text(db: Database, one: Held) -> str:
    return str(db.execute("select text from reports where id = ?", (one.id,)).fetchone()[0])
