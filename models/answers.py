"""Find the problem that a plan answers."""

from collections.abc import Sequence
from itertools import groupby

from .context import number_of
from .pieces import Piece, Prediction

Block = list[int]


def link_plans(pieces: Sequence[Piece], predictions: Sequence[Prediction]) -> list[int | None]:
    """For each piece the index of the problem it answers; None for what is no plan or answers none.

    Two lists of equal length pair in order, but a plan of a field that only another problem shares answers
    that one. Else all plans answer a section's only problem, or the last one where all are general; else a
    plan takes the nearest of its own category, unless that is `general`.
    """
    answers: list[int | None] = [None] * len(pieces)
    for problems, plans in _sections(pieces, predictions):
        pairs = pair_blocks(pieces, problems, plans)
        fields = [predictions[block[0]].category for block, _ in pairs]
        for at, (_, plan_block) in enumerate(pairs):
            answered = pairs[_partner(at, predictions[plan_block[0]].category, fields)][0][0]
            for plan in plan_block:
                answers[plan] = answered
        if not pairs:
            for plan in plans:
                answers[plan] = _nearest(plan, problems, pieces, predictions)
    return answers


def _partner(at: int, category: str | None, fields: Sequence[str | None]) -> int:
    """Which of the problems' fields a plan belongs to: that in its own place, unless one other fits alone."""
    fitting = [other for other, field in enumerate(fields) if field == category != "general"]
    return fitting[0] if len(fitting) == 1 else at


def pair_blocks(
    pieces: Sequence[Piece], problems: Sequence[int], plans: Sequence[int]
) -> list[tuple[Block, Block]]:
    """Items of the list of problems with those of the list of plans, where both have as many, two or more."""
    left, right = _blocks(pieces, problems), _blocks(pieces, plans)
    return list(zip(left, right, strict=True)) if len(left) == len(right) > 1 else []


def _sections(
    pieces: Sequence[Piece], predictions: Sequence[Prediction]
) -> list[tuple[list[int], list[int]]]:
    """Problems and plans of each run of pieces of one section, where it has both."""
    found = []
    for _, run in groupby(range(len(pieces)), key=lambda index: pieces[index].section):
        indices = list(run)
        problems = [index for index in indices if predictions[index].label == "problem"]
        plans = [index for index in indices if predictions[index].label == "plan"]
        if problems and plans:
            found.append((problems, plans))
    return found


def _blocks(pieces: Sequence[Piece], indices: Sequence[int]) -> list[Block]:
    """Items of a list: from one ordinal to the next; where none bears one, what stands under each heading,
    each piece by itself where that is the same for all.
    """
    blocks: list[Block] = []
    if not any(number_of(pieces[index]) for index in indices):
        headed = [list(run) for _, run in groupby(indices, key=lambda index: pieces[index].heading)]
        return headed if len(headed) > 1 else [[index] for index in indices]
    for index in indices:
        if number_of(pieces[index]):
            blocks.append([index])
        elif blocks:
            blocks[-1].append(index)
    return blocks


def _nearest(
    plan: int, problems: Sequence[int], pieces: Sequence[Piece], predictions: Sequence[Prediction]
) -> int | None:
    kinds = {predictions[problem].category for problem in problems}
    if len(problems) == 1 or kinds == {"general"}:
        return problems[-1]
    category = predictions[plan].category
    alike = [problem for problem in problems if predictions[problem].category == category != "general"]
    heads = [problem for problem in alike if number_of(pieces[problem])]
    return min(heads or alike, key=lambda problem: abs(plan - problem), default=None)
