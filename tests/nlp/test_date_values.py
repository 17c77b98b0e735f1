"""Periods at the edges of the calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nianbao.nlp import date_values

EDGES = {
    "leap day": (date_values.day_period(2024, 2, 29), "2024-02-29", "2024-02-29"),
    "no leap day": (date_values.day_period(2023, 2, 29), "2023-02-28", "2023-02-28"),
    "february": (date_values.month_period(1900, 2), "1900-02-01", "1900-02-28"),
    "last third": (date_values.third_period(2024, 2, 3), "2024-02-21", "2024-02-29"),
    "fourth quarter": (date_values.quarter_period(2024, 4), "2024-10-01", "2024-12-31"),
    "second half": (date_values.half_period(2024, 2), "2024-07-01", "2024-12-31"),
}


@pytest.mark.parametrize(("period", "first", "last"), EDGES.values(), ids=EDGES)
def test_edge(period, first, last):
    assert (period.first, period.last) == (date.fromisoformat(first), date.fromisoformat(last))


@given(st.dates(), st.dates())
def test_an_interval_never_runs_backwards(one, other):
    start, end = (date_values.day_period(day.year, day.month, day.day) for day in (one, other))
    found = date_values.interval(start, end)
    assert (found is None) == (other < one)
