"""Annual reports on disclosure (政府信息公开工作年度报告), in the outlines of their years."""

from random import Random

from .bodies import Body, Figures, day_of_publication
from .drafts import NUMERALS, Draft, prose_of
from .patterns import Prose, patterns
from .tables import proactive_values, requests_values, reviews_values, statistics_values

_TITLES = (
    "{org}{year}年政府信息公开工作年度报告",
    "{org}{year}年度政府信息公开工作年度报告",
    "{year}年{org}政府信息公开工作年度报告",
    "{org}\n{year}年政府信息公开工作年度报告",
)
_MEASURES = (
    ("主动公开", "proactive", 6, 14),
    ("依申请公开", "requests", 3, 8),
    ("政府信息管理", "management", 4, 9),
    ("平台建设", "platform", 4, 9),
    ("监督保障", "supervision", 4, 8),
    ("解读回应", "interpretation", 3, 6),
    ("互动交流", "response", 3, 6),
)
_PROBLEMS = (2, 5)
# Some reports say twice as much of everything as others.
_RICHNESS = (1.0, 2.4)
# Of the reports before 2014, those with the table of a local form.
_OLDEST_TABLES = 0.3


def disclosure(one: Body, year: int, rng: Random) -> Draft:
    """The report of a body and year in the outline that was in force."""
    prose = prose_of(one, year, rng)
    title = rng.choice(_TITLES).format(org=one.name, year=year).replace("\n", "")
    draft = Draft(title, day_of_publication(rng, year))
    if rng.random() < 0.5:
        draft.say(f"发布机构：{one.name}　　发布日期：{draft.published}")
    if year >= 2019:
        _today(draft, prose, one.figures(year), "2021" if year >= 2021 else "2019")
    else:
        _formerly(draft, prose, one.figures(year), year)
    return draft


def _today(draft: Draft, prose: Prose, figures: Figures, form: str) -> None:
    rng = prose.rng
    draft.say(*prose.some("basis", rng.randint(2, 4)))
    draft.heading("一、总体情况")
    draft.say(prose.one("lead"))
    _measures(draft, prose, figures)
    draft.heading("二、主动公开政府信息情况")
    draft.table(form, "proactive", proactive_values(form, figures, rng))
    draft.heading("三、收到和处理政府信息公开申请情况")
    draft.table(form, "requests", requests_values(form, figures, rng))
    draft.heading("四、政府信息公开行政复议、行政诉讼情况")
    draft.table(form, "reviews", reviews_values(figures, rng))
    draft.heading("五、存在的主要问题及改进情况")
    _problems(draft, prose)
    draft.heading("六、其他需要报告的事项")
    draft.say(*prose.some("other", rng.randint(1, 3)))


def _formerly(draft: Draft, prose: Prose, figures: Figures, year: int) -> None:
    rng = prose.rng
    draft.say(*prose.some("basis_old", rng.randint(2, 3)))
    rich = rng.uniform(*_RICHNESS)

    def some(group: str, number: int) -> list[str]:
        return prose.some(group, int(number * rich))

    draft.heading("一、概述")
    draft.say(prose.one("lead"), *some("supervision", 6), *some("management", 5))
    draft.heading("二、主动公开政府信息情况")
    _tally(draft, prose, figures)
    draft.say(*some("proactive", rng.randint(9, 16)))
    draft.say(*some("platform", rng.randint(5, 9)), *some("response", 5), *some("interpretation", 4))
    draft.heading("三、依申请公开政府信息情况")
    draft.say(*_request_sentences(draft, prose, figures, 7))
    draft.heading("四、复议、诉讼和收费情况")
    draft.say(prose.one("reviews_old"), prose.one("fees_old"), *prose.some("staff_old", 2))
    draft.heading("五、存在的问题和改进措施")
    _problems(draft, prose)
    if year >= 2014:
        draft.heading("附件：政府信息公开情况统计表")
        draft.table("2014", "statistics", statistics_values("2014", figures, rng))
    elif rng.random() < _OLDEST_TABLES:
        draft.heading("附表：政府信息公开情况统计报表")
        draft.table("2008", "statistics", statistics_values("2008", figures, rng))


def _measures(draft: Draft, prose: Prose, figures: Figures) -> None:
    rng = prose.rng
    rich = rng.uniform(*_RICHNESS)
    chosen = [_MEASURES[0], _MEASURES[1], *(each for each in _MEASURES[2:] if rng.random() < 0.85)]
    for number, (name, group, few, many) in enumerate(chosen):
        sentences = [f"（{NUMERALS[number]}）{name}情况。"]
        wanted = int(rng.randint(few, many) * rich)
        if group == "requests":
            sentences += _request_sentences(draft, prose, figures, wanted)
        else:
            sentences += prose.some(group, wanted)
        if group == "proactive":
            _tally(draft, prose, figures)
        draft.say(*sentences)


def _tally(draft: Draft, prose: Prose, figures: Figures) -> None:
    draft.say(prose.fill(patterns()["proactive"][int(prose.rng.random() * 2)]))
    draft.counts["disclosed"] = (figures.disclosed, "条")


def _request_sentences(draft: Draft, prose: Prose, figures: Figures, number: int) -> list[str]:
    if not figures.requests and not figures.carried:
        return [prose.one("requests0")]
    first, *others = patterns()["requests"]
    draft.counts["requests"] = (figures.requests, "件")
    return [prose.fill(first), *map(prose.fill, prose.rng.sample(others, min(number, len(others))))]


def _problems(draft: Draft, prose: Prose) -> None:
    """Problems and, in the same order, what will be done about them, in one of four manners."""
    rng = prose.rng
    pairs = list(zip(patterns()["problem+"], patterns()["plan-"], strict=True))
    chosen = rng.sample(pairs, rng.randint(*_PROBLEMS))
    draft.problems = len(chosen)
    problems = [prose.fill(problem) for problem, _ in chosen]
    plans = [prose.fill(plan) for _, plan in chosen]
    manner = rng.randrange(4)
    for lead, said in (("problems_lead", problems), ("plans_lead", plans)):
        _list(draft, prose.one(lead), said, manner)


def _list(draft: Draft, lead: str, said: list[str], manner: int) -> None:
    last = len(said) - 1
    if manner < 2:
        marks = (
            [f"{numeral}是" for numeral in NUMERALS] if manner else [f"{n + 1}.".rjust(2) for n in range(10)]
        )
        ends = ["。" if n == last or not manner else "；" for n in range(last + 1)]
        draft.say(lead, *(mark + each + end for mark, each, end in zip(marks, said, ends, strict=False)))
        return
    draft.say(lead)
    for number, each in enumerate(said):
        mark = f"（{NUMERALS[number]}）" if manner == 2 else f"{number + 1}."
        draft.say(f"{mark}{each}。")
