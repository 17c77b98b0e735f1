"""What the statement classifier is given and what it gives back."""

from typing import NamedTuple

from ..data.records import Genre, Label, SectionKind


class Piece(NamedTuple):
    """A statement to be classified, folded (`nlp.reading`), with what stands around it.

    `heading` is the chain of headings above, outermost first, joined by ` / `, folded, empty where there is
    none; `enumerator` what counts the piece off where that was cut from its text (`(一)`, `1`).
    """

    text: str
    section: SectionKind = "unknown"
    genre: Genre = "disclosure"
    heading: str = ""
    enumerator: str = ""


class Prediction(NamedTuple):
    """A label, its category (None for `other`) and the probability of the label in [0, 1].

    `uncertain` tells that the label is too little sure to be taken without a look (`statements.UNCERTAIN`).
    """

    label: Label
    category: str | None
    confidence: float
    uncertain: bool = False
