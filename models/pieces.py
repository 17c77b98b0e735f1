"""What the statement classifier is given and what it gives back."""

from typing import NamedTuple

from ..data.records import Genre, Label, SectionKind


class Piece(NamedTuple):
    """A statement to be classified, folded (`nlp.reading`), with what stands around it.

    `heading` is the nearest heading above, folded, empty where there is none.
    """

    text: str
    section: SectionKind = "unknown"
    genre: Genre = "disclosure"
    heading: str = ""


class Prediction(NamedTuple):
    """A label, its category (None for `other`) and the probability of the label in [0, 1]."""

    label: Label
    category: str | None
    confidence: float
