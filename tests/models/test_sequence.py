import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.models.sequence import smooth, transitions

SHARES = st.lists(st.floats(0.01, 1), min_size=4, max_size=4).map(lambda row: [x / sum(row) for x in row])


def test_transitions_favour_what_was_seen():
    ratios = transitions([[0, 0, 0, 1, 1, 1]] * 20, 4)
    assert ratios[0, 0] > 0 > ratios[1, 0]


def test_neighbours_sway_a_doubtful_statement():
    ratios = transitions([[0, 0, 0], [2, 2, 2]] * 40, 4)
    own = np.array([[0.05, 0, 0.95, 0], [0.52, 0, 0.48, 0], [0.05, 0, 0.95, 0]]) + 1e-6
    assert np.argmax(smooth(own, ratios)[1]) == 2


@given(st.lists(SHARES, min_size=1, max_size=6))
def test_smoothed_rows_are_probabilities(rows):
    for row in smooth(np.array(rows), transitions([[0, 1, 2, 3]], 4)):
        assert sum(row) == pytest.approx(1)


@given(SHARES)
def test_a_lone_statement_keeps_its_own_evidence(row):
    assert smooth(np.array([row]), transitions([[0, 1]], 4))[0] == pytest.approx(row)


@pytest.mark.parametrize("own", [[1e-6, 0.2, 0.1, 0.7], [0.7, 0.1, 0.2, 0.0], [1e-30, 1e-30, 1e-30, 1e-30]])
def test_long_runs_neither_vanish_nor_grow_past_all_numbers(own):
    ratios = np.array([[0.7, -2, -4, -0.4], [-4.5, 3, 0.3, -0.8], [-3, -2, 3, -1], [-0.7, -0.4, -0.4, 3]])
    shares = smooth(np.array([own] * 20_000), ratios)
    assert np.allclose(shares.sum(axis=1), 1)
    # Far from its ends a run of one statement is the same everywhere.
    assert np.allclose(shares[5_000:15_000], shares[10_000])
