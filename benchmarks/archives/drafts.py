"""A report while it is written."""

from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Literal

from .bodies import Body
from .patterns import Prose
from .tables import Rows, Values, filled

Kind = Literal["title", "heading", "paragraph", "table"]
NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Block:
    """A piece of a report: a line, or a table."""

    kind: Kind
    line: str = ""
    rows: Rows = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        if self.kind != "table":
            return self.line
        return "\n".join(["\t".join([cell.text for cell in row]) for row in self.rows])


@dataclass
class Draft:
    """What was written so far; `cells`, `counts` and `problems` are what was planted on the way."""

    title: str
    published: str
    blocks: list[Block] = field(default_factory=list)
    cells: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, tuple[float, str]] = field(default_factory=dict)
    problems: int = 0

    def __post_init__(self) -> None:
        self.blocks.append(Block("title", self.title))

    def heading(self, line: str) -> None:
        self.blocks.append(Block("heading", line))

    def say(self, *sentences: str) -> None:
        self.blocks.append(Block("paragraph", "".join(sentences)))

    def table(self, form: str, name: str, values: Values) -> None:
        self.blocks.append(Block("table", rows=filled(form, name, values)))
        self.cells |= {(name, code): value for code, value in values.items()}


def known_words(one: Body, year: int, rng: Random) -> dict[str, str]:
    """The words of a body and year that patterns name."""
    now, before = one.figures(year), one.figures(year - 1)
    change = (now.disclosed - before.disclosed) / before.disclosed * 100
    words = {
        "org": one.name,
        "year": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
        "place": "全" + one.place if one.place == "省" else one.place,
        "site": one.seat + "人民政府门户网站" if one.government else one.name + "网站",
        "tel": f"0{rng.randint(310, 999)}—{rng.randint(2000000, 8999999)}",
        "docno": f"{one.seat[0]}政发〔{year}〕{rng.randint(1, 90)}号",
        "updown": f"{'增长' if change >= 0 else '减少'}{abs(change):.1f}%",
        "courses": str(1 + int(rng.random() * 6)),
        "trainees": str(20 + int(rng.random() * 900)),
        "growth": f"{2 + rng.random() * 9:.1f}",
        "revenue": f"{now.gdp / 12:.1f}",
        "reconsideration": str(int(rng.random() * 5)),
        "litigation": str(int(rng.random() * 4)),
    }
    named = (
        "disclosed",
        "requests",
        "forward",
        "carried",
        "normative",
        "licensing",
        "penalties",
        "gdp",
        "handled",
    )
    return words | {"place": one.place} | {name: str(getattr(now, name)) for name in named}


def prose_of(one: Body, year: int, rng: Random) -> Prose:
    return Prose(rng, known_words(one, year, rng))
