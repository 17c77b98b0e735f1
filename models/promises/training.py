"""Learn from marked promises which pairs of a plan and a statement are links: same data, same weights."""

import re
from collections.abc import Iterator, Sequence
from random import Random

import numpy as np

from ...data.folding import fold
from ...data.promises import Case, MarkedPlan, MarkedStatement, read_cases
from ...data.promises.marked import fingerprint
from ...data.training import read_passages
from .background import Background, background_of
from .features import NAMES, Array, features
from .model import VERSION, PromiseModel, Weights, outcome_of
from .texts import Said, concept_words

# Inverse strength of regularisation (0.1 to 3 tried in cross-validation: it hardly matters).
_STRENGTH = 1.0
_DECIMALS = 4
# Words of concepts were gathered beside the marked cases and fit them better than other reports: each case
# is learnt from again with half of the words hidden, or concepts would be trusted too far.
_HIDINGS = 4
_BLANKS = re.compile(r"\s+")


def said_of(marked: MarkedPlan | MarkedStatement) -> Said:
    """A marked plan or statement as the model sees it."""
    label = marked.label if isinstance(marked, MarkedStatement) else "plan"
    return Said(_plain(marked.text), label, marked.category)


def train(cases: Sequence[Case] | None = None, background: Background | None = None) -> PromiseModel:
    """A model of marked cases, the package's own if none are given."""
    from sklearn.linear_model import LogisticRegression

    known = read_cases() if cases is None else cases
    terms = training_background() if background is None else background
    examples = [_examples(case, terms, hidden) for hidden in _hidings() for case in known]
    learner = LogisticRegression(C=_STRENGTH / (1 + _HIDINGS), max_iter=2000)
    learner.fit(np.vstack([rows for rows, _ in examples]), np.hstack([targets for _, targets in examples]))
    coefficients = np.round(learner.coef_[0], _DECIMALS).tolist()
    bias = round(float(learner.intercept_[0]), _DECIMALS)
    named = dict(zip(NAMES, coefficients, strict=True))
    return PromiseModel(Weights(VERSION, fingerprint(known), named, bias, terms))


def training_background() -> Background:
    """The background of the passages that statements are learnt from."""
    return background_of(_plain(each.text) for passage in read_passages() for each in passage.statements)


def _hidings() -> Iterator[frozenset[str]]:
    """Nothing, then half of the words of concepts, drawn by a fixed seed."""
    yield frozenset()
    known = concept_words()
    for seed in range(_HIDINGS):
        yield frozenset(Random(seed).sample(known, len(known) // 2))


def _examples(case: Case, background: Background, hidden: frozenset[str]) -> tuple[Array, Array]:
    """Features and targets of all pairs of a case whose statement could answer a plan."""
    statements = [said_of(each) for each in case.statements]
    able = [at for at, said in enumerate(statements) if outcome_of(said)]
    fit = features([said_of(plan) for plan in case.plans], statements, background, hidden)
    targets = np.array([[at in linked for at in able] for linked in _linked(case)], dtype=np.float64)
    return fit.features[:, able].reshape(-1, len(NAMES)), targets.ravel()


def _linked(case: Case) -> Iterator[set[int]]:
    for plan in case.plans:
        yield {at for _, at in plan.links}


def _plain(text: str) -> str:
    return _BLANKS.sub("", fold(text))
