import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nianbao.data.training import fingerprint, read_passages
from nianbao.models.pieces import Piece, Prediction
from nianbao.models.statements import UNCERTAIN, StatementModel
from nianbao.models.train import pieces_of, train

# Sentences that the training data do not hold: text, section, label, category.
PLAIN = [
    ("本年度无人向我局提出公开申请。", "requests", "other", None),
    ("数据统计时段为2022年1月1日至12月31日。", "overview", "other", None),
    ("联系电话:0999-1234567。", "overview", "other", None),
    ("全年新收公开申请57件,均按期答复。", "requests", "initiative", "requests"),
    ("市政府网站新设“助企纾困”栏目。", "overview", "initiative", "platform"),
    ("召开新闻发布会六场,发布解读材料四十份。", "overview", "initiative", "interpretation"),
    ("组织全区信息员开展业务培训两次。", "overview", "initiative", "supervision"),
    ("经办人员更替频繁,业务能力有待提升。", "problems", "problem", "staff"),
    ("部分栏目更新不及时,内容滞后。", "problems", "problem", "timeliness"),
    ("下一步,将健全考核制度,加强督促检查。", "problems", "plan", "mechanism"),
]


@pytest.fixture(scope="module")
def model() -> StatementModel:
    return StatementModel.load()


@pytest.fixture(scope="module")
def passages():
    return read_passages()


@pytest.fixture(scope="module")
def trained(passages) -> StatementModel:
    return train(passages)


@pytest.mark.parametrize(("text", "section", "label", "category"), PLAIN)
def test_plain_sentences(model, text, section, label, category):
    ((found,),) = model.predict([[Piece(text, section)]])
    assert (found.label, found.category) == (label, category)


def test_the_section_decides_what_a_bare_exhortation_is(model):
    text = "进一步加强业务指导,提升公开水平。"
    overview, problems = model.predict(
        [[Piece(text, "overview")], [Piece(text, "problems", heading="改进措施")]]
    )
    assert (overview[0].label, problems[0].label) == ("initiative", "plan")


@pytest.mark.parametrize("text", ["严格落实包保责任。", "新建公厕12座。", "推行一窗通办。"])
def test_the_outer_heading_decides_what_an_act_under_it_is(model, text):
    past, coming = (
        Piece(text, "unknown", "work", f"{outer} / (一)改善民生")
        for outer in ("2023年工作回顾", "2024年工作打算")
    )
    assert [found.label for (found,) in model.predict([[past], [coming]])] == ["initiative", "plan"]


def test_work_reports_have_no_fields(model):
    ((found,),) = model.predict([[Piece("新建改建农村公路320公里。", "overview", "work")]])
    assert found[:2] == ("initiative", "general")


def test_empty_passages_have_no_predictions(model):
    assert model.predict([[], []]) == [[], []]


@settings(deadline=None)
@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_pieces_are_labelled(texts):
    (found,) = StatementModel.load().predict([[Piece(text) for text in texts]])
    assert len(found) == len(texts)
    for prediction in found:
        assert isinstance(prediction, Prediction)
        assert (prediction.category is None) == (prediction.label == "other")
        assert 0.25 <= prediction.confidence <= 1
        assert prediction.uncertain == (prediction.confidence < UNCERTAIN)


def test_the_shipped_model_is_loaded_once():
    assert StatementModel.load() is StatementModel.load()


def test_the_shipped_weights_are_those_of_the_shipped_data(model, passages):
    assert model.weights.trained_on == fingerprint(passages), "Run `nianbao train`."


def test_training_gives_the_shipped_predictions(model, trained, passages):
    pieces = [pieces_of(passage) for passage in passages]
    pairs = [
        (one, other)
        for ours, theirs in zip(model.predict(pieces), trained.predict(pieces), strict=True)
        for one, other in zip(ours, theirs, strict=True)
    ]
    assert sum(one[:2] == other[:2] for one, other in pairs) >= 0.995 * len(pairs)


def test_training_twice_gives_the_same_bytes(tmp_path, passages):
    some = passages[::4]
    for name in ("one", "two"):
        train(some).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_passages_left_out_of_training_are_told(passages):
    seen, unseen = [p for i, p in enumerate(passages) if i % 5], passages[::5]
    predictions = train(seen).predict([pieces_of(passage) for passage in unseen])
    pairs = [
        (sentence.label, found.label)
        for passage, row in zip(unseen, predictions, strict=True)
        for sentence, found in zip(passage.statements, row, strict=True)
    ]
    assert sum(known == found for known, found in pairs) >= 0.85 * len(pairs)
