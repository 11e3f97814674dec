"""Rates, counts, shares and percentages compared: beside published tables, R, scipy and the arithmetic by hand."""

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binomtest

from metrics.statistics.comparisons import (
    count_ratios,
    difference_p,
    effective_base,
    exact_limits,
    exact_ratios,
    laney_sigma_z,
    log_ratio,
    newcombe,
    share_difference,
    wilson,
)
from metrics.statistics.parameters import two_sided

counts = st.integers(1, 5000)


@pytest.mark.parametrize(("now", "low", "high"), [(268, 0.69, 1.07), (236, 0.60, 0.95)])
def test_the_ranges_a_resident_is_told(now, low, high):
    limits = np.exp(log_ratio(now, 312, (1, 1), 1.8)[1:3])
    assert limits.round(2).tolist() == [low, high]


def test_the_log_ratio_by_hand():
    change, low, high, p = log_ratio(100, 400, (50, 100), 4.0)
    error = math.sqrt(4 * (1 / 100 + 1 / 400))
    assert math.exp(change) == pytest.approx(0.5)
    assert (low, high) == pytest.approx((math.log(0.5) - 1.959963985 * error, math.log(0.5) + 1.959963985 * error), rel=1e-9)
    assert p == pytest.approx(math.erfc(math.log(2) / error / math.sqrt(2)), rel=1e-12)


def test_the_log_ratio_is_wider_by_the_root_of_its_factor():
    _, low, high, _ = log_ratio(np.array([200.0, 200.0]), np.array([300.0, 300.0]), (1, 1), np.array([1.0, 9.0]))
    assert (high - low)[1] == pytest.approx(3 * (high - low)[0])


@settings(deadline=None, derandomize=True)
@given(counts, counts, st.floats(1, 50))
def test_the_log_ratio_turns_over_when_the_windows_change_places(now, before, factor):
    change, low, high, p = log_ratio(now, before, (30, 31), factor)
    assert log_ratio(before, now, (31, 30), factor) == pytest.approx((-change, -high, -low, p))
    assert (p < 0.05) == (low > 0 or high < 0)


def test_counts_are_compared_by_how_many_there_are():
    now, before, factor = np.array([400.0, 7.0, 0.0]), np.array([300.0, 3.0, 0.0]), np.ones(3)
    many, few = np.array([True, False, False]), np.array([False, True, False])
    compared = count_ratios(now, before, (90, 92), factor, many=many, few=few)
    assert compared[:, 0].tolist() == pytest.approx([float(part) for part in log_ratio(400, 300, (90, 92), 1.0)])
    assert compared[:, 1].tolist() == pytest.approx(exact_ratios(now[1:2], 90, before[1:2], 92)[:, 0].tolist())
    assert np.isnan(compared[:, 2]).all()


def test_administrative_percentages_by_hand():
    difference, low, high, p = share_difference(0.80, 4000, 0.82, 4000, sigma_z=3.0)
    reach = 1.959963985 * 3 * math.sqrt(0.81 * 0.19 * 2 / 4000)
    assert (difference, low, high) == pytest.approx((-0.02, -0.02 - reach, -0.02 + reach))
    assert p == pytest.approx(math.erfc(0.02 / (reach / 1.959963985) / math.sqrt(2)))


def test_a_spread_below_chance_counts_as_chance():
    assert share_difference(0.8, 4000, 0.82, 4000, 0.5) == share_difference(0.8, 4000, 0.82, 4000, 1.0)


def compared(now: int, days_now: float, before: int, days_before: float) -> np.ndarray:
    """Ratio, limits and p of one pair."""
    change, low, high, p = exact_ratios(np.array([now]), days_now, np.array([before]), days_before)[:, 0]
    return np.array([*np.exp([change, low, high]), p])


def test_the_exact_comparison_of_rs_poisson_test():
    """The example of `help(poisson.test)`: 11 in 800 against 6+8+7 in 1083+1050+878."""
    ratio = compared(11, 800, 21, 3011)
    assert ratio[:3] == pytest.approx((1.971488, 0.8584264, 4.2772659), rel=1e-6)
    assert ratio[3] == pytest.approx(0.07967, abs=5e-6)


def test_the_exact_limits_of_rateratio_test():
    """Fay's vignette of R's rateratio.test: 2 in 17877 against 9 in 16660."""
    assert compared(2, 17877, 9, 16660)[:3] == pytest.approx((0.2070941557, 0.02177406, 1.00054910), rel=1e-6)


def test_from_none_has_no_upper_limit():
    estimate, low, high, _ = compared(12, 1, 0, 1)
    assert estimate == high == np.inf and low > 1


def test_down_to_none_has_a_lower_limit_of_zero():
    estimate, low, high, _ = compared(0, 1, 12, 1)
    assert estimate == low == 0 and high < 1


@pytest.mark.parametrize(("now", "before"), [(11, 21), (0, 12), (12, 0), (3, 9), (30, 30), (400, 1100), (1, 0)])
def test_a_pair_equals_the_test_and_limits_of_scipy(now, before):
    test = binomtest(now, now + before, 365 / (365 + 366))
    share = test.proportion_ci(0.95, method="exact")
    low, high = (limit / (1 - limit) * 366 / 365 if limit < 1 else np.inf for limit in (share.low, share.high))
    assert compared(now, 365, before, 366)[1:] == pytest.approx([low, high, test.pvalue], rel=1e-9)


def test_many_pairs_at_once_equal_each_alone():
    now, before = np.array([3, 0, 40, 7]), np.array([9, 12, 25, 7])
    together = exact_ratios(now, 90, before, 92)
    apart = [exact_ratios(now[[i]], 90, before[[i]], 92)[:, 0] for i in range(4)]
    assert pytest.approx(np.array(apart), rel=1e-12) == together.T


ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
EXACT = json.loads((GOLDEN / "phe-exact-poisson.json").read_text())["limits"]
CONFIDENCES = {"95": 0.95, "998": 0.998}


@pytest.mark.parametrize("case", EXACT, ids=lambda case: str(case["x"]))
@pytest.mark.parametrize("band", CONFIDENCES)
def test_exact_limits_are_those_public_health_england_published(case, band):
    limits = exact_limits(case["x"], CONFIDENCES[band])
    assert limits == pytest.approx((case[f"lower_{band}"], case[f"upper_{band}"]), rel=1e-6, abs=1e-7 * (case["x"] + 1))


def test_a_missing_count_has_missing_limits():
    assert np.isnan(exact_limits(np.nan)).all()


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 3000))
def test_the_count_lies_within_its_limits(x):
    lower, upper = exact_limits(x)
    assert lower <= x <= upper


def test_importing_the_analyses_does_not_import_scipy():
    names = sorted(path.stem for path in (ROOT / "metrics" / "statistics").glob("[a-z]*.py"))
    script = "import sys\n" + "".join(f"import metrics.statistics.{name}\n" for name in names)
    done = subprocess.run(
        [sys.executable, "-c", script + "print([name for name in sys.modules if name.startswith('scipy')])"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    assert done.stdout.strip() == "[]"


def test_the_spread_is_the_mean_moving_range_of_z():
    p, n = [0.5, 0.6] * 6, [100] * 12
    z = 0.1 / math.sqrt(0.55 * 0.45 / 100)
    assert laney_sigma_z(p, n) == pytest.approx(z / 1.128)


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
