"""Invented reports with what was planted in them."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Literal

from .bodies import LAST_YEAR, Body, bodies, body
from .disclosure import disclosure
from .drafts import Block, Draft
from .work import work

# The share of its years in which a government's work report is kept too.
_WORK = 0.12
# Archives from this size on hold long series; smaller ones more bodies.
_LARGE = 2000


@dataclass(frozen=True)
class GeneratedReport:
    """A report: `blocks` in their order, and what is known to stand in it.

    `cells` are the values of its tables by (table, code); `counts` numbers of its prose with their unit;
    `problems` how many shortcomings it admits.
    """

    org: str
    year: int
    genre: Literal["disclosure", "work"]
    title: str
    province: str
    published: str
    blocks: tuple[Block, ...]
    cells: Mapping[tuple[str, str], int] = field(repr=False)
    counts: Mapping[str, tuple[float, str]] = field(repr=False)
    problems: int

    @cached_property
    def text(self) -> str:
        """The report as plain text; a row of a table is a line, cells parted by tabs."""
        return "\n".join([block.text for block in self.blocks]) + "\n"

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()


def report_texts(n: int, seed: int = 1) -> Iterator[GeneratedReport]:
    """`n` different reports, each body's in the order of years; the same for the same `n` and `seed`.

    Raises ValueError where more are asked for than there are bodies and years (some 700,000).
    """
    left = n
    rng = Random(f"{seed}")
    for seat, office in bodies(rng):
        one = body(seat, office, seed)
        for year in _years(one, rng, n):
            for report in _reports(one, year, Random(f"{one.seed}-{year}-text"), seed):
                if not left:
                    return
                left -= 1
                yield report
    if left:
        raise ValueError(f"{n} reports are more than the bodies have; {n - left} could be made.")


def _years(one: Body, rng: Random, n: int) -> range:
    span = rng.randint(3, 18) if n >= _LARGE else rng.randint(1, 4)
    last = LAST_YEAR - int(rng.random() ** 2 * (LAST_YEAR - one.first_year))
    return range(max(one.first_year, last - span + 1), last + 1)


def _reports(one: Body, year: int, rng: Random, seed: int) -> Iterator[GeneratedReport]:
    yield _report("disclosure", disclosure(one, year, rng), one, year)
    if one.government and rng.random() < _WORK:
        yield _report("work", work(one, year, rng), one, year)


def _report(genre: Literal["disclosure", "work"], draft: Draft, one: Body, year: int) -> GeneratedReport:
    return GeneratedReport(
        org=one.name,
        year=year,
        genre=genre,
        title=draft.title,
        province=one.province,
        published=draft.published,
        blocks=tuple(draft.blocks),
        cells=draft.cells,
        counts=draft.counts,
        problems=draft.problems,
    )
