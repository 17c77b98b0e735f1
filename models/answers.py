"""Find the problem that a plan answers: by their order, their fields of work and the words they share."""

from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import add

from .context import number_of
from .pieces import Piece, Prediction

Block = list[int]

_MARKS = frozenset(f"{numeral}是" for numeral in "一二三四五六七八九十")

# What one field of work counts beside pairs of characters that no other problem has; what a plan needs to
# answer a problem out of order; by how much another problem must fit better than that in the plan's own
# place of a list (each from 2 to 6 tried on the marked passages).
_SAME_FIELD = 2
_LIKE_ENOUGH = 2
_MUCH_LIKER = 3
# A section with more pairs of a problem and a plan is no report's, and comparing all would take long.
_MOST_PAIRS = 90_000


def link_plans(pieces: Sequence[Piece], predictions: Sequence[Prediction]) -> list[int | None]:
    """For each piece the index of the problem it answers; None for what is no plan or answers none.

    Two lists of equal length pair in order, but a plan that is much more like another problem answers that
    one. Else all plans answer a section's only problem, or the last one where all are general; else a plan
    takes the problem that it is most like, if it is like any. In work reports plans after the problems only
    promise to deal with them, and answer none.
    """
    answers: list[int | None] = [None] * len(pieces)
    for problems, plans in _sections(pieces, predictions):
        left, right = _blocks(pieces, problems), _blocks(pieces, plans)
        if len(left) == len(right) > 1:
            answered = _in_order(left, right, pieces, predictions)
        else:
            answered = _freely(problems, plans, pieces, predictions)
        for plan, problem in answered:
            answers[plan] = problem
    return answers


def _sections(
    pieces: Sequence[Piece], predictions: Sequence[Prediction]
) -> list[tuple[list[int], list[int]]]:
    """Problems and plans of each run of pieces of one section of a disclosure report, where it has both."""
    found = []
    for (_, genre), run in groupby(
        range(len(pieces)), key=lambda index: (pieces[index].section, pieces[index].genre)
    ):
        indices = list(run) if genre == "disclosure" else []
        problems = [index for index in indices if predictions[index].label == "problem"]
        plans = [index for index in indices if predictions[index].label == "plan"]
        if 0 < len(problems) * len(plans) <= _MOST_PAIRS:
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


def _in_order(
    problems: Sequence[Block],
    plans: Sequence[Block],
    pieces: Sequence[Piece],
    predictions: Sequence[Prediction],
) -> list[tuple[int, int]]:
    likeness = _likeness(problems, plans, pieces, predictions)
    answered = []
    for at, (plan_block, scores) in enumerate(zip(plans, likeness, strict=True)):
        best = max(scores)
        chosen = scores.index(best) if best - scores[at] >= _MUCH_LIKER else at
        answered += [(plan, problems[chosen][0]) for plan in plan_block]
    return answered


def _freely(
    problems: Sequence[int],
    plans: Sequence[int],
    pieces: Sequence[Piece],
    predictions: Sequence[Prediction],
) -> list[tuple[int, int]]:
    if len(problems) == 1 or {predictions[problem].category for problem in problems} == {"general"}:
        return [(plan, problems[-1]) for plan in plans]
    likeness = _likeness([[one] for one in problems], [[one] for one in plans], pieces, predictions)
    answered = []
    for plan, scores in zip(plans, likeness, strict=True):
        ranked = [
            (score, number_of(pieces[problem]) > 0, -abs(problem - plan), problem)
            for score, problem in zip(scores, problems, strict=True)
        ]
        score, *_, problem = max(ranked)
        if score >= _LIKE_ENOUGH:
            answered.append((plan, problem))
    return answered


def _likeness(
    problems: Sequence[Block],
    plans: Sequence[Block],
    pieces: Sequence[Piece],
    predictions: Sequence[Prediction],
) -> list[list[int]]:
    """How like each plan is to each problem (plans by problems)."""
    words = [_pairs(block, pieces) for block in problems]
    times = Counter(pair for pairs in words for pair in pairs)
    own = [{pair for pair in pairs if times[pair] == 1} for pairs in words]
    fields = [_fields(block, predictions) for block in problems]
    likeness = []
    for plan in plans:
        pairs, field = _pairs(plan, pieces), _fields(plan, predictions)
        likeness.append(
            [
                len(pairs & unlike) + _SAME_FIELD * bool(field & shared)
                for unlike, shared in zip(own, fields, strict=True)
            ]
        )
    return likeness


def _pairs(block: Block, pieces: Sequence[Piece]) -> set[str]:
    pairs = {pair for index in block for pair in map(add, pieces[index].text, pieces[index].text[1:])}
    return pairs - _MARKS


def _fields(block: Block, predictions: Sequence[Prediction]) -> set[str | None]:
    return {predictions[index].category for index in block} - {"general"}
