from hypothesis import given
from hypothesis import strategies as st

from nianbao.models.features import featurize
from nianbao.models.pieces import Piece


def features(text: str, **fields: str):
    return featurize([Piece(text, **fields)])[0]


def test_text_features_are_characters_and_pairs():
    assert features("抓更新。").text == ["抓更", "更新", "新。", "抓", "更", "新", "。"]


def test_numbers_and_ordinals_fold():
    assert features("一是公开1,204条").text == features("二是公开88条").text


def test_place_is_in_the_frame():
    frame = features("抓更新。", section="problems", heading="改进措施").frame
    assert {"section:problems", "zone:plan", "heading:改进", "end:。", "last:更新"} <= set(frame)


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_has_features(texts):
    assert len(featurize([Piece(text) for text in texts])) == len(texts)
