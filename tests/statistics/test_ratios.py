import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.ratios import rate_ratio, share_difference

counts = st.integers(1, 5000)


@pytest.mark.parametrize(("now", "low", "high"), [(268, 0.69, 1.07), (236, 0.60, 0.95)])
def test_the_ranges_a_resident_is_told(now, low, high):
    ratio = rate_ratio(now, 1, 312, 1, dispersion=1.8)
    assert (round(float(ratio.low), 2), round(float(ratio.high), 2)) == (low, high)


def test_the_rate_ratio_by_hand():
    ratio = rate_ratio(100, 50, 400, 100, dispersion=4.0)
    error = math.sqrt(4 * (1 / 100 + 1 / 400))
    assert ratio.estimate == pytest.approx(0.5)
    assert ratio.low == pytest.approx(0.5 * math.exp(-1.959963985 * error), rel=1e-9)
    assert ratio.high == pytest.approx(0.5 * math.exp(1.959963985 * error), rel=1e-9)
    assert ratio.p == pytest.approx(math.erfc(math.log(2) / error / math.sqrt(2)), rel=1e-12)


def test_more_dispersion_widens_the_limits_by_its_root():
    widths = [np.log(r.high / r.low) for r in (rate_ratio(200, 1, 300, 1, d) for d in (1.0, 9.0))]
    assert widths[1] == pytest.approx(3 * widths[0])


def test_no_ratio_where_a_count_is_zero():
    ratio = rate_ratio([0, 10, 20], 1, [5, 0, 10], 1, dispersion=1.0)
    assert np.isnan(np.array(ratio)[:, :2]).all() and ratio.estimate[2] == pytest.approx(2)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [((1, 1, 1, 1, 0.5), "dispersion"), ((-1, 1, 1, 1, 1), "negative"), ((1, 0, 1, 1, 1), "above zero")],
)
def test_a_rate_ratio_refuses_what_cannot_be(arguments, reason):
    with pytest.raises(ValueError, match=reason):
        rate_ratio(*arguments)


@settings(deadline=None, derandomize=True)
@given(counts, counts, st.floats(1, 50))
def test_the_ratio_turns_over_when_the_windows_change_places(c1, c0, phi):
    ratio, inverse = rate_ratio(c1, 30, c0, 31, phi), rate_ratio(c0, 31, c1, 30, phi)
    assert (inverse.estimate, inverse.low, inverse.high) == pytest.approx((1 / ratio.estimate, 1 / ratio.high, 1 / ratio.low))
    assert ratio.p == pytest.approx(inverse.p)
    assert (ratio.p < 0.05) == (ratio.low > 1 or ratio.high < 1)


def test_administrative_percentages_by_hand():
    change = share_difference(0.80, 4000, 0.82, 4000, sigma_z=3.0)
    reach = 1.959963985 * 3 * math.sqrt(0.81 * 0.19 * 2 / 4000)
    assert (change.estimate, change.low, change.high) == pytest.approx((-0.02, -0.02 - reach, -0.02 + reach))
    assert change.p == pytest.approx(math.erfc(0.02 / (reach / 1.959963985) / math.sqrt(2)))


def test_a_spread_below_chance_counts_as_chance():
    assert share_difference(0.8, 4000, 0.82, 4000, 0.5) == share_difference(0.8, 4000, 0.82, 4000, 1.0)
