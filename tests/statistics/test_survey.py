import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.parameters import two_sided
from metrics.statistics.survey import difference_p, effective_base, newcombe, wilson

GOLDEN = Path(__file__).parent.parent / "golden"
NEWCOMBE = json.loads((GOLDEN / "newcombe-1998-table-ii.json").read_text())
PHE = json.loads((GOLDEN / "phe-byar-and-wilson.json").read_text())
shares = st.floats(0, 1)
bases = st.floats(1, 5000)


@pytest.mark.parametrize("case", NEWCOMBE["cases"], ids=str)
def test_newcombe_gives_the_intervals_of_table_ii(case):
    limits = newcombe(case["x1"] / case["n1"], case["n1"], case["x2"] / case["n2"], case["n2"])
    assert limits == pytest.approx(case["diff_ci"], abs=NEWCOMBE["absolute_tolerance"])


@pytest.mark.parametrize("case", PHE["wilson"], ids=str)
def test_wilson_gives_the_limits_of_public_health_england(case):
    limits = wilson(case["x"] / case["n"], case["n"], case["confidence"])
    assert limits == pytest.approx((case["lower"], case["upper"]), rel=1e-6)


def test_the_single_proportion_intervals_of_newcombe_1998():
    """Stat Med 17:857-872, Table I, method 3."""
    cases = {(81, 263): (0.2553, 0.3662), (15, 148): (0.0624, 0.1605), (0, 20): (0, 0.1611), (1, 29): (0.0061, 0.1718)}
    for (x, n), limits in cases.items():
        assert wilson(x / n, n) == pytest.approx(limits, abs=5e-5)


def test_wilson_takes_a_base_that_is_not_whole():
    lower, upper = wilson(0.52, 100 / 1.3)
    assert lower < 0.52 < upper
    assert wilson(0.52, 76)[0] < lower < wilson(0.52, 77)[0]


def test_nobody_asked_means_no_limits():
    lower, upper = wilson([0.5, 0.5], [0, 100])
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [True, False]
    assert np.isnan(newcombe(0.5, 0, 0.5, 100)).all()
    assert np.isnan(difference_p(0.5, 0, 0.5, 100))


@pytest.mark.parametrize(("p", "n"), [(1.2, 100), (-0.1, 100), (0.5, -1)])
def test_an_impossible_share_or_base_is_refused(p, n):
    with pytest.raises(ValueError, match="between 0 and 1"):
        wilson(p, n)


@settings(deadline=None, derandomize=True)
@given(shares, bases)
def test_wilson_mirrors_the_other_answer(p, n):
    lower, upper = wilson(p, n)
    other_lower, other_upper = wilson(1 - p, n)
    assert 0 <= lower <= p + 1e-12 and p - 1e-12 <= upper <= 1
    assert (lower, upper) == pytest.approx((1 - other_upper, 1 - other_lower), abs=1e-9)


@settings(deadline=None, derandomize=True)
@given(shares, bases, shares, bases)
def test_newcombe_turns_round_when_the_shares_change_places(p1, n1, p2, n2):
    lower, upper = newcombe(p1, n1, p2, n2)
    assert newcombe(p2, n2, p1, n1) == pytest.approx((-upper, -lower), abs=1e-9)
    assert lower <= p1 - p2 + 1e-12 and p1 - p2 - 1e-12 <= upper


def test_a_design_effect_of_zero_is_refused():
    with pytest.raises(ValueError, match="design effect"):
        effective_base(400, 0)


def test_the_pooled_test_agrees_with_the_chi_squared_of_the_table():
    """56 of 70 against 48 of 80: chi-squared without correction by the four cells."""
    p = difference_p(56 / 70, 70, 48 / 80, 80)
    chi_squared = 150 * (56 * 32 - 14 * 48) ** 2 / (70 * 80 * 104 * 46)
    assert p == pytest.approx(two_sided(np.sqrt(chi_squared)), rel=1e-9)
    assert p == pytest.approx(0.008045, abs=5e-7)


def test_shares_that_are_both_zero_do_not_differ():
    assert difference_p(0, 100, 0, 50) == 1
    assert difference_p([1, 0.5], [100, 100], [1, 0.5], [50, 100]).tolist() == [1, 1]
