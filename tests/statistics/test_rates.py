import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.ratios import exact_limits

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
