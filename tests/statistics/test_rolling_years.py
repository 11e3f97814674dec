import numpy as np
import pandas as pd
import pytest

from metrics.statistics.rolling_years import twelve_months_apart, with_difference


def rolling(rows):
    return pd.DataFrame(rows, columns=["measure", "place", "period", "value", "base"])


YEARS = rolling(
    [
        ("trust", "london", period, value, 12800)
        for period, value in [("2024-12", 50.0), ("2025-09", 48.0), ("2025-12", 47.0)]
    ]
    + [("trust", "ealing", period, value, 400) for period, value in [("2024-09", 52.0), ("2025-09", 58.0)]]
)


def test_each_place_is_paired_with_its_own_figure_twelve_months_earlier():
    pairs = twelve_months_apart(YEARS, as_at="2025-12").set_index("place")
    assert pairs.loc["london", ["period", "period_before", "value_before"]].to_list() == ["2025-12", "2024-12", 50.0]
    assert pairs.loc["ealing", ["period", "period_before", "value_before"]].to_list() == ["2025-09", "2024-09", 52.0]


def test_a_nearer_figure_is_never_taken_instead():
    pairs = twelve_months_apart(YEARS[YEARS["period"] != "2024-12"], as_at="2025-12").set_index("place")
    assert np.isnan(pairs.loc["london", "value_before"])
    assert pairs.loc["london", "period_before"] == "2024-12"


def test_what_came_after_the_date_is_not_known():
    pairs = twelve_months_apart(YEARS, as_at="2025-11").set_index("place")
    assert pairs.loc["london", "period"] == "2025-09"


def test_a_missing_figure_is_not_the_latest():
    gap = YEARS.assign(value=YEARS["value"].where(YEARS["period"] != "2025-12"))
    assert twelve_months_apart(gap, as_at="2025-12").set_index("place").loc["london", "period"] == "2025-09"


def test_nothing_known_gives_no_pairs():
    assert twelve_months_apart(YEARS, as_at="2020-01").empty


def test_two_figures_for_one_period_are_refused():
    with pytest.raises(ValueError, match="two figures"):
        twelve_months_apart(pd.concat([YEARS, YEARS.head(1)]), as_at="2025-12")


@pytest.mark.parametrize(
    ("value", "before", "base", "deff", "low", "high"),
    [(53, 49, 3200, 1.6, 1, 7), (49, 61, 400, 1.3, -20, -4), (52, 58, 100, 1.3, -21, 10)],
)
def test_the_ranges_a_resident_is_told(value, before, base, deff, low, high):
    pair = pd.DataFrame({"value": [value], "base": [base], "value_before": [before], "base_before": [base]})
    seen = with_difference(pair, deff=deff).iloc[0]
    assert (round(seen["lower"]), round(seen["upper"])) == (low, high)
    assert (seen["p"] < 0.05) == (low > 0 or high < 0)


def test_a_year_without_its_year_before_has_no_difference():
    seen = with_difference(twelve_months_apart(YEARS[YEARS["period"] > "2024-12"], as_at="2025-12"), deff=1.5)
    assert seen[["difference", "lower", "upper", "z", "p"]].isna().all(axis=None)


def test_the_figures_given_are_left_as_they_were():
    before = YEARS.copy()
    with_difference(twelve_months_apart(YEARS, as_at="2025-12"), deff=1.5)
    pd.testing.assert_frame_equal(YEARS, before)
