import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.exact_counts import dispersion, exact_limits

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
