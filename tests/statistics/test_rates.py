import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.rates import byar_limits, count_limits, dispersion, exact_limits, rate

ROOT = Path(__file__).parents[2]
GOLDEN = ROOT / "tests" / "golden"
EXACT = json.loads((GOLDEN / "phe-exact-poisson.json").read_text())["limits"]
BYAR = json.loads((GOLDEN / "phe-byar-and-wilson.json").read_text())["byar"]
CONFIDENCES = {"95": 0.95, "998": 0.998}


@pytest.mark.parametrize("case", EXACT, ids=lambda case: str(case["x"]))
@pytest.mark.parametrize("band", CONFIDENCES)
def test_exact_limits_are_those_public_health_england_published(case, band):
    limits = exact_limits(case["x"], CONFIDENCES[band])
    assert limits == pytest.approx((case[f"lower_{band}"], case[f"upper_{band}"]), rel=1e-6, abs=1e-7 * (case["x"] + 1))


@pytest.mark.parametrize("case", BYAR, ids=str)
def test_byar_limits_are_those_of_public_health_england(case):
    assert count_limits(case["x"], case["confidence"]) == pytest.approx((case["lower"], case["upper"]), rel=1e-6)


def test_below_ten_the_limits_are_exact_and_from_ten_they_are_byars():
    lower, upper = count_limits([9, 10])
    assert (lower[0], upper[0]) == exact_limits(9)
    assert lower[1] == pytest.approx(4.787450, rel=1e-6) and upper[1] == pytest.approx(18.391459, rel=1e-6)


def test_fifteen_among_four_hundred():
    assert rate(15, 400, per=1) == pytest.approx((0.0375, 0.0210, 0.0619), abs=5e-5)
    assert rate(15, 400) == pytest.approx((37.5, 20.97, 61.85), abs=0.005)


def test_no_events_leave_the_lower_limit_at_zero():
    assert count_limits(0) == pytest.approx((0, 3.688879), rel=1e-6)


def test_a_lower_limit_that_would_be_negative_is_missing():
    lower, upper = byar_limits([1, 65], 0.998)
    assert np.isnan(lower).tolist() == [True, False] and upper[0] > 1


def test_a_missing_count_has_missing_limits():
    lower, upper = count_limits([3, np.nan, 30])
    assert np.isnan(lower).tolist() == np.isnan(upper).tolist() == [False, True, False]
    assert np.isnan(exact_limits(np.nan)).all()


def test_a_negative_count_or_nobody_to_count_among_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        count_limits([5, -1])
    with pytest.raises(ValueError, match="above zero"):
        rate(5, 0)


@settings(deadline=None, derandomize=True)
@given(st.integers(0, 3000))
def test_the_count_lies_within_its_limits(x):
    lower, upper = count_limits(x)
    assert lower <= x <= upper


def test_dispersion_is_chi_squared_over_its_degrees_of_freedom():
    assert dispersion([90, 110, 130, 70], [100] * 4) == pytest.approx((1 + 1 + 9 + 9) / 3)
    assert dispersion([90, 110, 130, 70], [100] * 4, parameters=2) == pytest.approx(20 / 2)
    assert dispersion([80, 60], [100, 50]) == pytest.approx(4 + 2)


def test_dispersion_is_never_below_that_of_independent_events():
    assert dispersion([100, 100, 101], [100] * 3) == 1


def test_a_missing_month_takes_no_part_in_the_dispersion():
    assert dispersion([90, np.nan, 130, 70], [100] * 4) == pytest.approx((1 + 9 + 9) / 2)


def test_dispersion_needs_more_counts_than_parameters_and_something_expected():
    with pytest.raises(ValueError, match="more than 1"):
        dispersion([90, np.nan], [100, 100])
    with pytest.raises(ValueError, match="above zero"):
        dispersion([1, 2], [0, 2])


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
