"""A second archive of invented reports, written otherwise than the first; nothing is ever tuned on it.

Reports are of two kinds, have titles of eight forms, and only some of them headings; a topic that a report
only names stands in a sentence of its own as often as in a list of several. A fixed seed draws everything.
"""

from functools import cache
from pathlib import Path
from random import Random

from judged.archive import JudgedReport, Line, Sentence, rows_of

FOLDER = Path(__file__).parent
SEED = 23
_NUMERALS = "一二三四五六七八九十"
_TITLES = {
    "disclosure": (
        "{org}{year}年政府信息公开工作年度报告",
        "{org}{year}年度政府信息公开工作年度报告",
        "{year}年{org}政府信息公开工作报告",
        "{org}关于{year}年政府信息公开工作情况的报告",
        "{org}{year}年信息公开年报",
    ),
    "work": ("{year}年{place}政府工作报告", "{place}{year}年政府工作报告", "政府工作报告（{year}年{place}）"),
}
_SECTIONS = {
    "disclosure": ("总体情况", "主动公开和依申请公开情况", "存在的主要问题及改进情况"),
    "work": ("过去一年工作回顾", "存在的困难和问题", "今年主要任务"),
}
_NAMED = (
    "全年工作涉及{0}、{1}、{2}等方面。",
    "汇编收录{0}、{1}和{2}的材料。",
    "{0}、{1}、{2}的情况另见附件。",
)
_OTHERS = ("赴{other}学习考察。", "与{other}共同完成一项课题。", "{other}来函索取了资料。")
_ANSWERED = ("problem", "plan")


class HeldOutReport(JudgedReport):
    """A report whose body may write reports of another kind as well."""

    kind = "disclosure"

    @property
    def key(self) -> str:
        return f"{self.org} {self.year} {self.kind}"


@cache
def archive() -> tuple[JudgedReport, ...]:
    """All reports, by body, kind and year."""
    bodies = list(rows_of("bodies.tsv", FOLDER))
    rare = {(org, year, kind): Sentence(*rest) for *rest, org, year, kind in _rare()}
    names = [row[0] for row in bodies]
    made = []
    for org, years, kind, length in bodies:
        first, last = map(int, years.split(".."))
        for year in range(first, last + 1):
            writer = _Writer(org, year, kind, float(length), names)
            made.append(writer.report(rare.get((org, str(year), kind))))
    return tuple(made)


def _rare():
    for word, org, year, kind, part, text in rows_of("rare.tsv", FOLDER):
        yield text, word, part, org, year, kind


@cache
def _topics(kind: str) -> dict[str, tuple[str, str]]:
    """Heading and name by topic."""
    rows = rows_of("topics.tsv", FOLDER)
    return {topic: (heading, name) for topic, of, heading, name in rows if of == kind}


@cache
def _sentences() -> dict[tuple[str, str], list[Sentence]]:
    found: dict[tuple[str, str], list[Sentence]] = {}
    for topic, part, text in rows_of("sentences.tsv", FOLDER):
        found.setdefault((topic, part), []).append(Sentence(text, topic, part))
    return found


class _Writer:
    """Draws what one report says."""

    def __init__(self, org: str, year: int, kind: str, length: float, names: list[str]):
        self._rng = Random(f"{SEED} {org} {year} {kind}")
        self._org, self._year, self._kind, self._length = org, year, kind, length
        self._others = [name for name in names if name != org]

    def report(self, rare: Sentence | None) -> JudgedReport:
        """The report, with what it alone says."""
        rng, kind = self._rng, self._kind
        place = self._org.removesuffix("人民政府")
        title = rng.choice(_TITLES[kind]).format(org=self._org, year=self._year, place=place)
        made = HeldOutReport(self._org, self._year, title)
        made.kind = kind
        topics = sorted(_topics(kind))
        rng.shuffle(topics)
        most = len(topics) // 2
        done, missed = (
            topics[: rng.randint(2, 3 + round(self._length * 7))],
            rng.sample(topics, rng.randint(1, 4)),
        )
        named = [topic for topic in topics[most:] if topic not in done + missed][: rng.randint(1, 6)]
        first, second, third = _SECTIONS[kind]
        self._done(made, first, done, rare)
        if kind == "work":
            self._paragraph(made, second, self._of(missed, "problem", rare))
            self._paragraph(
                made,
                third,
                self._of(rng.sample(topics, rng.randint(2, 5)), "plan", rare) + self._named(named),
            )
        else:
            self._paragraph(made, second, [*self._fill(), *self._named(named), *self._fill()])
            self._paragraph(
                made, third, [each for part in _ANSWERED for each in self._of(missed, part, rare)]
            )
        return made

    def _done(self, made: JudgedReport, heading: str, topics: list[str], rare: Sentence | None) -> None:
        made.lines.append(Line(f"一、{heading}", "overview", ()))
        made.lines.append(Line(None, "overview", tuple(self._fill())))
        headed = self._rng.random() < self._length
        for number, topic in enumerate(topics):
            said = _sentences()[topic, "did"]
            if headed:
                heading = f"（{_NUMERALS[number % 10]}）{_topics(self._kind)[topic][0]}"
                made.lines.append(Line(heading, "overview", ()))
            chosen = self._rng.sample(said, self._rng.randint(1, len(said)))
            made.lines.append(Line(None, "overview", (*chosen, *self._fill())))
        if rare and rare.part == "did":
            made.lines.append(Line(None, "overview", (rare,)))

    def _paragraph(self, made: JudgedReport, heading: str, said: list[Sentence]) -> None:
        number = _NUMERALS[sum(bool(line.heading and line.heading[0] in _NUMERALS) for line in made.lines)]
        made.lines.append(Line(f"{number}、{heading}", "problems" if "问题" in heading else "other", ()))
        made.lines.append(Line(None, "problems" if "问题" in heading else "other", tuple(said)))

    def _of(self, topics: list[str], part: str, rare: Sentence | None) -> list[Sentence]:
        said = [self._rng.choice(_sentences()[topic, part]) for topic in topics]
        return [*said, rare] if rare and rare.part == part else said

    def _named(self, topics: list[str]) -> list[Sentence]:
        """Sentences that only name topics, one by one or in lists of three, and now and then another body."""
        rng, said = self._rng, []
        while topics:
            if len(topics) > 2 and rng.random() < 0.4:
                three, topics = topics[:3], topics[3:]
                names = [_topics(self._kind)[topic][1] for topic in three]
                said.append(Sentence(rng.choice(_NAMED).format(*names), " ".join(three), "passing"))
            else:
                said.append(rng.choice(_sentences()[topics.pop(0), "passing"]))
        if rng.random() < 0.3:
            other = rng.choice(self._others)
            said.append(Sentence(rng.choice(_OTHERS).format(other=other), other, "passing"))
        rng.shuffle(said)
        return said

    def _fill(self) -> list[Sentence]:
        fillers = [text for kind, text in rows_of("fillers.tsv", FOLDER) if kind == self._kind]
        chosen = self._rng.sample(fillers, self._rng.randint(0, 3))
        numbers = [self._rng.randint(*bounds) for bounds in ((200, 30000), (10, 400), (2, 30))]
        return [Sentence(text.format(*numbers)) for text in chosen]
