"""The verdict is chosen by rule: every branch, in both directions, for a borough and for London."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.statistics.multiple_testing import benjamini_hochberg
from metrics.statistics.verdict import CLEAR, VERDICTS, with_verdict

FALL = {"outcome": "compared", "change": -0.3, "low": -0.4, "high": -0.1, "p": 0.001, "charted": True, "signal": 0}
RISE = FALL | {"change": 0.3, "low": 0.1, "high": 0.4}
WOBBLE = FALL | {"change": -0.1, "low": -0.3, "high": 0.1, "p": 0.4}
LUCKY = FALL | {"low": -0.4, "high": -0.01, "p": 0.04}
UNTESTED = FALL | {"outcome": "not enough data", "change": np.nan, "low": np.nan, "high": np.nan, "p": np.nan}


def verdict(row: dict, *, place: str = "sutton", better: str = "lower", among: int = 31) -> str:
    """The verdict of one place among others in which nothing is seen."""
    others = [WOBBLE | {"place": f"other {n}", "p": 0.9} for n in range(among)]
    return with_verdict(pd.DataFrame([row | {"place": place}, *others]), better=better, total="london")["verdict"].iloc[0]


@pytest.mark.parametrize(
    ("row", "better", "expected"),
    [
        (FALL | {"signal": -1}, "lower", "clear improvement"),
        (FALL | {"signal": -1}, "higher", "clear worsening"),
        (FALL | {"signal": -1}, "neither", "clear fall"),
        (RISE | {"signal": 1}, "lower", "clear worsening"),
        (RISE | {"signal": 1}, "higher", "clear improvement"),
        (RISE | {"signal": 1}, "neither", "clear rise"),
        # One of the two alone is only possible.
        (FALL, "lower", "possible change"),
        (RISE, "neither", "possible change"),
        (WOBBLE | {"signal": -1}, "lower", "possible change"),
        (WOBBLE | {"signal": 1}, "higher", "possible change"),
        # The two against each other are only possible.
        (FALL | {"signal": 1}, "lower", "possible change"),
        (RISE | {"signal": -1}, "lower", "possible change"),
        # Neither.
        (WOBBLE, "lower", "no clear change"),
        (LUCKY, "lower", "no clear change"),
        (LUCKY | {"signal": -1}, "lower", "possible change"),
        # Where no chart belongs to the series the comparison stands alone.
        (FALL | {"charted": False}, "lower", "clear improvement"),
        (LUCKY | {"charted": False}, "lower", "possible change"),
        (WOBBLE | {"charted": False}, "lower", "no clear change"),
        # Nothing to compare with.
        (UNTESTED, "lower", "not enough data"),
        (UNTESTED | {"outcome": "too few"}, "lower", "not enough data"),
        (UNTESTED | {"signal": -1}, "lower", "possible change"),
        (UNTESTED | {"outcome": "too few", "signal": 1}, "lower", "possible change"),
        # What cannot be compared is nothing else, whatever was seen.
        (UNTESTED | {"outcome": "cannot be compared"}, "lower", "cannot be compared"),
        (UNTESTED | {"outcome": "cannot be compared", "signal": 1}, "lower", "cannot be compared"),
        (FALL | {"outcome": "cannot be compared", "signal": -1}, "lower", "cannot be compared"),
    ],
)
def test_every_combination_has_its_verdict(row, better, expected):
    assert verdict(row, better=better) == expected


@pytest.mark.parametrize("outcome", ["not enough data", "too few", "cannot be compared"])
def test_what_was_not_tested_is_never_clear(outcome):
    row = FALL | {"outcome": outcome, "signal": -1}
    assert verdict(row) not in CLEAR
    assert verdict(row | {"charted": False}, place="london") not in CLEAR


def test_london_is_judged_by_its_own_interval():
    """One p of 0.04 in 32 does not stand among boroughs; London is no one of many."""
    assert verdict(LUCKY | {"signal": -1}, place="london") == "clear improvement"
    assert verdict(LUCKY | {"signal": -1}, place="sutton") == "possible change"
    assert verdict(LUCKY | {"signal": -1, "p": 0.2}, place="london") == "clear improvement"
    assert verdict(LUCKY, place="london") == "possible change"
    assert verdict(WOBBLE | {"signal": -1, "p": 0.001}, place="london") == "possible change"
    assert verdict(LUCKY | {"charted": False}, place="london") == "clear improvement"


def test_london_is_not_counted_among_the_boroughs():
    """Two boroughs at 0.06 and 0.09 hold together; a third p of 0.9 would take the first with it."""
    rows = [LUCKY | {"place": "a", "p": 0.06, "signal": -1}, LUCKY | {"place": "b", "p": 0.09, "signal": -1}]
    london = WOBBLE | {"place": "london", "p": 0.9}
    found = with_verdict(pd.DataFrame([london, *rows]), better="lower", total="london")
    assert found["adjusted_p"].to_list() == pytest.approx([0.9, 0.09, 0.09])
    assert found["verdict"].to_list() == ["no clear change", "clear improvement", "clear improvement"]


def test_a_borough_that_could_not_be_tested_is_not_counted():
    untested = [UNTESTED | {"place": "b"}, UNTESTED | {"place": "c", "outcome": "too few", "p": 0.5}]
    rows = [LUCKY | {"place": "a", "p": 0.09, "signal": -1}, *untested]
    found = with_verdict(pd.DataFrame(rows), better="lower", total="london")
    assert found["adjusted_p"].to_list() == pytest.approx([0.09, np.nan, np.nan], nan_ok=True)
    assert found["verdict"].iloc[0] == "clear improvement"


def test_a_share_of_one_in_ten_is_still_accepted():
    assert verdict(FALL | {"p": 0.10, "signal": -1}, among=0) == "clear improvement"
    assert verdict(FALL | {"p": 0.1001, "signal": -1}, among=0) == "possible change"


def test_an_interval_that_ends_at_no_change_holds_it():
    assert verdict(FALL | {"high": 0.0, "signal": -1}) == "possible change"
    assert verdict(RISE | {"low": 0.0, "signal": 1}, better="higher") == "possible change"


def test_the_interval_counts_beside_the_correction_for_many():
    assert verdict(WOBBLE | {"p": 0.0001, "signal": -1}) == "possible change"
    assert verdict(WOBBLE | {"p": 0.0001}) == "no clear change"


def test_an_unknown_outcome_is_refused():
    with pytest.raises(ValueError, match="no such outcome: maybe"):
        verdict(FALL | {"outcome": "maybe"})


@st.composite
def measures(draw) -> pd.DataFrame:
    places = ["london", *(f"borough {n}" for n in range(draw(st.integers(1, 6))))]
    tests = []
    for place in places:
        outcome = draw(st.sampled_from(["compared", "compared", "compared", "too few", "not enough data", "cannot be compared"]))
        middle, reach = draw(st.floats(-1, 1)), draw(st.floats(0.01, 1))
        known = outcome == "compared"
        tests.append({
            "place": place, "outcome": outcome, "charted": draw(st.booleans()), "signal": draw(st.sampled_from([-1, 0, 1])),
            "change": middle if known else np.nan, "low": middle - reach if known else np.nan,
            "high": middle + reach if known else np.nan, "p": draw(st.floats(0, 1)) if known else np.nan,
        })
    return pd.DataFrame(tests)


@settings(deadline=None, derandomize=True, max_examples=200)
@given(measures(), st.sampled_from(["higher", "lower", "neither"]))
def test_the_set_of_verdicts_is_closed_and_what_is_clear_has_both(tests, better):
    found = with_verdict(tests, better=better, total="london")
    assert set(found["verdict"]) <= set(VERDICTS)
    clear = found[found["verdict"].isin(CLEAR)]
    assert (clear["outcome"] == "compared").all()
    assert ((clear["low"] > 0) | (clear["high"] < 0)).all()
    assert ((clear["signal"] == np.sign(clear["change"])) | ~clear["charted"].astype(bool)).all()
    boroughs = found["place"] != "london"
    adjusted = benjamini_hochberg(tests["p"].where(tests["outcome"] == "compared")[boroughs].to_numpy())
    np.testing.assert_allclose(found.loc[boroughs, "adjusted_p"], adjusted)
    assert (clear.loc[clear["place"] != "london", "adjusted_p"] <= 0.10).all()


@settings(deadline=None, derandomize=True, max_examples=100)
@given(measures())
def test_good_and_bad_news_are_judged_alike(tests):
    """With every change turned round, improvement and worsening change places and nothing else does."""
    turned = tests.assign(change=-tests["change"], low=-tests["high"], high=-tests["low"], signal=-tests["signal"])
    swap = {"clear improvement": "clear worsening", "clear worsening": "clear improvement"}
    expected = with_verdict(tests, better="lower", total="london")["verdict"].replace(swap)
    assert with_verdict(turned, better="lower", total="london")["verdict"].to_list() == expected.to_list()
    assert with_verdict(tests, better="higher", total="london")["verdict"].to_list() == expected.to_list()


@settings(deadline=None, derandomize=True, max_examples=50)
@given(measures(), st.randoms())
def test_the_order_of_the_places_does_not_matter(tests, random):
    mixed = tests.sample(frac=1, random_state=random.randint(0, 99))
    found = with_verdict(mixed, better="lower", total="london").set_index("place")["verdict"].to_dict()
    assert found == with_verdict(tests, better="lower", total="london").set_index("place")["verdict"].to_dict()
