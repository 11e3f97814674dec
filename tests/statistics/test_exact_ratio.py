"""The exact comparison of two small counts beside R's, and beside scipy's for a single pair."""

import numpy as np
import pytest
from scipy.stats import binomtest

from metrics.statistics.ratios import exact_ratios


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
