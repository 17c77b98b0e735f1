"""Government work reports (政府工作报告)."""

from random import Random

from .bodies import Body, day_of_publication
from .drafts import NUMERALS, Draft, prose_of
from .patterns import Prose, patterns

_FIELDS = (
    ("w_industry", ("产业发展提质增效", "实体经济稳步壮大", "创新动能加快集聚")),
    ("w_reform", ("改革开放持续深化", "市场活力竞相迸发")),
    ("w_city", ("城乡面貌明显改观", "城市功能日臻完善")),
    ("w_rural", ("乡村振兴全面推进", "“三农”基础更加稳固")),
    ("w_ecology", ("生态环境持续改善", "绿色发展成色更足")),
    ("w_welfare", ("民生福祉不断增进", "社会事业全面进步")),
    ("w_gov", ("自身建设不断加强", "政府效能稳步提升")),
)
_AIMS = (
    "聚力产业升级",
    "深化改革开放",
    "统筹城乡发展",
    "守护绿水青山",
    "办好民生实事",
    "防范化解风险",
    "提升治理效能",
)


def work(one: Body, year: int, rng: Random) -> Draft:
    """What a government reports on `year` to the congress at the start of the next."""
    prose = prose_of(one, year, rng)
    draft = Draft(f"{one.seat}{year + 1}年政府工作报告", day_of_publication(rng, year))
    draft.say(f"——{draft.published}在{one.seat}人民代表大会会议上")
    draft.say(prose.one("w_hail"))
    length = rng.uniform(1.6, 3.4)
    draft.heading(f"一、{year}年工作回顾")
    draft.say(prose.one("w_lead"), *(prose.fill(each) for each in patterns()["w_figures"]))
    draft.counts["gdp"] = (one.figures(year).gdp * 1e8, "元")
    _achievements(draft, prose, length)
    draft.say("在肯定成绩的同时，我们也清醒看到存在的问题：", *_shortcomings(draft, prose))
    draft.heading(f"二、{year + 1}年工作安排")
    draft.say(prose.one("w_target"))
    _aims(draft, prose, length)
    draft.say(prose.one("w_close"))
    return draft


def _achievements(draft: Draft, prose: Prose, length: float) -> None:
    for number, (group, names) in enumerate(_FIELDS):
        draft.say(f"（{NUMERALS[number]}）{prose.rng.choice(names)}。")
        for _ in range(int(length * 1.3 + prose.rng.random())):
            draft.say(*_told(prose, group, int(6 * length + prose.rng.random() * 6)))


def _told(prose: Prose, group: str, clauses: int) -> list[str]:
    """Clauses of a field joined to sentences of one to three."""
    said = prose.some(group, clauses)
    ends = ["；" if prose.rng.random() < 0.4 else "。" for _ in said]
    ends[-1] = "。"
    return [clause + end for clause, end in zip(said, ends, strict=True)]


def _shortcomings(draft: Draft, prose: Prose) -> list[str]:
    said = prose.some("w_problem", prose.rng.randint(3, 6))
    draft.problems = len(said)
    return [f"{NUMERALS[n]}是{each}" for n, each in enumerate(said)]


def _aims(draft: Draft, prose: Prose, length: float) -> None:
    for number, aim in enumerate(_AIMS):
        draft.say(
            f"（{NUMERALS[number]}）{aim}。", *prose.some("w_plan", int(6 * length + prose.rng.random() * 6))
        )
