"""Plans held against statements: what counts as evidence, and how well it goes on the marked sets."""

from pathlib import Path

import pytest

from nianbao.data.errors import ResourceError
from nianbao.data.promises import read_cases
from nianbao.models.promises import PromiseModel, Said
from nianbao.models.promises.features import NAMES, features
from nianbao.models.promises.model import WEIGHTS, outcome_of
from nianbao.models.promises.scores import cosine_judge, cross_validate, score_cases
from nianbao.models.promises.texts import concept_words, is_vague, terms_of, undertakings, windows
from nianbao.models.promises.training import train

GOLD = Path(__file__).parents[1] / "gold"


@pytest.fixture(scope="module")
def model():
    return PromiseModel.load()


def judged(model, plan, *statements):
    [found] = model.judge([Said(plan, "plan")], [Said(text, label) for label, text in statements])
    return found


@pytest.mark.parametrize(
    ("statements", "outcome"),
    [
        ([("initiative", "全年举办信息员轮训班5期,280人参加。")], "kept"),
        ([("problem", "信息员培训偏少,业务不熟。")], "problem"),
        ([("plan", "继续抓好信息员培训。")], "repeated"),
        ([("initiative", "建成污水管网8公里。")], "silent"),
        ([("initiative", "受理申请7件。"), ("other", "培训信息员。")], "silent"),
        ([("initiative", "全年未举办信息员培训。"), ("problem", "没有组织信息员培训。")], "problem"),
        ([("plan", "已举办信息员培训3次。")], "kept"),
        ([("problem", "信息员培训偏少。"), ("initiative", "举办信息员培训3次。")], "kept"),
        ([], "silent"),
    ],
)
def test_what_became_of_a_plan(model, statements, outcome):
    assert judged(model, "加强信息员业务培训。", *statements).outcome == outcome


def test_the_same_field_with_another_object_keeps_nothing(model):
    act = ("initiative", "新修农村公路40公里。")
    assert judged(model, "新建公办幼儿园12所。", act).outcome == "silent"


def test_evidence_comes_the_likeliest_first(model):
    acts = [("initiative", f"{what}。") for what in ("召开春耕现场会", "举办信息员培训班", "办了一次培训")]
    found = judged(model, "举办信息员培训班。", *acts)
    assert found.links[0].statement == 1
    assert [link.certainty for link in found.links] == sorted(
        (link.certainty for link in found.links), reverse=True
    )
    assert found.certainty == found.links[0].certainty


def test_a_plan_of_no_object_is_vague(model):
    found = judged(model, "推动全县政务公开工作再上新台阶。", ("initiative", "政务公开工作扎实推进。"))
    assert (found.outcome, found.certainty, found.links) == ("vague", None, ())


def test_an_act_for_one_clause_of_two_keeps_a_plan_in_part(model):
    plan = "改版门户网站,修建县体育馆。"
    act = ("initiative", "门户网站改版完成。")
    assert judged(model, plan, act).whole is False
    assert judged(model, plan, act, ("initiative", "县体育馆建成。")).whole is True


def test_more_statements_make_a_doubtful_link_less_likely(model):
    act = ("initiative", "开展了业务交流活动。")
    others = [("initiative", f"新修乡道{number}公里。") for number in range(60)]
    few = judged(model, "组织跟班学习和业务培训。", act)
    many = judged(model, "组织跟班学习和业务培训。", act, *others)
    assert max((link.certainty for link in many.links), default=0) < few.links[0].certainty


def test_nobody_plans_or_says_anything(model):
    assert model.judge([], [Said("建成道路。", "initiative")]) == []


def test_texts_of_no_words(model):
    assert judged(model, "。", ("initiative", "。,。")).outcome == "vague"


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ("一是加强培训,不断提高业务水平。", ["加强培训"]),
        ("针对栏目陈旧的问题,改版网站,开设新栏目。", ["改版网站", "开设新栏目"]),
        ("主要修建桥梁1,200座。", ["主要修建桥梁1,200座"]),
        ("以习近平同志为核心,修建水库。", ["修建水库"]),
        ("提高网站的时效。", ["提高网站的时效"]),
    ],
)
def test_what_a_plan_undertakes(plan, expected):
    assert undertakings(plan) == expected


def test_a_long_statement_is_read_two_clauses_at_a_time():
    assert windows("甲县修路,乙县架桥,丙县挖渠。") == ["甲县修路,乙县架桥", "乙县架桥,丙县挖渠"]


@pytest.mark.parametrize(
    ("text", "label", "outcome"),
    [
        ("举办培训3次。", "initiative", "kept"),
        ("尚未举办培训。", "initiative", None),
        ("受理申请12件,均在法定期限内答复。", "initiative", None),
        ("每年举办培训不少于4次。", "plan", "repeated"),
        ("对已公开的信息进行清理。", "plan", "repeated"),
        ("已建立台账。", "plan", "kept"),
        ("栏目更新慢。", "problem", "problem"),
        ("依据《条例》编制。", "other", None),
    ],
)
def test_what_a_statement_can_show(text, label, outcome):
    assert outcome_of(Said(text, label)) == outcome


def test_many_names_are_one_concept_unless_hidden():
    shared = terms_of("举办轮训班").concepts & terms_of("组织业务研讨").concepts
    assert shared == {"#training"}
    assert not terms_of("举办轮训班", frozenset(concept_words())).concepts


def test_a_word_within_a_word_counts():
    assert "经费" in terms_of("经费不足").words


@pytest.mark.parametrize("plan", ["努力提升工作质效。", "不断开创公开工作新局面。"])
def test_slogans_are_vague(plan):
    assert is_vague(plan)


def test_features_are_shares_and_cosines(model):
    plans = [Said("改版网站,增设栏目。", "plan", "platform"), Said("加强培训。", "plan", "staff")]
    said = [Said("网站改版。", "initiative", "platform"), Said("修路。", "problem", "general")]
    fit = features(plans, said, model.weights.background)
    assert fit.features.shape == (2, 2, len(NAMES))
    columns = [at for at, name in enumerate(NAMES) if name not in ("category", "best")]
    assert fit.features[:, :, columns].min() >= 0 and fit.features[:, :, columns].max() <= 1 + 1e-9


def test_the_same_data_give_the_shipped_weights(tmp_path):
    train().save(tmp_path / "promises.json")
    assert (tmp_path / "promises.json").read_bytes() == WEIGHTS.read_bytes()


@pytest.mark.parametrize("content", [b"{}", b"no", b'{"version":9}'])
def test_other_weights_are_refused(tmp_path, content):
    path = tmp_path / "promises.json"
    path.write_bytes(content)
    with pytest.raises(ResourceError, match="nianbao train"):
        PromiseModel.load(path)


@pytest.mark.parametrize(("name", "right", "links"), [("held_out", 0.85, 0.9), ("blind", 0.88, 0.9)])
def test_held_out_promises_are_judged_right_and_better_than_by_plain_cosine(model, name, right, links):
    cases = read_cases(GOLD / "promises" / f"{name}.jsonl")
    ours = score_cases(cases, model.judge)
    plain = score_cases(cases, cosine_judge(model.weights.background, 0.1))
    assert ours.overall >= right and ours.links.f1 >= links
    assert ours.overall > plain.overall and ours.links.f1 > plain.links.f1


def test_cross_validated_promises_are_judged_right(model):
    scores = cross_validate(read_cases(), model.weights.background, folds=4)
    assert scores.overall >= 0.82 and scores.links.f1 >= 0.87
    assert all(0 <= row.right <= 1 and row.number for row in scores.reliability)
