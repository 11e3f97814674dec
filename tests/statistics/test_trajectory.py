import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.trajectory import (
    LABELS,
    NOT_ENOUGH,
    required_so_far,
    trajectory,
)


def label(baseline=55.0, current=60.0, se=0.5, target=65.0, elapsed=0.5, better="higher", quarters=8, **more):
    return trajectory(baseline, current, se, se, target, elapsed, better, quarters, **more)


@pytest.mark.parametrize(
    ("expected", "given_"),
    [
        ("no measurable target", {"target": None}),
        ("no measurable target", {"target": float("nan")}),
        ("no measurable target", {"better": "neither"}),
        ("not enough data", {"baseline": None}),
        ("not enough data", {"current": float("nan")}),
        ("not enough data", {"quarters": 3}),
        ("not enough data", {"break_between": True}),
        ("target met", {"current": 66.5}),
        ("at target this year, not yet certain", {"current": 65.5}),
        ("at target this year, not yet certain", {"current": 65.0}),
        ("getting worse", {"current": 53.0}),
        ("off track: no clear change", {"current": 55.4}),
        ("cannot tell yet", {"current": 56.0, "se": 2.5}),
        ("improving, but too slowly", {"current": 57.5}),
        ("ahead of the path", {"current": 62.0}),
        ("improving, on track", {"current": 60.2}),
    ],
)
def test_each_row_of_the_table(expected, given_):
    assert label(**given_) == expected


def test_the_table_is_read_from_the_top():
    assert label(baseline=70.0, current=65.9, target=65.0) == "at target this year, not yet certain"
    assert label(baseline=None, target=None) == "no measurable target"


def test_four_quarters_are_enough():
    assert label(quarters=4) == "improving, on track"


def test_the_limits_of_the_change_decide_at_their_very_edges():
    """With no error the change is its own limits; the path needs 5 by now."""

    assert label(current=55.0, se=0.0) == "off track: no clear change"
    assert label(current=60.0, se=0.0) == "improving, on track"
    assert label(current=60.1, se=0.0) == "ahead of the path"
    assert label(current=55.0, se=0.0, elapsed=0.0) == "cannot tell yet"


def test_the_uncertainty_of_both_ends_counts():
    """A change of 5 against a standard error of 2 and 2: 5 - 1.96 x 2.83 is below zero, 5 - 1.96 x 2 is not."""
    assert label(se=2.0) == "cannot tell yet"
    assert trajectory(55, 60, 0, 2.0, 65, 0.5, "higher", 8) == "improving, on track"


def test_where_lower_is_better_the_path_goes_down():
    assert label(baseline=40.0, current=37.0, target=30.0, better="lower", elapsed=0.3) == "improving, on track"
    assert label(baseline=40.0, current=43.0, target=30.0, better="lower") == "getting worse"
    assert label(baseline=40.0, current=28.0, target=30.0, better="lower") == "target met"


def test_a_target_of_zero_is_a_target():
    assert label(baseline=40.0, current=20.0, target=0.0, better="lower") == "improving, on track"


def test_the_path_is_straight():
    assert required_so_far(55, 65, 0.3, "higher") == pytest.approx(3)
    assert required_so_far(40, 30, 0.3, "lower") == pytest.approx(3)


def test_a_baseline_already_at_its_target_needs_no_improvement():
    assert required_so_far(70, 65, 0.5, "higher") == 0


def test_a_survey_that_stays_flat_mostly_reads_cannot_tell_yet_after_a_year():
    """400 answers a year, flat at 55 with a target of 65 in four years."""
    random = np.random.default_rng(20230717)
    shares = random.binomial(400, 0.55, size=(4000, 2)) / 400
    read = Counter(
        trajectory(
            100 * b,
            100 * c,
            100 * math.sqrt(b * (1 - b) / 400),
            100 * math.sqrt(c * (1 - c) / 400),
            65,
            0.25,
            "higher",
            4,
        )
        for b, c in shares
    )
    assert read["cannot tell yet"] / 4000 == pytest.approx(0.90, abs=0.03)
    assert (read["improving, on track"] + read["ahead of the path"]) / 4000 == pytest.approx(0.02, abs=0.01)
    assert read["getting worse"] / 4000 == pytest.approx(0.03, abs=0.01)



@pytest.mark.parametrize(
    ("given_", "reason"), [({"better": "up"}, "better"), ({"elapsed": 1.2}, "elapsed"), ({"se": -1}, "standard error")]
)
def test_what_cannot_be_is_refused(given_, reason):
    with pytest.raises(ValueError, match=reason):
        label(**given_)


numbers = st.floats(-1000, 1000)


@settings(deadline=None, derandomize=True)
@given(numbers, numbers, st.floats(0, 100), numbers, st.floats(0, 1))
def test_better_higher_and_better_lower_mirror_each_other(baseline, current, se, target, elapsed):
    up = trajectory(baseline, current, se, se, target, elapsed, "higher", 8)
    assert up in LABELS
    assert up == trajectory(-baseline, -current, se, se, -target, elapsed, "lower", 8)


@pytest.mark.parametrize("errors", [(math.nan, 1.0), (1.0, math.nan)])
def test_without_a_standard_error_nothing_is_said_of_the_path(errors):
    assert trajectory(55, 60, *errors, 65, 0.5, "higher", 8) == NOT_ENOUGH
