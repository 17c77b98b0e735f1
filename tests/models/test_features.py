from itertools import pairwise
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from nianbao.models.context import contexts
from nianbao.models.features import Featurizer, OpenVocabulary, plain_texts
from nianbao.models.pieces import Piece


class Named(NamedTuple):
    text: list[str]
    frame: list[str]


def featurize(pieces: list[Piece]) -> list[Named]:
    vocabulary = OpenVocabulary(plain_texts(pieces, contexts(pieces)))
    found = Featurizer(vocabulary).featurize(pieces)
    names = list(vocabulary)
    text, frame = ([[names[row] for row in rows] for rows in per_piece(block)] for block in found)
    return [Named(*blocks) for blocks in zip(text, frame, strict=True)]


def per_piece(block):
    return [block.indices[start:end].tolist() for start, end in pairwise(block.ends.tolist())]


def features(text: str, **fields: str) -> Named:
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


def test_clauses_tell_how_they_open_and_what_comes_of_them():
    frame = features("完善制度,平台不便。").frame
    assert {
        "clause:完善",
        "clause:平台",
        "opens:True",
        "acts:1",
        "acts:False",
        "final:category:platform",
    } <= set(frame)


def test_a_single_clause_has_no_other_end():
    assert not [name for name in features("平台不便。").frame if name.startswith("final:")]


@given(st.lists(st.text("抓更新平台,。0(一)是 ", max_size=20), min_size=2, max_size=5))
def test_characters_do_not_depend_on_the_neighbours(texts):
    together = featurize([Piece(text) for text in texts])
    for text, found in zip(texts, together, strict=True):
        [plain] = plain_texts([Piece(text)], contexts([Piece(text)]))
        assert found.text == [
            *dict.fromkeys(map("".join, pairwise(plain))),
            *dict.fromkeys(plain),
        ]
