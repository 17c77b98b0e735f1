"""Read marked promises and refuse what breaks the marking guide."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from ..errors import ResourceError
from ..lines import data_lines
from ..records import Genre, Label, Level, Outcome

DEVELOPMENT = Path(__file__).with_name("development.jsonl")

# Which statements can be evidence of what: an improvement told as done keeps a plan, though labelled a plan.
_EVIDENCE: dict[str, tuple[Label, ...]] = {
    "kept": ("initiative", "plan"),
    "repeated": ("plan",),
    "problem": ("problem",),
}


class MarkedStatement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement of the following report."""

    text: str
    label: Label
    category: str | None


class MarkedPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A plan, what became of it, and the indices of the statements that say so.

    `whole` tells whether all that was planned was done; None where nothing was.
    """

    text: str
    category: str | None
    outcome: Outcome
    kept: tuple[int, ...]
    whole: bool | None
    repeated: tuple[int, ...]
    problem: tuple[int, ...]

    @property
    def links(self) -> set[tuple[Outcome, int]]:
        """Every outcome with the statement that is its evidence."""
        return {(outcome, at) for outcome, marked in self._marked() for at in marked}

    def _marked(self) -> tuple[tuple[Outcome, tuple[int, ...]], ...]:
        return ("kept", self.kept), ("problem", self.problem), ("repeated", self.repeated)


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The plans of a body's report of `year`, and the statements of its report of `next_year`."""

    id: str
    org: str
    level: Level
    genre: Genre
    year: int
    next_year: int
    plans: tuple[MarkedPlan, ...]
    statements: tuple[MarkedStatement, ...]


def read_cases(path: Path = DEVELOPMENT) -> list[Case]:
    """The cases of a file in order; ResourceError names the line that breaks the guide, and how."""
    cases: list[Case] = []
    try:
        lines = list(data_lines(path))
    except OSError as error:
        raise ResourceError(f"{path}: no marked promises can be read there ({error.strerror}).") from error
    for number, line in lines:
        try:
            case = msgspec.json.decode(line, type=Case)
        except msgspec.DecodeError as error:
            raise ResourceError(f"{path.name}:{number}: no marked case ({error}).") from error
        for fault in _faults(case):
            raise ResourceError(f"{path.name}:{number}: {case.id}: {fault}; mend the line.")
        cases.append(case)
    return cases


def fingerprint(cases: Sequence[Case]) -> str:
    """SHA-256 of the cases, the first 16 hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(cases)).hexdigest()[:16]


def _faults(case: Case) -> Iterator[str]:
    if case.next_year <= case.year:
        yield f"{case.next_year} does not follow {case.year}"
    for plan in case.plans:
        for outcome, at in sorted(plan.links):
            if not 0 <= at < len(case.statements):
                yield f"there is no statement {at}"
            elif case.statements[at].label not in _EVIDENCE[outcome]:
                yield f"statement {at} is no evidence of {outcome!r}"
        if plan.outcome not in (_outcome(plan), "vague"):
            yield f"{plan.text!r} is marked {plan.outcome!r}, its evidence says {_outcome(plan)!r}"
        if (plan.whole is None) == bool(plan.kept):
            yield f"{plan.text!r}: `whole` goes with `kept`"


def _outcome(plan: MarkedPlan) -> Outcome:
    ranked: tuple[tuple[Outcome, tuple[int, ...]], ...]
    ranked = (("kept", plan.kept), ("problem", plan.problem), ("repeated", plan.repeated))
    return next((outcome for outcome, marked in ranked if marked), "silent")
