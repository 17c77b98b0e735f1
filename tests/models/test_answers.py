import pytest

from nianbao.models.answers import link_plans
from nianbao.models.pieces import Piece, Prediction

P, N = "problem", "plan"
CASES = {
    "in order": (
        [
            ("一是人少。", P, "staff"),
            ("二是发晚。", P, "timeliness"),
            ("一是配人。", N, "staff"),
            ("二是快发。", N, "mechanism"),
        ],
        [None, None, 0, 1],
    ),
    "details go with their head": (
        [
            ("一是人少。", P, "staff"),
            ("二是发晚。", P, "timeliness"),
            ("一是配人。", N, "staff"),
            ("招考两名。", N, "staff"),
            ("二是快发。", N, "timeliness"),
        ],
        [None, None, 0, 0, 1],
    ),
    "the only problem": (
        [("成绩之外仍有差距。", P, "general"), ("配人。", N, "staff"), ("快发。", N, "timeliness")],
        [None, 0, 0],
    ),
    "of its own field": (
        [("人少。", P, "staff"), ("发晚。", P, "timeliness"), ("快发。", N, "timeliness")],
        [None, None, 1],
    ),
    "none of its field": (
        [("人少。", P, "staff"), ("发晚。", P, "timeliness"), ("扩面。", N, "coverage")],
        [None, None, None],
    ),
    "no problem at all": ([("扩面。", N, "coverage")], [None]),
}


@pytest.mark.parametrize(("rows", "answers"), CASES.values(), ids=CASES)
def test_link_plans(rows, answers):
    pieces = [Piece(text, "problems") for text, _, _ in rows]
    predictions = [Prediction(label, category, 1.0) for _, label, category in rows]
    assert link_plans(pieces, predictions) == answers


def test_sections_are_apart():
    pieces = [Piece("人少。", "problems"), Piece("配人。", "other")]
    predictions = [Prediction("problem", "staff", 1.0), Prediction("plan", "staff", 1.0)]
    assert link_plans(pieces, predictions) == [None, None]
