"""Train the statement classifier from the labelled passages of the package: same data, same weights."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, diags, vstack

from ..data.folding import fold
from ..data.training import Passage, Sentence, fingerprint, read_passages
from ..data.training.passages import INITIATIVE_CATEGORIES, PROBLEM_CATEGORIES
from .context import JOINT, bare_heading, contexts, cut_enumerator
from .features import Featurizer, OpenVocabulary, plain_texts
from .pieces import Piece
from .sequence import transitions
from .statements import FRAME_SHARE, HEADS, LABELS, WEIGHTS, StatementModel, incidence
from .weights import Matrix, Weights

__all__ = ["WEIGHTS", "pieces_of", "train"]

# Inverse strength of regularisation; the cross-validated figures hardly move at half or twice of these.
_STRENGTH = {"label": 8.0, "work": 8.0, "initiative": 20.0, "shortcoming": 20.0}
_CLASSES: dict[str, Sequence[str]] = {
    "label": LABELS,
    "work": LABELS,
    "initiative": INITIATIVE_CATEGORIES,
    "shortcoming": PROBLEM_CATEGORIES,
}
# What the other genre's labels, and acts in a field that problems share, count beside a head's own examples.
_OTHER_GENRE = 0.3
_OTHER_KIND = 0.3
_SHARED_FIELDS = {
    "platform": "platform",
    "interpretation": "interpretation",
    "requests": "requests",
    "response": "interaction",
}
# Passages are learnt from twice, once as if section and headings were lost: a wrong one then does less harm.
_LOST_FRAME = 0.25
# A feature seen in one or two statements only tells of those.
_RAREST = 3


class Example(NamedTuple):
    """What a head learns from one row of features."""

    row: int
    target: str
    weight: float


def train(passages: Sequence[Passage] | None = None) -> StatementModel:
    """A model of `passages`, the package's own if none are given."""
    known = read_passages() if passages is None else passages
    seen = [pieces_of(passage) for passage in known]
    names, matrix = _matrix(seen, [_without_frame(pieces) for pieces in seen])
    heads = [_fit(matrix, list(_examples(known, head)), head) for head in HEADS]
    weights = Weights(
        names,
        [f"{head}:{name}" for head in HEADS for name in _CLASSES[head]],
        np.hstack([coefficients for coefficients, _ in heads]),
        np.hstack([bias for _, bias in heads]),
        np.stack([_transitions(known, is_work) for is_work in (False, True)]),
        fingerprint(known),
    )
    return StatementModel(weights)


def _transitions(passages: Sequence[Passage], is_work: bool) -> Matrix:
    runs = [
        [LABELS.index(sentence.label) for sentence in passage.statements]
        for passage in passages
        if (passage.genre == "work") == is_work
    ]
    return transitions(runs, len(LABELS))


def pieces_of(passage: Passage) -> list[Piece]:
    """A labelled passage as the classifier sees it: folded, blanks and outer enumerators left out."""
    heading = _chain(passage.heading)
    pieces = []
    for sentence in passage.statements:
        if sentence.heading is not None:
            heading = _chain(sentence.heading)
        enumerator, text = cut_enumerator(_plain(sentence.text))
        pieces.append(Piece(text, passage.section, passage.genre, heading, enumerator))
    return pieces


def _chain(heading: str) -> str:
    return JOINT.join(bare_heading(_plain(part)) for part in heading.split(JOINT.strip()))


def _without_frame(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece._replace(section="unknown", heading="", enumerator="") for piece in pieces]


def _plain(text: str) -> str:
    return "".join(fold(text).split())


def _matrix(seen: Sequence[Sequence[Piece]], lost: Sequence[Sequence[Piece]]) -> tuple[list[str], csr_matrix]:
    """The names of the features that `seen` has often enough, and all pieces by them (pieces by features)."""
    texts = (text for pieces in (*seen, *lost) for text in plain_texts(pieces, contexts(pieces)))
    vocabulary = OpenVocabulary(texts)
    featurizer = Featurizer(vocabulary)
    features = [featurizer.featurize(pieces) for pieces in (*seen, *lost)]
    text, frame = (
        vstack([incidence(rows, len(vocabulary)) for rows in block], format="csr")
        for block in zip(*features, strict=True)
    )
    often = np.diff((text + frame)[: text.shape[0] // 2].tocsc().indptr) >= _RAREST
    names = sorted(name for name, row in vocabulary.items() if often[row])
    rows = [vocabulary[name] for name in names]
    text, frame = text[:, rows], frame[:, rows]
    share = np.maximum(np.diff(text.indptr), 1).astype(np.float64) ** -0.5
    matrix = (diags(share) @ text + frame * FRAME_SHARE).tocsr()
    # Sums over a row must not depend on the order in which its features were found.
    matrix.sort_indices()
    return names, matrix


def _examples(passages: Sequence[Passage], head: str) -> Iterator[Example]:
    """What a head learns: each statement as it stands, and again without section and headings."""
    rows = sum(len(passage.statements) for passage in passages)
    row = 0
    for passage in passages:
        for sentence in passage.statements:
            target, weight = _lesson(passage, sentence, head)
            if weight:
                yield Example(row, target, weight)
                yield Example(rows + row, target, weight * _LOST_FRAME)
            row += 1


def _lesson(passage: Passage, sentence: Sentence, head: str) -> tuple[str, float]:
    """What a statement teaches a head and with what weight; none at all is 0."""
    if head in ("label", "work"):
        own = (passage.genre == "work") == (head == "work")
        return sentence.label, 1.0 if own else _OTHER_GENRE
    category = sentence.category
    if category is None or passage.genre == "work":
        return "", 0.0
    if (sentence.label == "initiative") == (head == "initiative"):
        return category, 1.0
    if head == "shortcoming" and category in _SHARED_FIELDS:
        return _SHARED_FIELDS[category], _OTHER_KIND
    return "", 0.0


def _fit(matrix: csr_matrix, examples: list[Example], head: str) -> tuple[Matrix, Matrix]:
    """Coefficients (features by classes) and bias, in the order of `_CLASSES[head]`."""
    from sklearn.linear_model import LogisticRegression
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

    rows = [example.row for example in examples]
    targets = [example.target for example in examples]
    weights = [example.weight for example in examples]
    model = LogisticRegression(C=_STRENGTH[head], max_iter=1000, tol=1e-4)
    # More threads add numbers up in another order, and the last digits would depend on the machine.
    with threadpool_limits(limits=1):
        model.fit(matrix[rows], targets, sample_weight=weights)
    order = [list(model.classes_).index(name) for name in _CLASSES[head]]
    coefficients = np.asarray(model.coef_[order].T, dtype=np.float32)
    return coefficients, np.asarray(model.intercept_[order], dtype=np.float32)
