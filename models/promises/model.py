"""Judge plans: which statements of the following report answer them, how, and how surely."""

import math
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np

from ...data.errors import ResourceError
from ...data.records import Label, Outcome
from .background import Background
from .features import NAMES, Array, Fit, features
from .texts import Said, is_done, is_tally, is_undone, is_vague

WEIGHTS = Path(__file__).parents[1] / "weights" / "promises.json"
VERSION = 1
# A pair as likely as this is a link: the best of .3 to .5 for links in cross-validation.
LINKED = 0.45
# A clause of a plan is done where an act has this share of what its terms weigh.
_COVERED = 0.1
# Plans judged at once: bounds the memory that a report of very many statements takes.
_AT_ONCE = 64
# Reports with more pairs of a plan and a statement are none, and comparing all would take long.
_MOST_PAIRS = 9_000_000
_DIGITS = 3
# The marked cases have some eight statements of a kind. Where there are more, more fit by chance; but longer
# reports also tell more of each plan, so that the odds fall by the root of their number only.
_USUAL = 8
_CROWDING = 0.5

_OUTCOMES: dict[Label, Outcome] = {"initiative": "kept", "problem": "problem", "plan": "repeated"}
# The first that is found says what became of a plan.
RANKED: tuple[Outcome, ...] = ("kept", "problem", "repeated")


class Link(NamedTuple):
    """A statement (its index) that answers a plan, what it shows, and how likely that is."""

    statement: int
    outcome: Outcome
    certainty: float


class Judgement(NamedTuple):
    """What became of a plan.

    `links` are its evidence, the likeliest first; `certainty` how likely the outcome is, None for `vague`;
    `whole` whether every clause of a kept plan has an act.
    """

    outcome: Outcome
    certainty: float | None
    links: tuple[Link, ...] = ()
    whole: bool | None = None


class Weights(msgspec.Struct, frozen=True):
    """What was learnt: a coefficient a feature, and the background of terms."""

    version: int
    trained_on: str
    coefficients: dict[str, float]
    bias: float
    background: Background


class PromiseModel:
    """The trained judge: `load()` gives the shipped one."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self._coefficients = np.array([weights.coefficients[name] for name in NAMES])

    @classmethod
    def load(cls, path: Path | None = None) -> "PromiseModel":
        """The model of a weights' file, the package's own if none is named; read once and kept."""
        return _load(path or WEIGHTS)

    def save(self, path: Path) -> None:
        """Write the weights; the same model gives the same bytes."""
        path.write_bytes(msgspec.json.format(msgspec.json.encode(self.weights), indent=0) + b"\n")

    def judge(self, plans: Sequence[Said], statements: Sequence[Said]) -> list[Judgement]:
        """What became of each plan, going by all that the following report states.

        Plans of two texts with more than nine million pairs of a plan and a statement are not judged: silent,
        with a certainty of 0.
        """
        kinds = [outcome_of(said) for said in statements]
        if len(plans) * len(statements) > _MOST_PAIRS:
            return [Judgement("silent", 0.0) for _ in plans]
        judged: list[Judgement] = []
        for at in range(0, len(plans), _AT_ONCE):
            some = plans[at : at + _AT_ONCE]
            if not any(kinds):
                judged += [_judgement(plan, np.zeros(len(kinds)), kinds, None) for plan in some]
                continue
            fit = features(some, statements, self.weights.background)
            chances = self.chances(fit, kinds)
            judged += [_judgement(plan, chances[row], kinds, (fit, row)) for row, plan in enumerate(some)]
        return judged

    def chances(self, fit: Fit, kinds: Sequence[Outcome | None]) -> Array:
        """How likely each pair is a link (plans by statements); `kinds` are the statements' outcomes."""
        number = Counter(kinds)
        crowd = np.array([_CROWDING * math.log(max(number[kind], _USUAL) / _USUAL) for kind in kinds])
        odds = fit.features @ self._coefficients + self.weights.bias - crowd
        return np.asarray(1 / (1 + np.exp(-odds)))


def outcome_of(said: Said) -> Outcome | None:
    """What a statement shows of the plans that it answers; None where it can answer none.

    What was not done, and a count of recurring business, answer nothing; a plan told as done is an act.
    """
    if said.label == "initiative" and (is_undone(said.text) or is_tally(said.text)):
        return None
    if said.label == "plan" and is_done(said.text):
        return "kept"
    return _OUTCOMES.get(said.label)


def _judgement(
    plan: Said, chances: Array, kinds: Sequence[Outcome | None], fitted: tuple[Fit, int] | None
) -> Judgement:
    if is_vague(plan.text):
        return Judgement("vague", None)
    found = [
        Link(at, kind, round(float(chances[at]), _DIGITS))
        for at in np.flatnonzero(chances >= LINKED).tolist()
        if (kind := kinds[at]) is not None
    ]
    links = tuple(sorted(found, key=lambda link: (-link.certainty, link.statement)))
    for outcome in RANKED:
        shown = [link for link in links if link.outcome == outcome]
        if shown:
            whole = _whole(shown, *fitted) if outcome == "kept" and fitted else None
            return Judgement(outcome, shown[0].certainty, links, whole)
    likeliest = max((float(chance) for chance, kind in zip(chances, kinds, strict=True) if kind), default=0.0)
    return Judgement("silent", round(1 - likeliest, _DIGITS))


def _whole(acts: Sequence[Link], fit: Fit, row: int) -> bool:
    """Whether each clause of a plan has an act."""
    end = fit.starts[row + 1] if row + 1 < len(fit.starts) else len(fit.clauses)
    shares = fit.clauses[fit.starts[row] : end, [link.statement for link in acts]]
    return bool((shares.max(axis=1) >= _COVERED).all())


@cache
def _load(path: Path) -> PromiseModel:
    try:
        weights = msgspec.json.decode(path.read_bytes(), type=Weights)
    except (OSError, msgspec.DecodeError) as error:
        raise ResourceError(f"{path} holds no weights of promises ({error}). Run `nianbao train`.") from error
    if weights.version != VERSION or set(weights.coefficients) != set(NAMES):
        raise ResourceError(f"{path} has weights of another version. Run `nianbao train`.")
    return PromiseModel(weights)
