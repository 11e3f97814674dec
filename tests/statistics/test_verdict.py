import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.verdict import benjamini_hochberg

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "multiple-testing.json").read_text())
p_values = st.lists(st.floats(0, 1), max_size=40)


def clear(p, q: float = 0.10) -> np.ndarray:
    """Which comparisons of one family stand out beyond luck."""
    return np.nan_to_num(benjamini_hochberg(p), nan=np.inf) <= q


@pytest.mark.parametrize("case", GOLDEN["cases"])
def test_the_adjusted_p_are_those_of_multtest(case):
    assert benjamini_hochberg(case["p"]) == pytest.approx(case["adjusted"], rel=1e-9)


def test_the_order_of_the_places_does_not_matter():
    case = GOLDEN["cases"][0]
    adjusted = dict(zip(case["p"], case["adjusted"], strict=True))
    assert benjamini_hochberg(case["unsorted"]) == pytest.approx([adjusted[p] for p in case["unsorted"]], rel=1e-9)


def test_the_example_of_1995_rejects_four():
    paper = GOLDEN["paper_1995"]
    assert clear(paper["p"], q=paper["q"]).sum() == paper["rejections"]


def test_a_place_that_could_not_be_tested_is_not_in_the_family():
    with_gap = benjamini_hochberg([0.01, np.nan, 0.02])
    assert np.isnan(with_gap[1])
    assert with_gap[[0, 2]].tolist() == benjamini_hochberg([0.01, 0.02]).tolist()
    assert clear([np.nan, 0.001]).tolist() == [False, True]


def test_nobody_tested_is_nobody_clear():
    assert benjamini_hochberg([]).size == 0
    assert not clear([np.nan, np.nan]).any()


def test_a_p_of_exactly_the_limit_is_clear():
    assert clear([0.10]).all() and not clear([0.1000001]).any()


@pytest.mark.parametrize("p", [-0.1, 1.1])
def test_what_is_not_a_p_is_refused(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        benjamini_hochberg([p])


@settings(deadline=None, derandomize=True)
@given(p_values, st.floats(0.01, 0.5))
def test_clear_is_the_step_up_procedure(p, q):
    ordered = sorted(p)
    passed = [k for k in range(1, len(p) + 1) if ordered[k - 1] * len(p) / k <= q]
    expected = [value <= ordered[passed[-1] - 1] for value in p] if passed else [False] * len(p)
    assert clear(p, q).tolist() == expected


@settings(deadline=None, derandomize=True)
@given(p_values)
def test_adjusting_never_makes_a_p_smaller_or_changes_the_order(p):
    adjusted = benjamini_hochberg(p)
    assert np.all(adjusted >= np.array(p) - 1e-15) and np.all(adjusted <= 1)
    assert np.all(np.diff(adjusted[np.argsort(p, kind="stable")]) >= 0)
