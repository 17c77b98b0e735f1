"""Promises planted in an archive: each plan is kept, still a problem, planned again or passed over.

A report plans on some topics; the body's next one tells of acts, problems and plans on these, and of as many
topics that nobody planned. Nothing else of it speaks of a topic that is passed over.
"""

from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from typing import NamedTuple

from nianbao.data.regions.divisions import divisions
from nianbao.nlp.promises import find_promises

from .repeats import Office, Planted, Planting
from .writing import write_database

OUTCOMES = ("kept", "problem", "repeated", "silent")
FIRST_YEAR = 2016
_LABELS = {"act": "initiative", "problem": "problem", "plan": "plan"}
_SHARES = (0.45, 0.2, 0.15, 0.2)
_SAID_BY = {"kept": "act", "problem": "problem", "repeated": "plan"}
_FILLERS = ("全年共召开会议{n}次。", "公开信息{n}条。", "受理信息公开申请{n}件，均在法定期限内答复。")


class PlantedPromises(NamedTuple):
    """The archive and, by body, year and the plan's text, what becomes of it."""

    planting: Planting
    outcomes: dict[tuple[str, int, str], str]


class PromiseFigures(NamedTuple):
    """How many plans were planted, the share judged right, and F1 of each outcome."""

    plans: int
    right: float
    f1: dict[str, float]


def topics() -> dict[str, dict[str, list[str]]]:
    """Sentences by topic and part."""
    found = defaultdict(lambda: defaultdict(list))
    for line in Path(__file__).with_name("promises.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            topic, part, sentence = line.split("\t")
            found[topic][part].append(sentence)
    return found


def plant_promises(bodies: int, seed: int, years: int = 4) -> PlantedPromises:
    """Reports of `years` years of each body; the same for the same seed."""
    rng = Random(f"promises-{seed}")
    seats = [one for one in divisions() if len(one.code.rstrip("0")) > 4]
    planted = PlantedPromises(Planting([]), {})
    for seat in rng.sample(seats, bodies):
        planted.planting.offices.append(
            Office(f"{seat.name}人民政府", seat, FIRST_YEAR, FIRST_YEAR + years - 1)
        )
        _plant_body(planted, len(planted.planting.offices) - 1, years, rng)
    return planted


def _plant_body(planted: PlantedPromises, body: int, years: int, rng: Random) -> None:
    known = topics()
    office = planted.planting.offices[body]
    planned: dict[str, str] = {}
    for year in range(FIRST_YEAR, FIRST_YEAR + years):
        stated = [Planted("initiative", _said(rng.choice(_FILLERS), rng), None) for _ in range(3)]
        outcomes = {topic: rng.choices(OUTCOMES, _SHARES)[0] for topic in planned}
        again = {topic: "" for topic, outcome in outcomes.items() if outcome == "repeated"}
        for topic, outcome in outcomes.items():
            planted.outcomes[office.name, year - 1, planned[topic]] = outcome
            part = _SAID_BY.get(outcome)
            if part in ("act", "problem"):
                stated.append(Planted(_LABELS[part], _said(rng.choice(known[topic][part]), rng), None))
        fresh = [topic for topic in known if topic not in planned]
        for topic in rng.sample(fresh, 3):
            stated.append(Planted("initiative", _said(rng.choice(known[topic]["act"]), rng), None))
            fresh.remove(topic)
        planned = {
            topic: _said(rng.choice(known[topic]["plan"]), rng) for topic in [*again, *rng.sample(fresh, 4)]
        }
        stated += [Planted("plan", text, None) for text in planned.values()]
        planted.planting.statements[body, year] = stated


def _said(sentence: str, rng: Random) -> str:
    while "{n}" in sentence:
        sentence = sentence.replace("{n}", str(rng.randint(2, 90)), 1)
    return sentence


def write_promises(planted: PlantedPromises, path: Path) -> None:
    """Make the database."""
    write_database(planted.planting, path)


def score_promises(store, planted: PlantedPromises) -> PromiseFigures:
    """What is found of what was planted."""
    told = Counter()
    for body in find_promises(store):
        for promise in body.promises:
            told[planted.outcomes[promise.org, promise.year, promise.plan.text], promise.outcome] += 1
    number = sum(told.values())
    f1 = {}
    for outcome in OUTCOMES:
        marked = sum(n for (one, _), n in told.items() if one == outcome)
        found = sum(n for (_, other), n in told.items() if other == outcome)
        f1[outcome] = 2 * told[outcome, outcome] / max(marked + found, 1)
    return PromiseFigures(number, sum(told[each, each] for each in OUTCOMES) / max(number, 1), f1)
