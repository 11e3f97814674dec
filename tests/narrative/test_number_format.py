"""Numbers inside a sentence are said the way people say them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.narrative import number_format

finite = st.floats(-5, 5)


@pytest.mark.parametrize(("first", "last", "words"), [
    ("2026-04", "2026-06", "April to June 2026"),
    ("2025-11", "2026-01", "November 2025 to January 2026"),
    ("2025-07", "2026-06", "the 12 months to June 2026"),
    ("2025-01", "2025-12", "the 12 months to December 2025"),
    ("2025-02", "2025-12", "February to December 2025"),
])
def test_a_span_names_its_months(first, last, words):
    assert number_format.span(first, last) == words


@pytest.mark.parametrize(("ratio", "words"), [(1.0, "0%"), (0.76, "24%"), (1.4, "40%"), (4.104, "310%"), (0.996, "0%"), (0.994, "1%")])
def test_a_log_ratio_is_said_in_whole_per_cent(ratio, words):
    assert number_format.percent(math.log(ratio)) == words


@pytest.mark.parametrize(("ratio", "words"), [(0.69, "31% lower"), (1.07, "7% higher"), (1.004, "no different"), (0.996, "no different")])
def test_a_side_of_a_range_is_lower_or_higher(ratio, words):
    assert number_format.lower_or_higher(math.log(ratio)) == words


@pytest.mark.parametrize(("points", "words"), [
    (-21.3, "a fall of 21 points"), (0.9, "a rise of 1 point"), (-1.2, "a fall of 1 point"), (0.49, "no change"), (-0.49, "no change"),
])
def test_a_side_of_a_survey_s_range_is_a_fall_or_a_rise(points, words):
    assert number_format.fall_or_rise(points) == words


@settings(deadline=None, derandomize=True, max_examples=200)
@given(finite)
def test_a_fall_and_a_rise_are_said_alike(points):
    turned = number_format.fall_or_rise(-points).replace("rise", "FALL").replace("fall", "rise").replace("FALL", "fall")
    assert number_format.fall_or_rise(points) == turned
