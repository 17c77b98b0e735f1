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
    "a list that begins in mid-sentence": (
        [
            ("一是人少。", P, "staff"),
            ("二是发晚。", P, "timeliness"),
            ("下一步,一是借力高校招募志愿者;", N, "staff"),
            ("二是把关口前移。", N, "mechanism"),
        ],
        [None, None, 0, 1],
    ),
    "out of order, by the words they share": (
        [
            ("一是听证会少。", P, "interaction"),
            ("二是附件打不开。", P, "content"),
            ("一是逐份修复附件,打不开的重传。", N, "platform"),
            ("二是每季办一次听证会。", N, "interaction"),
        ],
        [None, None, 1, 0],
    ),
    "by the words they share": (
        [
            ("申请入口藏得深。", P, "platform"),
            ("老人看不懂图解。", P, "interpretation"),
            ("把申请入口移到首页。", N, "content"),
        ],
        [None, None, 0],
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


def test_items_under_headings_pair_in_order():
    rows = [
        ("缺人。", P, "A"),
        ("编制紧。", P, "A"),
        ("发晚。", P, "B"),
        ("招考。", N, "C"),
        ("盯办。", N, "D"),
    ]
    pieces = [Piece(text, "problems", heading=heading) for text, _, heading in rows]
    predictions = [
        Prediction(label, "general" if at else "staff", 1.0) for at, (_, label, _) in enumerate(rows)
    ]
    assert link_plans(pieces, predictions) == [None, None, None, 0, 2]


def test_promises_of_work_reports_answer_nothing():
    pieces = [Piece("工业偏弱。", "problems", "work"), Piece("我们将着力解决。", "problems", "work")]
    predictions = [Prediction(P, "general", 1.0), Prediction(N, "general", 1.0)]
    assert link_plans(pieces, predictions) == [None, None]
