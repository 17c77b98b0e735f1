"""Hostile queries: read or refused with an error of ours, in every scope."""

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_texts import texts, words

from nianbao.data.errors import QueryError
from nianbao.data.query import read_query
from nianbao.data.query.binding import bind
from nianbao.data.query.fields import fields
from nianbao.data.query.tree import SCOPES
from nianbao.data.query.wording import outline

VALUES = ["2023", "2019..2021", ">=3件", "<0", "..", "problem", "*", "2020-02", '"', "-1", "", "requests/x>1"]
signs = st.sampled_from([*'()"“”-*:', "AND", "OR", "NOT", "NEAR", "NEAR/3", "NEAR/-1", "且", "或", "非"])
tagged = st.tuples(st.sampled_from(sorted(fields())), st.sampled_from(VALUES)).map(":".join)
piled = st.tuples(signs, st.integers(2, 400)).map(lambda pair: pair[0] * pair[1])
parts = st.lists(st.one_of(signs, signs, words, tagged, tagged, piled, texts), max_size=12)
queries = st.tuples(st.sampled_from([" ", ""]), parts).map(lambda pair: pair[0].join(pair[1]))


def read_or_refuse(query):
    """The tree of a query, None for one that is refused."""
    try:
        return read_query(query)
    except QueryError as error:
        assert str(error)
        return None


@given(queries)
def test_queries(query):
    tree = read_or_refuse(query)
    for scope in SCOPES if tree is not None else ():
        bind(tree, scope)
        assert outline(tree, scope)


@pytest.mark.parametrize(
    "piece", ["-", "NOT ", "(", "((a) ", '"', "a AND ", "year:(", "NEAR ", "-(", "“", "a:"]
)
def test_piled_signs(piece):
    read_or_refuse((piece * 1000)[:990])
    read_or_refuse((piece * 1000)[:990] + "甲" + ")" * 5)
