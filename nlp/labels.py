"""Cut pieces to labelled statements: the classifier's labels, and the problem that each plan answers."""

from collections.abc import Sequence

from ..data.records import Genre, SectionKind, Statement
from ..models.answers import link_plans
from ..models.pieces import Piece
from ..models.statements import StatementModel
from .reading import Reading
from .statements import Cut


def label_statements(
    reading: Reading, cuts: Sequence[Cut], genre: Genre, section: SectionKind | None = None
) -> tuple[Statement, ...]:
    """A statement for each cut; `section` stands in where the text shows no section of its own."""
    if not cuts:
        return ()
    view, unknown = reading.view, section or "unknown"
    pieces = [
        Piece(view[start:end], unknown if own == "unknown" else own, genre, heading, enumerator)
        for start, end, enumerator, own, heading in cuts
    ]
    [predictions] = StatementModel.load().predict([pieces])
    answers = link_plans(pieces, predictions)
    statements = []
    for cut, prediction, answered in zip(cuts, predictions, answers, strict=True):
        start, end = reading.span(cut.start, cut.end)
        statements.append(
            Statement(
                text=reading.text[start:end],
                start=start,
                end=end,
                label=prediction.label,
                category=prediction.category,
                confidence=prediction.confidence,
                answers=answered,
                uncertain=prediction.uncertain,
            )
        )
    return tuple(statements)
