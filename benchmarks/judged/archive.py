"""A small archive of invented reports of which it is known what each sentence is about.

Sentences stand in `sentences.tsv` with their topic and the part they play; bodies in `bodies.tsv`; what
one report alone says in `rare.tsv`. Which report says what is drawn by a fixed seed, so that how often a word
stands in a report, in which heading and how long the report is have nothing to do with what it is about.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from random import Random
from typing import NamedTuple

FOLDER = Path(__file__).parent
SEED = 11
_NUMERALS = "一二三四五六七八九十"
_HEADED = 0.4
_NAMED_BODY = 0.3
_PARTS = ("did", "problem", "plan", "passing")
_TITLES = ("{org}{year}年政府信息公开工作年度报告", "{year}年{org}政府信息公开工作年度报告")
_NEIGHBOURS = (
    "{other}介绍了经验，{other}与本单位交换了材料，双方约定与{other}定期会商。",
    "会同{other}开展了联合检查。",
    "{other}派员到会指导。",
)
_FILLERS = (
    "全年公开各类信息{0}条，比上年有所增加。",
    "收到网上留言{0}条，均已回复。",
    "领导小组召开会议{1}次，研究部署年度任务。",
    "制发各类公文{0}件，均标注了公开属性。",
    "办理人大代表建议{1}件，政协提案{1}件。",
    "公开机构职能、领导分工等信息{1}条。",
    "考核结果列入年度评优，权重为百分之三。",
    "本年度没有收取信息处理费。",
)


class Sentence(NamedTuple):
    """A sentence, its topic ("" for none) and the part it plays."""

    text: str
    topic: str = ""
    part: str = ""


class Line(NamedTuple):
    """A heading, or a paragraph of sentences."""

    heading: str | None
    section: str
    sentences: tuple[Sentence, ...]


@dataclass
class JudgedReport:
    """A report of the archive; `key` is what judgements name."""

    org: str
    year: int
    title: str
    lines: list[Line] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.org} {self.year}"

    @property
    def sentences(self) -> list[Sentence]:
        return [sentence for line in self.lines for sentence in line.sentences]

    @property
    def text(self) -> str:
        rows = [line.heading or "".join(each.text for each in line.sentences) for line in self.lines]
        return "\n".join([self.title, *rows]) + "\n"


def rows_of(name: str, folder: Path = FOLDER) -> Iterator[list[str]]:
    """The rows of a data file of a folder, without its remarks."""
    for line in (folder / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


@cache
def sentences() -> dict[tuple[str, str], list[str]]:
    """Sentences by topic and part."""
    found: dict[tuple[str, str], list[str]] = {}
    for topic, part, text in rows_of("sentences.tsv"):
        assert part in _PARTS, text
        found.setdefault((topic, part), []).append(text)
    return found


@cache
def archive() -> tuple[JudgedReport, ...]:
    """All reports, by body and year."""
    rare = {(org, year): Sentence(text, word, part) for word, org, year, part, text in rows_of("rare.tsv")}
    names = [name for name, _ in rows_of("bodies.tsv")]
    made = []
    for org, years in rows_of("bodies.tsv"):
        first, last = map(int, years.split(".."))
        habits = Random(f"{SEED} {org}")
        usual = _drawn(habits)
        for year in range(first, last + 1):
            rng = Random(f"{SEED} {org} {year}")
            plan = usual if rng.random() < 0.3 else _drawn(rng)
            made.append(_report(org, year, plan, rng, names, rare.get((org, str(year)))))
    return tuple(made)


class _Plan(NamedTuple):
    did: list[str]
    problems: list[str]
    passing: list[str]


def _drawn(rng: Random) -> _Plan:
    topics = sorted({topic for topic, _ in sentences()})
    rng.shuffle(topics)
    did, problems, passing = rng.randint(3, 6), rng.randint(2, 4), rng.randint(3, 7)
    again = rng.sample(topics[:did], 1) if rng.random() < 0.5 else []
    rest = topics[did:]
    return _Plan(topics[:did], rest[:problems] + again, rest[problems : problems + passing])


def _report(
    org: str, year: int, plan: _Plan, rng: Random, names: list[str], rare: Sentence | None
) -> JudgedReport:
    title = rng.choice(_TITLES).format(org=org, year=year)
    report = JudgedReport(org, year, title)
    headings = dict(rows_of("headings.tsv"))
    _open(report, "一、总体情况", "overview")
    _say(report, "overview", [Sentence(f"现公布{org}{year}年政府信息公开工作年度报告。"), *_fill(rng)])
    for number, topic in enumerate(plan.did):
        said = sentences()[topic, "did"]
        chosen = rng.sample(said, rng.randint(1, len(said)))
        if rng.random() < _HEADED:
            _open(report, f"（{_NUMERALS[number]}）{headings[topic]}", "overview")
        _say(report, "overview", [*(Sentence(text, topic, "did") for text in chosen), *_fill(rng)])
    passing = [
        Sentence(rng.choice(sentences()[topic, "passing"]), topic, "passing") for topic in plan.passing
    ]
    if rng.random() < _NAMED_BODY:
        other = rng.choice([name for name in names if name != org])
        passing.append(Sentence(rng.choice(_NEIGHBOURS).format(other=other), other, "passing"))
    rng.shuffle(passing)
    _open(report, "二、主动公开政府信息情况", "proactive")
    _say(report, "proactive", [*_fill(rng), *passing, *_fill(rng)])
    _close(report, plan, rng, rare)
    return report


def _close(report: JudgedReport, plan: _Plan, rng: Random, rare: Sentence | None) -> None:
    if rare and rare.part == "did":
        _say(report, "proactive", [rare])
    _open(report, "三、存在的主要问题及改进情况", "problems")
    problems = [
        Sentence(rng.choice(sentences()[topic, "problem"]), topic, "problem") for topic in plan.problems
    ]
    plans = [Sentence(rng.choice(sentences()[topic, "plan"]), topic, "plan") for topic in plan.problems]
    extra = [rare] if rare and rare.part != "did" else []
    _say(report, "problems", [*problems, *(each for each in extra if each.part == "problem")])
    _say(report, "problems", [*plans, *(each for each in extra if each.part == "plan")])


def _fill(rng: Random) -> list[Sentence]:
    chosen = rng.sample(_FILLERS, rng.randint(0, 4))
    return [Sentence(each.format(rng.randint(100, 9999), rng.randint(2, 60))) for each in chosen]


def _open(report: JudgedReport, heading: str, section: str) -> None:
    report.lines.append(Line(heading, section, ()))


def _say(report: JudgedReport, section: str, said: list[Sentence]) -> None:
    report.lines.append(Line(None, section, tuple(said)))
