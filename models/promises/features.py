"""How a plan and a statement go together: few numbers for each pair, reckoned for whole reports at once."""

from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from .background import Background
from .texts import CONCEPT, Said, terms_of, undertakings, windows

Array = NDArray[np.float64]

# The columns of `features`, in order.
NAMES = (
    "cosine",  # of a clause of the plan and of what a statement says at once: words and concepts
    "cosine_words",  # the same of words alone
    "concepts",  # share of the plan's concepts that this has; of its words where it has none
    "terms",  # share of the plan's words and concepts that it has
    "clause",  # the same of the plan's clause that it fits best
    "words",  # the same of words alone
    "pairs",  # share of that clause's pairs of characters
    "rarest",  # how rare the rarest term is that they share
    "category",  # 1 the same field of work, -1 another, 0 unknown
    "best",  # how far the pair falls behind the plan's best one with statements of that label
)
# A concept is worth a little more than a word in the cosine (1 and 1.5 did no better).
_CONCEPT_WEIGHT = 1.2
# Steps of inverse document frequency that tell how rare a shared term is: one in 20 to one in 3,000.
_RARITIES = (3.0, 4.0, 5.0, 6.0, 7.0, 8.0)

# The fields of acts that a field of plans may show in; those of problems are the same as of plans.
_FIELDS = {
    "staff": ("supervision",),
    "awareness": ("supervision",),
    "timeliness": ("proactive", "platform"),
    "content": ("proactive", "management"),
    "coverage": ("proactive",),
    "platform": ("platform",),
    "interpretation": ("interpretation",),
    "interaction": ("response",),
    "requests": ("requests",),
    "mechanism": ("supervision", "management"),
}


class Stretches(NamedTuple):
    """Stretches of several texts one after the other: text `i` has those from `starts[i]`."""

    words: list[frozenset[str]]
    pairs: list[frozenset[str]]
    starts: list[int]


class Fit(NamedTuple):
    """Features of each pair (plans by statements by `NAMES`), and the share of each clause's terms that each
    statement has (clauses by statements), clauses of plan `i` from `starts[i]`.
    """

    features: Array
    clauses: Array
    starts: list[int]


def features(
    plans: Sequence[Said],
    statements: Sequence[Said],
    background: Background,
    hidden: frozenset[str] = frozenset(),
) -> Fit:
    """How each plan fits each statement; both lists hold at least one. `hidden` as in `terms_of`."""
    units = _stretches([undertakings(plan.text) for plan in plans], hidden)
    spans = _stretches([windows(said.text) for said in statements], hidden)
    words = _matrices(units.words, spans.words, background.word)
    pairs = _matrices(units.pairs, spans.pairs, background.pair)
    plain = words.only(lambda name: not name.startswith(CONCEPT))
    best = _Best(units.starts, spans.starts)
    share = best.of_statements(words.share())
    terms = best.of_statements(words.joined(units.starts).share())
    columns = [
        best(words.cosine()),
        best(plain.cosine()),
        _of_concepts(words, best, terms),
        terms,
        best.of_plans(share),
        best(plain.share()),
        best(pairs.share()),
        best.of_plans(words.rarest(spans.starts)),
        _fields(plans, statements),
    ]
    closeness = columns[0] + columns[4] + columns[6]
    columns.append(_behind(closeness, [said.label for said in statements]))
    return Fit(np.stack(columns, axis=2), share, units.starts)


class _Best(NamedTuple):
    """Brings values of units and spans down to the best of each plan and statement."""

    units: list[int]
    spans: list[int]

    def __call__(self, values: Array) -> Array:
        return self.of_plans(self.of_statements(values))

    def of_plans(self, values: Array) -> Array:
        return np.asarray(np.maximum.reduceat(values, self.units, axis=0))

    def of_statements(self, values: Array) -> Array:
        return np.asarray(np.maximum.reduceat(values, self.spans, axis=1))


def _of_concepts(words: "_Matrices", best: _Best, terms: Array) -> Array:
    """The share of each plan's concepts that each statement has, of its terms where it has none."""
    concepts = words.only(lambda name: name.startswith(CONCEPT)).joined(best.units)
    known = concepts.units.getnnz(axis=1).reshape(-1, 1) > 0
    return np.where(known, best.of_statements(concepts.share()), terms)


def _stretches(texts: list[list[str]], hidden: frozenset[str]) -> Stretches:
    starts = list(accumulate((len(text) for text in texts[:-1]), initial=0))
    terms = [terms_of(stretch, hidden) for text in texts for stretch in text]
    return Stretches([each.words for each in terms], [each.pairs for each in terms], starts)


class _Matrices(NamedTuple):
    """Which terms stand in each unit and in each span (0 or 1), and what each term weighs."""

    units: csr_matrix
    spans: csr_matrix
    weights: Array
    names: list[str]

    def cosine(self) -> Array:
        """Cosines of units and spans (units by spans)."""
        factor = np.where([name.startswith(CONCEPT) for name in self.names], _CONCEPT_WEIGHT, 1.0)
        left, right = (_unit_rows(each, self.weights * factor) for each in (self.units, self.spans))
        return np.asarray((left @ right.T).toarray())

    def share(self) -> Array:
        """The share of each unit's weight that each span has (units by spans)."""
        weighed = self.units.multiply(self.weights).tocsr()
        total = np.asarray(weighed.sum(axis=1)).reshape(-1, 1)
        shared = np.asarray((weighed @ self.spans.T).toarray())
        return np.asarray(np.divide(shared, total, out=np.zeros_like(shared), where=total > 0))

    def rarest(self, starts: list[int]) -> Array:
        """How rare the rarest term is that each unit shares with each statement, spans from `starts[i]`."""
        whole = _gather(self.spans, starts)
        rarest = np.zeros((self.units.shape[0], whole.shape[0]))
        for step in _RARITIES:
            rare = np.flatnonzero(self.weights >= step)
            shared = (self.units[:, rare] @ whole[:, rare].T).toarray() > 0
            rarest[shared] = step / _RARITIES[-1]
        return rarest

    def only(self, wanted: Callable[[str], bool]) -> "_Matrices":
        """The same with these terms alone."""
        kept = [place for place, name in enumerate(self.names) if wanted(name)]
        names = [self.names[place] for place in kept]
        return _Matrices(self.units[:, kept], self.spans[:, kept], self.weights[kept], names)

    def joined(self, starts: list[int]) -> "_Matrices":
        """The same with the units of each plan in one."""
        return self._replace(units=_gather(self.units, starts))


def _matrices(
    units: list[frozenset[str]], spans: list[frozenset[str]], weigh: Callable[[str], float]
) -> _Matrices:
    names = sorted(frozenset().union(*units, *spans))
    places = {name: place for place, name in enumerate(names)}
    return _Matrices(
        _incidence(units, places), _incidence(spans, places), np.array([weigh(name) for name in names]), names
    )


def _incidence(rows: list[frozenset[str]], places: dict[str, int]) -> csr_matrix:
    columns = [places[name] for row in rows for name in sorted(row)]
    ends = list(accumulate(map(len, rows), initial=0))
    return csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(places)))


def _unit_rows(matrix: csr_matrix, weights: Array) -> csr_matrix:
    weighed = matrix.multiply(weights).tocsr()
    length = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).reshape(-1, 1))
    return weighed.multiply(np.divide(1, length, out=np.zeros_like(length), where=length > 0)).tocsr()


def _gather(rows: csr_matrix, starts: list[int]) -> csr_matrix:
    """Rows of 0 and 1 put together: row `i` has what the rows from `starts[i]` have."""
    ends = [*starts[1:], rows.shape[0]]
    of = np.repeat(np.arange(len(starts)), np.subtract(ends, starts))
    together = (csr_matrix((np.ones(len(of)), (of, np.arange(len(of))))) @ rows).tocsr()
    together.data[:] = 1
    return together


def _fields(plans: Sequence[Said], statements: Sequence[Said]) -> Array:
    agreement = {
        (plan, label, said): _field(plan, label, said)
        for plan in {plan.category for plan in plans}
        for label, said in {(said.label, said.category) for said in statements}
    }
    return np.array(
        [[agreement[plan.category, said.label, said.category] for said in statements] for plan in plans],
        dtype=np.float64,
    )


def _field(plan: str | None, label: str, said: str | None) -> int:
    if plan not in _FIELDS or said in (None, "general"):
        return 0
    alike = said in _FIELDS[plan] if label == "initiative" else said == plan
    return 1 if alike else -1


def _behind(closeness: Array, labels: list[str]) -> Array:
    behind = np.zeros_like(closeness)
    for label in set(labels):
        same = np.array([each == label for each in labels])
        behind[:, same] = closeness[:, same] - closeness[:, same].max(axis=1, keepdims=True)
    return behind
